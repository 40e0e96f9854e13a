"""What people do with a batch, each step in the caller's transaction and in the journal; `states` says what is possible when."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from issuer import catalogue
from issuer.batches import allowing
from issuer.batches.columns import EVENT, choose, fields_of, require_number
from issuer.batches.counting import count
from issuer.batches.errors import BatchCancelled, OwnAllowance, OwnBatch
from issuer.batches.finding import asks_second_person, locked_batch, version_of
from issuer.batches.rows import Fault
from issuer.batches.states import Step, step
from issuer.errors.orders import ControlCharacter, EventMissing, EventTooLong
from issuer.orders import EVENT_LIMIT
from issuer.record import record
from issuer.tables import Batch, BatchColumn, BatchRules, BatchState, Chunk, ChunkState
from keys.actor import Actor, ActorKind
from schemas.spreadsheets.table import heading_key


def set_columns(session: Session, batch_id: str, chosen: Sequence[str], event: str) -> Batch:
    """Say what each column holds and which occasion counts where no column does; remembered for the next list.

    Raises what `choose` raises, `EventMissing` and other faults of the occasion.
    """
    batch = _taken(session, batch_id, Step.CHOOSE)
    fields = fields_of(catalogue.achievement_of(version_of(session, batch)))
    before = batch.columns, batch.event
    batch.columns, batch.event = choose(chosen, fields), _tidy_event(event)
    if (batch.columns, batch.event) != before:
        allowing.forget(session, batch)
    batch.checked = batch.faulty = 0
    batch.token, batch.leased_until, batch.trouble = "", None, ""
    _require_whole(batch)
    for heading, field in zip(batch.headings, chosen, strict=False):
        if heading_key(heading):
            session.merge(BatchColumn(organisation=batch.organisation, heading=heading_key(heading), field=field))
    session.flush()
    return batch


def check(session: Session, batch_id: str) -> Batch:
    """Have every row tried; workers do it."""
    batch = _taken(session, batch_id, Step.CHECK)
    _require_whole(batch)
    batch.checked = batch.faulty = 0
    session.flush()
    return batch


def submit(session: Session, batch_id: str, by: Actor, now: datetime) -> Batch:
    """Hand a list in: to a second person where the organisation asks for one, else straight to the workers."""
    batch = locked_batch(session, batch_id)
    _require_whole(batch)
    batch.submitted_at = now
    if asks_second_person(session, batch.organisation):
        _go(batch, Step.SUBMIT)
        record(session, now, by, "batch.submitted", batch.organisation, batch.id)
        return batch
    _go(batch, Step.START)
    batch.started_at = now
    record(session, now, by, "batch.started", batch.organisation, batch.id)
    return batch


def approve(session: Session, batch_id: str, by: Actor, now: datetime) -> Batch:
    """The second person lets the workers begin.

    Raises `OwnBatch` for whoever entered the list and for what is no person, `OwnAllowance` for whoever let particulars stand.
    """
    batch = locked_batch(session, batch_id)
    if by.kind is not ActorKind.PERSON or by.person == batch.entered_by:
        raise OwnBatch
    if by.person in allowing.allowers(session, batch):
        raise OwnAllowance
    _go(batch, Step.APPROVE)
    batch.approved_by, batch.started_at = by.person, now
    record(session, now, by, "batch.approved", batch.organisation, batch.id)
    return batch


def give_back(session: Session, batch_id: str, by: Actor, now: datetime) -> Batch:
    """The second person wants something corrected."""
    batch = _taken(session, batch_id, Step.RETURN)
    record(session, now, by, "batch.returned", batch.organisation, batch.id)
    return batch


def pause(session: Session, batch_id: str, by: Actor, now: datetime) -> Batch:
    """No further piece is begun; what is written down is finished."""
    batch = _taken(session, batch_id, Step.PAUSE)
    record(session, now, by, "batch.paused", batch.organisation, batch.id)
    return batch


def resume(session: Session, batch_id: str, by: Actor, now: datetime) -> Batch:
    """Go on."""
    batch = _taken(session, batch_id, Step.RESUME)
    record(session, now, by, "batch.resumed", batch.organisation, batch.id)
    return batch


def cancel(session: Session, batch_id: str, by: Actor, now: datetime) -> Batch:
    """End a batch before its end: what is written down is finished, every other row is rejected and says so."""
    batch = _taken(session, batch_id, Step.CANCEL)
    batch.ended_by = by.person
    waiting = select(Chunk).where(Chunk.batch == batch_id, Chunk.state == ChunkState.WAITING)
    rejected = 0
    for chunk in session.exec(waiting.order_by(col(Chunk.number)).with_for_update()):
        chunk.faults = [Fault.of(row[0], BatchCancelled()).kept() for row in chunk.rows]
        chunk.state, chunk.token, chunk.leased_until, chunk.places = ChunkState.DONE, "", None, []
        rejected += chunk.size
    count(session, batch_id, issued=0, rejected=rejected, now=now)
    record(session, now, by, "batch.cancelled", batch.organisation, batch.id)
    return batch


def discard(session: Session, batch_id: str) -> None:
    """Throw a draft away with everything that was read."""
    batch = locked_batch(session, batch_id)
    step(batch.state, Step.DISCARD)
    session.exec(sa.delete(Chunk).where(col(Chunk.batch) == batch_id))
    session.delete(batch)
    session.flush()


def settle(session: Session, organisation: str, by: Actor, now: datetime, *, second_person: bool) -> None:
    """Say whether a second person must approve the organisation's lists from now on."""
    session.merge(BatchRules(organisation=organisation, second_person=second_person))
    session.flush()
    record(session, now, by, "batch.rules", organisation, organisation)


def _taken(session: Session, batch_id: str, taken: Step) -> Batch:
    batch = locked_batch(session, batch_id)
    _go(batch, taken)
    session.flush()
    return batch


def _go(batch: Batch, taken: Step) -> None:
    batch.state = step(batch.state, taken) or BatchState.DRAFT


def _require_whole(batch: Batch) -> None:
    """Raise unless it is known whom and on what occasion the rows are about."""
    require_number(batch.columns)
    if EVENT not in batch.columns and not batch.event:
        raise EventMissing(pointer="/event")


def _tidy_event(event: str) -> str:
    kept = " ".join(event.split())
    if not kept.isprintable():
        raise ControlCharacter(pointer="/event")
    if len(kept) > EVENT_LIMIT:
        raise EventTooLong(pointer="/event", limit=EVENT_LIMIT)
    return kept
