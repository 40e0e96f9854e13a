"""Files of rows that a school has brought: kept, looked at, applied just as they were shown, or thrown away.

A package inherits `Brought` for its table, makes one `Desk` over it and says itself what a row is and what applying it writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from keys.tables import utc_column
from schemas.errors import Conflict, NotFound
from schemas.spreadsheets.lists import Fault

FILE_MOST = 200
ROWS_MOST = 5_000
SHOWN = 20
_ID = 64


class Brought(SQLModel):
    """What is kept of every such file: `[number, cell, …]` for each row, until it is applied; then only counts.

    With `whole` it names everything there is.
    """

    id: str = Field(primary_key=True, max_length=32)
    school: str = Field(max_length=_ID)
    file: str = Field(max_length=FILE_MOST)
    whole: bool
    headings: list[str] = Field(sa_type=sa.JSON)
    rows: list[list[Any]] = Field(sa_type=sa.JSON)
    total: int
    entered_by: str = Field(max_length=_ID)
    entered_at: datetime = utc_column()
    applied_by: str | None = Field(default=None, max_length=_ID)
    applied_at: datetime | None = utc_column(default=None)
    counts: dict[str, int] = Field(sa_type=sa.JSON)


class Shown(Protocol):
    """What a file would do, as people look at it before they confirm."""

    @property
    def digest(self) -> str:
        """All of it in one value."""
        ...

    @property
    def faults(self) -> Sequence[Fault]:
        """What is wrong with the rows that it cannot do."""
        ...

    @property
    def counts(self) -> Mapping[str, int]:
        """How much of what."""
        ...


Kept = TypeVar("Kept", bound=Brought)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk(Generic[Kept]):
    """The files of one table, with the errors that their package speaks in."""

    table: type[Kept]
    unknown: type[NotFound]
    settled: type[Conflict]
    changed: type[Conflict]
    faults_left: type[Conflict]

    def find(self, session: Session, school: str, file_id: str) -> Kept:
        """The school's file of that id. Raises `unknown`."""
        found = session.get(self.table, file_id)
        if found is None or found.school != school:
            raise self.unknown
        return found

    def latest(self, session: Session, school: str, *which: sa.ColumnElement[bool]) -> list[Kept]:
        """The school's newest files."""
        wanted = select(self.table).where(self.table.school == school, *which)
        return list(session.exec(wanted.order_by(col(self.table.entered_at).desc(), col(self.table.id)).limit(SHOWN)))

    def lock(self, session: Session, kept: Kept) -> None:
        """One file of a school at a time, and each of them once. Raises `settled`."""
        files = select(self.table).where(self.table.school == kept.school).order_by(col(self.table.id))
        session.exec(files.with_for_update().execution_options(populate_existing=True)).all()
        if kept.applied_at is not None:
            raise self.settled

    def confirm(self, kept: Kept, made: Shown, seen: str) -> None:
        """Let through what was shown under the digest `seen`. Raises `changed`, `faults_left`.

        A whole file is applied wholly or not at all: a row that cannot be read would look like something that is gone.
        """
        if made.digest != seen:
            raise self.changed
        if kept.whole and made.faults:
            raise self.faults_left

    def settle(self, session: Session, kept: Kept, made: Shown, by: str, now: datetime) -> None:
        """The file is written down; rows with faults stay: they can be taken home, corrected and brought again."""
        faulty = {fault.row for fault in made.faults}
        kept.applied_by, kept.applied_at = by, now
        kept.rows = [row for row in kept.rows if row[0] in faulty]
        kept.counts = {**made.counts, "faulty": len(made.faults)}
        session.flush()

    def discard(self, session: Session, kept: Kept) -> None:
        """Throw a file away with everything that was read. Raises `settled`."""
        self.lock(session, kept)
        session.delete(kept)
        session.flush()

    def forget(self, session: Session, before: datetime) -> int:
        """Throw away the rows of files that are older than `before`; how many files that were."""
        has_rows = sa.func.length(sa.cast(self.table.rows, sa.Text)) > len("[]")
        found = session.exec(select(self.table).where(col(self.table.entered_at) < before, has_rows)).all()
        for kept in found:
            kept.rows = []
        session.flush()
        return len(found)
