"""Components without a class: only the school can say for whom they are; in whose plans they stand is shown to it.

A component that was entered before curricula had classes is offered to none of them until somebody says it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from keys.deps import Learner
from verifier.credit.curricula import cells, shelves
from verifier.credit.tables import PlanComponent, PlanItem

FIELD: Final = "grade"
_CLASS: Final = re.compile(r"(\d+)(?: (курс))?")


@dataclass(frozen=True, slots=True)
class Unclassed:
    """A component without a class; `classes` are those whose learners have it in their plans this school year."""

    component: PlanComponent
    classes: tuple[str, ...]

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"{FIELD}.{self.component.id}"


def unclassed(session: Session, school: str, roster: Iterable[Learner], year: str) -> list[Unclassed]:
    """The components in use that have no class, by title."""
    wanted = select(PlanComponent).where(
        PlanComponent.school == school, PlanComponent.grade == "", col(PlanComponent.retired_on).is_(None)
    )
    rows = session.exec(wanted.order_by(PlanComponent.title, PlanComponent.code)).all()
    classes = _classes(session, [row.id for row in rows], {one.id: one.grade for one in roster}, year)
    return [Unclassed(row, tuple(sorted(classes.get(row.id, ()), key=shelves.grade_order))) for row in rows]


def proposed(classes: Collection[str]) -> str:
    """The class or span of classes that covers these without a gap ("10", "10–11"); "" where there is none."""
    found = [_CLASS.match(one) for one in classes]
    numbers = sorted({int(one[1]) for one in found if one})
    words = {one[2] or "" for one in found if one}
    if not numbers or None in found or len(words) > 1 or numbers != list(range(numbers[0], numbers[-1] + 1)):
        return ""
    span = "–".join(dict.fromkeys((str(numbers[0]), str(numbers[-1]))))
    return f"{span} {words.pop()}".strip()


def say(session: Session, rows: Iterable[Unclassed], said: Mapping[str, str]) -> list[PlanComponent]:
    """Write down the classes that were filled in; the components that got one. Raises `BadInput` for the first unclear one."""
    grades = [(one.component, cells.grade_of(said, one.field)) for one in rows if said.get(one.field)]
    for component, grade in grades:
        component.grade = grade
    session.flush()
    return [component for component, _ in grades]


def _classes(
    session: Session, components: Collection[str], grades: Mapping[str, str], year: str
) -> dict[str, set[str]]:
    lines = select(PlanItem.component, PlanItem.learner).where(
        col(PlanItem.component).in_(components), PlanItem.year == year
    )
    found: dict[str, set[str]] = {}
    for component, learner in session.exec(lines):
        if learner in grades:
            found.setdefault(component, set()).add(grades[learner])
    return found
