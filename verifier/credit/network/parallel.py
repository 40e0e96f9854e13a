"""Track P: the family learns beside the plan and wants no credit (R17); a dated statement about one line of the plan."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from verifier.credit.errors import NoComponent
from verifier.credit.facts import State
from verifier.credit.network.errors import NotOpen
from verifier.credit.network.tables import ParallelChoice
from verifier.credit.states import FINAL
from verifier.credit.tables import Case, ItemState, PlanItem


def choose(session: Session, *, learner: str, item: str, by: str, now: datetime) -> ParallelChoice:
    """Say for one line of the learner's plan that no credit is wanted; saying it twice changes nothing.

    Raises `NoComponent` and, where a credit stands or is asked for, `NotOpen`.
    """
    line = _line(session, learner, item)
    asked = select(Case.id).where(Case.item == item, col(Case.state).not_in([*FINAL, State.DRAFT]))
    if line.state is ItemState.CREDITED or session.exec(asked).first() is not None:
        raise NotOpen
    standing = standing_of(session, learner).get(item)
    if standing is not None:
        return standing
    choice = ParallelChoice(id=uuid4().hex, item=item, learner=learner, person=by, at=now)
    session.add(choice)
    session.flush()
    return choice


def end(session: Session, *, learner: str, item: str, by: str, now: datetime) -> bool:
    """Take the choice back; an application about the line does the same. False where there was none."""
    _line(session, learner, item)
    choice = standing_of(session, learner).get(item)
    if choice is None:
        return False
    choice.ended_by, choice.ended_at = by, now
    session.flush()
    return True


def standing_of(session: Session, learner: str) -> dict[str, ParallelChoice]:
    """The choices that stand, by the line of the plan."""
    wanted = select(ParallelChoice).where(ParallelChoice.learner == learner, col(ParallelChoice.ended_at).is_(None))
    return {choice.item: choice for choice in session.exec(wanted)}


def _line(session: Session, learner: str, item: str) -> PlanItem:
    """The line, its row held until the transaction ends."""
    found = session.exec(select(PlanItem).where(PlanItem.id == item).with_for_update()).one_or_none()
    if found is None or found.learner != learner:
        raise NoComponent
    return found
