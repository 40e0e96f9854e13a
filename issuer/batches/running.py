"""Workers take a running batch to its end, a piece of some hundred rows at a time; any number of them, killed at any moment.

    waiting ──claim──▶ (places) ──reserve──▶ reserved ──sign, check──▶ (bytes) ──keep──▶ done

`claim` is a short transaction: lease, fencing token, places in a status list. Rows are decided outside of any transaction;
`reserve` writes all their awards and faults down at once; keys sign outside again; `keep` stores, deposits, journals and counts at
once. A piece whose worker died is taken up where it stands, with the ids and bytes that were written down.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from issuer import paths, status
from issuer.batches.chunk import Decider, refused
from issuer.batches.counting import count
from issuer.batches.finding import version_of
from issuer.batches.gathering import Gathering
from issuer.places import take_places
from issuer.record import record_all
from issuer.series import Series
from issuer.signing import ToSign, sign
from issuer.status import Entropy
from issuer.tables import Award, AwardState, Batch, BatchState, Chunk, ChunkState
from keys import deposits, organisations
from keys.actor import Actor, ActorKind
from keys.shelf import Shelf
from keys.signer import Signer
from keys.store import KeyStore
from schemas.errors import ZachetkaError

DepositAll = Callable[[Session, Sequence[str], str, datetime], object]

LEASE = timedelta(minutes=1)
COLLIDED = timedelta(seconds=1)  # until a piece is tried again whose place or award somebody took at the same moment
TROUBLED = timedelta(seconds=15)  # until a piece is tried again that could not go on
_FIRST = 0  # number of a list's first piece
_SIGNED = frozenset({AwardState.STORED, AwardState.DELIVERED})

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A piece in the hands of one worker; `token` must still be its own whenever something is written."""

    batch: Batch
    number: int
    token: str
    state: ChunkState
    rows: list[list[Any]]
    allowed: list[list[Any]]
    status_list: str
    places: list[int]

    @property
    def span(self) -> tuple[int, int]:
        """The numbers of its first and last row."""
        return self.rows[0][0], self.rows[-1][0]


@dataclass(frozen=True, slots=True)
class Task:
    """One award of a piece, to be signed."""

    award: str
    task: ToSign


