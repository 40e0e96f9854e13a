"""What people do with a file of a curriculum or a directory: keep it, look at it, apply just that (the rest is in `FILES`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, Final
from uuid import uuid4

from sqlmodel import Session, col

from keys.brought import FILE_MOST, ROWS_MOST, Desk
from schemas.spreadsheets.reading import read_table
from verifier.credit.curricula import entries, rows, shelves, writing
from verifier.credit.curricula.cells import TITLE_MOST
from verifier.credit.curricula.errors import (
    FaultsLeftInPlan,
    NameNeeded,
    PlanFileSettled,
    PlanFileUnknown,
    PlansChanged,
)
from verifier.credit.curricula.planning import Plan, plan_components, plan_entries
from verifier.credit.curricula.tables import FileKind, PlanFile

FILES: Final = Desk(
    table=PlanFile,
    unknown=PlanFileUnknown,
    settled=PlanFileSettled,
    changed=PlansChanged,
    faults_left=FaultsLeftInPlan,
)
"""A school's files: found, thrown away, forgotten."""
_LOOKED_AT = 16  # bytes that tell JSON from a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came. With `whole` it names everything there is; `begins` is the first day on which it counts."""

    kind: FileKind
    school: str
    file: BinaryIO
    name: str
    whole: bool
    begins: date
    title: str = ""


@dataclass(frozen=True, slots=True)
class Outlined:
    """A file as a table; a CASE package has a title and an address of its own."""

    headings: list[str]
    rows: list[list[Any]]
    title: str = ""
    source: str = ""


def keep(session: Session, upload: Upload, by: str, now: datetime) -> PlanFile:
    """Read a file and keep it to be looked at; nothing else is written yet.

    Raises what `read_table` raises, `ColumnMissing`, `CatalogueUnreadable`, `CatalogueEmpty`, `NameNeeded`.
    """
    read = _read(upload)
    title = " ".join((upload.title or read.title).split())
    if upload.kind is FileKind.DIRECTORY and not 0 < len(title) <= TITLE_MOST:
        raise NameNeeded(pointer="/title", limit=TITLE_MOST)
    kept = PlanFile(
        id=uuid4().hex,
        school=upload.school,
        kind=upload.kind,
        file=upload.name[:FILE_MOST],
        title=title,
        source=read.source,
        whole=upload.whole,
        begins=upload.begins,
        headings=read.headings,
        rows=read.rows,
        total=len(read.rows),
        entered_by=by,
        entered_at=now,
        counts={},
    )
    session.add(kept)
    session.flush()
    return kept


def latest(session: Session, school: str, kind: FileKind) -> list[PlanFile]:
    """The school's newest files of a kind."""
    return FILES.latest(session, school, col(PlanFile.kind) == kind)


def look(session: Session, kept: PlanFile) -> Plan:
    """What the file would change in what the school has now."""
    if kept.kind is FileKind.CURRICULUM:
        known = shelves.known_outcomes(session, kept.school)
        wanted, faults = rows.components_of(kept.rows, rows.columns_of(kept.headings), known)
        there = shelves.components_of(session, kept.school)
        return plan_components(wanted, faults, there, whole=kept.whole)
    found, faults = entries.entries_of(kept.rows, entries.columns_of(kept.headings))
    directory = shelves.directory_named(session, kept.school, kept.title)
    listed = shelves.listed_in(session, [directory]) if directory else []
    return plan_entries(found, faults, listed, whole=kept.whole)


def apply(session: Session, kept: PlanFile, seen: str, by: str, now: datetime) -> Plan:
    """Write down what was shown under the digest `seen`; rows with faults are left out, and of a whole file nothing is done.

    Raises `PlanFileSettled`, `PlansChanged`, `FaultsLeftInPlan`, `VersionBackdated`.
    """
    FILES.lock(session, kept)
    made = look(session, kept)
    FILES.confirm(kept, made, seen)
    if kept.kind is FileKind.CURRICULUM:
        writing.write_components(session, made.changes, kept.school, kept.begins)
    else:
        writing.write_entries(session, made.changes, writing.directory_for(session, kept), kept.begins)
    FILES.settle(session, kept, made, by, now)
    return made


def names_of(kept: PlanFile) -> Mapping[str, str]:
    """What the columns of a file are called."""
    return rows.HEADINGS if kept.kind is FileKind.CURRICULUM else entries.HEADINGS


def read_outcomes(file: BinaryIO) -> Outlined:
    """A directory of outcomes as a table, from a table or a CASE package.

    Raises what `read_table` raises, `ColumnMissing`, `CatalogueUnreadable`, `CatalogueEmpty`.
    """
    file.seek(0)
    if entries.is_json(file.read(_LOOKED_AT)):
        file.seek(0)
        package = entries.package_of(file.read(entries.CASE_MOST + 1))
        return Outlined(list(package.headings), [list(row) for row in package.rows], package.title, package.source)
    outlined = _table(file)
    entries.columns_of(outlined.headings)
    return outlined


def _read(upload: Upload) -> Outlined:
    if upload.kind is FileKind.DIRECTORY:
        return read_outcomes(upload.file)
    outlined = _table(upload.file)
    rows.columns_of(outlined.headings)
    return outlined


def _table(file: BinaryIO) -> Outlined:
    table = read_table(file, rows_most=ROWS_MOST)
    return Outlined(list(table.headings), [[row.number, *row.cells] for row in table.rows])
