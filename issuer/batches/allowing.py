"""Rows of a list that were refused for personal particulars: a person says of each that its learner, of age, wants them there.

Who is of age is asked when the rows are tried again and once more before they are signed (`issuer.allowing`). What was said stands
with the piece of the list, for the second person to see, and in the journal.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from issuer import allowing
from issuer.batches.columns import EVIDENCE, EVIDENCE_URL, NARRATIVE, STATEMENT, Columns
from issuer.batches.finding import locked_batch
from issuer.batches.states import Step, step
from issuer.record import record
from issuer.tables import Batch, Chunk
from keys.actor import Actor, ActorKind
from schemas.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Personal:
    """A row in which particulars would stand: what it says besides its result, and who let them stand ("" while nobody has)."""

    row: int
    texts: tuple[str, ...]
    by: str


def allow(session: Session, batch_id: str, rows: Collection[int], by: Actor, now: datetime) -> Batch:
    """Let particulars stand in these rows and in no other, and have every row tried again.

    Rows in which nothing of the kind was found are left as they are. Raises `Forbidden` for what is no person, `BatchStep`.
    """
    if by.kind is not ActorKind.PERSON:
        raise Forbidden
    batch = locked_batch(session, batch_id)
    batch.state = step(batch.state, Step.ALLOW) or batch.state
    for chunk in session.exec(_pieces(batch).with_for_update()):
        said = dict(chunk.allowed)
        wanted = (said.keys() | _refused(chunk)).intersection(rows)
        chunk.allowed = [[row, said.get(row, by.person)] for row in sorted(wanted)]
    batch.checked = batch.faulty = 0
    session.flush()
    record(session, now, by, "batch.allowed", batch.organisation, batch.id)
    return batch


def forget(session: Session, batch: Batch) -> None:
    """The columns hold something else now, so nothing of what will stand in the badges has been looked at."""
    for chunk in session.exec(_pieces(batch).with_for_update()):
        chunk.allowed = []


def allowers(session: Session, batch: Batch) -> frozenset[str]:
    """Whoever has let particulars stand in a row of the list."""
    pieces = session.exec(select(Chunk.allowed).where(Chunk.batch == batch.id))
    return frozenset(person for said in pieces for _, person in said)


def let_stand(session: Session, batch: Batch) -> list[Personal]:
    """Every row in which particulars were let stand."""
    pieces = select(Chunk.number, Chunk.allowed).where(Chunk.batch == batch.id).order_by(col(Chunk.number))
    told = [(number, dict(said)) for number, said in session.exec(pieces) if said]
    return [one for number, said in told for one in _shown(session, batch, number, said)]


def offered(session: Session, batch: Batch, limit: int) -> list[Personal]:
    """The first rows that were refused for particulars alone, and in which nobody has let them stand."""
    found: list[Personal] = []
    for chunk in session.exec(_pieces(batch).execution_options(yield_per=4)):
        open_yet = _refused(chunk) - dict(chunk.allowed).keys()
        found += _shown(session, batch, chunk.number, dict.fromkeys(open_yet, ""))
        if len(found) >= limit:
            break
    return found[:limit]


def _shown(session: Session, batch: Batch, number: int, said: Mapping[int, str]) -> list[Personal]:
    """Rows of a piece with what they say, each with who let it stand."""
    cells = {row[0]: row[1:] for row in session.get_one(Chunk, (batch.id, number)).rows} if said else {}
    return [Personal(row, _texts(batch.columns, cells.get(row, ())), said[row]) for row in sorted(said)]


def _pieces(batch: Batch) -> Any:
    return select(Chunk).where(Chunk.batch == batch.id).order_by(col(Chunk.number))


def _refused(chunk: Chunk) -> frozenset[int]:
    """The rows of a piece in which nothing is wrong but particulars."""
    personal_ones = {fault[0] for fault in chunk.faults if fault[1] in allowing.CODES}
    return frozenset(personal_ones - {fault[0] for fault in chunk.faults if fault[1] not in allowing.CODES})


def _texts(columns: Columns, cells: Sequence[str]) -> tuple[str, ...]:
    """What the badge takes from a row in somebody's own words."""
    written = {key: place for key, place in columns.items() if key in {NARRATIVE, EVIDENCE, EVIDENCE_URL}}
    written |= {key: place for key, place in columns.items() if key.startswith(STATEMENT)}
    return tuple(cells[place] for place in written.values() if place < len(cells) and cells[place])
