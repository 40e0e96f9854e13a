"""What was rejected of a list and why: for a page, and as a file that can be corrected and fed back."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from issuer.tables import Batch, Chunk
from schemas.spreadsheets.lists import WHY

Translate = Callable[[str], str]


def rejected(engine: Engine, batch: Batch, translate: Translate) -> Iterator[list[str]]:
    """The headings, then every faulty row as it was with a cell more that says what is wrong."""
    width = len(batch.headings)
    yield [*batch.headings, translate(WHY)]
    for rows, faults in _pieces(engine, batch.id):
        told = _told(batch, faults, translate)
        for number, *cells in rows:
            if number in told:
                yield [*cells[:width], *[""] * (width - len(cells)), *cells[width:], "\n".join(told[number])]


def first_faults(session: Session, batch: Batch, limit: int, translate: Translate) -> list[tuple[int, str]]:
    """The first faulty rows with what is wrong, for a page."""
    found: list[tuple[int, str]] = []
    pieces = select(Chunk.faults).where(Chunk.batch == batch.id).order_by(col(Chunk.number))
    for faults in session.exec(pieces.execution_options(yield_per=4)):
        found += [(row, " ".join(told)) for row, told in _told(batch, faults, translate).items()]
        if len(found) >= limit:
            break
    return found[:limit]


def _pieces(engine: Engine, batch: str) -> Iterator[tuple[list[list[Any]], list[list[Any]]]]:
    number = 0
    while True:
        with Session(engine) as session:
            chunk = session.get(Chunk, (batch, number))
            found = None if chunk is None else (chunk.rows, chunk.faults)
            session.rollback()
        if found is None:
            return
        yield found
        number += 1


def _told(batch: Batch, faults: Sequence[Sequence[Any]], translate: Translate) -> dict[int, list[str]]:
    """The sentences by row, each with the heading of the column that it is about."""
    told: dict[int, list[str]] = {}
    for row, _, sentence, params, field in faults:
        text = translate(sentence).format(**params)
        place = batch.columns.get(field)
        heading = batch.headings[place] if place is not None and place < len(batch.headings) else ""
        told.setdefault(row, []).append(f"{heading}: {text}" if heading else text)
    return told
