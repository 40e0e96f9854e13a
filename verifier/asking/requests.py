"""Requests: an organisation asks, gets a challenge of its own, and the one answer that is signed for it (THREATS V11).

Whoever has the id (128 random bits) may answer; nobody but the organisation sees the answer, and that only until the term is over.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select, update

from keys import organisations
from keys.actor import Actor
from schemas.errors import BadInput, NotFound
from verifier.asking.errors import BadDays, NoReason, NotAnAnswer, NoWanted, RequestClosed
from verifier.asking.tables import Outcome, ShowRequest
from verifier.verdict import Check
from verifier.verdict import Outcome as Found
from verifier.verification import PresentationVerification
from verifier.verify import Verifier
from verifier.wording import Translate, sentence

DAYS, DAYS_MAX = 14, 90
WORDS_MAX = 300
LARGEST = 1 << 20
SHOWN = 200
_RANDOM_BYTES = 16


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked: in whose name, what to show, what for, for how many days."""

    organisation: str
    wanted: str
    purpose: str
    days: int = DAYS


def faults(asked: Wanted) -> dict[str, BadInput]:
    """What is wrong with a request, by field; empty when all is well. Pure."""
    wrong: dict[str, BadInput] = {}
    if not 1 <= len(asked.wanted.strip()) <= WORDS_MAX:
        wrong["wanted"] = NoWanted(limit=WORDS_MAX)
    if not 1 <= len(asked.purpose.strip()) <= WORDS_MAX:
        wrong["purpose"] = NoReason(limit=WORDS_MAX)
    if not 1 <= asked.days <= DAYS_MAX:
        wrong["days"] = BadDays(limit=DAYS_MAX)
    return wrong


def make(session: Session, by: Actor, asked: Wanted, now: datetime) -> ShowRequest:
    """A request with a challenge of its own. Raises the first fault, or what finding the organisation raises."""
    for fault in faults(asked).values():
        raise fault
    asker = organisations.find(session, asked.organisation)
    made = ShowRequest(
        id=secrets.token_hex(_RANDOM_BYTES),
        organisation=asker.code,
        person=by.person or "",
        wanted=asked.wanted.strip(),
        purpose=asked.purpose.strip(),
        domain=organisations.did_of(asker),
        challenge=secrets.token_urlsafe(_RANDOM_BYTES),
        created_at=now,
        expires_at=now + timedelta(days=asked.days),
        outcome=Outcome.OPEN,
    )
    session.add(made)
    session.flush()
    return made


def find(session: Session, request: str) -> ShowRequest:
    """The request with this id, or `NotFound`."""
    found = session.get(ShowRequest, request)
    if found is None:
        raise NotFound
    return found


def all_of(session: Session, codes: Collection[str]) -> list[ShowRequest]:
    """The newest requests of these organisations, newest first."""
    rows = select(ShowRequest).where(col(ShowRequest.organisation).in_(list(codes)))
    return list(session.exec(rows.order_by(col(ShowRequest.created_at).desc(), col(ShowRequest.id)).limit(SHOWN)))


def state(request: ShowRequest, now: datetime) -> RequestState:
    """Where it stands at a moment. Pure."""
    if request.outcome in {Outcome.OPEN, Outcome.ANSWERED} and request.expires_at <= now:
        return RequestState.EXPIRED
    return RequestState(request.outcome)


def answer(
    session: Session, verifier: Verifier, request: str, presentation: bytes, now: datetime, translate: Translate
) -> ShowRequest:
    """Take the one answer, if its holder has signed it for this request just now.

    Whether the badges in it are valid is for the organisation to read.

    Raises `NotFound`, `RequestClosed`, `NotAnAnswer`, and `NotACredential` where no presentation can be read.
    """
    found = _open(session, request, now)
    if len(presentation) > LARGEST:
        raise NotAnAnswer(why="> 1 MiB")
    shown = verifier.verify_presentation(presentation, now=now, domain=found.domain, challenge=found.challenge)
    wrong = next((check for check in shown.report.checks if check.outcome is not Found.PASSED), None)
    if wrong is not None or not shown.items:
        raise NotAnAnswer(why=_why(wrong, translate))
    found.presentation = presentation
    return _settle(session, found, Outcome.ANSWERED, now)


def refuse(session: Session, request: str, now: datetime) -> ShowRequest:
    """Say no. The organisation learns that, and nothing else. Raises `NotFound`, `RequestClosed`."""
    return _settle(session, _open(session, request, now), Outcome.REFUSED, now)


def withdraw(session: Session, request: str, now: datetime) -> ShowRequest:
    """The organisation asks no more; an answer that is there is erased. Withdrawing twice changes nothing."""
    found = session.get(ShowRequest, request, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    if found.outcome is Outcome.WITHDRAWN:
        return found
    found.presentation = None
    return _settle(session, found, Outcome.WITHDRAWN, now)


def read(verifier: Verifier, request: ShowRequest, now: datetime) -> PresentationVerification | None:
    """What the answer shows today; None where there is none or no more, or while its learner objects to it."""
    if request.presentation is None or request.held or state(request, now) is not RequestState.ANSWERED:
        return None
    return verifier.verify_presentation(bytes(request.presentation), now=now, domain=request.domain)


def note_opened(session: Session, request: ShowRequest, now: datetime) -> None:
    """The organisation has looked at the answer; the family is told when it last did."""
    request.opened_at = now
    session.add(request)


def erase(session: Session, requests: Collection[str]) -> None:
    """Take answers back at once: who gave them has withdrawn the consent."""
    rows = update(ShowRequest).where(col(ShowRequest.id).in_(list(requests)))
    session.exec(rows.where(col(ShowRequest.presentation).is_not(None)).values(presentation=None))


def hold(session: Session, requests: Collection[str], *, held: bool) -> None:
    """Let answers rest while the learner objects to them, or be read again."""
    session.exec(update(ShowRequest).where(col(ShowRequest.id).in_(list(requests))).values(held=held))


def forget(session: Session, now: datetime) -> int:
    """Erase the answers whose term is over; how many there were."""
    over = update(ShowRequest).where(col(ShowRequest.expires_at) <= now, col(ShowRequest.presentation).is_not(None))
    return int(session.exec(over.values(presentation=None)).rowcount)


def _open(session: Session, request: str, now: datetime) -> ShowRequest:
    """A request that may be answered, held until this transaction ends, so that a challenge serves once."""
    found = session.get(ShowRequest, request, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    if state(found, now) is not RequestState.OPEN:
        raise RequestClosed
    return found


def _settle(session: Session, found: ShowRequest, outcome: Outcome, now: datetime) -> ShowRequest:
    found.outcome, found.settled_at = outcome, now
    session.add(found)
    session.flush()
    return found


def _why(wrong: Check | None, translate: Translate) -> str:
    return sentence(wrong, translate) if wrong is not None else "—"
