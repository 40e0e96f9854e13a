"""The meetings of a school's commission: planned, changed and cancelled with notice, held by those who came.

meeting = meetings.plan(office, Wanted(starts_at=…, place="каб. 12", members=[…], cases=[…]))
meetings.change(office, meeting, Wanted(…), reason="Карантин")
meetings.hold(office, meeting, present=[…])
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import uuid4

from sqlmodel import Session, col, select

from verifier.credit import agenda, documents, paperwork
from verifier.credit.days import school_year
from verifier.credit.facts import State
from verifier.credit.meetings import listing, telling
from verifier.credit.meetings.errors import (
    MeetingAhead,
    MeetingChanged,
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
from verifier.credit.meetings.tables import Meeting, MeetingCase, MeetingMember, MeetingState
from verifier.credit.tables import Case, CaseVote

SERIES = "meeting"


def plan(office: Office, wanted: Wanted) -> Meeting:
    """Call a meeting: numbered, with its agenda as a document, and every member is told.

    Raises `MeetingPast`, `MeetingDayOff`, `NothingOnAgenda`, `NotBeforeCommission`, `TooFewMembers`, `TermMissed`.
    """
    cases = _fit(office, wanted, None)
    year = school_year(office.today)
    meeting = Meeting(
        id=uuid4().hex,
        school=office.school,
        year=year,
        number=documents.next_number(office.session, office.school, year, SERIES),
        state=MeetingState.PLANNED,
        starts_at=wanted.starts_at,
        place=wanted.place,
        changed_by=office.actor.person or "",
        changed_at=office.now,
    )
    office.session.add(meeting)
    office.session.flush()
    _write(office, meeting, wanted.members, cases)
    _tell(office, meeting, wanted.members, telling.called(meeting, office.cases.services.zone, len(cases)))
    return meeting


def change(office: Office, meeting: Meeting, wanted: Wanted, *, reason: str) -> None:
    """Another time, place, agenda or company: a new agenda is written and all are told, those left out too.

    Raises `MeetingSettled` and whatever `plan` raises.
    """
    require_planned(meeting)
    cases = _fit(office, wanted, meeting)
    before = {one.person for one in listing.members_of(office.session, meeting)}
    meeting.starts_at, meeting.place = wanted.starts_at, wanted.place
    _changed(office, meeting, reason)
    _write(office, meeting, wanted.members, cases)
    zone = office.cases.services.zone
    _tell(office, meeting, wanted.members, telling.moved(meeting, zone, len(cases)))
    _tell(office, meeting, sorted(before - set(wanted.members)), telling.left_out(meeting, zone))


def cancel(office: Office, meeting: Meeting, *, reason: str) -> None:
    """The meeting does not take place; its cases are free for another one. Raises `MeetingSettled`."""
    require_planned(meeting)
    meeting.state = MeetingState.CANCELLED
    _changed(office, meeting, reason)
    invited = [one.person for one in listing.members_of(office.session, meeting)]
    _tell(office, meeting, invited, telling.cancelled(meeting, office.cases.services.zone))


def hold(office: Office, meeting: Meeting, present: Collection[str]) -> None:
    """Note who came; from now on they alone vote on its cases. May be set right until the first protocol is signed.

    Raises `MeetingAhead`, `MeetingSettled`, `TooFewMembers`, `VoterLeftOut`.
    """
    if not can_be_held(office.session, meeting):
        raise MeetingSettled
    if office.now < meeting.starts_at:
        raise MeetingAhead
    came = set(present) & set(invitable(office, meeting))
    if len(came) < office.quorum:
        raise TooFewMembers(pointer="/present", quorum=office.quorum, count=len(came))
    if _voters(office.session, meeting) - came and meeting.state is MeetingState.HELD:
        raise VoterLeftOut(pointer="/present")
    meeting.state = MeetingState.HELD
    meeting.changed_by, meeting.changed_at = office.actor.person or "", office.now
    invited = {one.person for one in listing.members_of(office.session, meeting)}
    for person in invited | came:
        office.session.merge(MeetingMember(meeting=meeting.id, person=person, present=person in came))
    office.session.flush()


def invitable(office: Office, meeting: Meeting) -> list[str]:
    """Who may have come: the invited, and the members of the day."""
    invited = [one.person for one in listing.members_of(office.session, meeting)]
    return list(dict.fromkeys([*invited, *(one.id for one in office.members)]))


def can_be_held(session: Session, meeting: Meeting) -> bool:
    """Whether it may be noted who came: before that, and after it until a case was decided."""
    if meeting.state is not MeetingState.HELD:
        return meeting.state is MeetingState.PLANNED
    return all(case.state is State.IN_COMMISSION for case in listing.cases_of(session, meeting))


def require_planned(meeting: Meeting) -> None:
    """Raise `MeetingSettled` unless the meeting is still ahead."""
    if meeting.state is not MeetingState.PLANNED:
        raise MeetingSettled


def require_seen(meeting: Meeting, version: int | None) -> None:
    """Raise `MeetingChanged` unless that is the newest version of the meeting."""
    if version != meeting.version:
        raise MeetingChanged


def _fit(office: Office, wanted: Wanted, meeting: Meeting | None) -> list[Case]:
    """The cases of the agenda, if such a meeting may be called."""
    day = office.day_of(wanted.starts_at)
    if wanted.starts_at <= office.now:
        raise MeetingPast(pointer="/day")
    if not office.days.is_working(day):
        raise MeetingDayOff(pointer="/day")
    invited = {one.id for one in office.members} & set(wanted.members)
    if len(invited) < office.quorum or len(invited) < len(set(wanted.members)):
        raise TooFewMembers(pointer="/members", quorum=office.quorum, count=len(invited))
    if not wanted.cases:
        raise NothingOnAgenda(pointer="/cases")
    _hold_cases(office.session, wanted.cases)
    free = {case.id: case for case in listing.free_cases(office.session, office.school, meeting)}
    if not set(wanted.cases) <= free.keys():
        raise NotBeforeCommission(pointer="/cases")
    picked = [case for case in free.values() if case.id in set(wanted.cases)]
    missed = listing.late(picked, day)
    if missed and not wanted.late:
        raise TermMissed(pointer="/late", cases=", ".join(f"№ {case.number}" for case in missed))
    return picked


def _hold_cases(session: Session, cases: Iterable[str]) -> None:
    """Nobody else puts these cases on an agenda, or moves them on, until the transaction ends."""
    session.exec(select(Case.id).where(col(Case.id).in_(list(cases))).order_by(Case.id).with_for_update()).all()


def _write(office: Office, meeting: Meeting, members: Sequence[str], cases: Sequence[Case]) -> None:
    """Keep who is invited and what is before them, and make the agenda."""
    session = office.session
    for kept in (*listing.members_of(session, meeting), *_lines(session, meeting)):
        session.delete(kept)
    session.flush()
    session.add_all(MeetingMember(meeting=meeting.id, person=person) for person in dict.fromkeys(members))
    session.add_all(MeetingCase(meeting=meeting.id, case=case.id, round=case.round) for case in cases)
    session.flush()
    names = [office.people.person(person).name for person in dict.fromkeys(members)]
    heading = telling.heading(meeting, office.cases.services.zone, names)
    groups = agenda.grouped(office.works(cases), set(members))
    entries = [(item.work.case, paperwork.agenda(item, group, heading)) for group in groups for item in group.items]
    made = documents.make(session, office.cases.services.store, entries, now=office.now, today=office.today)
    meeting.agenda = made.id
    session.flush()


def _lines(session: Session, meeting: Meeting) -> list[MeetingCase]:
    return list(session.exec(select(MeetingCase).where(MeetingCase.meeting == meeting.id)))


def _voters(session: Session, meeting: Meeting) -> set[str]:
    """Who has voted on a case of the meeting in the round for which it is there."""
    cast = (
        select(CaseVote.person)
        .join(MeetingCase, (col(MeetingCase.case) == CaseVote.case) & (col(MeetingCase.round) == CaseVote.round))
        .where(MeetingCase.meeting == meeting.id)
    )
    return set(session.exec(cast))


def _changed(office: Office, meeting: Meeting, reason: str) -> None:
    meeting.version += 1
    meeting.reason = reason
    meeting.changed_by, meeting.changed_at = office.actor.person or "", office.now
    office.session.flush()


def _tell(office: Office, meeting: Meeting, people: Iterable[str], text: str) -> None:
    """Tell each of them; about no learner, and without a name of one."""
    for person in people:
        office.cases.services.notify(
            office.session,
            person=person,
            organisation=office.school,
            learner="",
            text=text,
            href=f"/credit/meetings/{office.school}/{meeting.id}",
            handed=False,
            now=office.now,
        )
