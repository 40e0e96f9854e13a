"""The individual plan (ИУП): components of the curriculum given to learners for a school year, and where each of them stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from keys.deps import Learner
from verifier.credit import plans
from verifier.credit.curricula import shelves
from verifier.credit.curricula.errors import ComponentsMissing, LearnersMissing
from verifier.credit.curricula.versions import require_in_use
from verifier.credit.tables import ItemState, PlanComponent, PlanItem

_NUMBER: Final = re.compile(r"\d+")
_COURSE: Final = "курс"


@dataclass(frozen=True, slots=True)
class Standing:
    """One component in one learner's plan."""

    title: str
    state: ItemState


def classes_of(roster: Iterable[Learner]) -> list[str]:
    """The classes of a school in their order."""
    return sorted({one.grade for one in roster}, key=shelves.grade_order)


def suits(grade: str, of_class: str) -> bool:
    """Whether a component for `grade` ("7–8", "1 курс") is one for a class ("8Б")."""
    numbers = [int(found) for found in _NUMBER.findall(grade)]
    here = _NUMBER.match(of_class)
    if not numbers or here is None or (_COURSE in grade) != (_COURSE in of_class):
        return False
    return numbers[0] <= int(here[0]) <= numbers[-1]


def offered(session: Session, school: str, of_class: str) -> list[PlanComponent]:
    """The components that a class may be given."""
    wanted = select(PlanComponent).where(PlanComponent.school == school, col(PlanComponent.retired_on).is_(None))
    found = session.exec(wanted.order_by(PlanComponent.title, PlanComponent.code)).all()
    return [one for one in found if suits(one.grade, of_class)]


def give(
    session: Session,
    school: str,
    *,
    learners: Sequence[str],
    components: Sequence[str],
    year: str,
    now: datetime,
) -> int:
    """Put components into learners' plans of a year; what is there already stays as it is. How many lines are new.

    Raises `LearnersMissing`, `ComponentsMissing`, `ComponentUnknown`, `ComponentRetired`.
    """
    chosen = [shelves.find_component(session, school, component) for component in components]
    for component in chosen:
        require_in_use(component)
    if not learners:
        raise LearnersMissing(pointer="/learners")
    if not chosen:
        raise ComponentsMissing(pointer="/components")
    before = _count(session, learners, year)
    for learner in learners:
        for component in chosen:
            plans.assign(session, learner=learner, component=component.id, year=year, now=now)
    return _count(session, learners, year) - before


def standing(session: Session, learners: Iterable[str], year: str) -> dict[str, list[Standing]]:
    """What stands in the plans of some learners in a year, by learner."""
    wanted = (
        select(PlanItem, PlanComponent)
        .where(PlanItem.component == PlanComponent.id, col(PlanItem.learner).in_(list(learners)), PlanItem.year == year)
        .order_by(PlanComponent.title)
    )
    found: dict[str, list[Standing]] = {}
    for item, component in session.exec(wanted):
        found.setdefault(item.learner, []).append(Standing(component.title, item.state))
    return found


def _count(session: Session, learners: Sequence[str], year: str) -> int:
    wanted = select(PlanItem.id).where(col(PlanItem.learner).in_(list(learners)), PlanItem.year == year)
    return len(session.exec(wanted).all())
