"""A meeting from the call to the protocol: agenda, notice, change, quorum of those who came, one protocol for several learners."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from tests.verifier.credit.world import ALINA, START, TIMUR, ZONE, School, World
from verifier.credit import documents
from verifier.credit.agenda import Seat, grouped
from verifier.credit.errors import RuleNotMet
from verifier.credit.events import Event
from verifier.credit.meetings import listing, meetings
from verifier.credit.meetings.attendance import attendance_of
from verifier.credit.meetings.errors import (
    MeetingAhead,
    MeetingDayOff,
    MeetingPast,
    MeetingSettled,
    NotBeforeCommission,
    NothingOnAgenda,
    TermMissed,
    TooFewMembers,
    VoterLeftOut,
)
from verifier.credit.meetings.office import Office, Wanted
from verifier.credit.meetings.tables import Meeting, MeetingState
from verifier.credit.papers import DocumentKind
from verifier.credit.tables import Case, CaseDocument

ALL = ("deputy", "teacher", "member", "spare", "spare2")
ON_TUESDAY = datetime(2026, 11, 10, 15, 0, tzinfo=ZONE)


def office(world: World, session: Session) -> Office:
    people = School(world.now.astimezone(ZONE).date())
    actor = world.actor("secretary")
    return Office(session=session, cases=world.cases, actor=actor, people=people, school="s1", now=world.now)


def wanted(*cases: str, at: datetime = ON_TUESDAY, members: Sequence[str] = ALL, late: bool = False) -> Wanted:
    return Wanted(starts_at=at, place="кабинет 12", members=members, cases=cases, late=late)


def planned(world: World, *cases: str, members: Sequence[str] = ALL) -> str:
    with world.session() as session:
        return meetings.plan(office(world, session), wanted(*cases, members=members)).id


def held(world: World, meeting: str, *present: str) -> None:
    with world.session() as session:
        meetings.hold(office(world, session), listing.of_school(session, "s1", meeting), present)


def before_commission(world: World) -> str:
    case = world.drafted(world.badge())
    world.to_commission(case)
    return case


def another(world: World, learner: str = TIMUR, **changes: object) -> str:
    """The same badge and part of the plan for another learner of the guardian's."""
    with world.session() as session:
        item = world.planned(session, learner, **changes)
    badge = world.badge(learner=School(world.now.date()).learner(learner).number)
    case = world.drafted(badge, item=item)
    world.to_commission(case)
    return case


def test_whoever_is_invited_is_told_when_and_where_and_of_no_learner(world: World) -> None:
    case = before_commission(world)
    world.notices.clear()
    planned(world, case)
    assert {told["person"] for told in world.notices} == set(ALL)
    text = world.notices[0]["text"]
    assert "10 ноября 2026 г., 15:00, кабинет 12" in text
    assert "Заявлений в повестке: 1" in text
    assert all("Ветров" not in told["text"] and told["learner"] == "" for told in world.notices)


def test_the_agenda_is_a_numbered_sealed_document_with_like_cases_side_by_side(world: World) -> None:
    first = before_commission(world)
    other = another(world, ALINA, code="P9", title="Другая часть")
    second = another(world)
    meeting = planned(world, first, other, second)
    with world.session() as session:
        document = session.get_one(CaseDocument, session.get_one(Meeting, meeting).agenda)
        said = documents.read(document)
        about = [documents.cases_of(session, document)[place].id for place in range(3)]
    assert (document.kind, document.number) == (DocumentKind.AGENDA, 1)
    assert "proof" in said
    assert said["opening"][-2].startswith("Заседание № 1: 10 ноября 2026 г., 15:00, кабинет 12")
    assert "Клюква Инна Викторовна" in said["opening"][-1]
    assert {about.index(first), about.index(second)} in ({0, 1}, {1, 2}), "like cases stand together"
    facts = [dict(section["facts"]) for section in said["sections"]]
    assert facts[about.index(first)]["Рассмотреть вместе с"].startswith("№")
    assert facts[about.index(other)]["Рассмотреть вместе с"] == ""


def test_no_meeting_that_could_decide_nothing_or_comes_too_late(world: World) -> None:
    case = before_commission(world)
    saturday, december = datetime(2026, 11, 14, 15, 0, tzinfo=ZONE), datetime(2026, 12, 24, 15, 0, tzinfo=ZONE)
    for impossible, error in (
        (wanted(case, at=START - timedelta(hours=1)), MeetingPast),
        (wanted(case, at=saturday), MeetingDayOff),
        (wanted(case, members=("deputy", "teacher")), TooFewMembers),
        (wanted(case, members=(*ALL, "secretary")), TooFewMembers),
        (wanted(case, at=december), TermMissed),
    ):
        with world.session() as session, pytest.raises(error):
            meetings.plan(office(world, session), impossible)


def test_a_missed_term_is_named_and_may_be_known(world: World) -> None:
    case = before_commission(world)
    late = datetime(2026, 12, 24, 15, 0, tzinfo=ZONE)
    with world.session() as session:
        with pytest.raises(TermMissed, match=f"№ {world.read(case).number}"):
            meetings.plan(office(world, session), wanted(case, at=late))
        assert meetings.plan(office(world, session), wanted(case, at=late, late=True)).number == 1


def test_a_case_stands_on_one_agenda_and_only_while_it_waits(world: World) -> None:
    case = before_commission(world)
    draft = world.drafted(world.badge(), item=_another_item(world))
    with world.session() as session:
        for cases, error in (((), NothingOnAgenda), ((draft,), NotBeforeCommission)):
            with pytest.raises(error):
                meetings.plan(office(world, session), wanted(*cases))
    planned(world, case)
    with world.session() as session, pytest.raises(NotBeforeCommission):
        meetings.plan(office(world, session), wanted(case))


