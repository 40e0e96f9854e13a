"""What was planned is written down: components in new versions, outcomes into a directory."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from sqlmodel import Session, col, select

from verifier.credit import plans
from verifier.credit.curricula import shelves, versions
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.planning import Change, Component, Kind, Listed
from verifier.credit.curricula.rows import Wanted
from verifier.credit.curricula.tables import Directory, DirectoryOutcome, PlanFile
from verifier.credit.plans import ComponentSpec
from verifier.credit.tables import PlanComponent

_NO_CODE = re.compile(r"[^a-z0-9]+")


def write_components(session: Session, changes: Iterable[Change], school: str, begins: date) -> None:
    """Enter, change and retire components. Raises `VersionBackdated`."""
    for change in changes:
        wanted, known = change.wanted, change.known
        if isinstance(wanted, Wanted) and change.kind is Kind.NEW:
            enter(session, school, change.code, wanted)
        elif isinstance(wanted, Wanted) and isinstance(known, Component) and change.kind is Kind.CHANGED:
            _change(session, session.get_one(PlanComponent, known.id), wanted, begins)
        elif isinstance(known, Component) and change.kind is Kind.GONE:
            session.get_one(PlanComponent, known.id).retired_on = begins
    session.flush()


def enter(session: Session, school: str, code: str, wanted: Wanted) -> PlanComponent:
    """A new component, in force since ever."""
    plan = wanted.content.plan
    spec = ComponentSpec(
        school=school,
        code=code,
        title=wanted.content.title,
        hours=plan.hours,
        recognition=recognition_code(code),
        outcomes=plan.outcomes,
        parts=plan.parts,
        grade=wanted.grade,
        area=wanted.area,
    )
    return plans.add_component(session, spec)


def recognition_code(code: str) -> str:
    """The code of the achievement that confirms a credit of the component: letters that can stand in addresses."""
    plain = _NO_CODE.sub("-", code.casefold()).strip("-")
    return (
        f"credit-{plain[:32]}"
        if plain == code.casefold()
        else f"credit-{hashlib.sha256(code.encode()).hexdigest()[:8]}"
    )


def directory_for(session: Session, kept: PlanFile) -> Directory:
    """The directory that a file fills, a new one where the school has none of that title."""
    there = shelves.directory_named(session, kept.school, kept.title)
    return there or open_directory(session, kept.school, kept.title, kept.source)


def open_directory(session: Session, school: str, title: str, source: str = "") -> Directory:
    """A new directory without outcomes."""
    directory = Directory(id=uuid4().hex, school=school, title=title, source=source)
    session.add(directory)
    session.flush()
    return directory


def write_entries(session: Session, changes: Iterable[Change], directory: Directory, day: date) -> None:
    """Enter, change and retire outcomes of a directory."""
    position = next_position(session, directory)
    for change in changes:
        wanted, known = change.wanted, change.known
        if isinstance(wanted, Entry) and change.kind is Kind.NEW:
            session.add(row_of(directory, wanted, position))
            position += 1
        elif isinstance(wanted, Entry) and isinstance(known, Listed) and change.kind is Kind.CHANGED:
            put(session.get_one(DirectoryOutcome, known.id), wanted)
        elif isinstance(known, Listed) and change.kind is Kind.GONE:
            session.get_one(DirectoryOutcome, known.id).retired_on = day
    session.flush()


def next_position(session: Session, directory: Directory) -> int:
    """Where a new outcome of a directory stands."""
    last = select(DirectoryOutcome.position).where(DirectoryOutcome.directory == directory.id)
    found = session.exec(last.order_by(col(DirectoryOutcome.position).desc()).limit(1)).first()
    return 0 if found is None else found + 1


def row_of(directory: Directory, entry: Entry, position: int) -> DirectoryOutcome:
    """A new outcome of a directory."""
    row = DirectoryOutcome(
        id=uuid4().hex, directory=directory.id, code=entry.code, name="", kind=entry.kind, position=position
    )
    put(row, entry)
    return row


def put(row: DirectoryOutcome, entry: Entry) -> None:
    """Let an outcome say what `entry` says, and be offered again."""
    row.code, row.name, row.kind, row.url, row.section = entry.code, entry.name, entry.kind, entry.url, entry.section
    row.retired_on = None


def _change(session: Session, component: PlanComponent, wanted: Wanted, begins: date) -> None:
    versions.adopt(session, component, wanted.content, begins)
    component.grade, component.area, component.retired_on = wanted.grade, wanted.area, None
