"""Corrections: a badge with an error is made anew under the same id; storing the new one revokes the old one.

Equal issuer and id, a later `validFrom`: that is how a wallet knows the newer of two versions (OB 3.0 §10), so wallets and the
links that lead into them follow by themselves. A correction has an occasion of its own, the paper that orders it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from issuer import acts, awards
from issuer.errors.badges import NothingCorrected
from issuer.errors.orders import AwardExists
from issuer.lifecycle import Act
from issuer.tables import Award
from keys.actor import Actor
from keys.shelf import Shelf
from keys.store import KeyStore
from schemas.award import AwardOrder


def order_for(old: Award, said: AwardOrder) -> AwardOrder:
    """`said` as an order that corrects `old`: what, to whom and when stay as they were.

    Raises `NothingCorrected`, `AwardExists`.
    """
    order = replace(
        said,
        organisation=old.organisation,
        achievement=old.achievement,
        learner_number=old.learner_number,
        awarded_at=old.awarded_at,
    )
    if awards.particulars(order) == old.particulars:
        raise NothingCorrected(pointer="/achievement")
    if order.event == old.event:
        raise AwardExists(pointer="/event")
    return order


def enter(session: Session, old: Award, order: AwardOrder, by: Actor, now: datetime) -> Award:
    """Write down the correction of an admitted award (`acts.admit`); one refused before its signature is taken up again.

    Raises `AwardExists` where the occasion has led to another award.
    """
    same, earlier = awards.find_same(session, order), awards.correction_of(session, old.id)
    if same is not None and (earlier is None or same.id != earlier.id):
        raise AwardExists(pointer="/event")
    if earlier is not None and earlier.event != order.event:
        earlier.event = order.event
        session.flush()
    award = awards.enter(session, order, awards.version_of(session, old), by, now)
    award.replaces, award.valid_from = old.id, _later_than(old, now)
    session.flush()
    return award


def complete(session: Session, shelf: Shelf, store: KeyStore, award: Award, now: datetime) -> Award | None:
    """Revoke what a freshly stored correction replaces, and return it; None where it replaces nothing that still holds."""
    if award.replaces is None:
        return None
    old = awards.locked(session, award.replaces)
    if old.revoked_at is not None:
        return None
    reason = acts.latest_reason(acts.history(session, old.id), Act.CORRECT)
    acts.end(session, shelf, store, old, reason, award.ordered_by or award.actor_kind, now)
    return old


def _later_than(old: Award, now: datetime) -> datetime:
    """Whole seconds, and always after the version before."""
    before = old.valid_from or old.awarded_at
    return max(now.replace(microsecond=0), before + timedelta(seconds=1))
