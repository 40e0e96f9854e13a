"""Consent: a text of its own, given by the person the law asks, and gone the moment it is withdrawn (DOMAIN §4, THREATS W4).

A consent is in force, lapsed or withdrawn. It lapses on the learner's 18th birthday when a guardian gave it.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from keys.actor import Actor, ActorKind
from keys.deps import Learner
from schemas.errors import Forbidden, NotFound
from wallet_web.errors import GuardianGives, TextChanged
from wallet_web.tables import Consent, Purpose, Share

ADULT = 18
ITEMS = {Purpose.SHARING: ("badges",)}


class ConsentState(StrEnum):
    """Where a consent stands."""

    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version of a text people agree to; `digest` is the SHA-256 of its bytes in hex."""

    purpose: Purpose
    version: int
    title: str
    paragraphs: tuple[str, ...]
    digest: str


@cache
def texts(purpose: Purpose) -> tuple[ConsentText, ...]:
    """Every version of the text for a purpose, oldest first (`texts/<purpose>-<version>.txt`)."""
    found = (file for file in (files(__package__) / "texts").iterdir() if file.name.startswith(f"{purpose}-"))
    read = [_text(purpose, int(file.name.removesuffix(".txt").rpartition("-")[2]), file.read_bytes()) for file in found]
    return tuple(sorted(read, key=lambda text: text.version))


def _text(purpose: Purpose, version: int, data: bytes) -> ConsentText:
    title, *paragraphs = data.decode("utf-8").strip().split("\n\n")
    return ConsentText(purpose, version, title, tuple(paragraphs), hashlib.sha256(data).hexdigest())


def current_text(purpose: Purpose) -> ConsentText:
    """The text that is put before people today."""
    return texts(purpose)[-1]


def text_agreed(consent: Consent) -> ConsentText:
    """The very text a consent was given to."""
    return next(text for text in texts(consent.purpose) if text.digest == consent.text_hash)


def state(consent: Consent, now: datetime) -> ConsentState:
    """Where a consent stands at a moment; pure."""
    if consent.withdrawn_by is not None:
        return ConsentState.WITHDRAWN
    lapsed = consent.ended_at is not None or (consent.valid_until is not None and consent.valid_until <= now)
    return ConsentState.LAPSED if lapsed else ConsentState.IN_FORCE


def comes_of_age(born: date) -> date:
    """The first day on which the learner is 18; for 29 February 1 March where the year has none."""
    try:
        return born.replace(year=born.year + ADULT)
    except ValueError:
        return date(born.year + ADULT, 3, 1)


def require_who_decides(learner: Learner, by: Actor) -> None:
    """Raise unless `by` is the person whose consent counts: a guardian of a minor, or the learner from 18 on."""
    if by.kind is not ActorKind.PERSON:
        raise Forbidden
    if learner.id in by.wards or (learner.id == by.learner and by.adult):
        return
    raise GuardianGives if learner.id == by.learner else Forbidden


def in_force(session: Session, learner: str, purpose: Purpose, now: datetime, *, lock: bool = False) -> Consent | None:
    """The consent that counts now; with `lock` nobody can withdraw it before this transaction ends."""
    found = _open(session, learner, purpose, lock=lock)
    return found if found is not None and state(found, now) is ConsentState.IN_FORCE else None


def history(session: Session, learner: str) -> list[Consent]:
    """Every consent ever given for a learner, newest first."""
    rows = select(Consent).where(Consent.subject == learner).order_by(col(Consent.given_at).desc(), col(Consent.id))
    return list(session.exec(rows))


def give(session: Session, learner: Learner, by: Actor, purpose: Purpose, text_hash: str, now: datetime) -> Consent:
    """Give a consent to the text whose hash was shown; giving it twice gives the one that is in force.

    Raises `GuardianGives` when the learner is a minor, `TextChanged` when the text is not the current one.
    """
    require_who_decides(learner, by)
    if text_hash != current_text(purpose).digest:
        raise TextChanged
    old = _open(session, learner.id, purpose, lock=True)
    if old is not None and state(old, now) is ConsentState.IN_FORCE:
        return old
    if old is not None:
        old.ended_at = old.valid_until or now
        session.add(old)
        session.flush()
    return _insert(session, _new(learner, by, purpose, text_hash, now))


def withdraw(session: Session, learner: Learner, by: Actor, consent: str, now: datetime) -> Consent:
    """End a consent at once; every share that rests on it dies with it. Withdrawing twice changes nothing."""
    require_who_decides(learner, by)
    found = session.get(Consent, consent, with_for_update=True, populate_existing=True)
    if found is None or found.subject != learner.id:
        raise NotFound
    if found.ended_at is None:
        found.ended_at, found.withdrawn_by = now, by.person
        session.add(found)
        living = update(Share).where(col(Share.consent) == found.id, col(Share.withdrawn_at).is_(None))
        session.exec(living.values(withdrawn_at=now, withdrawn_by=by.person))
    return found


def _open(session: Session, learner: str, purpose: Purpose, *, lock: bool) -> Consent | None:
    row = select(Consent).where(Consent.subject == learner, Consent.purpose == purpose, col(Consent.ended_at).is_(None))
    return session.exec(row.with_for_update() if lock else row).first()


def _new(learner: Learner, by: Actor, purpose: Purpose, text_hash: str, now: datetime) -> Consent:
    own = by.learner == learner.id
    birthday = datetime.combine(comes_of_age(learner.born), time(), UTC)
    return Consent(
        id=uuid.uuid4().hex,
        subject=learner.id,
        given_by=by.person or "",
        purpose=purpose,
        items=list(ITEMS[purpose]),
        text_hash=text_hash,
        given_at=now,
        valid_until=None if own else birthday,
    )


def _insert(session: Session, consent: Consent) -> Consent:
    """Insert, or take the one that another transaction inserted a moment before."""
    try:
        with session.begin_nested():
            session.add(consent)
    except IntegrityError:
        winner = _open(session, consent.subject, consent.purpose, lock=False)
        if winner is None:
            raise
        return winner
    return consent
