"""What a learner wants to reach, and a teacher's advice on it, where the family has shown the goal (DOMAIN rows 71, 28)."""

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from keys.actor import Actor
from keys.deps import Learner
from schemas.errors import BadInput, Conflict, NotFound
from wallet_web.portfolio import notes
from wallet_web.portfolio.errors import LateDay, NoTitle, PortfolioFull
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import Goal, GoalState, Note, NoteKind

GOALS_MAX = 200
TITLE_MAX = 200
YEARS_AHEAD = 20
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A goal as it is written down."""

    title: str
    section: Section | None = None
    due_on: date | None = None


def faults(wanted: Wanted, today: date) -> dict[str, BadInput]:
    """What is wrong, by field; empty when all is well. Pure."""
    wrong: dict[str, BadInput] = {}
    if not 1 <= len(wanted.title.strip()) <= TITLE_MAX:
        wrong["title"] = NoTitle(limit=TITLE_MAX)
    if wanted.due_on is not None and (wanted.due_on < today or wanted.due_on.year > today.year + YEARS_AHEAD):
        wrong["due_on"] = LateDay()
    return wrong


def set_goal(session: Session, learner: Learner, by: Actor, now: datetime, wanted: Wanted, *, id: str) -> Goal:  # noqa: A002 - as in the table
    """Keep a goal; the same id twice is one. Raises the first fault, `PortfolioFull`, `Conflict` for somebody else's id."""
    for fault in faults(wanted, now.date()).values():
        raise fault
    if not _ID.fullmatch(id):
        raise BadInput
    made = session.get(Goal, id) or _insert(session, learner, by, now, wanted, id)
    if made.learner != learner.id:
        raise Conflict
    notes.begin(session, learner.id, now)
    return made


def bring(session: Session, learner: Learner, by: Actor, at: datetime, wanted: Wanted, state: GoalState) -> Goal:
    """Keep a goal that was set elsewhere at another time; its day may be over. Raises `NoTitle`, `PortfolioFull`."""
    if not 1 <= len(wanted.title) <= TITLE_MAX:
        raise NoTitle(limit=TITLE_MAX)
    made = _insert(session, learner, by, at, wanted, uuid.uuid4().hex)
    made.state, made.closed_at = state, None if state is GoalState.OPEN else at
    session.flush()
    return made


def close(session: Session, goal: Goal, state: GoalState, now: datetime) -> None:
    """Say that a goal is reached, dropped, or open again; saying it twice changes nothing."""
    if goal.state is not state:
        goal.state, goal.closed_at = state, None if state is GoalState.OPEN else now
        session.add(goal)


def show(session: Session, goal: Goal, *, shown: bool) -> None:
    """Let the teachers who accompany the learner see a goal, or not any more."""
    goal.shown = shown
    session.add(goal)


def remove(session: Session, goal: Goal) -> None:
    """Forget a goal with the advice on it."""
    session.delete(goal)
    session.flush()


def advise(session: Session, goal: Goal, by: Actor, text: str, now: datetime) -> Note:
    """A teacher's advice on a goal that is shown. Raises what `notes.write` raises."""
    return notes.write(session, goal.learner, by, NoteKind.ADVICE, text, now, id=uuid.uuid4().hex, goal=goal.id)


def find(session: Session, learner: str, goal: str) -> Goal:
    """A learner's goal, or `NotFound`."""
    found = session.get(Goal, goal, with_for_update=True, populate_existing=True)
    if found is None or found.learner != learner:
        raise NotFound
    return found


def find_shown(session: Session, learner: str, goal: str) -> Goal:
    """A goal that the family lets teachers see, or `NotFound`."""
    found = find(session, learner, goal)
    if not found.shown:
        raise NotFound
    return found


def all_of(session: Session, learner: str, *, shown: bool = False) -> list[tuple[Goal, list[Note]]]:
    """Every goal with the advice on it, open ones first, then the newest; with `shown` only what teachers may see."""
    rows = select(Goal).where(Goal.learner == learner)
    found = session.exec(
        (rows.where(col(Goal.shown)) if shown else rows).order_by(col(Goal.created_at).desc(), col(Goal.id))
    )
    advice = notes.advice_of(session, learner)
    goals = sorted(found, key=lambda goal: goal.state is not GoalState.OPEN)
    return [(goal, [note for note in advice if note.goal == goal.id]) for goal in goals]


def shown_by(session: Session, learners: frozenset[str]) -> list[str]:
    """Those of these learners who show a goal."""
    rows = select(Goal.learner).where(col(Goal.shown), col(Goal.learner).in_(learners)).distinct()
    return list(session.exec(rows))


def _insert(session: Session, learner: Learner, by: Actor, now: datetime, wanted: Wanted, id: str) -> Goal:  # noqa: A002 - as in the table
    if session.exec(select(func.count()).select_from(Goal).where(Goal.learner == learner.id)).one() >= GOALS_MAX:
        raise PortfolioFull
    goal = Goal(
        id=id,
        learner=learner.id,
        title=" ".join(wanted.title.split()),
        section=wanted.section,
        due_on=wanted.due_on,
        state=GoalState.OPEN,
        created_by=by.person or "",
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(goal)
    except IntegrityError:
        winner = session.get(Goal, id, populate_existing=True)
        if winner is None:
            raise
        return winner
    return goal
