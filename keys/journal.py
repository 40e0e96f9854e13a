"""The journal: one row per decision, award, revocation, consent and foreign read, chained so that no change stays unseen.

Each row's digest is the SHA-256 over its fields in JCS with the digest of the row before. A checkpoint states a row's digest
under a key that the database does not hold; what lies up to a checkpoint can be neither rewritten nor cut off (THREATS W11).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, col, func, select

from keys.did import did_key, verification_method
from keys.errors.proofs import ProofInvalid
from keys.errors.published import JournalCutOff
from keys.errors.store import KeyExists
from keys.sealed import seal, unseal
from keys.signer import Signer
from keys.store import KeyStore
from keys.tables import JournalCheckpoint, JournalRow
from schemas.canonical import jcs
from schemas.dates import write_timestamp
from schemas.errors import BadInput

_START = "0" * 64  # what the first row follows
_LOCK = 0x5A616368  # PostgreSQL's advisory lock of the journal
_KEY = "journal"
_CHECKPOINT_BYTES = 4096
_TABLE: Any = JournalRow.__table__  # type: ignore[attr-defined]  # what SQLModel does not tell the type checker
_COVERED = {  # by a digest; the names are those of the digested document
    "number": "number",
    "event": "event",
    "actorKind": "actor_kind",
    "person": "person",
    "organisation": "organisation",
    "learner": "learner",
    "item": "item",
    "previous": "previous",
}


def append(
    session: Session,
    *,
    at: datetime,
    event: str,
    actor_kind: str,
    person: str | None = None,
    organisation: str | None = None,
    learner: str | None = None,
    item: str = "",
) -> JournalRow:
    """Append one act in the caller's transaction; appends of other transactions wait until it ends."""
    act = Act(at=at, event=event, actor_kind=actor_kind, person=person, organisation=organisation, learner=learner)
    [fields] = _chained(session, act, [item])
    row = JournalRow(**fields)
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done, when and by whom, apart from the item that it was done to."""

    at: datetime
    event: str
    actor_kind: str
    person: str | None = None
    organisation: str | None = None
    learner: str | None = None


def append_all(session: Session, act: Act, items: Iterable[str]) -> None:
    """Append one row for each item to which `act` was done; appends of other transactions wait until this one ends."""
    rows = list(_chained(session, act, items))
    if rows:
        session.execute(insert(_TABLE), rows)


def _chained(session: Session, act: Act, items: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The columns of the rows that come next; the chain is held until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = _last(session)
    before, previous = (0, _START) if last is None else (last.number, last.digest)
    common = {**asdict(act), "event": str(act.event), "actor_kind": str(act.actor_kind)}
    for number, item in enumerate(items, start=before + 1):
        row = {**common, "number": number, "item": item, "previous": previous}
        row["digest"] = previous = _digest(row)
        yield row


def about(
    session: Session,
    learner: str,
    events: Collection[str],
    *,
    but: Collection[str] = (),
    limit: int | None,
    skip: int = 0,
) -> tuple[list[JournalRow], int]:
    """The rows of these events about a learner, newest first, without those of the people `but`; and how many there are."""
    theirs = col(JournalRow.person).is_(None) | col(JournalRow.person).not_in(but)
    which = col(JournalRow.learner) == learner, col(JournalRow.event).in_(events), theirs
    total = session.exec(select(func.count()).select_from(JournalRow).where(*which)).one()
    rows = select(JournalRow).where(*which).order_by(col(JournalRow.number).desc()).offset(skip).limit(limit)
    return list(session.exec(rows)), total


def items_of(session: Session, event: str) -> set[str]:
    """What `event` was done to, all of it."""
    return set(session.exec(select(JournalRow.item).where(JournalRow.event == event)))


def rows_of(session: Session, event: str) -> list[JournalRow]:
    """Every row of an event, in the order in which it happened."""
    return list(session.exec(select(JournalRow).where(JournalRow.event == event).order_by(col(JournalRow.number))))


def _last(session: Session) -> JournalRow | None:
    return session.exec(select(JournalRow).order_by(col(JournalRow.number).desc()).limit(1)).one_or_none()


def row_digest(row: JournalRow) -> str:
    """The digest that a row must have, in hexadecimal."""
    return _digest(row.model_dump())


def _digest(row: Mapping[str, Any]) -> str:
    told = {name: row[column] for name, column in _COVERED.items()}
    return sha256(jcs({**told, "at": write_timestamp(row["at"])})).hexdigest()


def keeper(store: KeyStore) -> Signer:
    """The journal's own key, made at first use; it lives in the store and nowhere else."""
    with suppress(KeyExists):
        store.make(_KEY)
    multikey = store.signer(_KEY, "").multikey
    return store.signer(_KEY, verification_method(did_key(multikey), multikey))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Row `number` had `digest`, says the key outside the database."""

    number: int
    digest: str


def checkpoint(session: Session, signer: Signer, now: datetime, earlier: bytes | None = None) -> bytes | None:
    """State the last row's digest under `signer`'s key and keep the statement; None while the journal is empty.

    Keep a copy outside the database as well, and give it back as `earlier` next time: whoever can cut off rows can drop the
    newest checkpoint with them. Raises `JournalCutOff` when the journal no longer holds what `earlier` states, so that a cut
    journal is never stated to be whole.
    """
    if earlier is not None:
        stated = read_checkpoint(earlier, signer.multikey, now)
        row = session.get(JournalRow, stated.number)
        if row is None or row.digest != stated.digest:
            raise JournalCutOff(number=stated.number)
    last = _last(session)
    if last is None:
        return None
    document = {"type": "JournalCheckpoint", "number": last.number, "digest": last.digest, "at": write_timestamp(now)}
    body = seal(document, signer, now)
    session.merge(JournalCheckpoint(number=last.number, at=now, document=body))
    session.flush()
    return body


def read_checkpoint(body: bytes, multikey: str, now: datetime) -> Checkpoint:
    """The statement in `body`, sealed with the journal's key. Raises `ProofInvalid` or a refusal of the JSON."""
    document = unseal(body, did_key(multikey), [multikey], now, limit=_CHECKPOINT_BYTES)
    number, digest = document.get("number"), document.get("digest")
    if document.get("type") != "JournalCheckpoint" or not isinstance(number, int) or not isinstance(digest, str):
        raise ProofInvalid
    return Checkpoint(number, digest)


