"""What a component asks for, in versions that begin on a day; what a case was compared with stays as it was.

A line of a learner's plan holds one version. A new version moves the lines of its school years on, but none that has a result
and none whose case has been handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from verifier.credit.curricula.errors import ComponentRetired, EditionUnknown
from verifier.credit.curricula.tables import ComponentPart, ComponentVersion, PlannedOutcome
from verifier.credit.days import school_year
from verifier.credit.errors import BadPlan, VersionBackdated
from verifier.credit.facts import State
from verifier.credit.matching import LEVELS, Part, Plan, Planned
from verifier.credit.tables import Case, ItemState, PlanComponent, PlanItem


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says."""

    title: str
    plan: Plan


def check(plan: Plan) -> None:
    """Raise `BadPlan` for what could not be compared."""
    parts = {part.code for part in plan.parts}
    broken = (
        plan.hours < 1,
        not any(outcome.required for outcome in plan.outcomes),
        any(outcome.level not in LEVELS for outcome in plan.outcomes),
        any(outcome.part is not None and outcome.part not in parts for outcome in plan.outcomes),
        len({outcome.code for outcome in plan.outcomes}) < len(plan.outcomes),
        len(parts) < len(plan.parts),
        sum(part.hours for part in plan.parts) > plan.hours,
    )
    if any(broken):
        raise BadPlan


def begin(session: Session, component: PlanComponent, content: Content) -> None:
    """Enter the first version, in force since ever. Raises `BadPlan`."""
    check(content.plan)
    _write(session, component.id, 1, None, content)


def adopt(session: Session, component: PlanComponent, content: Content, begins: date) -> bool:
    """Enter what holds from a day on and move the lines of plans that it concerns; False where nothing is new.

    A version of the same day that nobody's case stands on is written anew. Raises `BadPlan`, `VersionBackdated`.
    """
    check(content.plan)
    last = newest(session, component.id)
    if content == content_of(session, last):
        return False
    if last.valid_from is not None and begins < last.valid_from:
        raise VersionBackdated(day=last.valid_from.strftime("%d.%m.%Y"))
    anew = last.valid_from == begins and not _is_held(session, last)
    number = last.version if anew else last.version + 1
    if anew:
        _erase(session, last)
    _write(session, component.id, number, begins, content)
    _move(session, component.id, number, school_year(begins))
    component.title = content.title
    session.flush()
    return True


def newest(session: Session, component: str) -> ComponentVersion:
    """The version entered last."""
    return versions_of(session, component)[0]


def numbered(session: Session, component: str, number: int) -> ComponentVersion:
    """The version of that number, the newest for 0. Raises `EditionUnknown`."""
    every = versions_of(session, component)
    found = next((one for one in every if number in {0, one.version}), None)
    if found is None:
        raise EditionUnknown
    return found


def require_in_use(component: PlanComponent) -> None:
    """Raise `ComponentRetired` for a component that was retired."""
    if component.retired_on is not None:
        raise ComponentRetired


def to_change(session: Session, component: PlanComponent) -> Content:
    """What a component asks for, about to be changed. Raises `ComponentRetired`."""
    require_in_use(component)
    return content_of(session, newest(session, component.id))


def versions_of(session: Session, component: str) -> list[ComponentVersion]:
    """All versions, the newest first."""
    wanted = select(ComponentVersion).where(ComponentVersion.component == component)
    return list(session.exec(wanted.order_by(col(ComponentVersion.version).desc())))


def in_year(session: Session, component: str, year: str) -> int:
    """The newest version that holds in a school year; the first one where all begin later."""
    versions = versions_of(session, component)
    holding = (one.version for one in versions if one.valid_from is None or school_year(one.valid_from) <= year)
    return next(holding, versions[-1].version)


def content_of(session: Session, version: ComponentVersion) -> Content:
    """What that version says."""
    parts = _of(version, ComponentPart)
    outcomes = _of(version, PlannedOutcome)
    return Content(
        version.title,
        Plan(
            hours=version.hours,
            parts=tuple(
                Part(part.code, part.title, part.hours)
                for part in session.exec(select(ComponentPart).where(*parts).order_by(col(ComponentPart.position)))
            ),
            outcomes=tuple(
                _planned(row)
                for row in session.exec(select(PlannedOutcome).where(*outcomes).order_by(col(PlannedOutcome.position)))
            ),
        ),
    )


def _of(version: ComponentVersion, table: type[ComponentPart | PlannedOutcome]) -> Sequence[sa.ColumnElement[bool]]:
    return col(table.component) == version.component, col(table.version) == version.version


def _held() -> sa.ColumnElement[bool]:
    """Lines of plans that keep their version: with a result, or with a case that has been handed in."""
    handed_in = select(Case.item).where(col(Case.state).not_in([State.DRAFT, State.WITHDRAWN]))
    return sa.or_(col(PlanItem.state) != ItemState.OPEN, col(PlanItem.id).in_(handed_in))


def _is_held(session: Session, version: ComponentVersion) -> bool:
    lines = select(PlanItem.id).where(PlanItem.component == version.component, PlanItem.version == version.version)
    return session.exec(lines.where(_held()).limit(1)).first() is not None


def _move(session: Session, component: str, version: int, since: str) -> None:
    lines = sa.update(PlanItem).where(col(PlanItem.component) == component, col(PlanItem.year) >= since)
    session.execute(lines.where(sa.not_(_held())).values(version=version))
    session.expire_all()


def _erase(session: Session, version: ComponentVersion) -> None:
    for table in (PlannedOutcome, ComponentPart):
        session.execute(sa.delete(table).where(*_of(version, table)))
    session.delete(version)
    session.flush()


def _write(session: Session, component: str, number: int, begins: date | None, content: Content) -> None:
    plan = content.plan
    session.add(
        ComponentVersion(component=component, version=number, valid_from=begins, title=content.title, hours=plan.hours)
    )
    session.flush()
    session.add_all(
        ComponentPart(
            id=uuid4().hex,
            component=component,
            version=number,
            code=one.code,
            title=one.title,
            hours=one.hours,
            position=n,
        )
        for n, one in enumerate(plan.parts)
    )
    session.add_all(_row(component, number, n, outcome) for n, outcome in enumerate(plan.outcomes))
    session.flush()


def _row(component: str, version: int, position: int, outcome: Planned) -> PlannedOutcome:
    return PlannedOutcome(
        id=uuid4().hex,
        component=component,
        version=version,
        part=outcome.part,
        code=outcome.code,
        name=outcome.name,
        url=outcome.url,
        kind=outcome.kind,
        level=outcome.level,
        required=outcome.required,
        assessable=outcome.assessable,
        position=position,
    )


def _planned(row: PlannedOutcome) -> Planned:
    return Planned(
        code=row.code,
        name=row.name,
        url=row.url,
        kind=row.kind,
        level=row.level,
        required=row.required,
        part=row.part,
        assessable=row.assessable,
    )
