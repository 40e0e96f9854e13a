"""Shares: a link that shows chosen badges to whoever holds it, for a while, until it is withdrawn (THREATS W2, W4)."""

import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from keys.actor import Actor
from keys.deps import Learner
from schemas.errors import BadInput, Conflict, NotFound
from wallet_web import consent, disclosing, pins
from wallet_web.disclosing import Divided
from wallet_web.errors import (
    BadPin,
    BadRecipient,
    BadTerm,
    NameNeedsPin,
    NoAudience,
    NoConsent,
    NoPurpose,
    NothingChosen,
    ShareGone,
    TooManyChosen,
    TooYoung,
)
from wallet_web.links import Links, token_hash
from wallet_web.tables import Consent, Entry, Purpose, Share, ShareItem, ShareName

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
    SHUT = "shut"  # too many wrong PINs
    HELD = "held"  # the learner objects to it, or to the consent that it rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOrder:
    """What is to be shown, to whom, what for and for how many days. The same `id` never makes a second share.

    `recipient` is what the reader reads of that, `pin` what they must say first; both may be empty. With `named` the school's
    statement whose the badges are goes with it; that needs a PIN. `parts` tells by entry what is shown of badges that were signed
    part by part (`disclosing.parts`); of those that it does not name everything is.
    `kind` is what the consent must be for: badges alone, or a page of the portfolio, which may do without badges.
    """

    id: str
    entries: tuple[str, ...]
    audience: str
    purpose: str
    days: int = TERM_DAYS
    recipient: str = ""
    pin: str = ""
    named: bool = False
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: Purpose = Purpose.SHARING


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
    if not order.entries and order.kind is Purpose.SHARING:
        wrong["entries"] = NothingChosen()
    if len(order.entries) > BADGES_MAX:
        wrong["entries"] = TooManyChosen(limit=BADGES_MAX)
    if not 1 <= len(order.audience.strip()) <= WORDS_MAX:
        wrong["audience"] = NoAudience(limit=WORDS_MAX)
    if not 1 <= len(order.purpose.strip()) <= WORDS_MAX:
        wrong["purpose"] = NoPurpose(limit=WORDS_MAX)
    if not 1 <= order.days <= TERM_DAYS_MAX:
        wrong["days"] = BadTerm(limit=TERM_DAYS_MAX)
    if len(order.recipient.strip()) > WORDS_MAX:
        wrong["recipient"] = BadRecipient(limit=WORDS_MAX)
    if order.pin and not pins.is_good(order.pin):
        wrong["pin"] = BadPin(shortest=pins.SHORTEST, longest=pins.LONGEST)
    if order.named and not order.pin:
        wrong["pin"] = NameNeedsPin()
    return wrong


def create(session: Session, learner: Learner, by: Actor, order: ShareOrder, links: Links, now: datetime) -> Share:
    """Make a share; ordering it twice gives the first one.

    Raises the first fault of the order, `TooYoung`, `NoConsent`, or `NotFound` for a badge that is not the learner's.
    """
    require_may_share(learner, by, now)
    for fault in faults(order).values():
        raise fault
    chosen = _chosen(session, learner.id, order.entries)
    agreed = consent.in_force(session, learner.id, order.kind, now, lock=True)
    if agreed is None:
        raise NoConsent
    made = session.get(Share, order.id) or _insert(
        session, _new(learner, by, order, agreed, links, now), chosen, order.parts
    )
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
    stands = consent.state(agreed, now)
    if share.expires_at <= now or stands not in consent.LIVING:
        return ShareState.EXPIRED
    if share.held or stands is consent.ConsentState.AWAITING:
        return ShareState.HELD
    return ShareState.SHUT if pins.is_shut(share) else ShareState.LIVE


def find_by_token(session: Session, token: str, now: datetime, *, lock: bool = False) -> Share:
    """The live share behind a link, or `ShareGone`; with `lock` nobody else types a PIN before this transaction ends."""
    joined = select(Share, Consent).join(Consent, col(Share.consent) == col(Consent.id))
    wanted = joined.where(Share.token_hash == token_hash(token))
    row = session.exec(wanted.with_for_update(of=Share) if lock else wanted).first()
    if row is None or state(*row, now) is not ShareState.LIVE:
        raise ShareGone
    found: Share = row[0]
    return found


def withdraw(session: Session, learner: str, share: str, by: Actor, now: datetime) -> Share:
    """Make a share's link dead at once. Withdrawing twice changes nothing."""
    found = session.get(Share, share, with_for_update=True, populate_existing=True)
    if found is None or found.learner != learner:
        raise NotFound
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_by = now, by.person
        session.add(found)
        session.exec(delete(ShareName).where(col(ShareName.share) == found.id))
    return found


def hold(session: Session, share: str, *, held: bool) -> None:
    """Let a link rest while the learner objects to it, or open again."""
    found = session.get_one(Share, share, with_for_update=True, populate_existing=True)
    found.held = held
    session.add(found)
    session.flush()


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
    """The badges of a share in their order, each with the document that is shown."""
    rows = select(Entry, ShareItem.document).join(ShareItem, col(ShareItem.entry) == col(Entry.id))
    found = session.exec(rows.where(ShareItem.share == share).order_by(col(ShareItem.place)))
    return tuple(entry if document is None else _in_part(entry, document) for entry, document in found)


def in_part(session: Session, share: str) -> list[Divided]:
    """Those badges of a share of which something is left out."""
    rows = select(Entry, ShareItem.document).join(ShareItem, col(ShareItem.entry) == col(Entry.id))
    held = rows.where(ShareItem.share == share, col(ShareItem.document).is_not(None)).order_by(col(ShareItem.place))
    return list(filter(None, (_divided(entry, document) for entry, document in session.exec(held) if document)))


def _divided(entry: Entry, shown: bytes) -> Divided | None:
    document = bytes(entry.document)
    return disclosing.divided(entry.title, document, disclosing.kept(document, bytes(shown)))


def _in_part(entry: Entry, document: bytes) -> Entry:
    """The entry as a reader has it; never kept."""
    return Entry(
        **entry.model_dump(exclude={"document", "digest"}),
        document=document,
        digest=hashlib.sha256(document).hexdigest(),
    )


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
        recipient=order.recipient.strip(),
        pin_hash=pins.hashed(order.pin) if order.pin else None,
        consent=agreed.id,
        created_by=by.person or "",
        created_at=now,
        expires_at=now + timedelta(days=order.days),
    )


def _insert(session: Session, share: Share, entries: Sequence[str], parts: Mapping[str, tuple[str, ...]]) -> Share:
    """Insert with its badges, or take the one that another transaction inserted a moment before."""
    try:
        with session.begin_nested():
            session.add(share)
            session.flush()
            session.add_all(
                ShareItem(share=share.id, place=place, entry=entry, document=_shown(session, entry, parts.get(entry)))
                for place, entry in enumerate(entries, 1)
            )
    except IntegrityError:
        winner = session.get(Share, share.id, populate_existing=True)
        if winner is None:
            raise
        return winner
    return share


def _shown(session: Session, entry: str, chosen: tuple[str, ...] | None) -> bytes | None:
    """What is shown of a badge that was signed part by part; None for one that is shown as it is."""
    document = bytes(session.exec(select(Entry.document).where(Entry.id == entry)).one())
    known = [part.pointer for part in disclosing.parts(document)]
    return disclosing.shown(document, known if chosen is None else chosen) if known else None
