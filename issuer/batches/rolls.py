"""The family names of a whole list, so that none of them gets into anybody's badge; gathered once, looked up at constant cost.

Rows go as their awards are made, so the stems are written down before the first piece is decided,
and erased when the list has ended.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from issuer.batches.columns import NUMBER, name_places
from issuer.lint.privacy import stems_of
from issuer.tables import Batch, BatchRoll, Chunk
from schemas.identity import BadNumber, normalise

NamesOf = Callable[[Session, Sequence[str]], Mapping[str, Sequence[str]]]


class Rolls:
    """The rolls of lists, for one worker, which works on one list after another."""

    def __init__(self, engine: Engine, names_of: NamesOf) -> None:
        self._engine = engine
        self._names_of = names_of
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, batch: Batch) -> frozenset[str]:
        """The stems of the family names of everybody on a list, known here or written in its unused columns."""
        key = batch.id, repr(sorted(batch.columns.items()))
        if key not in self._known:
            self._known = {key: self._kept(batch)}
        return self._known[key]

    def _kept(self, batch: Batch) -> frozenset[str]:
        """As it was written down, or gathered and written down now; of two workers who do so the first one's stays."""
        with Session(self._engine) as session, session.begin():
            found = session.get(BatchRoll, batch.id)
            if found is not None and found.columns == batch.columns:
                return frozenset(found.stems)
            stems = self._gathered(session, batch)
            if found is not None:
                session.delete(found)
                session.flush()
            try:
                with session.begin_nested():
                    session.add(BatchRoll(batch=batch.id, columns=dict(batch.columns), stems=sorted(stems)))
            except IntegrityError:
                return stems
        return stems

    def _gathered(self, session: Session, batch: Batch) -> frozenset[str]:
        found: set[str] = set()
        for rows in _pieces(session, batch.id):
            names = self._names_of(session, _numbers(batch, rows))
            known = [parts[0] for parts in names.values() if parts]
            found |= stems_of([*known, *families(batch, rows)])
        return frozenset(found)


def forget(session: Session, batch: str) -> None:
    """The list has ended: nobody's name is needed any more."""
    session.exec(delete(BatchRoll).where(col(BatchRoll.batch) == batch))


def families(batch: Batch, rows: Sequence[Sequence[Any]]) -> list[str]:
    """The family names in columns of a list that are not used."""
    places = [place for place, family in name_places(batch.headings, batch.columns).items() if family]
    cells = (str(row[place + 1]) for place in places for row in rows if place + 1 < len(row))
    return [words[0] for words in map(str.split, cells) if words]


def _pieces(session: Session, batch: str) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows of a list, a piece at a time, so that a long one takes no memory."""
    numbers = session.exec(select(Chunk.number).where(Chunk.batch == batch).order_by(col(Chunk.number))).all()
    for number in numbers:
        yield session.exec(select(Chunk.rows).where(Chunk.batch == batch, Chunk.number == number)).one()


def _numbers(batch: Batch, rows: Sequence[Sequence[Any]]) -> list[str]:
    """The network numbers of rows, each once; what is none is told when its row is decided."""
    place = batch.columns.get(NUMBER)
    if place is None:
        return []
    return sorted({number for row in rows if place + 1 < len(row) and (number := _number(str(row[place + 1])))})


def _number(text: str) -> str:
    try:
        return normalise(text) if text else ""
    except BadNumber:
        return ""
