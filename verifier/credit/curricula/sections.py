"""Changing the sections of a component by hand: what can be credited for itself, its hours, the outcomes that belong to it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from verifier.credit.curricula import cells, rows, versions
from verifier.credit.curricula.cells import Said
from verifier.credit.curricula.errors import (
    CodeTaken,
    ComponentUnknown,
    OutcomeUnknown,
    SectionCodeMissing,
    SectionsTooLong,
)
from verifier.credit.matching import Part, Plan, Planned
from verifier.credit.tables import PlanComponent

OUTCOMES = "outcomes"


@dataclass(frozen=True, slots=True)
class Section:
    """A section with the codes of the outcomes that belong to it."""

    part: Part
    outcomes: frozenset[str]


def section_of(said: Said, outcomes: Collection[str]) -> Section:
    """A section, from a form. Raises `BadInput` whose pointer names the field."""
    cells.no_formulas(said)
    code = cells.text_of(said, rows.SECTION, cells.CODE_MOST)
    if not code:
        raise SectionCodeMissing(pointer=f"/{rows.SECTION}")
    title = cells.text_of(said, rows.SECTION_TITLE, cells.TITLE_MOST) or code
    return Section(Part(code, title, cells.hours_of(said, rows.SECTION_HOURS)), frozenset(outcomes))


def section_in(plan: Plan, code: str) -> Section:
    """The section with that code, or `ComponentUnknown`."""
    part = next((part for part in plan.parts if part.code == code), None)
    if part is None:
        raise ComponentUnknown
    return Section(part, frozenset(one.code for one in plan.outcomes if one.part == code))


def put(session: Session, component: PlanComponent, section: Section, was: str, begins: date) -> None:
    """Add a section, or change the one whose code was `was`. Raises `BadInput`, `ComponentUnknown`, `ComponentRetired`."""
    there = versions.to_change(session, component)
    plan = with_section(there.plan, section, was)
    versions.adopt(session, component, replace(there, plan=plan), begins)


def remove(session: Session, component: PlanComponent, code: str, begins: date) -> None:
    """Have a section no more; its outcomes stay in the component. Raises `ComponentUnknown`, `ComponentRetired`."""
    there = versions.to_change(session, component)
    section_in(there.plan, code)
    parts = tuple(part for part in there.plan.parts if part.code != code)
    outcomes = tuple(replace(one, part=None) if one.part == code else one for one in there.plan.outcomes)
    plan = replace(there.plan, parts=parts, outcomes=outcomes)
    versions.adopt(session, component, replace(there, plan=plan), begins)


def with_section(plan: Plan, section: Section, was: str) -> Plan:
    """What is planned with that section in it; an outcome belongs to one section at most. Raises `BadInput`, `ComponentUnknown`."""
    if was:
        section_in(plan, was)
    others = [part for part in plan.parts if part.code != was]
    if section.part.code in {part.code for part in others}:
        raise CodeTaken(pointer=f"/{rows.SECTION}", code=section.part.code)
    if section.part.hours + sum(part.hours for part in others) > plan.hours:
        raise SectionsTooLong(pointer=f"/{rows.SECTION_HOURS}")
    if not section.outcomes <= {one.code for one in plan.outcomes}:
        raise OutcomeUnknown(pointer=f"/{OUTCOMES}")
    kept = tuple(section.part if part.code == was else part for part in plan.parts)
    outcomes = tuple(_belonging(one, section, was) for one in plan.outcomes)
    return replace(plan, parts=kept if was else (*kept, section.part), outcomes=outcomes)


def _belonging(outcome: Planned, section: Section, was: str) -> Planned:
    if outcome.code in section.outcomes:
        return replace(outcome, part=section.part.code)
    return replace(outcome, part=None) if was and outcome.part == was else outcome
