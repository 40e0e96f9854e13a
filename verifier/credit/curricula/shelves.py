"""What a school has: its components with what they ask for now, and its directories of outcomes."""

import re
from collections.abc import Iterable

from sqlmodel import Session, col, select

from verifier.credit.curricula import versions
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.errors import ComponentUnknown, DirectoryUnknown
from verifier.credit.curricula.planning import Component, Listed
from verifier.credit.curricula.tables import Directory, DirectoryOutcome
from verifier.credit.tables import PlanComponent

_NUMBER = re.compile(r"\d*")


def components_of(session: Session, school: str) -> list[Component]:
    """All components of a school as they are now, by class and title."""
    rows = session.exec(select(PlanComponent).where(PlanComponent.school == school)).all()
    return sorted((described(session, row) for row in rows), key=_place)


def described(session: Session, row: PlanComponent) -> Component:
    """One component as it is now."""
    return Component(
        id=row.id,
        code=row.code,
        grade=row.grade,
        area=row.area,
        retired=row.retired_on is not None,
        content=versions.content_of(session, versions.newest(session, row.id)),
    )


def find_component(session: Session, school: str, component: str) -> PlanComponent:
    """The school's component of that id, or `ComponentUnknown`."""
    found = session.get(PlanComponent, component)
    if found is None or found.school != school:
        raise ComponentUnknown
    return found


def directories_of(session: Session, school: str) -> list[Directory]:
    """A school's directories, by title."""
    return list(session.exec(select(Directory).where(Directory.school == school).order_by(Directory.title)))


def find_directory(session: Session, school: str, directory: str) -> Directory:
    """The school's directory of that id, or `DirectoryUnknown`."""
    found = session.get(Directory, directory)
    if found is None or found.school != school:
        raise DirectoryUnknown
    return found


def directory_named(session: Session, school: str, title: str) -> Directory | None:
    """The school's directory of that title."""
    return session.exec(select(Directory).where(Directory.school == school, Directory.title == title)).first()


def listed_in(session: Session, directories: Iterable[Directory]) -> list[Listed]:
    """The outcomes of some directories, in their order."""
    which = [one.id for one in directories]
    wanted = select(DirectoryOutcome).where(col(DirectoryOutcome.directory).in_(which))
    rows = session.exec(
        wanted.order_by(DirectoryOutcome.directory, col(DirectoryOutcome.position), DirectoryOutcome.id)
    )
    return [Listed(id=row.id, entry=entry_in(row), retired=row.retired_on is not None) for row in rows]


def known_outcomes(session: Session, school: str) -> dict[str, Entry]:
    """The outcomes that a school's directories offer, by code; of two the one whose directory's title comes first."""
    found: dict[str, Entry] = {}
    for directory in directories_of(session, school):
        for one in listed_in(session, [directory]):
            if not one.retired:
                found.setdefault(one.entry.code, one.entry)
    return found


def entry_in(row: DirectoryOutcome) -> Entry:
    """What a row says."""
    return Entry(code=row.code, name=row.name, kind=row.kind, url=row.url, section=row.section)


def grade_order(grade: str) -> tuple[int, str]:
    """Where a class stands among others: 9 before 10."""
    found = _NUMBER.match(grade)
    return int(found[0] or 0) if found else 0, grade


def _place(one: Component) -> tuple[tuple[int, str], str, str]:
    return grade_order(one.grade), one.content.title, one.code
