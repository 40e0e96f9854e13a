"""Batches are found again: one, the latest of an organisation, their pieces."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from issuer.batches.errors import BatchUnknown
from issuer.tables import AchievementVersion, Batch, BatchRules, Chunk


def find(session: Session, organisation: str, batch_id: str) -> Batch:
    """The batch of that id, if it is this organisation's; else `BatchUnknown`."""
    found = session.get(Batch, batch_id) if batch_id.isascii() and batch_id.isalnum() else None
    if found is None or found.organisation != organisation:
        raise BatchUnknown
    return found


def locked_batch(session: Session, batch_id: str) -> Batch:
    """The batch as it is now, its row held until the transaction ends. Raises `BatchUnknown`."""
    wanted = select(Batch).where(Batch.id == batch_id).with_for_update()
    found = session.exec(wanted, execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise BatchUnknown
    return found


def latest(session: Session, organisation: str, limit: int, skip: int = 0) -> list[Batch]:
    """An organisation's newest batches."""
    mine = select(Batch).where(Batch.organisation == organisation)
    return list(session.exec(mine.order_by(col(Batch.entered_at).desc(), col(Batch.id)).offset(skip).limit(limit)))


def count(session: Session, organisation: str) -> int:
    """How many batches an organisation has."""
    return session.exec(select(func.count()).select_from(Batch).where(Batch.organisation == organisation)).one()


def version_of(session: Session, batch: Batch) -> AchievementVersion:
    """The version that a batch awards."""
    return session.get_one(AchievementVersion, batch.version)


def first_chunk(session: Session, batch_id: str) -> Chunk:
    """The first piece of a batch, for looking at."""
    return session.get_one(Chunk, (batch_id, 0))


def asks_second_person(session: Session, organisation: str) -> bool:
    """Whether a second person must approve the organisation's batches."""
    rules = session.get(BatchRules, organisation)
    return rules is not None and rules.second_person
