"""Leaving, from the first word to the last: one table of what may follow; what stops at once, and what four weeks later.

asked ──agree──▶ closed ──erase──▶ erased
  │                │                  │
  └──return──▶ returned ◀───return────┘
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from keys.actor import Actor
from keys.deps import Learner
from verifier.asking import requests
from wallet_web import consent
from wallet_web.leaving import erasing
from wallet_web.leaving.errors import LeavingAlready, LeavingSettled, WalletClosed
from wallet_web.leaving.tables import Leaving, LeavingState
from wallet_web.replies import replied

NOT_KNOWN = ""  # who asked, where the database has forgotten it
GRACE = timedelta(days=28)  # everything is gone within the thirty days of 152-ФЗ, art. 21(5)


class Word(StrEnum):
    """What may be said to a leaving."""

    AGREE = "agree"
    RETURN = "return"
    ERASE = "erase"


TABLE: Mapping[tuple[LeavingState, Word], LeavingState] = {
    (LeavingState.ASKED, Word.AGREE): LeavingState.CLOSED,
    (LeavingState.ASKED, Word.RETURN): LeavingState.RETURNED,
    (LeavingState.CLOSED, Word.RETURN): LeavingState.RETURNED,
    (LeavingState.CLOSED, Word.ERASE): LeavingState.ERASED,
    (LeavingState.ERASED, Word.RETURN): LeavingState.RETURNED,
}
SHUT = (LeavingState.CLOSED, LeavingState.ERASED)


def step(state: LeavingState, word: Word) -> LeavingState:
    """The state that follows. Raises `LeavingSettled`. Pure."""
    if (state, word) not in TABLE:
        raise LeavingSettled
    return TABLE[state, word]


def ask(session: Session, learner: Learner, by: Actor, now: datetime) -> Leaving:
    """Ask to leave; who decides alone closes the wallet by it. Raises `GuardianGives`, `LeavingAlready`."""
    consent.require_who_decides(learner, by)
    made = Leaving(id=uuid4().hex, learner=learner.id, person=by.person or "", asked_at=now, state=LeavingState.ASKED)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise LeavingAlready from error
    if by.learner == learner.id or not consent.asks_both(session, learner, now):
        _close(session, made, by, now)
    return made


def agree(session: Session, learner: str, by: Actor, now: datetime) -> Leaving:
    """The learner's own word, where both are asked. Raises `LeavingSettled`."""
    found = _locked(session, learner)
    _close(session, found, by, now)
    return found


def come_back(session: Session, learner: str, by: str, now: datetime) -> Leaving:
    """Stay, or open the wallet again; what ended stays ended, what is erased stays so. Raises `LeavingSettled`."""
    found = _locked(session, learner)
    found.state = step(found.state, Word.RETURN)
    found.settled_at, found.settled_by = now, by
    session.flush()
    return found


def erase(session: Session, leaving: str, now: datetime) -> str:
    """Erase what a closed wallet holds, if its time has come and nobody has returned meanwhile; whose it was, "" for none."""
    found = session.get_one(Leaving, leaving, with_for_update=True, populate_existing=True)
    if found.held or found.state is not LeavingState.CLOSED or found.erase_at is None or now < found.erase_at:
        return ""
    found.state, found.settled_at = step(found.state, Word.ERASE), now
    erasing.erase(session, found.learner)
    session.flush()
    return found.learner


def erase_again(session: Session, leaving: str, learner: str, erased_at: datetime) -> None:
    """Erase what was erased by a leaving that the database knows no more, an older copy of it having come back.

    What else it has forgotten ends too: consents, links and answers. Who had asked is not known any more.
    """
    consent.end_all(session, learner, None, erased_at)
    requests.erase(session, replied(session, learner))
    standing = current(session, learner)
    if standing is not None and standing.id != leaving:
        standing.state, standing.settled_at = (
            LeavingState.RETURNED,
            erased_at,
        )  # nobody leaves twice without coming back between
        session.flush()
    found = session.get(Leaving, leaving) or Leaving(id=leaving, learner=learner, person=NOT_KNOWN, asked_at=erased_at)
    found.state, found.settled_at, found.held = LeavingState.ERASED, erased_at, False
    session.add(found)
    session.flush()
    erasing.erase(session, learner)


def due(session: Session, now: datetime) -> list[str]:
    """The leavings whose wallets are to be erased."""
    wanted = select(Leaving.id).where(Leaving.state == LeavingState.CLOSED, col(Leaving.held).is_(False))
    return list(session.exec(wanted.where(col(Leaving.erase_at) <= now).order_by(col(Leaving.erase_at))))


def current(session: Session, learner: str) -> Leaving | None:
    """The leaving that stands; None where nobody leaves, or somebody has come back."""
    wanted = select(Leaving).where(Leaving.learner == learner, Leaving.state != LeavingState.RETURNED)
    return session.exec(wanted).one_or_none()


def all_of(session: Session, learner: str) -> list[Leaving]:
    """Every leaving of a learner, the newest first."""
    wanted = select(Leaving).where(Leaving.learner == learner).order_by(col(Leaving.asked_at).desc(), col(Leaving.id))
    return list(session.exec(wanted))


def is_erased(session: Session, learner: str) -> bool:
    """Whether there is no wallet that a badge could come into."""
    found = current(session, learner)
    return found is not None and found.state is LeavingState.ERASED


def is_shut(session: Session, learner: str) -> bool:
    """Whether the wallet is closed, erased already or not."""
    found = current(session, learner)
    return found is not None and found.state in SHUT


def require_open(session: Session, learner: str) -> None:
    """Raise `WalletClosed`."""
    if is_shut(session, learner):
        raise WalletClosed


def hold(session: Session, leaving: str, *, held: bool) -> None:
    """Let erasing rest while the learner objects, or take its course."""
    found = session.get_one(Leaving, leaving, with_for_update=True, populate_existing=True)
    found.held = held
    session.flush()


def end(session: Session, leaving: str, by: str | None, now: datetime) -> None:
    """The school has found the learner right who does not want to leave."""
    found = session.get_one(Leaving, leaving, with_for_update=True, populate_existing=True)
    if found.state in {LeavingState.ASKED, LeavingState.CLOSED}:
        found.state = step(found.state, Word.RETURN)
        found.settled_at, found.settled_by = now, by
    session.flush()


def _close(session: Session, found: Leaving, by: Actor, now: datetime) -> None:
    """Close it: consents end, and links and answers with them."""
    found.state = step(found.state, Word.AGREE)
    found.closed_at, found.erase_at = now, now + GRACE
    consent.end_all(session, found.learner, by.person, now)
    requests.erase(session, replied(session, found.learner))
    session.flush()


def _locked(session: Session, learner: str) -> Leaving:
    wanted = select(Leaving).where(Leaving.learner == learner, Leaving.state != LeavingState.RETURNED)
    found = session.exec(wanted.with_for_update()).one_or_none()
    if found is None:
        raise LeavingSettled
    return found
