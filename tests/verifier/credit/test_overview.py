"""Many cases at once: how near their terms are, the school class by class, states and dates for timetables."""

from datetime import date, timedelta

from tests.verifier.credit.office import Office
from tests.verifier.credit.world import START, World
from verifier.credit import overview
from verifier.credit.desk import Due, due_of
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.tables import Case

MONDAY = date(2026, 11, 9)


def a_case(deadline: date | None) -> Case:
    return Case(
        id="c", school="s1", learner="l1", item="", component="", applicant="", changed_at=START, deadline=deadline
    )


def test_how_near_a_term_is() -> None:
    for days, due in ((-1, Due.OVERDUE), (0, Due.TODAY), (1, Due.WEEK), (6, Due.WEEK), (7, Due.LATER)):
        assert due_of(a_case(MONDAY + timedelta(days=days)), MONDAY) is due, days
    assert due_of(a_case(MONDAY + timedelta(days=7)), MONDAY + timedelta(days=6)) is Due.LATER, (
        "tomorrow, but next week"
    )
    assert due_of(a_case(None), MONDAY) is Due.LATER


def test_the_desk_says_when_and_by_which_rule(world: World) -> None:
    office = Office(world)
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    page = office.get("secretary", "/credit").text
    assert "На этой неделе" in page
    assert "(локальный акт школы)" in page
    world.later(days=1)
    assert "Сегодня" in office.get("secretary", "/credit").text
    world.later(days=1)
    late = office.get("secretary", "/credit").text
    assert "Просрочено" in late
    assert "Просрочено у других" not in late, "it is the secretary's own"


def test_the_school_class_by_class(world: World) -> None:
    office = Office(world)
    world.credited(world.badge())
    with world.session() as session:
        item = world.planned(session, code="P9", title="Другая часть")
    world.act("guardian", world.drafted(world.badge(), item=item), Event.SUBMIT)
    with world.session() as session:
        rows = overview.by_class(session, world.cases.services.people(session, world.now), "s1", world.now.date())
    assert [row.grade for row in rows] == ["7", "10", "11"]
    tenth = rows[1]
    assert (tenth.learners, tenth.under_way, tenth.full, tenth.refused, tenth.overdue) == (1, 1, 1, 0, 0)
    page = office.get("director", "/credit/classes/s1", grade="10").text
    assert page.index("Другая часть") < page.index("Индивидуальный проект"), "what is under way comes first"
    assert "Ветрова Алина Игоревна" in page
    assert "Ветрова" not in office.get("director", "/credit/classes/s1", grade="7").text
    for who in ("teacher", "member", "guardian", "foreign:director"):
        assert office.get(who, "/credit/classes/s1").status_code in {403, 404}, who


def test_the_centre_sees_states_and_dates_and_neither_marks_nor_documents(world: World) -> None:
    office = Office(world)
    path = "/credit/dates/s1"
    assert "Сейчас ни одно заявление не рассматривается" in office.get("centre", path).text
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.decided(case)
    assert world.state(case) is State.ORDERED
    office.journal.clear()
    page = office.get("centre", path).text
    assert "Ветрова Алина Игоревна" in page
    assert "приказ издан" in page
    assert world.read(case).deadline.strftime("%d.%m.%Y") in page  # type: ignore[union-attr]
    assert case not in page, "no way to the case itself"
    assert "17-у" not in page
    assert "отлично" not in page
    assert ("credit.read", "centre", case) in office.journal
    assert office.get("centre", f"/credit/cases/{case}").status_code in {403, 404}
    for who in ("deputy", "guardian", "foreign:director"):
        assert office.get(who, path).status_code in {403, 404}, who
