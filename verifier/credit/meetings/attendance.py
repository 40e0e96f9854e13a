"""Who was there when a case was heard: read by the guards of a vote and by the protocol."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from verifier.credit.meetings.tables import Meeting, MeetingCase, MeetingMember, MeetingState
from verifier.credit.tables import Case


@dataclass(frozen=True, slots=True)
class Attendance:
    """The meeting that heard a case, and who of its members came."""

    meeting: Meeting
    present: frozenset[str]


def attendance_of(session: Session, case: Case) -> Attendance | None:
    """The held meeting with the case on its agenda in this round of voting; None where the commission votes without one."""
    heard = (
        select(Meeting)
        .join(MeetingCase)
        .where(MeetingCase.case == case.id, MeetingCase.round == case.round, Meeting.state == MeetingState.HELD)
    )
    meeting = session.exec(heard.order_by(col(Meeting.starts_at).desc())).first()
    return Attendance(meeting, present_at(session, meeting)) if meeting else None


def present_at(session: Session, meeting: Meeting) -> frozenset[str]:
    """Who came."""
    came = select(MeetingMember.person).where(MeetingMember.meeting == meeting.id, col(MeetingMember.present).is_(True))
    return frozenset(session.exec(came))
