"""Shares: a link that shows chosen badges to whoever holds it, for a while, until it is withdrawn (THREATS W2, W4)."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from keys.actor import Actor
from keys.deps import Learner
from schemas.errors import BadInput, Conflict, NotFound
from wallet_web import consent
from wallet_web.errors import (
    BadTerm,
    NoAudience,
    NoConsent,
    NoPurpose,
    NothingChosen,
    ShareGone,
    TooManyChosen,
    TooYoung,
)
from wallet_web.links import Links, token_hash
from wallet_web.tables import Consent, Entry, Purpose, Share, ShareItem

TERM_DAYS = 14
TERM_DAYS_MAX = 365
BADGES_MAX = 30
WORDS_MAX = 200
OWN_SHARES_FROM = 14  # under 14 the guardian acts (DOMAIN §4)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


class ShareState(StrEnum):
    """Where a share stands."""

    LIVE = "live"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOrder:
    """What is to be shown, to whom, what for and for how many days. The same `id` never makes a second share."""

    id: str
    entries: tuple[str, ...]
    audience: str
    purpose: str
    days: int = TERM_DAYS


@dataclass(frozen=True, slots=True)
class OpenShare:
    """A live share with its badges in the order they were chosen."""

    share: Share
    entries: tuple[Entry, ...]


def new_id() -> str:
    """An id for a share that is about to be ordered."""
    return uuid.uuid4().hex


def faults(order: ShareOrder) -> dict[str, BadInput]:
    """What is wrong with an order, by field; empty when all is well. Pure."""
    wrong: dict[str, BadInput] = {}
    if not order.entries:
        wrong["entries"] = NothingChosen()
    if len(order.entries) > BADGES_MAX:
        wrong["entries"] = TooManyChosen(limit=BADGES_MAX)
    if not 1 <= len(order.audience.strip()) <= WORDS_MAX:
        wrong["audience"] = NoAudience(limit=WORDS_MAX)
    if not 1 <= len(order.purpose.strip()) <= WORDS_MAX:
        wrong["purpose"] = NoPurpose(limit=WORDS_MAX)
    if not 1 <= order.days <= TERM_DAYS_MAX:
        wrong["days"] = BadTerm(limit=TERM_DAYS_MAX)
    return wrong


def create(session: Session, learner: Learner, by: Actor, order: ShareOrder, links: Links, now: datetime) -> Share:
    """Make a share; ordering it twice gives the first one.

    Raises the first fault of the order, `TooYoung`, `NoConsent`, or `NotFound` for a badge that is not the learner's.
    """
    require_may_share(learner, by, now)
    for fault in faults(order).values():
        raise fault
    chosen = _chosen(session, learner.id, order.entries)
    agreed = consent.in_force(session, learner.id, Purpose.SHARING, now, lock=True)
    if agreed is None:
        raise NoConsent
    made = session.get(Share, order.id) or _insert(session, _new(learner, by, order, agreed, links, now), chosen)
    if made.learner != learner.id:
        raise Conflict
    return made


def require_may_share(learner: Learner, by: Actor, now: datetime) -> None:
    """Raise `TooYoung` where the guardian must act for the learner."""
    if learner.id not in by.wards and learner.age(now.date()) < OWN_SHARES_FROM:
        raise TooYoung


def state(share: Share, agreed: Consent, now: datetime) -> ShareState:
    """Where a share stands at a moment; it never outlives the consent it rests on. Pure."""
    if share.withdrawn_at is not None or agreed.ended_at is not None:
        return ShareState.WITHDRAWN
    if share.expires_at <= now or consent.state(agreed, now) is not consent.ConsentState.IN_FORCE:
        return ShareState.EXPIRED
    return ShareState.LIVE


def open_by_token(session: Session, token: str, now: datetime) -> OpenShare:
    """What a stranger with the link may see, or `ShareGone` whatever the reason."""
    joined = select(Share, Consent).join(Consent, col(Share.consent) == col(Consent.id))
    row = session.exec(joined.where(Share.token_hash == token_hash(token))).first()
    if row is None or state(*row, now) is not ShareState.LIVE:
        raise ShareGone
    return OpenShare(row[0], entries_of(session, row[0].id))


def withdraw(session: Session, learner: str, share: str, by: Actor, now: datetime) -> Share:
    """Make a share's link dead at once. Withdrawing twice changes nothing."""
    found = session.get(Share, share, with_for_update=True, populate_existing=True)
    if found is None or found.learner != learner:
        raise NotFound
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_by = now, by.person
        session.add(found)
    return found


def own(session: Session, learner: str, share: str) -> tuple[Share, Consent]:
    """A learner's share and the consent it rests on, or `NotFound`."""
    joined = select(Share, Consent).join(Consent, col(Share.consent) == col(Consent.id))
    row = session.exec(joined.where(Share.id == share, Share.learner == learner)).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def all_of(session: Session, learner: str) -> list[tuple[Share, Consent]]:
    """Every share of a learner with the consent it rests on, newest first."""
    joined = select(Share, Consent).join(Consent, col(Share.consent) == col(Consent.id)).where(Share.learner == learner)
    return [(row[0], row[1]) for row in session.exec(joined.order_by(col(Share.created_at).desc(), col(Share.id)))]


def entries_of(session: Session, share: str) -> tuple[Entry, ...]:
    """The badges of a share in their order."""
    rows = select(Entry).join(ShareItem, col(ShareItem.entry) == col(Entry.id)).where(ShareItem.share == share)
    return tuple(session.exec(rows.order_by(col(ShareItem.place))))


def _chosen(session: Session, learner: str, entries: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(entries))
    rows = select(Entry.id).where(Entry.learner == learner, col(Entry.id).in_(wanted))
    if set(session.exec(rows)) != set(wanted):
        raise NotFound
    return wanted


def _new(learner: Learner, by: Actor, order: ShareOrder, agreed: Consent, links: Links, now: datetime) -> Share:
    if not _ID.fullmatch(order.id):
        raise BadInput
    return Share(
        id=order.id,
        learner=learner.id,
        token_hash=token_hash(links.token(order.id)) or "",
        audience=order.audience.strip(),
        purpose=order.purpose.strip(),
        consent=agreed.id,
        created_by=by.person or "",
        created_at=now,
        expires_at=now + timedelta(days=order.days),
    )


def _insert(session: Session, share: Share, entries: Sequence[str]) -> Share:
    """Insert with its badges, or take the one that another transaction inserted a moment before."""
    try:
        with session.begin_nested():
            session.add(share)
            session.flush()
            session.add_all(
                ShareItem(share=share.id, place=place, entry=entry) for place, entry in enumerate(entries, 1)
            )
    except IntegrityError:
        winner = session.get(Share, share.id, populate_existing=True)
        if winner is None:
            raise
        return winner
    return share
