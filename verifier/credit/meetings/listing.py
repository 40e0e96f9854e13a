"""The meetings that are kept: lists of them, what is on their agendas, who is invited, which cases are free for another one."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from schemas.errors import NotFound
from verifier.credit import agenda
from verifier.credit.meetings.tables import Meeting, MeetingCase, MeetingMember, MeetingState
from verifier.credit.tables import Case

NEWEST = 50


def free_cases(session: Session, school: str, besides: Meeting | None = None) -> list[Case]:
    """The cases before the commission that no other planned meeting has on its agenda, the most urgent ones first."""
    taken = select(MeetingCase.case).join(Meeting).where(Meeting.state == MeetingState.PLANNED)
    if besides is not None:
        taken = taken.where(Meeting.id != besides.id)
    known = set(session.exec(taken.where(Meeting.school == school)))
    return [case for case in agenda.before_commission(session, school) if case.id not in known]


def of_school(session: Session, school: str, meeting: str) -> Meeting:
    """The meeting of that school, its row held until the transaction ends; or `NotFound`."""
    wanted = select(Meeting).where(Meeting.id == meeting, Meeting.school == school)
    found = session.exec(wanted.with_for_update(), execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise NotFound
    return found


def all_of(session: Session, school: str) -> list[Meeting]:
    """The newest meetings of a school, the latest first."""
    wanted = select(Meeting).where(Meeting.school == school).order_by(col(Meeting.starts_at).desc(), col(Meeting.id))
    return list(session.exec(wanted.limit(NEWEST)))


def next_of(session: Session, school: str) -> Meeting | None:
    """The meeting that is planned and comes first, whether or not it has begun."""
    wanted = select(Meeting).where(Meeting.school == school, Meeting.state == MeetingState.PLANNED)
    return session.exec(wanted.order_by(col(Meeting.starts_at), col(Meeting.id))).first()


def cases_of(session: Session, meeting: Meeting) -> list[Case]:
    """What is on the agenda, the most urgent case first."""
    wanted = select(Case).join(MeetingCase).where(MeetingCase.meeting == meeting.id)
    return list(session.exec(wanted.order_by(col(Case.deadline), col(Case.id))))


def members_of(session: Session, meeting: Meeting) -> list[MeetingMember]:
    """Who is invited."""
    wanted = select(MeetingMember).where(MeetingMember.meeting == meeting.id)
    return list(session.exec(wanted.order_by(col(MeetingMember.person))))


def late(cases: Iterable[Case], day: date) -> list[Case]:
    """The cases whose term passes before a meeting on that day."""
    return [case for case in cases if case.deadline is not None and case.deadline < day]