def test_a_change_is_told_to_all_and_to_those_left_out(world: World) -> None:
    case = before_commission(world)
    meeting = planned(world, case)
    world.notices.clear()
    with world.session() as session:
        found = listing.of_school(session, "s1", meeting)
        later = wanted(case, at=ON_TUESDAY + timedelta(days=1), members=ALL[:4])
        meetings.change(office(world, session), found, later, reason="Карантин")
        assert (found.version, found.number) == (2, 1)
        agendas = session.exec(select(CaseDocument).where(CaseDocument.kind == DocumentKind.AGENDA)).all()
        assert [one.number for one in agendas] == [1, 2]
        assert found.agenda == agendas[1].id
    told = {one["person"]: one["text"] for one in world.notices}
    assert set(told) == set(ALL)
    assert "11 ноября 2026 г." in told["deputy"]
    assert "Карантин" in told["deputy"]
    assert "без вашего участия" in told["spare2"]


def test_a_cancelled_meeting_frees_its_cases(world: World) -> None:
    case = before_commission(world)
    meeting = planned(world, case)
    world.notices.clear()
    with world.session() as session:
        meetings.cancel(office(world, session), listing.of_school(session, "s1", meeting), reason="Болезнь")
        assert [one.id for one in listing.free_cases(session, "s1")] == [case]
    assert {one["person"] for one in world.notices} == set(ALL)
    with world.session() as session, pytest.raises(MeetingSettled):
        meetings.cancel(office(world, session), listing.of_school(session, "s1", meeting), reason="Ещё раз")


def test_it_is_held_when_it_has_begun_and_enough_have_come(world: World) -> None:
    meeting = planned(world, before_commission(world))
    with pytest.raises(MeetingAhead):
        held(world, meeting, *ALL)
    world.later(days=2)
    with pytest.raises(TooFewMembers):
        held(world, meeting, "deputy", "teacher")
    held(world, meeting, "deputy", "teacher", "member")
    with world.session() as session:
        assert session.get_one(Meeting, meeting).state is MeetingState.HELD


def test_only_those_who_came_vote_and_who_came_can_be_set_right_until_the_protocol(world: World) -> None:
    case = before_commission(world)
    meeting = planned(world, case)
    world.later(days=2)
    held(world, meeting, "deputy", "teacher", "member")
    with pytest.raises(RuleNotMet, match="не было на заседании"):
        world.vote(case, "full", "spare")
    world.vote(case, "full", "teacher", "member")
    with pytest.raises(VoterLeftOut):
        held(world, meeting, "deputy", "teacher", "spare")
    held(world, meeting, "deputy", "teacher", "member", "spare")
    world.vote(case, "full", "spare")
    world.act("deputy", case, Event.CONCLUDE, extent="full")
    with pytest.raises(MeetingSettled):
        held(world, meeting, *ALL)


def test_quorum_is_counted_from_those_who_came_and_may_vote(world: World) -> None:
    case = before_commission(world)
    meeting = planned(world, case)
    world.later(days=2)
    held(world, meeting, "deputy", "teacher", "member")
    with world.session() as session:
        work = world.cases.look(session, world.actor("deputy"), case, world.now)
        [group] = grouped([work], set(ALL))
        [item] = group.items
        assert {person.id for person, seat in item.seats if seat is Seat.ABSENT} == {"spare", "spare2"}
        assert (item.able, item.short) == (3, False)


def test_one_protocol_names_the_meeting_and_who_came_and_an_extract_neither_others_nor_absentees(world: World) -> None:
    first, second = before_commission(world), another(world)
    meeting = planned(world, first, second)
    world.later(days=2)
    held(world, meeting, "deputy", "teacher", "member")
    for case in (first, second):
        world.vote(case, "full")
    with world.session() as session:
        forms = {case: _conclusion(world, session, case) for case in (first, second)}
        world.cases.act_together(session, world.actor("deputy"), Event.CONCLUDE, forms, world.now)
        kinds = {one.kind: documents.read(one) for one in documents.documents_of(session, first)}
    protocol, extract = kinds[DocumentKind.PROTOCOL], kinds[DocumentKind.PROTOCOL_EXTRACT]
    assert len(protocol["sections"]) == 2
    assert [line for line in protocol["opening"] if "Заседание № 1" in line]
    assert (
        "Присутствовали: Брусницын Олег Фёдорович; Клюква Инна Викторовна; Рябинин Константин Сергеевич."
        in protocol["opening"]
    )
    assert [line for line in extract["opening"] if "Заседание № 1" in line]
    assert "Присутствовали" not in str(extract)
    assert "Оленев" not in str(extract)


def test_a_new_round_is_not_bound_by_the_meeting_of_the_last_one(world: World) -> None:
    case = before_commission(world)
    meeting = planned(world, case)
    world.later(days=2)
    held(world, meeting, "deputy", "teacher", "member")
    world.act("deputy", case, Event.SEND_BACK, reason="Неясно.")
    world.act("teacher", case, Event.SIGN_MATRIX)
    world.act("deputy", case, Event.SEND_TO_COMMISSION)
    with world.session() as session:
        assert attendance_of(session, session.get_one(Case, case)) is None
        assert [one.id for one in listing.free_cases(session, "s1")] == [case]
    world.vote(case, "full", "spare")


def _another_item(world: World) -> str:
    with world.session() as session:
        return world.planned(session, code="P8", title="Ещё одна часть")


def _conclusion(world: World, session: Session, case: str) -> dict[str, str]:
    work = world.cases.look(session, world.actor("deputy"), case, world.now)
    return {"version": str(work.case.version), "shown": work.shown_digest(), "extent": "full", "mark": "5"}
