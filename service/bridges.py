"""What one room is given of another, as plain callables: the issuer's way to wallets, names, deposits and the network's list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from keys import depositing, deposits, organisations
from schemas.notice import Notice
from schemas.trust_list import Standing, State
from service import tasks
from service.identity.days import ADULT
from service.identity.people import Roll
from service.notices import post
from verifier.verify import Verifier
from wallet_web import told
from wallet_web.portfolio import attesting
from wallet_web.receive import deliver

DEPOSITS = "deposits.publish"
SEND_DEPOSITS = "deposits.send"
GATHERED = timedelta(seconds=5)  # for which hashes of a list's awards are gathered before the day's list is signed anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridges:
    """The callables, each typed where it is asked for.

    Without `wallet_here` learners have their wallets elsewhere; without `operator_here` the network is run elsewhere.
    """

    verifier: Verifier
    zone: ZoneInfo
    clock: Callable[[], datetime]
    mails: bool
    wallet_here: bool = True
    operator_here: bool = True

    def people(self, session: Session, now: datetime) -> Roll:
        """Names behind ids on the municipality's day."""
        return Roll(session, now.astimezone(self.zone).date())

    def deliver(self, session: Session, number: str, credential: bytes, now: datetime) -> bool:
        """Hand a badge to the wallet of whoever has the number; false when nobody here has it, or wallets are elsewhere.

        What a school has confirmed of the learner's own record is tied to that record.
        """
        if not self.wallet_here:
            return False
        find = self.people(session, now).learner_by_number
        there = deliver(session, number, credential, now, find=lambda _, wanted: find(wanted))
        if there:
            attesting.link(session, number, credential, find=lambda _, wanted: find(wanted))
        return there

    def tell(
        self, session: Session, number: str, credential: bytes, notice: Notice, reason: str, now: datetime
    ) -> bool:
        """Tell the family what became of a badge; false when nobody here has it."""
        find = self.people(session, now).learner_by_number
        return told.tell(session, number, credential, notice, reason, now, find=lambda _, wanted: find(wanted))

    def trust(self, did: str, moment: datetime) -> Standing:
        """What the network's signed list says of an organisation at a moment; nothing while the list cannot be relied on."""
        reading = self.verifier.gathering.network(self.clock())
        if reading.list is None or not reading.current:
            return Standing(state=State.UNKNOWN)
        return reading.list.standing(did, moment)

    def notify(
        self,
        session: Session,
        /,
        *,
        person: str,
        organisation: str,
        learner: str,
        text: str,
        href: str,
        handed: bool,
        now: datetime,
    ) -> None:
        """Tell somebody in the application, and by mail where that is possible."""
        letter = post.Told(
            person=person, organisation=organisation, learner=learner, text=text, href=href, handed=handed
        )
        post.tell(session, letter, mails=self.mails, now=now)

    def names(self, session: Session, number: str) -> Sequence[str]:
        """The parts of a learner's name, so that the issuer keeps them out of what it signs."""
        learner = self.people(session, self.clock()).learner_by_number(number)
        return [] if learner is None else [learner.family_name, learner.given_name, learner.patronymic]

    def names_of(self, session: Session, numbers: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The same for many learners at once, by their numbers."""
        return self.people(session, self.clock()).names_of(numbers)

    def of_age(self, session: Session, number: str, now: datetime) -> bool:
        """Whether the learner with a number is known here and 18 or older on the municipality's day."""
        learner = self.people(session, now).learner_by_number(number)
        return learner is not None and learner.age(now.astimezone(self.zone).date()) >= ADULT

    def number_of(self, session: Session, learner: str, now: datetime) -> str:
        """The network number of a learner of this installation, or `NotFound`."""
        return self.people(session, now).learner(learner).number

    def deposit_all(self, session: Session, digests: Sequence[str], issuer: str, now: datetime) -> None:
        """Leave many content hashes with the operator; it hears of them when a few seconds' worth have come in."""
        deposits.deposit_all(session, digests, issuer, now)
        self._tell_operator(session, digests, issuer, now, now + GATHERED)

    def deposit(self, session: Session, digest: str, issuer: str, now: datetime) -> None:
        """Leave a content hash with the operator and have the day's list published, or sent where the operator is elsewhere."""
        deposits.deposit(session, digest, issuer, now)
        self._tell_operator(session, [digest], issuer, now, now)

    def _tell_operator(
        self, session: Session, digests: Sequence[str], issuer: str, now: datetime, due: datetime
    ) -> None:
        if not self.operator_here:
            depositing.intend(session, digests, organisations.by_did(session, issuer).code, now)
            tasks.later(session, SEND_DEPOSITS, "", due)
        else:
            tasks.later(session, DEPOSITS, now.astimezone(UTC).date().isoformat(), due)
