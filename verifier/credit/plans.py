"""Study plans as far as recognition needs them: the components of a school and which of them stand in a learner's plan.

component = add_component(session, ComponentSpec(school="s1", code="P2", …))
assign(session, learner=learner.id, component=component.id, year="2026/27", now=now)
open_components(session, learner.id)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from verifier.credit.conditions import names_state_final
from verifier.credit.curricula import versions
from verifier.credit.curricula.tables import ComponentVersion
from verifier.credit.curricula.versions import Content
from verifier.credit.errors import NoComponent
from verifier.credit.matching import Part, Plan, Planned
from verifier.credit.tables import Area, CrossWalk, ItemState, PlanComponent, PlanItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentSpec:
    """A component as the school describes it. `recognition` is the code of the school's own achievement that confirms a credit.

    `outcomes` may name a `part`; the hours of the parts, academic hours, never exceed the component's.
    """

    school: str
    code: str
    title: str
    hours: int
    recognition: str
    outcomes: Sequence[Planned]
    parts: Sequence[Part] = ()
    grade: str = ""
    area: Area = Area.CORE
    state_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One component in a learner's plan, with what it asks for. `item` is the id that an application names."""

    item: str
    component: str
    school: str
    code: str
    title: str
    hours: int
    year: str
    state: ItemState
    plan: Plan
    mark: str | None
    freed_hours: int
    credited_parts: tuple[str, ...]
    recognition: str
    state_final: bool
    case: str | None


def add_component(session: Session, spec: ComponentSpec) -> PlanComponent:
    """Enter a component of a school's programme. Raises `BadPlan` when it could not be compared."""
    plan = Plan(hours=spec.hours, outcomes=tuple(spec.outcomes), parts=tuple(spec.parts))
    versions.check(plan)
    component = PlanComponent(
        id=uuid4().hex,
        school=spec.school,
        code=spec.code,
        title=spec.title,
        grade=spec.grade,
        area=spec.area,
        recognition=spec.recognition,
        state_final=spec.state_final,
    )
    session.add(component)
    session.flush()
    versions.begin(session, component, Content(spec.title, plan))
    return component


def assign(session: Session, *, learner: str, component: str, year: str, now: datetime) -> PlanItem:
    """Put a component, as it is in that school year, into a learner's plan; asking twice gives the item that is there."""
    known = select(PlanItem).where(PlanItem.learner == learner, PlanItem.component == component, PlanItem.year == year)
    there = session.exec(known).first()
    if there is not None:
        return there
    item = PlanItem(
        id=uuid4().hex,
        learner=learner,
        school=find_component(session, component).school,
        component=component,
        version=versions.in_year(session, component, year),
        year=year,
        state=ItemState.OPEN,
        parts=[],
        changed_at=now,
    )
    session.add(item)
    session.flush()
    return item


def accept_outcome(
    session: Session, *, school: str, foreign_url: str, code: str, paper: str, by: str, now: datetime
) -> CrossWalk:
    """Enter a standing recognition: the school takes a foreign outcome for its own `code`, by the act named in `paper`."""
    walk = CrossWalk(
        id=uuid4().hex, school=school, foreign_url=foreign_url, code=code, paper=paper, approved_by=by, approved_at=now
    )
    session.add(walk)
    session.flush()
    return walk


def crosswalk_of(session: Session, school: str) -> dict[str, set[str]]:
    """Foreign outcome addresses and the school's codes they stand for."""
    walks: dict[str, set[str]] = {}
    for walk in session.exec(select(CrossWalk).where(CrossWalk.school == school)):
        walks.setdefault(walk.foreign_url, set()).add(walk.code)
    return walks


def find_component(session: Session, component: str) -> PlanComponent:
    """The component with this id, or `NoComponent`."""
    found = session.get(PlanComponent, component)
    if found is None:
        raise NoComponent
    return found


def find_item(session: Session, item: str) -> PlanItem:
    """The line of a learner's plan with this id, or `NoComponent`."""
    found = session.get(PlanItem, item)
    if found is None:
        raise NoComponent
    return found


def targets_of(session: Session, school: str) -> list[tuple[str, str]]:
    """What a school's results may be credited for: each component as its id, each sub-part as "id:code", with titles."""
    components = select(PlanComponent).where(PlanComponent.school == school, col(PlanComponent.state_final).is_(False))
    found: list[tuple[str, str]] = []
    for component in session.exec(components.order_by(PlanComponent.title)).all():
        found.append((component.id, component.title))
        found += [
            (f"{component.id}:{part.code}", f"{component.title}: {part.code} {part.title}")
            for part in versions.content_of(session, versions.newest(session, component.id)).plan.parts
        ]
    return found


def plan_of(session: Session, learner: str) -> list[PlanLine]:
    """Every component in a learner's plans, the newest school year first."""
    lines = (
        select(PlanItem, PlanComponent)
        .where(PlanItem.learner == learner, PlanItem.component == PlanComponent.id)
        .order_by(col(PlanItem.year).desc(), col(PlanComponent.code))
    )
    return [_line(session, item, component) for item, component in session.exec(lines).all()]


def open_components(session: Session, learner: str, school: str | None = None) -> list[PlanLine]:
    """The components that an application may name, with `school` only those of that school."""
    return [
        line
        for line in plan_of(session, learner)
        if line.state is not ItemState.CREDITED and school in {None, line.school}
    ]


def credit(
    session: Session, item: str, *, mark: str, parts: Sequence[str], hours: int, case: str | None, now: datetime
) -> None:
    """Write a result into the plan: everything, or with `parts` these sub-parts; `hours` are freed by it.

    `case` is the case that decided it, None for what was recorded under a contract.
    """
    found = find_item(session, item)
    found.parts = [*found.parts, *(part for part in parts if part not in found.parts)]
    found.state = ItemState.PART if parts else ItemState.CREDITED
    found.mark, found.case, found.changed_at = mark, case, now
    found.freed_hours += hours
    session.flush()


def reopen(session: Session, item: str, *, parts: Sequence[str], hours: int, now: datetime) -> None:
    """Take a decision out of the plan again; sub-parts that other decisions credited stay."""
    found = find_item(session, item)
    found.parts = [part for part in found.parts if part not in parts]
    found.state = ItemState.PART if found.parts else ItemState.OPEN
    found.mark, found.case, found.changed_at = None, None, now
    found.freed_hours = max(0, found.freed_hours - hours)
    session.flush()


def line_of(session: Session, item: str) -> PlanLine:
    """One line of a plan by its id."""
    found = find_item(session, item)
    return _line(session, found, find_component(session, found.component))


def _line(session: Session, item: PlanItem, component: PlanComponent) -> PlanLine:
    version = session.get_one(ComponentVersion, (item.component, item.version))
    content = versions.content_of(session, version)
    return PlanLine(
        item=item.id,
        component=component.id,
        school=component.school,
        code=component.code,
        title=content.title,
        hours=content.plan.hours,
        year=item.year,
        state=item.state,
        plan=content.plan,
        mark=item.mark,
        freed_hours=item.freed_hours,
        credited_parts=tuple(item.parts),
        recognition=component.recognition,
        state_final=component.state_final or names_state_final(content.title),
        case=item.case,
    )
