"""The desk: which cases somebody may see, which of them wait for them, which are overdue; with search and paging."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from keys.actor import Actor
from keys.deps import Learner, People
from verifier.credit import conditions, evidence
from verifier.credit.calendar import SUNDAY
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.gathering import ROLES, needs_agreement, parties_of
from verifier.credit.states import FINAL
from verifier.credit.tables import Case, CaseEvidence, CaseVote, PlanComponent
from verifier.credit.waiting import Standing, mine

PAGE = 20
SMALLEST_QUORUM = 2  # from here on the chair looks whether the protocol can be signed


class Due(StrEnum):
    """How near the term of a case is, in the order in which people read it."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One case in a list; `turn` is what the visitor may do to move it on, `due` how near its term is."""

    case: Case
    title: str
    learner: Learner
    turn: tuple[Event, ...]
    due: Due

    @property
    def overdue(self) -> bool:
        """Whether the term has passed."""
        return self.due is Due.OVERDUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of a list; `total` counts all of it."""

    entries: tuple[Entry, ...]
    page: int
    pages: int
    total: int


def schools_of(actor: Actor) -> list[str]:
    """The organisations whose cases the actor works on."""
    return sorted({one.organisation for one in actor.memberships if one.role in ROLES})


def own_learners(actor: Actor) -> list[str]:
    """The learners for whom the actor may ask: themselves and their wards."""
    return sorted({*([actor.learner] if actor.learner else []), *actor.wards})


def learners_of(actor: Actor) -> list[str]:
    """The learners whose cases the actor sees as family or tutor."""
    return sorted({*own_learners(actor), *actor.tutees})


def family_cases(session: Session, actor: Actor, people: People, today: date) -> list[Entry]:
    """The cases of the actor's own learners, those under way first, then the newest."""
    wanted = (
        select(Case, PlanComponent.title)
        .join(PlanComponent)
        .where(col(Case.learner).in_(learners_of(actor)))
        .order_by(col(Case.state).in_(list(FINAL)), col(Case.changed_at).desc())
    )
    return entries(session, actor, people, session.exec(wanted).all(), today)


def items_under_way(session: Session, learner: str) -> set[str]:
    """The lines of a learner's plan about which there is an application that is not closed, drafts among them."""
    going = select(Case.item).where(Case.learner == learner, col(Case.state).not_in(list(FINAL)))
    return set(session.exec(going))


def waiting(session: Session, actor: Actor, people: People, today: date) -> Found:
    """The open cases of the actor's schools that wait for the actor, the most urgent ones of them; `total` counts all."""
    wanted = (
        select(Case, PlanComponent.title)
        .join(PlanComponent)
        .where(col(Case.school).in_(schools_of(actor)), col(Case.state).not_in([*FINAL, State.DRAFT]))
        .order_by(col(Case.deadline), col(Case.changed_at))
    )
    rows = session.exec(wanted).all()
    turns = _turns(session, actor, rows, today)
    due = [row for row in rows if turns[row[0].id]]
    entries = tuple(_entry(case, title, people, turns[case.id], today) for case, title in due[:PAGE])
    return Found(entries=entries, page=1, pages=1, total=len(due))


def overdue(session: Session, actor: Actor, people: People, today: date) -> list[Entry]:
    """The cases of the actor's schools whose term has passed and that wait for somebody else."""
    wanted = (
        select(Case, PlanComponent.title)
        .join(PlanComponent)
        .where(col(Case.school).in_(schools_of(actor)), col(Case.deadline) < today, col(Case.state).not_in(list(FINAL)))
        .order_by(col(Case.deadline))
        .limit(PAGE)
    )
    return [one for one in entries(session, actor, people, session.exec(wanted).all(), today) if not one.turn]


def search(session: Session, actor: Actor, people: People, today: date, *, query: str, page: int) -> Found:
    """All cases of the actor's schools but drafts, found by number, component or the learner's name, the newest first."""
    schools = schools_of(actor)
    asked = and_(col(Case.school).in_(schools), col(Case.state) != State.DRAFT)
    if query:
        asked = and_(asked, _matches(query, named(people, schools, query)))
    count = select(func.count()).select_from(Case).join(PlanComponent).where(asked)
    total = session.exec(count).one()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    wanted = select(Case, PlanComponent.title).join(PlanComponent).where(asked)
    rows = session.exec(
        wanted.order_by(col(Case.changed_at).desc(), col(Case.id)).offset((page - 1) * PAGE).limit(PAGE)
    ).all()
    return Found(entries=tuple(entries(session, actor, people, rows, today)), page=page, pages=pages, total=total)


