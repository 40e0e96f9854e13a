"""What a learner said of themselves comes alive in another place, once, saying from where; other records can be read there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from keys.deps import Learner
from service.database import unit_of_work
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import NOW, teacher, teenager, themself
from tests.wallet_web.moving.generated import World, hashes
from tests.wallet_web.moving.test_moving import join_network, page, take, taken_out
from wallet_web.moving import reviving
from wallet_web.moving.archive import Archive, File, Origin, unpack
from wallet_web.portfolio import composing, goals, notes
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.declared import new_id
from wallet_web.portfolio.files import PDF, Taken
from wallet_web.portfolio.goals import Wanted
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import BlockKind, Declared, Goal, Kind, Note, NoteKind, Page, State
from wallet_web.portfolio.words import Words, latest
from wallet_web.tables import KeptFile

FILE = Taken("диплом.pdf", PDF, b"%PDF-1.7 a paper")
PLACE = "Школа № 1"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.build(tmp_path)
    yield made
    made.close()


@pytest.fixture
def alina(world: World) -> Learner:
    owner = world.here.enrol(teenager())
    world.there.enrol(owner)
    world.here.award(owner)
    world.here.plan(owner)
    with unit_of_work(world.here.engine) as session:
        fill(session, owner, world.here.entries(owner)[0].id)
    return owner


def fill(session: Session, owner: Learner, badge: str) -> None:
    by, said = themself(owner), Words(title="Олимпиада", organiser="Вуз", result="призёр", story="Как это было.")
    told = records.enter(session, owner, by, NOW, id=new_id(), kind=Kind.ACHIEVEMENT, section=Section.STUDY, said=said)
    records.add_file(session, told, by, FILE, NOW)
    goal = goals.set_goal(session, owner, by, NOW, Wanted(title="Поступить", section=Section.STUDY), id=new_id())
    goals.show(session, goal, shown=True)
    goals.advise(session, goal, teacher(owner), "Запишись на практикум", NOW)
    notes.write(session, owner.id, by, NoteKind.REFLECTION, "Получилось", NOW, id=new_id())
    made = composing.begin(session, owner, by, "Инженерное портфолио", NOW, id=new_id())
    composing.add_words(session, made, "Люблю строить", NOW)
    composing.add_badge(session, made, badge, NOW)
    composing.add_record(session, made, told.id, NOW)
    composing.add_outcomes(session, made, NOW)


def counts(desk: Desk, owner: Learner) -> tuple[int, ...]:
    with unit_of_work(desk.engine) as session:
        tables = (Declared, Goal, Note, Page)
        return tuple(len(session.exec(select(table).where(table.learner == owner.id)).all()) for table in tables)


def test_works_goals_notes_and_pages_are_live_and_say_from_where(world: World, alina: Learner) -> None:
    data = taken_out(world.here, alina)
    take(world.there, alina, data)
    with unit_of_work(world.there.engine) as session:
        [told] = session.exec(select(Declared)).all()
        [held] = records.files_of(session, told.id)
        assert (told.imported, told.state, latest(session, told.id).result) == (PLACE, State.OWN, "призёр")
        assert (bytes(held.content), held.name) == (FILE.content, FILE.name)
        [(goal, [advice])] = goals.all_of(session, alina.id)
        assert (goal.imported, goal.title, goal.shown, advice.text, advice.author) == (
            PLACE,
            "Поступить",
            False,
            "Запишись на практикум",
            "",
        )
        [made] = composing.all_of(session, alina.id)
        assert [block.kind for block in composing.blocks(session, made.id)] == [
            BlockKind.WORDS,
            BlockKind.BADGE,
            BlockKind.RECORD,
            BlockKind.OUTCOMES,
        ]
        assert {one.imported for one in session.exec(select(Note))} == {PLACE}
    for path in ("/portfolio/records", "/portfolio/goals", "/portfolio/pages"):
        assert f"из архива: {PLACE}" in page(world.there, alina, path), path
    before, after = hashes(unpack(data)), hashes(unpack(taken_out(world.there, alina)))
    assert set(before) <= set(after)


def test_nothing_is_written_twice_there_or_back_home(world: World, alina: Learner) -> None:
    home = counts(world.here, alina)
    data = taken_out(world.here, alina)
    for _ in range(2):
        take(world.there, alina, data)
        assert counts(world.there, alina) == home
    take(world.here, alina, taken_out(world.there, alina))
    assert counts(world.here, alina) == home


def archive(files: dict[str, object]) -> Archive:
    origin = Origin(did="did:web:x.example", name="Где-то", made=NOW, learner={})
    sections = {"works.json": "works"}
    held = tuple(File(name, sections.get(name, "aims"), json.dumps(rows).encode()) for name, rows in files.items())
    return Archive(origin=origin, files=held, manifest=b"")


@pytest.mark.parametrize(
    "rows",
    [
        None,
        {},
        [1, "x", None],
        [{"title": "", "kind": "achievement", "section": "study"}],
        [{"title": "я" * 201, "kind": "achievement", "section": "study"}],
        [{"title": "Олимпиада", "kind": "nothing", "section": "study"}],
        [{"title": "Олимпиада", "kind": "achievement", "section": "study", "held_on": "вчера"}],
        [{"title": ["x"], "text": 5, "state": "open", "at": "2026", "set_at": None, "blocks": [1]}],
        [{"title": "Страница", "blocks": [{"kind": "nothing"}]}],
        [{"text": "Совет", "kind": "advice", "at": "2026-11-01T00:00:00Z"}],
    ],
)
def test_what_breaks_a_rule_stays_a_file(world: World, rows: object) -> None:
    owner = world.there.enrol(teenager())
    files = dict.fromkeys(("works.json", "goals.json", "notes.json", "pages.json"), rows)
    with unit_of_work(world.there.engine) as session:
        assert reviving.revive(session, owner, "guardian", archive(files), NOW) == 0
    assert counts(world.there, owner) == (0, 0, 0, 0)


def test_a_bad_row_leaves_the_good_ones_alone(world: World) -> None:
    owner = world.there.enrol(teenager())
    good = {"kind": "reflection", "text": "Получилось", "at": "2030-01-01T00:00:00Z"}
    with unit_of_work(world.there.engine) as session:
        assert reviving.revive(session, owner, "guardian", archive({"notes.json": [{}, good, good]}), NOW) == 1
        [note] = session.exec(select(Note)).all()
        assert note.at == NOW  # never later than today


def read_of(desk: Desk, owner: Learner, path: str) -> str:
    with unit_of_work(desk.engine) as session:
        [kept] = [one for one in session.exec(select(KeptFile)) if one.path == path]
    assert f"/earlier/{kept.digest}" in page(desk, owner, "/earlier")
    saved = desk.family(owner).get(f"/wallet/{owner.id}/earlier/{kept.digest}?save=yes")
    assert saved.content == bytes(kept.content)
    return page(desk, owner, f"/earlier/{kept.digest}")


@pytest.mark.parametrize("known", [True, False])
def test_a_plan_is_read_with_who_answers_for_it(world: World, alina: Learner, known: bool) -> None:  # noqa: FBT001
    if known:
        join_network(world.here)
    take(world.there, alina, taken_out(world.here, alina))
    told = read_of(world.there, alina, "plan.json")
    assert ("значится в описи" in told) is known
    assert ("сеть не знает" in told) is not known
    for said in ("Индивидуальный проект", "Название", "не зачтено", PLACE):
        assert said in told
    assert "/earlier" in page(world.there, alina, "/moving")
    stranger = world.there.enrol(teenager())
    digest = told.partition("/earlier/")[2].partition("?")[0]
    assert world.there.family(stranger).get(f"/wallet/{stranger.id}/earlier/{digest}").status_code == 404


@pytest.mark.parametrize(("damaged", "words"), [(False, "Этот документ подписала"), (True, "подписи под ним нет")])
def test_a_sealed_document_answers_for_itself(world: World, alina: Learner, damaged: bool, words: str) -> None:  # noqa: FBT001
    join_network(world.here)
    sealed = unpack(taken_out(world.here, alina)).manifest  # a document under the school's own seal
    content = sealed.replace(b'"version":1', b'"version":2') if damaged else sealed
    kept = KeptFile(
        learner=alina.id,
        origin="0" * 16,
        path="decisions/order.json",
        section="decisions",
        content=content,
        digest="d" * 64,
        made_at=NOW,
        arrived_at=NOW,
    )
    with unit_of_work(world.there.engine) as session:
        session.add(kept)
    assert words in page(world.there, alina, f"/earlier/{'d' * 64}")
