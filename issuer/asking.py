"""A family that finds a mistake in a badge asks whoever awarded it; the organisation corrects the badge or says why not."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from issuer import awards
from issuer.errors.asking import AskedAlready, AskedSettled, TextMissing
from issuer.errors.orders import AwardUnknown
from issuer.tables import Award, CorrectionRequest
from schemas.errors import NotFound

LONGEST = 1000

Answer = Callable[[Session, CorrectionRequest, datetime], None]
"""Tells whoever asked what became of it."""


def ask(session: Session, organisation: str, credential_id: str, person: str, text: str, now: datetime) -> str:
    """Ask for a correction of a badge; the request's id. One waits at a time.

    Raises `AwardUnknown` where the badge was not awarded here, `TextMissing`, `AskedAlready`.
    """
    award = awards.of_credential(session, organisation, credential_id)
    asked = CorrectionRequest(
        id=uuid4().hex,
        award=award.id,
        organisation=organisation,
        asked_by=person,
        asked_at=now,
        text=_said(text),
    )
    try:
        with session.begin_nested():
            session.add(asked)
    except IntegrityError as error:
        raise AskedAlready from error
    return asked.id


def waiting(session: Session, organisation: str) -> list[tuple[CorrectionRequest, Award]]:
    """What waits for an answer, the oldest first."""
    wanted = select(CorrectionRequest, Award).join(Award, col(CorrectionRequest.award) == Award.id)
    open_ = wanted.where(CorrectionRequest.organisation == organisation, col(CorrectionRequest.answered_at).is_(None))
    rows = session.exec(open_.order_by(col(CorrectionRequest.asked_at), col(CorrectionRequest.id)))
    return [(row[0], row[1]) for row in rows]


def find(session: Session, organisation: str, request: str) -> CorrectionRequest:
    """The organisation's request of that id, or `NotFound`."""
    found = session.get(CorrectionRequest, request)
    if found is None or found.organisation != organisation:
        raise NotFound
    return found


def answer(session: Session, asked: CorrectionRequest, text: str, by: str, now: datetime) -> None:
    """Say what became of a request. Raises `AskedSettled`, `TextMissing`.

    What is settled comes first: the desk shows no form any more beside which the other could stand.
    """
    held = session.get_one(CorrectionRequest, asked.id, with_for_update=True, populate_existing=True)
    if held.answered_at is not None:
        raise AskedSettled
    held.answer, held.answered_by, held.answered_at = _said(text), by, now
    session.flush()


def of_badge(session: Session, organisation: str, credential_id: str) -> list[CorrectionRequest]:
    """What was asked about a badge, the newest first; nothing about one that was not awarded here."""
    try:
        award = awards.of_credential(session, organisation, credential_id)
    except AwardUnknown:
        return []
    family = select(Award.id).where(Award.credential_id == award.credential_id)
    wanted = select(CorrectionRequest).where(col(CorrectionRequest.award).in_(family))
    return list(session.exec(wanted.order_by(col(CorrectionRequest.asked_at).desc())))


def _said(text: str) -> str:
    said = text.strip()
    if not 1 <= len(said) <= LONGEST:
        raise TextMissing(pointer="/text", limit=LONGEST)
    return said
