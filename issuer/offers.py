"""Codes by which learners fetch awards that wait for them: printed on a slip, good for ever, used once (ARCHITECTURE §4).

A code is 128 bits, written like a network number with a check character, so that it can be typed as well as scanned. It is derived
from the award's id under a secret outside the database, which keeps only its SHA-256: a copy of the database claims nothing.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from issuer import awards
from issuer.batches.chunk import WAITS
from issuer.errors.badges import NothingWaits, OfferForAnother, OfferTwice, OfferUnknown, OfferUsed
from issuer.issue import Issuer
from issuer.record import record
from issuer.tables import Award, AwardState, Offer
from keys.actor import Actor
from schemas.errors import BadInput, Conflict, Forbidden
from schemas.identity import BadNumber, grouped, normalise, number_from

_CODE_BYTES = 16
WAITING = (AwardState.OFFERED, AwardState.STORED)
NumberOf = Callable[[Session, str, datetime], str]


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one award: the row it stood in, and its code."""

    row: int | None
    code: str


class Offers:
    """`secret` lives outside the database. `number_of(session, learner, now)` gives the network number of a learner.

    `draw(address)` is the QR code of an address as SVG; `public_url` has no slash at its end. Without `wallet_here` what is fetched
    is a file for a wallet elsewhere.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        issuer: Issuer,
        secret: bytes,
        number_of: NumberOf,
        draw: Callable[[str], str],
        public_url: str,
        wallet_here: bool = True,
    ) -> None:
        self.wallet_here = wallet_here
        self._draw = draw
        self._public_url = public_url
        self._engine = engine
        self._issuer = issuer
        self._secret = secret
        self._number_of = number_of

    def code(self, award_id: str) -> str:
        """The code of an award, as it is printed."""
        mac = hmac.new(self._secret, b"offer " + award_id.encode("ascii"), hashlib.sha256).digest()
        return grouped(number_from(mac[:_CODE_BYTES]))

    def qr(self, code: str) -> str:
        """The QR code of the page where a code is used; nothing else is in it."""
        return self._draw(self.address(code))

    def make(self, session: Session, batch: str) -> int:
        """Give a code to every award of a list that still waits for its learner; how many have one then."""
        waiting = session.exec(select(Award.id).where(Award.batch == batch, _waits())).all()
        known = set(session.exec(select(Offer.award).join(Award).where(Award.batch == batch, _waits())))
        session.add_all(Offer(digest=_digest(self.code(award)), award=award) for award in waiting if award not in known)
        session.flush()
        return len(waiting)

    def make_one(self, session: Session, award: Award) -> str:
        """Give a code to one award whose learner has no wallet here; the code. Raises `NothingWaits` for any other."""
        if award.state not in WAITING:
            raise NothingWaits
        code = self.code(award.id)
        if session.get(Offer, _digest(code)) is None:
            session.add(Offer(digest=_digest(code), award=award.id))
            session.flush()
        return code

    def address(self, code: str) -> str:
        """Where a code is used."""
        return f"{self._public_url}/offers/{code}"

    def slips(self, session: Session, batch: str, limit: int, skip: int) -> list[Slip]:
        """The codes of a list that nobody has used, in the order of its rows."""
        wanted = (
            select(Award.id, Award.batch_row)
            .join(Offer)
            .where(Award.batch == batch, _waits(), col(Offer.claimed_at).is_(None))
        )
        rows = session.exec(wanted.order_by(col(Award.batch_row)).offset(skip).limit(limit))
        return [Slip(row, self.code(award)) for award, row in rows]

    def find(self, session: Session, code: str) -> Award:
        """The award that a code stands for. Raises `OfferUnknown`, whatever is wrong with the code."""
        try:
            digest = _digest(normalise(code))
        except BadNumber:
            raise OfferUnknown from None
        offer = session.get(Offer, digest)
        award = None if offer is None else awards.get(session, offer.award)
        if award is None:
            raise OfferUnknown
        return award

    def claim(self, code: str, learner: str, by: Actor, now: datetime) -> bytes:
        """Give the award to a learner and return its signed bytes; the same learner again gets the same bytes.

        An award that was made without a number is signed now, for this learner. Works in transactions of its own, so the caller
        must not be in one. Raises `OfferUnknown`, `OfferUsed`, `OfferForAnother`, `OfferTwice`, and whatever keeps it from being
        signed.
        """
        try:
            with Session(self._engine) as session, session.begin():
                award_id = self._take(session, code, learner, by, now)
        except IntegrityError as error:
            raise OfferTwice from error
        try:
            return self._issuer.finish(award_id, now)
        except (BadInput, Conflict, Forbidden):
            self._put_back(award_id)
            raise

    def _take(self, session: Session, code: str, learner: str, by: Actor, now: datetime) -> str:
        number = self._number_of(session, learner, now)
        award = awards.locked(session, self.find(session, code).id)
        offer = session.exec(select(Offer).where(Offer.award == award.id)).one()
        if award.state is AwardState.OFFERED:
            award.learner_number, award.state, award.leased_until = number, AwardState.ORDERED, None
        elif award.learner_number != number:
            raise OfferUsed if offer.claimed_at else OfferForAnother
        session.flush()
        if offer.claimed_at is None:
            offer.claimed_at = now
            record(session, now, by, "award.claimed", award.organisation, award.id)
        return award.id

    def _put_back(self, award_id: str) -> None:
        """What could not be signed for this learner now waits on under its code."""
        with Session(self._engine) as session, session.begin():
            award = awards.locked(session, award_id)
            if award.state is AwardState.REFUSED:
                award.state, award.refusal, award.learner_number = AwardState.OFFERED, "", WAITS + award.id
                session.exec(select(Offer).where(Offer.award == award_id)).one().claimed_at = None


def _waits() -> ColumnElement[bool]:
    return col(Award.state).in_(WAITING)


def _digest(code: str) -> str:
    return hashlib.sha256(normalise(code).encode()).hexdigest()
