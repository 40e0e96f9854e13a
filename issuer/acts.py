"""Acts upon signed awards: suspend, lift, revoke. Each is in the published list before its transaction ends (THREATS I11)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from issuer import awards, lifecycle, status
from issuer.errors.badges import ReasonMissing, ReasonTooLong
from issuer.errors.orders import ControlCharacter
from issuer.lifecycle import Act, Standing
from issuer.tables import Award, AwardAct
from keys.actor import Actor
from keys.ledger import Word
from keys.shelf import Shelf
from keys.store import KeyStore

REASON_LIMIT = 500


def standing(session: Session, award: Award, now: datetime) -> Standing:
    """What an award is worth at `now`."""
    until = lifecycle.ends_at(award.awarded_at, awards.version_of(session, award).term_months)
    return lifecycle.standing(award, awards.correction_of(session, award.id), until, now)


def admit(session: Session, award_id: str, act: Act, now: datetime) -> Award:
    """The award, its row held, if `act` may be done with it now; else the reason why not (`issuer.lifecycle.require`)."""
    award = awards.locked(session, award_id)
    lifecycle.require(standing(session, award, now), act)
    return award


def revoke(
    session: Session, shelf: Shelf, store: KeyStore, award_id: str, *, reason: str, by: Actor, now: datetime
) -> Award:
    """Revoke a badge for ever. Raises `ReasonMissing`, `ReasonTooLong`, `ControlCharacter` and what `admit` raises."""
    kept = reason_of(reason)
    award = admit(session, award_id, Act.REVOKE, now)
    note(session, award, Act.REVOKE, kept, by, now)
    end(session, shelf, store, award, kept, by.person or str(by.kind), now)
    return award


def end(session: Session, shelf: Shelf, store: KeyStore, award: Award, reason: str, by: str, now: datetime) -> None:
    """Set the bit of a signed award for ever and publish its list."""
    award.revoked_at, award.revoked_by, award.revocation_reason = now, by, reason
    award.suspended_at = None
    session.flush()
    _stop(session, shelf, store, award, now)


def suspend(
    session: Session, shelf: Shelf, store: KeyStore, award_id: str, *, reason: str, by: Actor, now: datetime
) -> Award:
    """Take a badge out of force until `lift`. Raises as `revoke` does."""
    kept = reason_of(reason)
    award = admit(session, award_id, Act.SUSPEND, now)
    award.suspended_at = now
    note(session, award, Act.SUSPEND, kept, by, now)
    _stop(session, shelf, store, award, now)
    return award


def lift(
    session: Session, shelf: Shelf, store: KeyStore, award_id: str, *, reason: str, by: Actor, now: datetime
) -> Award:
    """Put a suspended badge into force again. Raises as `revoke` does."""
    kept = reason_of(reason)
    award = admit(session, award_id, Act.LIFT, now)
    award.suspended_at = None
    note(session, award, Act.LIFT, kept, by, now)
    name, index = status.place_of(award)
    shelf.ledger.note(name, Word.CLEARED, [index])
    status.publish_list(session, shelf, store, name, now)
    return award


def history(session: Session, award_id: str) -> list[AwardAct]:
    """Everything that was done with an award, oldest first."""
    rows = select(AwardAct).where(AwardAct.award == award_id)
    return list(session.exec(rows.order_by(col(AwardAct.at), col(AwardAct.id))).all())


def latest_reason(acts: Iterable[AwardAct], act: Act) -> str:
    """The reason given for the last `act`; empty where there was none."""
    return next((row.reason for row in reversed(list(acts)) if row.act == act), "")


def note(session: Session, award: Award, act: Act, reason: str, by: Actor, now: datetime) -> None:
    """Add a row to the history of an award."""
    who = by.person or str(by.kind)
    session.add(AwardAct(id=uuid4().hex, award=award.id, act=str(act), at=now, by=who, reason=reason))
    session.flush()


def reason_of(text: str) -> str:
    """The reason as it is kept."""
    kept = " ".join(text.split())
    if not kept:
        raise ReasonMissing(pointer="/reason")
    if not kept.isprintable():
        raise ControlCharacter(pointer="/reason")
    if len(kept) > REASON_LIMIT:
        raise ReasonTooLong(pointer="/reason", limit=REASON_LIMIT)
    return kept


def _stop(session: Session, shelf: Shelf, store: KeyStore, award: Award, now: datetime) -> None:
    """Publish the list with the award's bit set, and remember outside the database that it is."""
    name, index = status.place_of(award)
    status.publish_list(session, shelf, store, name, now)
    shelf.ledger.note(name, Word.SET, [index])
