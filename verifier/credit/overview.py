"""A school's cases class by class, and the states and dates of all schools for whoever makes the timetables. Reads only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from keys.actor import Actor
from keys.deps import Learner, People
from verifier.credit.desk import Entry, entries, is_overdue
from verifier.credit.facts import Extent, State
from verifier.credit.network.tables import NetworkResult
from verifier.credit.states import FINAL
from verifier.credit.tables import Case, PlanComponent

PAGE = 50
FAMILY_TURN = frozenset({State.AWAITING_DOCUMENTS})
OVER = frozenset({State.WITHDRAWN, State.ANNULLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One class: how many learners, cases under way, overdue, waiting for the family, and how those ended that were decided."""

    grade: str
    learners: int
    under_way: int
    overdue: int
    with_family: int
    full: int
    partial: int
    refused: int
    by_contract: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """One case as a timetable needs it: whose, which part of the plan; of `case` where it stands and by when it moves on."""

    case: Case
    learner: Learner
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """One page of them; `total` counts all."""

    rows: tuple[DateRow, ...]
    page: int
    pages: int
    total: int


def by_class(session: Session, people: People, school: str, today: date) -> list[ClassRow]:
    """The whole school, the lowest class first; cases of learners who have left are not counted."""
    roster = people.roster(school)
    grades = {one.id: one.grade for one in roster}
    cases = session.exec(select(Case).where(Case.school == school, Case.state != State.DRAFT)).all()
    recorded = select(NetworkResult.learner).where(
        NetworkResult.school == school, col(NetworkResult.withdrawn_at).is_(None)
    )
    contracts = Counter(grades.get(learner) for learner in session.exec(recorded))
    learners = Counter(grades.values())
    found: dict[str, list[Case]] = {grade: [] for grade in learners}
    for case in cases:
        if case.learner in grades:
            found[grades[case.learner]].append(case)
    rows = (_row(grade, learners[grade], found[grade], contracts[grade], today) for grade in learners)
    return sorted(rows, key=lambda row: _rank(row.grade))


def of_class(session: Session, actor: Actor, people: People, school: str, grade: str, today: date) -> list[Entry]:
    """The cases of one class, those under way first, the most urgent before the others."""
    learners = [one.id for one in people.roster(school) if one.grade == grade]
    wanted = (
        select(Case, PlanComponent.title)
        .join(PlanComponent)
        .where(Case.school == school, Case.state != State.DRAFT, col(Case.learner).in_(learners))
        .order_by(col(Case.state).in_(list(FINAL)), col(Case.deadline), col(Case.changed_at).desc())
    )
    return entries(session, actor, people, session.exec(wanted).all(), today)


def dates(session: Session, people: People, *, page: int) -> Dates:
    """The cases under way in every school, the nearest date first."""
    going = col(Case.state).not_in([State.DRAFT, *FINAL])
    total = session.exec(select(func.count()).select_from(Case).where(going)).one()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    wanted = (
        select(Case, PlanComponent.title).join(PlanComponent).where(going).order_by(col(Case.deadline), col(Case.id))
    )
    rows = session.exec(wanted.offset((page - 1) * PAGE).limit(PAGE)).all()
    found = (DateRow(case=case, learner=people.learner(case.learner), title=title) for case, title in rows)
    return Dates(rows=tuple(found), page=page, pages=pages, total=total)


def _row(grade: str, learners: int, cases: Sequence[Case], by_contract: int, today: date) -> ClassRow:
    going = [case for case in cases if case.state not in FINAL]
    ended = Counter(case.extent for case in cases if case.decided_on is not None and case.state not in OVER)
    return ClassRow(
        grade=grade,
        learners=learners,
        under_way=len(going),
        overdue=sum(is_overdue(case, today) for case in going),
        with_family=sum(case.state in FAMILY_TURN for case in going),
        full=ended[Extent.FULL],
        partial=ended[Extent.PARTIAL],
        refused=ended[Extent.REFUSE],
        by_contract=by_contract,
    )


def _rank(grade: str) -> tuple[int, str]:
    """«2» before «10», courses of a college after classes."""
    number = grade.partition(" ")[0]
    return (int(number) if number.isdigit() else 0, grade)
