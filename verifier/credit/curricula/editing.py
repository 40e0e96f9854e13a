"""Changing a curriculum or a directory by hand: one component, one outcome at a time. Nothing that a case refers to is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, select

from verifier.credit.curricula import cells, entries, rows, shelves, versions, writing
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.errors import (
    CodeTaken,
    ComponentUnknown,
    DirectoryUnknown,
    NameNeeded,
    RequiredMissing,
    SectionsTooLong,
    SectionUnknown,
    TitleMissing,
)
from verifier.credit.curricula.planning import made_code
from verifier.credit.curricula.rows import Wanted
from verifier.credit.curricula.tables import Directory, DirectoryOutcome
from verifier.credit.curricula.versions import Content
from verifier.credit.matching import Plan, Planned
from verifier.credit.tables import Area, PlanComponent

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of a component besides its outcomes."""

    title: str
    grade: str
    area: Area
    hours: int


def facts_of(form: Form) -> Facts:
    """Read a form. Raises `BadInput` whose pointer names the field."""
    title = cells.text_of(form, rows.TITLE, cells.TITLE_MOST)
    if not title:
        raise TitleMissing(pointer=f"/{rows.TITLE}")
    return Facts(
        title=title,
        grade=cells.grade_of(form, rows.GRADE),
        area=cells.area_of(form, rows.AREA),
        hours=cells.hours_of(form, rows.HOURS),
    )


def add(session: Session, school: str, form: Form) -> PlanComponent:
    """A new component with its first outcome. Raises `BadInput`; `CodeTaken` where the school has such a code already."""
    facts, outcome = facts_of(form), rows.outcome_of(form, None, shelves.known_outcomes(session, school))
    if not outcome.required:
        raise RequiredMissing(pointer=f"/{rows.REQUIRED}")
    content = Content(facts.title, Plan(hours=facts.hours, outcomes=(outcome,)))
    code = cells.text_of(form, rows.CODE, cells.CODE_MOST)
    wanted = Wanted(rows=(), code=code, grade=facts.grade, area=facts.area, content=content)
    code = code or made_code(wanted)
    taken = select(PlanComponent.id).where(PlanComponent.school == school, PlanComponent.code == code)
    if session.exec(taken).first() is not None:
        raise CodeTaken(pointer=f"/{rows.CODE}", code=code)
    return writing.enter(session, school, code, wanted)


def change(session: Session, component: PlanComponent, facts: Facts, begins: date) -> None:
    """Say something else of a component. Raises `ComponentRetired`, `SectionsTooLong`, `VersionBackdated`."""
    there = versions.to_change(session, component)
    if sum(part.hours for part in there.plan.parts) > facts.hours:
        raise SectionsTooLong(pointer=f"/{rows.HOURS}")
    versions.adopt(session, component, Content(facts.title, replace(there.plan, hours=facts.hours)), begins)
    component.grade, component.area = facts.grade, facts.area
    session.flush()


def put(session: Session, component: PlanComponent, form: Form, was: str, begins: date) -> None:
    """Add an outcome, or change the one whose code was `was`. Raises `BadInput`, `ComponentUnknown`, `ComponentRetired`."""
    there = versions.to_change(session, component)
    others = [outcome.code for outcome in there.plan.outcomes if outcome.code != was]
    if was and len(others) == len(there.plan.outcomes):
        raise ComponentUnknown
    part = form.get(rows.SECTION) or None
    if part is not None and part not in {one.code for one in there.plan.parts}:
        raise SectionUnknown(pointer=f"/{rows.SECTION}")
    outcome = rows.outcome_of(form, part, shelves.known_outcomes(session, component.school))
    if outcome.code in others:
        raise CodeTaken(pointer=f"/{rows.OUTCOME}", code=outcome.code)
    kept = tuple(outcome if one.code == was else one for one in there.plan.outcomes)
    _adopt(session, component, there, kept if was else (*kept, outcome), begins)


def retire_outcome(session: Session, component: PlanComponent, code: str, begins: date) -> None:
    """Ask for an outcome no more. Raises `ComponentUnknown`, `RequiredMissing` where it is the last that is required."""
    there = versions.to_change(session, component)
    kept = tuple(one for one in there.plan.outcomes if one.code != code)
    if len(kept) == len(there.plan.outcomes):
        raise ComponentUnknown
    _adopt(session, component, there, kept, begins)


def retire(session: Session, component: PlanComponent, day: date) -> None:
    """Take a component out of the curriculum; plans that have it keep it."""
    component.retired_on = component.retired_on or day
    session.flush()


def bring_back(session: Session, component: PlanComponent) -> None:
    """Put a component into the curriculum again."""
    component.retired_on = None
    session.flush()


def open_directory(session: Session, school: str, title: str) -> Directory:
    """A new directory. Raises `NameNeeded`, `CodeTaken`."""
    name = " ".join(title.split())
    if not 0 < len(name) <= cells.TITLE_MOST:
        raise NameNeeded(pointer="/title", limit=cells.TITLE_MOST)
    if shelves.directory_named(session, school, name) is not None:
        raise CodeTaken(pointer="/title", code=name)
    return writing.open_directory(session, school, name)


def put_entry(session: Session, directory: Directory, form: Form, was: str) -> None:
    """Add an outcome to a directory, or change the one whose code was `was`. Raises `BadInput`, `DirectoryUnknown`."""
    there = find_entry(session, directory, was) if was else None
    entry = entries.entry_of(form)
    if entry.code != was and _entry(session, directory, entry.code) is not None:
        raise CodeTaken(pointer=f"/{entries.CODE}", code=entry.code)
    if there is None:
        there = writing.row_of(directory, entry, writing.next_position(session, directory))
        session.add(there)
    writing.put(there, entry)
    session.flush()


def retire_entry(session: Session, directory: Directory, code: str, day: date) -> None:
    """Offer an outcome no more, or, where it is not offered, offer it again. Raises `DirectoryUnknown`."""
    row = find_entry(session, directory, code)
    row.retired_on = day if row.retired_on is None else None
    session.flush()


def find_entry(session: Session, directory: Directory, code: str) -> DirectoryOutcome:
    """The outcome of a directory with that code, or `DirectoryUnknown`."""
    found = _entry(session, directory, code)
    if found is None:
        raise DirectoryUnknown
    return found


def _entry(session: Session, directory: Directory, code: str) -> DirectoryOutcome | None:
    wanted = select(DirectoryOutcome).where(DirectoryOutcome.directory == directory.id, DirectoryOutcome.code == code)
    return session.exec(wanted).first()


def entry_form(entry: Entry) -> dict[str, str]:
    """An outcome as its form shows it."""
    return {
        entries.CODE: entry.code,
        entries.TEXT: entry.name,
        entries.KIND: str(entry.kind),
        entries.SECTION: entry.section,
        entries.URL: entry.url,
    }


def _adopt(
    session: Session, component: PlanComponent, there: Content, outcomes: tuple[Planned, ...], begins: date
) -> None:
    if not any(outcome.required for outcome in outcomes):
        raise RequiredMissing(pointer=f"/{rows.REQUIRED}")
    versions.adopt(session, component, replace(there, plan=replace(there.plan, outcomes=outcomes)), begins)
