"""What the archive of a learner takes along of goals, notes and pages, and what the answer about kept data tells of them."""

import json

from sqlalchemy import Engine

from service.database import unit_of_work
from tests.wallet_web.family import NOW, teacher, teenager, themself
from wallet_web.moving.export import gathered
from wallet_web.portfolio import composing, goals, notes
from wallet_web.portfolio.declared import new_id
from wallet_web.portfolio.goals import Wanted
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import NoteKind


def test_goals_notes_and_pages_go_along(engine: Engine) -> None:
    alina = teenager()
    by = themself(alina)
    with unit_of_work(engine) as session:
        assert gathered(session, alina, NOW) == []
        wanted = Wanted(title="Поступить", section=Section.STUDY)
        goal = goals.set_goal(session, alina, by, NOW, wanted, id=new_id())
        goals.show(session, goal, shown=True)
        goals.advise(session, goal, teacher(alina), "Запишись на практикум", NOW)
        notes.write(session, alina.id, by, NoteKind.REFLECTION, "Получилось", NOW, id=new_id())
        page = composing.begin(session, alina, by, "Инженерное портфолио", NOW, id=new_id())
        composing.add_words(session, page, "Люблю строить", NOW)
        ((_, parts),) = gathered(session, alina, NOW)
    held = {file.path: json.loads(file.content) for _, file in parts}
    assert held["goals.json"][0]["title"] == "Поступить"
    assert held["goals.json"][0]["section"] == "study"
    assert [one["text"] for one in held["goals.json"][0]["advice"]] == ["Запишись на практикум"]
    assert [(one["kind"], one["text"]) for one in held["notes.json"]] == [("reflection", "Получилось")]
    assert held["pages.json"] == [
        {"title": "Инженерное портфолио", "blocks": [{"kind": "words", "text": "Люблю строить"}]}
    ]


def test_what_belongs_to_others_stays(engine: Engine) -> None:
    alina, other = teenager(), teenager()
    with unit_of_work(engine) as session:
        goals.set_goal(session, other, themself(other), NOW, Wanted(title="Чужая"), id=new_id())
        assert gathered(session, alina, NOW) == []
