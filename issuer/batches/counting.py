"""What has become of a batch's rows, counted where it happens, so that looking costs the same however long the list is."""

from datetime import datetime

from sqlmodel import Session

from issuer.batches import rolls
from issuer.batches.finding import locked_batch
from issuer.batches.states import Step, step
from issuer.tables import Batch


def count(session: Session, batch_id: str, *, issued: int, rejected: int, now: datetime) -> Batch:
    """Add what has become of some rows, in the transaction in which it has; the last ones end the batch."""
    batch = locked_batch(session, batch_id)
    batch.issued, batch.rejected, batch.trouble = batch.issued + issued, batch.rejected + rejected, ""
    if batch.issued + batch.rejected == batch.total:
        batch.state, batch.ended_at = step(batch.state, Step.FINISH) or batch.state, now
        rolls.forget(session, batch_id)
    session.flush()
    return batch