class FaultKind(StrEnum):
    """What is wrong at a row."""

    CHANGED = "changed"  # its digest does not fit its fields
    CUT = "cut"  # it does not follow the row before it
    MISSING = "missing"  # it is not there, and maybe some after it
    REWRITTEN = "rewritten"  # a checkpoint says another digest
    UNSIGNED = "unsigned"  # a checkpoint at this row is not signed as it must be


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault and the number of the row where it shows."""

    number: int
    kind: FaultKind


def verify(rows: Iterable[JournalRow], checkpoints: Iterable[Checkpoint]) -> list[Fault]:
    """Every fault of a journal given in the order of its numbers; empty means that it is whole."""
    stated: dict[int, set[str]] = {}
    for point in checkpoints:
        stated.setdefault(point.number, set()).add(point.digest)
    faults, number, previous = [], 0, _START
    for row in rows:
        if row.number != number + 1:
            faults.append(Fault(number + 1, FaultKind.MISSING))
        if row.digest != row_digest(row):
            faults.append(Fault(row.number, FaultKind.CHANGED))
        if row.previous != previous:
            faults.append(Fault(row.number, FaultKind.CUT))
        if stated.pop(row.number, {row.digest}) != {row.digest}:
            faults.append(Fault(row.number, FaultKind.REWRITTEN))
        number, previous = row.number, row.digest
    if max(stated, default=0) > number:
        faults.append(Fault(number + 1, FaultKind.MISSING))
    return faults


def examine(session: Session, multikey: str, now: datetime, outside: Iterable[bytes] = ()) -> list[Fault]:
    """Verify the whole journal against the checkpoints in the database and copies kept `outside`, all by the journal's key."""
    kept = session.exec(select(JournalCheckpoint).order_by(col(JournalCheckpoint.number))).all()
    points: list[Checkpoint] = []
    faults: list[Fault] = []
    for number, body in [(point.number, point.document) for point in kept] + [(0, body) for body in outside]:
        try:
            points.append(read_checkpoint(body, multikey, now))
        except BadInput:
            faults.append(Fault(number, FaultKind.UNSIGNED))
    rows = session.exec(select(JournalRow).order_by(col(JournalRow.number)).execution_options(yield_per=1000))
    return sorted(faults + verify(rows, points))
