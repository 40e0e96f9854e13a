"""The agenda: what is before the commission, like beside like, and how each member stands to each case."""

from datetime import timedelta

from tests.verifier.credit.office import Office
from tests.verifier.credit.world import TIMUR, World
from verifier.credit import agenda
from verifier.credit.agenda import Group, Seat
from verifier.credit.events import Event

PATH = "/credit/agenda/s1"


def groups(world: World) -> list[Group]:
    with world.session() as session:
        cases = agenda.before_commission(session, "s1")
        return agenda.grouped([world.cases.look(session, world.actor("deputy"), one.id, world.now) for one in cases])


def seats(world: World) -> dict[str, Seat]:
    [group] = groups(world)
    [item] = group.items
    return {person.id: seat for person, seat in item.seats}


def before_commission(world: World) -> str:
    case = world.drafted(world.badge())
    world.to_commission(case)
    return case


def test_members_who_voted_assessed_or_are_of_the_family_are_told_apart(world: World) -> None:
    case = before_commission(world)
    assert set(seats(world).values()) == {Seat.FREE}
    world.vote(case, "full", "member")
    assert seats(world)["member"] is Seat.VOTED
    with world.session() as session:
        work = world.cases.look(session, world.actor("deputy"), case, world.now)
        work.case.assessors = ["teacher"]
        assert agenda.seat_of(work, "teacher", frozenset()) is Seat.ASSESSOR
        assert agenda.seat_of(work, "guardian", frozenset()) is Seat.KIN
        assert agenda.seat_of(work, "deputy", frozenset({"deputy"})) is Seat.AWARDER


def test_after_an_upheld_appeal_the_earlier_voters_are_barred_and_a_missing_quorum_is_seen(world: World) -> None:
    case = before_commission(world)
    world.vote(case, "full")
    world.act("deputy", case, Event.CONCLUDE, extent="full")
    world.sign(case)
    world.told(case)
    world.act("guardian", case, Event.APPEAL, reason="Не согласны.")
    world.act("disputes", case, Event.UPHOLD, reason="Заново.")
    world.act("teacher", case, Event.SIGN_MATRIX)
    world.act("deputy", case, Event.SEND_TO_COMMISSION)
    found = seats(world)
    assert {person for person, seat in found.items() if seat is Seat.BEFORE} == {"teacher", "member", "deputy"}
    [group] = groups(world)
    assert group.items[0].able == 2
    assert group.items[0].short


def test_like_cases_stand_together_the_most_urgent_group_first(world: World) -> None:
    first = before_commission(world)
    with world.session() as session:
        item = world.planned(session, code="P9", title="Другая часть")
    world.later(days=1)
    second = world.drafted(world.badge(), item=item)
    world.to_commission(second)
    found = [[item.work.case.id for item in group.items] for group in groups(world)]
    assert found == [[first], [second]]
    with world.session() as session:
        work = world.cases.look(session, world.actor("deputy"), second, world.now)
        work.case.deadline = world.now.date() - timedelta(days=3)
    assert [group.component for group in groups(world)] == ["Другая часть", "Индивидуальный проект"]


def test_the_page_is_for_the_commission_and_the_office_and_each_name_is_noted(world: World) -> None:
    office = Office(world)
    assert "Рассматривать нечего" in office.get("member", PATH).text
    case = before_commission(world)
    office.journal.clear()
    page = office.get("member", PATH).text
    assert "Ветрова Алина Игоревна" in page
    assert "ещё не голосовал" in page
    assert PATH in office.get("member", "/credit/meetings/s1").text
    assert office.journal[0] == ("credit.read", "member", case)
    for who in ("guardian", TIMUR, "foreign:deputy"):
        assert office.get(who, PATH).status_code in {403, 404}, who
