"""Meetings as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from schemas.errors import N_
from verifier.credit.agenda import Item
from verifier.credit.facts import State
from verifier.credit.meetings import listing
from verifier.credit.meetings.office import Office
from verifier.credit.meetings.tables import Meeting, MeetingState
from verifier.credit.wording import SHORT

STANDING: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: N_("назначено"),
    MeetingState.CANCELLED: N_("отменено"),
    MeetingState.HELD: N_("прошло"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One meeting in a list; `standing` is a message id."""

    id: str
    number: int
    starts_at: datetime
    place: str
    standing: str
    cases: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who is invited, and whether they came; None before anybody knows."""

    name: str
    present: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A case of the agenda: the term it would miss, what it is at by now ("" while it waits for the vote)."""

    item: Item
    late: bool
    by_now: str


def meeting_row(session: Session, meeting: Meeting) -> MeetingRow:
    """A meeting for a list."""
    return MeetingRow(
        id=meeting.id,
        number=meeting.number,
        starts_at=meeting.starts_at,
        place=meeting.place,
        standing=STANDING[meeting.state],
        cases=len(listing.cases_of(session, meeting)),
    )


def item_row(item: Item, meeting: Meeting, office: Office) -> ItemRow:
    """A case for the agenda's page."""
    case = item.work.case
    waits = case.state is State.IN_COMMISSION
    ahead = meeting.state is MeetingState.PLANNED
    return ItemRow(
        item=item,
        late=ahead and waits and bool(listing.late([case], office.day_of(meeting.starts_at))),
        by_now="" if waits else SHORT[case.state],
    )


def option_of(item: Item) -> tuple[str, str, Item]:
    """A case to be picked for the agenda."""
    work = item.work
    return work.case.id, f"{work.case.number}, {work.learner.name}, {work.learner.grade}", item
