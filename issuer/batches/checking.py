"""A list is tried out: every row is composed and held against all rules, nothing is kept but what is wrong (a dry run)."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from issuer.batches.chunk import Decider
from issuer.batches.finding import locked_batch
from issuer.batches.gathering import Gathering
from issuer.batches.running import LEASE, TROUBLED
from issuer.batches.states import Step, step
from issuer.series import Series
from issuer.status import Entropy
from issuer.tables import Batch, BatchState, Chunk
from schemas.errors import ZachetkaError

_NOWHERE = "0"  # a badge on trial stands in no list

log = structlog.get_logger()


@dataclass(slots=True)
class _Seen:
    """How far this worker has come with a list, and who stood in it so far."""

    chunks: int = 0
    here: dict[tuple[str, str], int] = field(default_factory=dict)


class Checker:
    """Tries lists out, one worker a list; another one starts over where it dies."""

    def __init__(self, engine: Engine, gathering: Gathering, entropy: Entropy) -> None:
        self._engine = engine
        self._gathering = gathering
        self._entropy = entropy
        self._decider = Decider(Series(), entropy)
        self._mine: dict[str, _Seen] = {}

    def check_once(self, now: datetime) -> bool:
        """Try one piece of a list; false when there is nothing to try now."""
        batch = self._claim(now)
        if batch is None:
            return False
        try:
            self._try(batch, now)
        except ZachetkaError as error:
            log.warning("batch.waits", batch=batch.id, code=error.code)
            self._trouble(batch, now, error.code)
        return True

    def _claim(self, now: datetime) -> Batch | None:
        """A list that is to be checked: this worker's own, or one that nobody holds, which then starts at its first row."""
        free = sa.or_(
            col(Batch.leased_until).is_(None), col(Batch.leased_until) <= now, col(Batch.token).in_(list(self._mine))
        )
        wanted = select(Batch).where(Batch.state == BatchState.CHECKING, free).order_by(col(Batch.entered_at)).limit(1)
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            batch = session.exec(wanted.with_for_update(skip_locked=True)).first()
            if batch is None:
                self._mine.clear()
                return None
            if batch.token not in self._mine:
                batch.token, batch.checked, batch.faulty = self._entropy(16).hex(), 0, 0
                self._mine[batch.token] = _Seen()
            batch.leased_until = now + LEASE
            return batch

    def _try(self, batch: Batch, now: datetime) -> None:
        seen, roll = self._mine[batch.token], self._gathering.rolls.of(batch)
        with Session(self._engine, expire_on_commit=False) as session:
            chunk = session.get_one(Chunk, (batch.id, seen.chunks))
            facts = self._gathering.facts(session, batch, chunk, _NOWHERE, now, roll=roll)
        decided = self._decider.decide(facts, chunk.rows, range(len(chunk.rows)), seen.here)
        seen.chunks += 1
        with Session(self._engine) as session, session.begin():
            held = locked_batch(session, batch.id)
            if held.token != batch.token or held.state is not BatchState.CHECKING:
                return
            tried = session.get_one(Chunk, (batch.id, chunk.number))
            tried.faults = [fault.kept() for fault in decided.faults]
            held.checked, held.trouble = held.checked + chunk.size, ""
            held.faulty += len({fault.row for fault in decided.faults})
            if held.checked == held.total:
                held.state, held.token, held.leased_until = step(held.state, Step.CHECKED) or held.state, "", None

    def _trouble(self, batch: Batch, now: datetime, code: str) -> None:
        with Session(self._engine) as session, session.begin():
            held = locked_batch(session, batch.id)
            if held.token == batch.token:
                held.trouble, held.token, held.leased_until = code, "", now + TROUBLED
        self._mine.pop(batch.token, None)
