"""Days that a school declares for itself: how they count, what they move, who may declare them, and how the page tells it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from schemas.errors import NotFound
from service.database import unit_of_work
from tests.campus import PROJECT
from tests.verifier.credit.office import Office
from tests.verifier.credit.world import ZONE, World
from verifier.credit import policy, school_days
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.policy import SchoolPolicy
from verifier.credit.school_days import Span

PATH = "/credit/calendar/s1"
BACK = f"{PATH}/take-back"
MONDAY = date(2026, 11, 9)
FROST = Span(first=date(2026, 11, 10), last=date(2026, 11, 12), working=False, reason="мороз")
SATURDAY = Span(first=date(2026, 11, 14), last=date(2026, 11, 14), working=True, reason="приказ № 7")
FORM = {"first": "2026-11-23", "last": "2026-11-24", "what": "off", "reason": "приказ № 77, авария"}


def registered(world: World) -> str:
    """A case whose decision is due on Monday, 23 November 2026."""
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    assert world.read(case).term_ends == world.read(case).deadline == date(2026, 11, 23)
    return case


def test_the_school_s_own_days_count_for_terms(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        school_days.declare(session, "s1", FROST)
        school_days.declare(session, "s1", SATURDAY)
        days = policy.working_days(session, "s1", SchoolPolicy(), ZONE)
        assert policy.working_days(session, "s2", SchoolPolicy(), ZONE).changed == {}
    assert days.after(MONDAY, 1) == date(2026, 11, 13)
    assert days.after(date(2026, 11, 13), 1) == date(2026, 11, 14)


def test_days_in_a_row_for_one_reason_are_one_span(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        school_days.declare(session, "s1", SATURDAY)
        school_days.declare(session, "s1", FROST)
        assert school_days.spans_of(session, "s1", 2026) == [FROST, SATURDAY]
        school_days.take_back(session, "s1", date(2026, 11, 11), date(2026, 11, 11))
        first, last, _ = school_days.spans_of(session, "s1", 2026)
        assert (first.days, last.days) == ([date(2026, 11, 10)], [date(2026, 11, 12)])
        with pytest.raises(NotFound):
            school_days.take_back(session, "s1", date(2026, 11, 11), date(2026, 11, 11))
        assert school_days.spans_of(session, "s1", 2027) == []


def test_a_running_term_that_would_end_on_a_day_off_moves_and_does_not_come_back(world: World) -> None:
    office, case = Office(world), registered(world)
    done = office.post("secretary", PATH, FORM)
    assert (done.status_code, done.headers["location"]) == (303, f"{PATH}?year=2026&moved=1")
    assert world.read(case).deadline == world.read(case).term_ends == date(2026, 11, 25)
    assert office.journal == [
        ("credit.term-moved", "secretary", case),
        ("credit.days", "secretary", "2026-11-23/2026-11-24"),
    ]
    assert "срок перенесён на ближайший рабочий день" in office.get("deputy", PATH, moved="1").text
    assert office.post("director", BACK, {"first": "2026-11-23", "last": "2026-11-24"}).status_code == 303
    assert world.read(case).deadline == date(2026, 11, 25)
    assert "авария" not in office.get("deputy", PATH).text


def test_a_day_off_within_a_term_moves_nothing(world: World) -> None:
    office, case = Office(world), registered(world)
    done = office.post("deputy", PATH, {**FORM, "first": "2026-11-16", "last": "2026-11-20"})
    assert done.headers["location"].endswith("moved=0")
    assert world.read(case).deadline == date(2026, 11, 23)


def test_a_working_saturday_that_is_taken_back_lets_no_term_end_on_it(world: World) -> None:
    office = Office(world)
    working = {"first": "2026-11-21", "what": "working", "reason": "приказ № 8"}
    assert office.post("deputy", PATH, working).status_code == 303
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    assert world.read(case).deadline == date(2026, 11, 21)
    office.post("deputy", BACK, {"first": "2026-11-21", "last": "2026-11-21"})
    assert world.read(case).deadline == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"first": ""}, "Заполните поле «Первый день»"),
        ({"first": "завтра"}, "Поле «Первый день» заполнено не так"),
        ({"first": "2026-11-08"}, "Этот день уже прошёл"),
        ({"last": "2026-11-22"}, "Последний день должен быть не раньше первого"),
        ({"last": "2027-02-23"}, "не больше 92 дней"),
        ({"what": "perhaps"}, "Поле «Каким будет день» заполнено не так"),
        ({"reason": ""}, "Заполните поле «Почему»"),
        ({"reason": "ы" * 301}, "не больше 300 знаков"),
        ({"first": "2041-01-09", "last": ""}, "Нет календаря рабочих дней на 2041 год"),
    ],
)
def test_what_cannot_be_declared_is_told_and_what_was_typed_stays(
    world: World, wrong: dict[str, str], told: str
) -> None:
    office = Office(world)
    answer = office.post("secretary", PATH, {**FORM, **wrong})
    assert answer.status_code == 422
    assert told in answer.text
    assert {**FORM, **wrong}["reason"] in answer.text
    with world.session() as session:
        assert school_days.spans_of(session, "s1", 2026) == []
    assert office.journal == []


def test_days_that_are_over_stay_as_they_were(world: World) -> None:
    office = Office(world)
    office.post("deputy", PATH, {**FORM, "first": "2026-11-09", "last": "2026-11-11"})
    world.later(days=1)
    office.post("deputy", BACK, {"first": "2026-11-09", "last": "2026-11-11"})
    world.later(days=1)
    with world.session() as session:
        assert [one.days for one in school_days.spans_of(session, "s1", 2026)] == [[MONDAY]]
    page = office.get("deputy", PATH).text
    assert "прошли" in page
    assert BACK not in page


def test_the_page_shows_the_year_and_says_plainly_when_there_is_none(world: World) -> None:
    office = Office(world)
    office.post("director", PATH, FORM)
    page = office.get("secretary", PATH).text
    for text in (
        "День народного единства",
        "Выходной вместо 03.01.2026",
        "авария",
        "18 рабочих дней",
        "<strong>Ноябрь</strong>",
    ):
        assert text in page, text
    assert "20 февраля 2027" in office.get("secretary", PATH, year="2027").text.replace("\N{NO-BREAK SPACE}", " ")
    missing = office.get("secretary", PATH, year="2041")
    assert missing.status_code == 200
    assert "Нет календаря рабочих дней на 2041 год" in missing.text
    english = office.get("secretary", PATH, language="en").text
    assert "<strong>November</strong>" in english
    assert "Unity Day" in english


@pytest.mark.parametrize("who", ["guardian", "l1", "tutor", "teacher", "chair", "foreign:secretary"])
def test_the_calendar_is_closed_to_everybody_but_the_office(world: World, who: str) -> None:
    office = Office(world)
    days = {"first": FORM["first"], "last": FORM["last"]}
    answers = (office.get(who, PATH), office.post(who, PATH, FORM), office.post(who, BACK, days))
    assert {answer.status_code for answer in answers} <= {403, 404}
    with world.session() as session:
        assert school_days.spans_of(session, "s1", 2026) == []


def test_every_day_of_a_span_is_declared() -> None:
    assert FROST.days == [FROST.first + timedelta(days=n) for n in range(3)]


# ── The days that a family has for an appeal ─────────────────────────────────────────────────────────────────────


def refused(world: World) -> str:
    """A refusal of which the family is told on Monday, 9 November: it may appeal until Monday, the 23rd."""
    case = world.drafted(world.badge(outcomes=PROJECT[:1]))
    world.to_commission(case)
    world.decided(case, "refuse", reason="Не показано.")
    world.told(case)
    kept = world.read(case)
    assert kept.appeal_ends == kept.deadline == date(2026, 11, 23)
    return case


def test_the_family_is_told_the_last_day_for_an_appeal(world: World) -> None:
    refused(world)
    assert "Возражение можно подать до 23 ноября 2026 г." in world.notices[-1]["text"]


def test_a_day_worked_later_takes_nothing_from_the_family(world: World) -> None:
    office, case = Office(world), refused(world)
    for saturday in ("2026-11-14", "2026-11-21"):
        office.post("deputy", PATH, {"first": saturday, "what": "working", "reason": "приказ № 9"})
    assert world.read(case).deadline == date(2026, 11, 23)
    world.later(days=14)
    assert "до 23 ноября" in office.get("guardian", f"/credit/cases/{case}").text.replace("\N{NO-BREAK SPACE}", " ")
    with world.session() as session:
        assert world.cases.nightly(session, world.now) == 0
    world.act("guardian", case, Event.APPEAL, reason="Не согласны.")


def test_a_day_off_declared_later_adds_to_what_the_family_has(world: World) -> None:
    office, case = Office(world), refused(world)
    office.post("deputy", PATH, {**FORM, "first": "2026-11-16", "last": "2026-11-17"})
    assert world.read(case).deadline == date(2026, 11, 25)
    world.later(days=15)
    page = office.get("guardian", f"/credit/cases/{case}").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "до 25 ноября" in page
    assert "Срок этого шага прошёл" not in page
    office.post("deputy", BACK, {"first": "2026-11-24", "last": "2026-11-25"})
    with world.session() as session:
        assert world.cases.nightly(session, world.now) == 0
    world.later(days=2)
    with world.session() as session:
        assert world.cases.nightly(session, world.now) == 1
    assert world.state(case) is State.CLOSED


def test_after_an_upheld_appeal_the_next_notice_says_its_own_day(world: World) -> None:
    case = refused(world)
    world.act("guardian", case, Event.APPEAL, reason="Не согласны.")
    world.act("disputes", case, Event.UPHOLD, reason="Заново.")
    assert world.read(case).appeal_ends is None
