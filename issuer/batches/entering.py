"""A file is written down as a draft: headings, the likely columns, its rows in pieces. Nothing is awarded yet."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO, TextIO
from uuid import uuid4

from sqlalchemy import Engine, insert
from sqlmodel import Session, select

from issuer import catalogue, paths
from issuer.batches.columns import fields_of, guess
from issuer.tables import Batch, BatchColumn, BatchState, Chunk, ChunkState
from keys.actor import Actor
from schemas.spreadsheets.reading import read_table
from schemas.spreadsheets.table import Row

SIZE = 500  # rows in a piece: what one transaction writes, and how often progress is told
_NAME_MOST = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, and for what: the code of a published achievement, the occasion where no column holds it."""

    organisation: str
    achievement: str
    file: BinaryIO
    name: str
    event: str = ""


def enter(engine: Engine, upload: Upload, by: Actor, now: datetime) -> str:
    """Read a list and keep it as a draft; its id.

    Reads before it opens a transaction, because that may take a while.
    Raises what `read_table` raises, `NotPublished`, `AwardedByPath`.
    """
    with TemporaryFile("w+", encoding="ascii") as spool:
        table = read_table(upload.file)
        sizes = [_spool(piece, spool) for piece in iter(lambda: list(islice(table.rows, SIZE)), [])]
        spool.seek(0)
        with Session(engine) as session, session.begin():
            batch = _draft(session, upload, table.headings, by, now)
            batch.total = sum(sizes)
            session.add(batch)
            session.flush()
            for number, size in enumerate(sizes):
                session.execute(insert(Chunk), [_piece(batch.id, number, size, spool.readline())])
            return batch.id


def _draft(session: Session, upload: Upload, headings: Sequence[str], by: Actor, now: datetime) -> Batch:
    version = catalogue.published(session, upload.organisation, upload.achievement)
    paths.refuse_lists(session, upload.organisation, version.code)
    fields = fields_of(catalogue.achievement_of(version))
    return Batch(
        id=uuid4().hex,
        organisation=upload.organisation,
        version=version.id,
        file=upload.name[-_NAME_MOST:],
        headings=list(headings),
        columns=guess(headings, fields, _remembered(session, upload.organisation)),
        event=" ".join(upload.event.split())[:_NAME_MOST],
        state=BatchState.DRAFT,
        total=0,
        entered_by=by.person,
        actor_kind=str(by.kind),
        entered_at=now,
    )


def _spool(rows: list[Row], spool: TextIO) -> int:
    """Lay a piece aside on disk, so that a long list takes no memory."""
    spool.write(json.dumps([[row.number, *row.cells] for row in rows]) + "\n")
    return len(rows)


def _piece(batch: str, number: int, size: int, line: str) -> dict[str, object]:
    waiting = {"state": ChunkState.WAITING, "faults": [], "allowed": [], "places": [], "status_list": "", "token": ""}
    return {"batch": batch, "number": number, "size": size, "rows": json.loads(line), **waiting}


def _remembered(session: Session, organisation: str) -> dict[str, str]:
    """What columns held the last time, by heading."""
    mine = select(BatchColumn.heading, BatchColumn.field).where(BatchColumn.organisation == organisation)
    return dict(session.exec(mine).all())
