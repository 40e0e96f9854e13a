"""Goals, notes and advice: the family's own until they show a goal; a reminder that comes once in a season."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from keys.deps import Learner
from schemas.errors import Conflict, NotFound
from service.database import unit_of_work
from tests.wallet_web.desk import Desk, Roll
from tests.wallet_web.family import NOW, guardian, teacher, teenager, themself
from wallet_web.portfolio import goals, notes, reminding
from wallet_web.portfolio.declared import new_id
from wallet_web.portfolio.errors import LateDay, NoText, NoTitle, PortfolioFull
from wallet_web.portfolio.goals import Wanted
from wallet_web.portfolio.notes import SEASON
from wallet_web.portfolio.tables import NoteKind

GOAL = Wanted(title="Поступить на инженера", due_on=date(2027, 8, 1))


def place(alina: Learner) -> str:
    return f"/wallet/{alina.id}/portfolio/goals"


def goal_of(desk: Desk, alina: Learner, *, shown: bool) -> str:
    """The id of a goal that the learner has written down over the page."""
    known = new_id()
    browser = desk.browser(themself(alina))
    typed = {"id": known, "title": "Поступить на инженера", "section": "study", "due_on": "2027-08-01"}
    assert browser.post(place(alina), data=typed).status_code == 303
    if shown:
        assert browser.post(f"{place(alina)}/{known}", data={"act": "show"}).status_code == 303
    return known


def test_a_goal_is_the_familys_own_until_it_is_shown(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    goal = goal_of(desk, alina, shown=False)
    by, there = desk.browser(teacher(alina)), f"/portfolio/learners/{alina.id}"
    assert "Поступить" in desk.family(alina).get(place(alina)).text
    assert "Поступить" not in by.get(there).text
    assert by.post(f"{there}/goals/{goal}", data={"text": "Совет"}).status_code == 404
    assert there not in by.get("/portfolio/queue").text
    desk.family(alina).post(f"{place(alina)}/{goal}", data={"act": "show"})
    assert there in by.get("/portfolio/queue").text
    assert "Поступить" in by.get(there).text
    desk.family(alina).post(f"{place(alina)}/{goal}", data={"act": "hide"})
    assert "Поступить" not in by.get(there).text


def test_advice_comes_to_the_family_and_both_are_written_down(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    goal = goal_of(desk, alina, shown=True)
    by, there = desk.browser(teacher(alina)), f"/portfolio/learners/{alina.id}"
    by.get(there)
    assert "Напишите текст" in by.post(f"{there}/goals/{goal}", data={"text": " "}).text
    assert by.post(f"{there}/goals/{goal}", data={"text": "Запишись на практикум"}).status_code == 303
    page = desk.family(alina).get(place(alina)).text
    assert "Запишись на практикум" in page
    assert "Кто в школе смотрел цели" in page
    assert [event for event, _, _ in desk.journal] == ["goals.viewed", "goal.advised"]


def test_others_see_nothing(desk: Desk) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    goal, there = goal_of(desk, alina, shown=True), f"/portfolio/learners/{alina.id}"
    for browser, refused in ((desk.browser(), 401), (desk.family(other), 404), (desk.browser(teacher(other)), 404)):
        assert browser.get(there).status_code == refused
        assert browser.get(place(alina)).status_code == refused
        assert browser.post(f"{there}/goals/{goal}", data={"text": "x"}).status_code == refused
        assert browser.post(f"{place(alina)}/{goal}", data={"act": "remove"}).status_code == refused
    assert desk.family(alina).get(there).status_code == 403
    assert desk.browser(teacher(alina)).get(place(alina)).status_code == 403


def test_a_goal_goes_its_way(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    goal, family = goal_of(desk, alina, shown=False), desk.family(alina)
    for act, word in (("reached", "достигнута"), ("open", "в работе"), ("dropped", "отложена")):
        assert family.post(f"{place(alina)}/{goal}", data={"act": act}).status_code == 303
        assert word in family.get(place(alina)).text
    assert family.post(f"{place(alina)}/{goal}", data={"act": "fly"}).status_code == 400
    family.post(f"{place(alina)}/{goal}", data={"act": "remove"})
    assert "Поступить" not in family.get(place(alina)).text


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    family = desk.family(alina)
    page = family.post(place(alina), data={"id": new_id(), "title": " ", "due_on": "2020-01-01", "section": "sport"})
    assert page.status_code == 400
    assert "Напишите название" in page.text
    assert "Укажите день впереди" in page.text
    assert family.post(place(alina), data={"id": new_id(), "title": "x", "section": "nowhere"}).status_code == 400
    long = family.post(place(alina).replace("goals", "notes"), data={"kind": "statement", "text": "я" * 4001})
    assert long.status_code == 400
    assert "я" * 4001 in long.text


def test_notes_and_the_story_are_the_familys_alone(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    family, there = desk.family(alina), place(alina).replace("goals", "notes")
    for kind, text in (
        ("reflection", "Получилось лучше, чем ждала"),
        ("statement", "Люблю строить"),
        ("advice", "Сама себе"),
    ):
        assert family.post(there, data={"id": new_id(), "kind": kind, "text": text}).status_code == 303
    page = family.get(place(alina)).text
    assert "Получилось лучше" in page
    assert "Люблю строить" in page
    with unit_of_work(desk.engine) as session:
        assert notes.advice_of(session, alina.id) == []
        own = notes.latest(session, alina.id, NoteKind.REFLECTION)
        first = next(note.id for note in own if note.text.startswith("Получилось"))
    assert desk.browser(teacher(alina)).post(f"{there}/{first}/remove").status_code == 403
    assert family.post(f"{there}/{first}/remove").status_code == 303
    assert "Получилось лучше" in family.get(place(alina)).text  # nobody said yes
    assert family.post(f"{there}/{first}/remove", data={"sure": "yes"}).status_code == 303
    assert family.post(f"{there}/{first}/remove", data={"sure": "yes"}).status_code == 303
    assert "Получилось лучше" not in family.get(place(alina)).text


def test_advice_is_not_the_familys_to_forget(engine: Engine) -> None:
    alina = teenager()
    with unit_of_work(engine) as session:
        goal = goals.set_goal(session, alina, themself(alina), NOW, GOAL, id=new_id())
        goals.show(session, goal, shown=True)
        advice = goals.advise(session, goal, teacher(alina), "Совет", NOW)
        with pytest.raises(NotFound):
            notes.find(session, alina.id, advice.id)
        goals.remove(session, goal)
    with unit_of_work(engine) as session:
        assert notes.advice_of(session, alina.id) == []


def test_the_same_goal_twice_is_one_and_a_foreign_id_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    alina, other, known = teenager(), teenager(), new_id()
    with unit_of_work(engine) as session:
        for _ in range(2):
            goals.set_goal(session, alina, themself(alina), NOW, GOAL, id=known)
        assert len(goals.all_of(session, alina.id)) == 1
        with pytest.raises(Conflict):
            goals.set_goal(session, other, themself(other), NOW, GOAL, id=known)
        with pytest.raises(NotFound):
            goals.find(session, other.id, known)
        monkeypatch.setattr(goals, "GOALS_MAX", 1)
        with pytest.raises(PortfolioFull):
            goals.set_goal(session, alina, themself(alina), NOW, GOAL, id=new_id())


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (Wanted(title=" "), NoTitle),
        (Wanted(title="x", due_on=date(2026, 11, 21)), LateDay),
        (Wanted(title="x", due_on=date(2100, 1, 1)), LateDay),
    ],
)
def test_goals_have_rules(engine: Engine, wanted: Wanted, fault: type[Exception]) -> None:
    with unit_of_work(engine) as session, pytest.raises(fault):
        goals.set_goal(session, teenager(), guardian(), NOW, wanted, id=new_id())
    with unit_of_work(engine) as session, pytest.raises(NoText):
        notes.write(session, "l", guardian(), NoteKind.REFLECTION, " ", NOW, id=new_id())


def test_the_page_says_when_it_is_time_to_look_back(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    goal_of(desk, alina, shown=False)
    assert "Пора оглянуться" not in desk.family(alina).get(place(alina)).text
    desk.campus.now += SEASON
    assert "Пора оглянуться" in desk.family(alina).get(place(alina)).text
    there = place(alina).replace("goals", "notes")
    desk.family(alina).post(there, data={"id": new_id(), "text": "Оглядываюсь"})
    assert "Пора оглянуться" not in desk.family(alina).get(place(alina)).text


DAYS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["wait", "reflect", "round"])), max_size=25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(days=DAYS)
def test_a_reminder_comes_after_a_season_and_once_in_one(days: list[tuple[int, str]], sqlite: Engine) -> None:
    """Never before a season has gone since the learner last looked back, never twice within one."""
    roll, told = Roll(), list[str]()
    alina = teenager()
    roll.learners[alina.id] = alina
    last_note, last_told, now = NOW, None, NOW

    def notify(*_session: object, person: str, **_more: object) -> None:
        told.append(person)

    with unit_of_work(sqlite) as session:
        notes.begin(session, alina.id, now)
        for waited, act in days:
            now += timedelta(days=waited)
            before = len(told)
            if act == "reflect":
                notes.write(session, alina.id, themself(alina), NoteKind.REFLECTION, "Заметка", now, id=new_id())
                last_note, last_told = now, None
            elif act == "round":
                reminding.remind(session, notify, roll, now)
                due = now - last_note >= SEASON and (last_told is None or now - last_told >= SEASON)
                assert (told[before:] == [alina.id]) == due
                last_told = now if due else last_told


def test_who_has_left_is_left_in_peace(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        notes.begin(session, "gone", NOW)
        told = list[object]()
        assert reminding.remind(session, lambda *_, **more: told.append(more), Roll(), NOW + SEASON) == 1
        assert told == []
