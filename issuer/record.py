"""Writes the package's acts into the journal, in the act's own transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from keys import journal
from keys.actor import Actor


def record(session: Session, now: datetime, by: Actor, event: str, organisation: str, item: str) -> None:
    """One row: `by` did `event` to `item`. Comes last in a transaction, because it makes other journal rows wait."""
    journal.append(
        session, at=now, event=event, actor_kind=by.kind, person=by.person, organisation=organisation, item=item
    )


def record_all(session: Session, now: datetime, by: Actor, event: str, organisation: str, items: Sequence[str]) -> None:
    """The same for many items at once."""
    act = journal.Act(at=now, event=event, actor_kind=by.kind, person=by.person, organisation=organisation)
    journal.append_all(session, act, items)