class Runner:
    """What a worker needs to run batches.

    `deposit_all(session, hashes, did, now)` leaves hashes with the network's operator.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        store: KeyStore,
        shelf: Shelf,
        gathering: Gathering,
        entropy: Entropy,
        deposit_all: DepositAll = deposits.deposit_all,
    ) -> None:
        self._engine = engine
        self._store = store
        self._shelf = shelf
        self._gathering = gathering
        self._entropy = entropy
        self._deposit_all = deposit_all
        self._decider = Decider(Series(), entropy)

    def run_once(self, now: datetime, batch: str | None = None) -> bool:
        """Work on one piece of any running batch, or of that one; false when there is nothing to do now."""
        claimed = self._claim(now, batch)
        if claimed is None:
            return False
        try:
            self._work(claimed, now)
        except ZachetkaError as error:
            log.warning("batch.waits", batch=claimed.batch.id, code=error.code)
            self._give_back(claimed, now + TROUBLED, error.code)
        return True

    def _work(self, claimed: Claimed, now: datetime) -> None:
        if claimed.state is ChunkState.WAITING and not self._reserve(claimed, now):
            return
        tasks = self._to_sign(claimed, now)
        if tasks is not None:
            self._keep(claimed, {task.award: sign(task.task) for task in tasks}, now)
            if claimed.number == _FIRST:
                self._look_over()

    def _look_over(self) -> None:
        """Have PostgreSQL count what a list is made of.

        A table that grows faster than it is looked at is believed to hold few awards of one status list, and taken places are then
        sought among all of them: of a list of 100,000 that was a quarter of the time.
        """
        if self._engine.dialect.name == "postgresql":
            with self._engine.begin() as connection:
                connection.exec_driver_sql(f"analyze {Award.__tablename__}")

    def _claim(self, now: datetime, batch: str | None) -> Claimed | None:
        """Take the next piece that nobody is working on, with a lease and places for its awards."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            found = session.exec(_free(now, batch).with_for_update(of=Chunk, skip_locked=True)).first()
            if found is None:
                return None
            chunk, held = found
            chunk.token, chunk.leased_until = self._entropy(16).hex(), now + LEASE
            if chunk.state is ChunkState.WAITING and not chunk.places:
                taken = take_places(session, held.organisation, chunk.size, self._entropy, self._shelf.ledger)
                chunk.status_list, chunk.places = taken.status_list, taken.indexes
            return Claimed(
                batch=held,
                number=chunk.number,
                token=chunk.token,
                state=chunk.state,
                rows=chunk.rows,
                allowed=chunk.allowed,
                status_list=chunk.status_list,
                places=list(chunk.places),
            )

    def _reserve(self, claimed: Claimed, now: datetime) -> bool:
        """Decide every row and write all of it down; false when somebody else took over, or the same award at this moment."""
        roll = self._gathering.rolls.of(claimed.batch)
        with Session(self._engine) as session:
            facts = self._gathering.facts(session, claimed.batch, claimed, claimed.status_list, now, roll=roll)
            signer = self._signer(session, claimed, now)
        decided = self._decider.decide(facts, claimed.rows, claimed.places, {})
        try:
            with Session(self._engine) as session, session.begin():
                chunk = self._held(session, claimed, ChunkState.WAITING)
                if chunk is None:
                    return False
                common = {"achievement": facts.frame.code, **_common(claimed, signer, now)}
                _insert(session, [common | row for row in decided.fresh])
                _take_up(session, [common | row for row in decided.again])
                chunk.state, chunk.places = ChunkState.RESERVED, []
                chunk.faults = [fault.kept() for fault in decided.faults]
                _note_allowed(session, claimed, [*decided.fresh, *decided.again], now)
        except IntegrityError:
            self._give_back(claimed, now + COLLIDED, "", anew=True)
            return False
        return True

    def _signer(self, session: Session, claimed: Claimed, now: datetime) -> Signer:
        return organisations.signer_for(session, self._store, claimed.batch.organisation, now)

    def _to_sign(self, claimed: Claimed, now: datetime) -> list[Task] | None:
        """The reserved awards of a piece under the key in use now; None when somebody else took over.

        Their places are in the ledger before any of them is signed, also where the worker that reserved them died first.
        """
        with Session(self._engine) as session, session.begin():
            if self._held(session, claimed, ChunkState.RESERVED) is None:
                return None
            signer = self._signer(session, claimed, now)
            _renew(session, claimed, signer, now)
            wanted = _of(claimed, Award.id, Award.unsigned, Award.content_hash, Award.signed_at, Award.status_index)
            rows = session.exec(wanted.where(Award.state == AwardState.RESERVED)).all()
        status.remember_places(self._shelf.ledger, [(claimed.status_list, index) for *_, index in rows])
        return [
            Task(award, ToSign(unsigned, digest, at, signer, claimed.token, thorough=place == 0))
            for place, (award, unsigned, digest, at, _) in enumerate(rows)
        ]

    def _keep(self, claimed: Claimed, signed: Mapping[str, bytes], now: datetime) -> None:
        """Store what was signed, unless somebody else took over; count the piece."""
        with Session(self._engine) as session, session.begin():
            chunk = self._held(session, claimed, ChunkState.RESERVED)
            if chunk is None:
                return
            mine = _of(claimed, Award.id, Award.content_hash, Award.learner_number)
            kept = session.exec(mine.where(Award.state == AwardState.RESERVED).with_for_update()).all()
            _store(session, [(award, signed[award]) for award, _, _ in kept], now)
            if kept:
                status.publish_new(session, self._shelf, self._store, claimed.status_list, now)
                did = organisations.did_of(organisations.find(session, claimed.batch.organisation))
                self._deposit_all(session, [digest for _, digest, _ in kept], did, now)
                self._lead_on(session, claimed, [number for _, _, number in kept], now)
            issued = _settle(session, claimed, chunk)
            count(session, claimed.batch.id, issued=issued, rejected=chunk.size - issued, now=now)
            by = _who_entered(claimed.batch)
            record_all(session, now, by, "award.made", claimed.batch.organisation, [award for award, _, _ in kept])

    def _lead_on(self, session: Session, claimed: Claimed, numbers: Sequence[str], now: datetime) -> None:
        """Enter what these learners have earned by a path."""
        code = version_of(session, claimed.batch).code
        paths.complete(session, claimed.batch.organisation, code, numbers, now)

    def _held(self, session: Session, claimed: Claimed, state: ChunkState) -> Chunk | None:
        """The piece, its row held, while it is still this worker's and in that state."""
        wanted = select(Chunk).where(Chunk.batch == claimed.batch.id, Chunk.number == claimed.number)
        chunk = session.exec(wanted.with_for_update()).one_or_none()
        return chunk if chunk is not None and chunk.token == claimed.token and chunk.state is state else None

    def _give_back(self, claimed: Claimed, until: datetime, trouble: str, *, anew: bool = False) -> None:
        """Leave a piece to whoever comes after `until`, `anew` with other places; say what the trouble was."""
        with Session(self._engine) as session, session.begin():
            wanted = select(Chunk).where(Chunk.batch == claimed.batch.id, Chunk.number == claimed.number)
            chunk = session.exec(wanted.with_for_update()).one_or_none()
            if chunk is None or chunk.token != claimed.token:
                return
            chunk.leased_until, chunk.token = until, ""
            if anew:
                chunk.places, chunk.status_list = [], ""
            if trouble:
                session.exec(sa.update(Batch).where(col(Batch.id) == claimed.batch.id).values(trouble=trouble))