def named(people: People, schools: Collection[str], query: str) -> list[str]:
    """The learners of these schools whose name holds `query`, with ё as е."""
    wanted = _plain(query)
    return [one.id for school in schools for one in people.roster(school) if wanted in _plain(one.name)]


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е").strip()


def _matches(query: str, learners: Sequence[str]) -> ColumnElement[bool]:
    text = query.strip()
    return or_(
        col(Case.number).contains(text, autoescape=True),
        col(PlanComponent.title).icontains(text, autoescape=True),
        col(Case.learner).in_(list(learners)),
    )


def entries(
    session: Session, actor: Actor, people: People, rows: Sequence[tuple[Case, str]], today: date
) -> list[Entry]:
    """Cases with the titles of their parts of the plan as lines of a list for the actor."""
    turns = _turns(session, actor, rows, today)
    return [_entry(case, title, people, turns[case.id], today) for case, title in rows]


def _entry(case: Case, title: str, people: People, turn: tuple[Event, ...], today: date) -> Entry:
    learner = people.learner(case.learner)
    return Entry(case=case, title=title, learner=learner, turn=turn, due=due_of(case, today))


def _turns(
    session: Session, actor: Actor, rows: Sequence[tuple[Case, str]], today: date
) -> dict[str, tuple[Event, ...]]:
    """What the actor may do now to move each case on."""
    voted = _voted(session, actor, [case.id for case, _ in rows])
    return {
        case.id: mine(
            standing_of(session, case, today, voted=case.id in voted), parties_of(actor, case.school, case.learner)
        )
        for case, _ in rows
    }


def due_of(case: Case, today: date) -> Due:
    """How near the term of the case is; the week ends on Sunday, a case without a term is not urgent."""
    if case.deadline is None:
        return Due.LATER
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    steps = (
        (case.deadline < today, Due.OVERDUE),
        (case.deadline == today, Due.TODAY),
        (case.deadline <= sunday, Due.WEEK),
    )
    return next((due for holds, due in steps if holds), Due.LATER)


def by_due(found: Sequence[Entry]) -> list[tuple[Due, list[Entry]]]:
    """The entries by how near their terms are; groups without one are left out."""
    return [(due, mine) for due in Due if (mine := [entry for entry in found if entry.due is due])]


def is_overdue(case: Case, today: date) -> bool:
    """Whether the term of the case's state has passed."""
    return case.deadline is not None and case.deadline < today


def standing_of(session: Session, case: Case, today: date, *, voted: bool) -> Standing:
    """What decides whose turn it is, without opening the whole case."""
    held = select(CaseEvidence).where(CaseEvidence.case == case.id) if case.state is State.CHECKING else None
    known = [evidence.findings_of(one) for one in session.exec(held)] if held is not None else []
    votes = select(func.count()).where(
        CaseVote.case == case.id, CaseVote.instance == case.instance, CaseVote.round == case.round
    )
    return Standing(
        state=case.state,
        extent=case.extent,
        signed=case.matrix_signed_by is not None,
        agreement_due=needs_agreement(case) and not case.agreed,
        overdue=is_overdue(case, today),
        incurable=bool(known) and all(conditions.is_incurable(findings) for findings in known),
        quorum=case.state is State.IN_COMMISSION and session.exec(votes).one() >= SMALLEST_QUORUM,
        voted=voted,
    )


def _voted(session: Session, actor: Actor, cases: Sequence[str]) -> set[str]:
    if not cases or actor.person is None:
        return set()
    mine_ = (
        select(CaseVote.case)
        .join(Case, col(Case.id) == CaseVote.case)
        .where(
            col(CaseVote.case).in_(cases),
            CaseVote.person == actor.person,
            CaseVote.instance == Case.instance,
            CaseVote.round == Case.round,
        )
    )
    return set(session.exec(mine_))
