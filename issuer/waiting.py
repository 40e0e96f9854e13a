"""Awards that wait for a worker: the rows themselves are the queue."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from issuer import awards
from issuer.errors.orders import AwardRefused
from issuer.tables import Award, AwardState

Deliver = Callable[[Session, str, bytes, datetime], bool]

LEASE = timedelta(minutes=2)  # how long one worker may take over an award before another one tries
WITHOUT_WALLET = timedelta(days=1)  # until delivery is tried again where the learner has no wallet yet


def claim(session: Session, now: datetime, limit: int) -> tuple[list[str], list[str]]:
    """Take awards that wait, signed ones and others, each for `LEASE`; two workers never get the same one.

    What a list has reserved is its own worker's to finish.
    """
    free = or_(col(Award.leased_until).is_(None), col(Award.leased_until) <= now)
    waiting = or_(
        col(Award.state).in_([AwardState.ORDERED, AwardState.STORED]),
        and_(col(Award.state) == AwardState.RESERVED, col(Award.batch).is_(None)),
    )
    wanted = select(Award).where(waiting, free, col(Award.revoked_at).is_(None)).order_by(col(Award.ordered_at))
    taken = session.exec(wanted.limit(limit).with_for_update(skip_locked=True)).all()
    for award in taken:
        award.leased_until = now + LEASE
    stored = [award.id for award in taken if award.state is AwardState.STORED]
    return stored, [award.id for award in taken if award.state is not AwardState.STORED]


def hand_over(session: Session, award_id: str, deliver: Deliver, now: datetime) -> bytes:
    """Deliver a stored badge once; where there is no wallet yet, it stays stored and is tried again later.

    Raises `AwardRefused` where nothing is stored.
    """
    award = awards.locked(session, award_id)
    if award.stored is None:
        raise AwardRefused
    if award.state is AwardState.STORED and award.revoked_at is None:
        if deliver(session, award.learner_number, award.stored, now):
            award.state, award.delivered_at, award.leased_until = AwardState.DELIVERED, now, None
        else:
            award.leased_until = now + WITHOUT_WALLET
    return award.stored