def _who_entered(batch: Batch) -> Actor:
    """Who stands behind the awards of a batch."""
    return Actor(kind=ActorKind(batch.actor_kind), person=batch.entered_by)


def _note_allowed(session: Session, claimed: Claimed, awards: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Write down who let personal particulars stand in which awards."""
    made = {award["batch_row"]: award["id"] for award in awards}
    for row, person in claimed.allowed:
        if row in made:
            by = Actor(kind=ActorKind.PERSON, person=person)
            record_all(session, now, by, "award.allowed", claimed.batch.organisation, [made[row]])


def _free(now: datetime, batch: str | None) -> Any:
    """Pieces that may be worked on: waiting ones of running batches, reserved ones whatever has become of the batch since."""
    unheld = sa.or_(col(Chunk.leased_until).is_(None), col(Chunk.leased_until) <= now)
    due = sa.or_(
        sa.and_(col(Chunk.state) == ChunkState.WAITING, col(Batch.state) == BatchState.RUNNING),
        col(Chunk.state) == ChunkState.RESERVED,
    )
    wanted = select(Chunk, Batch).join(Batch, col(Chunk.batch) == col(Batch.id)).where(due, unheld)
    if batch is not None:
        wanted = wanted.where(Batch.id == batch)
    return wanted.order_by(col(Batch.started_at), col(Chunk.number)).limit(1)


def _of(claimed: Claimed, *columns: Any) -> Any:
    """The awards of a piece, in the order of its rows."""
    first, last = claimed.span
    wanted = select(*columns).where(
        Award.batch == claimed.batch.id, col(Award.batch_row) >= first, col(Award.batch_row) <= last
    )
    return wanted.order_by(col(Award.batch_row))


def _common(claimed: Claimed, signer: Signer, now: datetime) -> dict[str, Any]:
    batch = claimed.batch
    return {
        "organisation": batch.organisation,
        "version": batch.version,
        "ordered_at": now,
        "ordered_by": batch.entered_by,
        "actor_kind": batch.actor_kind,
        "refusal": "",
        "leased_until": None,
        "token": claimed.token,
        "method": signer.method,
        "signed_at": now.replace(microsecond=0),
        "status_list": claimed.status_list,
        "batch": batch.id,
        "revocation_reason": "",
    }


_TABLE: Any = Award.__table__  # type: ignore[attr-defined]  # what SQLModel does not tell the type checker


def _insert(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(sa.insert(_TABLE), rows)


def _take_up(session: Session, rows: list[dict[str, Any]]) -> None:
    """Give refused awards their new content."""
    for row in rows:
        session.execute(sa.update(_TABLE).where(_TABLE.c.id == row["id"]).values(**row))


def _renew(session: Session, claimed: Claimed, signer: Signer, now: datetime) -> None:
    """Where another key came into use since the reservation, the awards are signed with that one."""
    first, last = claimed.span
    under_another = sa.update(_TABLE).where(
        _TABLE.c.batch == claimed.batch.id,
        _TABLE.c.batch_row.between(first, last),
        _TABLE.c.state == AwardState.RESERVED,
        _TABLE.c.method != signer.method,
    )
    session.execute(under_another.values(method=signer.method, signed_at=now.replace(microsecond=0)))


def _store(session: Session, signed: Sequence[tuple[str, bytes]], now: datetime) -> None:
    """The signed bytes hold everything that the unsigned ones did, so those go."""
    values = {"state": AwardState.STORED, "stored_at": now, "unsigned": None}
    change = (
        sa.update(_TABLE).where(_TABLE.c.id == sa.bindparam("award")).values(**values, stored=sa.bindparam("bytes"))
    )
    if signed:
        session.connection().execute(change, [{"award": award, "bytes": data} for award, data in signed])


def _settle(session: Session, claimed: Claimed, chunk: Chunk) -> int:
    """Close a piece: keep of its rows only what was rejected; how many have their award."""
    states = dict(session.exec(_of(claimed, Award.batch_row, Award.state)).all())
    good = {row for row, state in states.items() if state in _SIGNED or state is AwardState.OFFERED}
    lost = [refused(row).kept() for row, state in states.items() if state is AwardState.REFUSED]
    chunk.faults = sorted([*chunk.faults, *lost], key=lambda fault: int(fault[0]))
    chunk.rows = [row for row in chunk.rows if row[0] not in good]
    if {row[0] for row in chunk.rows} != {fault[0] for fault in chunk.faults}:
        raise RuntimeError("a row of a batch is neither issued nor rejected")
    chunk.state, chunk.leased_until = ChunkState.DONE, None
    session.flush()
    return len(good)
