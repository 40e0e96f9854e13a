"""What must hold of awards and lists at any moment (THREATS §3); asked by `zachetka doctor` and after every fault test."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from issuer.batches.states import ENDED
from issuer.tables import Award, AwardState, Batch, Chunk, ChunkState

_SIGNED = (AwardState.STORED, AwardState.DELIVERED)


def broken(session: Session) -> Iterator[str]:
    """The ids of awards and lists that do not hold, each with what is wrong."""
    yield from (f"award {award}: signed, but not whole" for award in session.exec(_torn()))
    yield from (f"list {batch}: rows are not issued + rejected" for batch in session.exec(_miscounted()))
    yield from (f"list {batch}: issued is not the number of its awards" for batch in session.exec(_without_awards()))


def _torn() -> SelectOfScalar[str]:
    """Signed awards without their bytes, their hash or their place in a status list."""
    torn = sa.or_(
        col(Award.stored).is_(None),
        col(Award.content_hash) == "",
        col(Award.status_index).is_(None),
        col(Award.credential_id).is_(None),
    )
    return select(Award.id).where(col(Award.state).in_(_SIGNED), torn)


def _miscounted() -> SelectOfScalar[str]:
    """Lists with no row left to work on whose counts are not their rows."""
    left = select(Chunk.batch).where(Chunk.state != ChunkState.DONE)
    ended = col(Batch.state).in_(ENDED), col(Batch.id).not_in(left)
    return select(Batch.id).where(*ended, col(Batch.issued) + col(Batch.rejected) != col(Batch.total))


def _without_awards() -> SelectOfScalar[str]:
    """Lists whose count of issued rows is not that of their awards; a claimed one may be on its way to its signature."""
    made = (
        sa.select(func.count())
        .select_from(Award)
        .where(col(Award.batch) == col(Batch.id), col(Award.state).not_in([AwardState.RESERVED, AwardState.REFUSED]))
        .scalar_subquery()
    )
    return select(Batch.id).where(col(Batch.state).in_(ENDED), col(Batch.issued) != made)
