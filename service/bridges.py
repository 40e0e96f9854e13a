"""What one room is given of another, as plain callables: the issuer's way to wallets, names, deposits and the network's list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from keys import deposits
from schemas.notice import Notice
from schemas.trust_list import Standing, State
from service import tasks
from service.identity.people import Roll
from service.notices import post
from verifier.verify import Verifier
from wallet_web import told
from wallet_web.receive import deliver

DEPOSITS = "deposits.publish"
GATHERED = timedelta(seconds=5)  # for which hashes of a list's awards are gathered before the day's list is signed anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridges:
    """The callables, each typed where it is asked for."""

    verifier: Verifier
    zone: ZoneInfo
    clock: Callable[[], datetime]
    mails: bool

    def people(self, session: Session, now: datetime) -> Roll:
        """Names behind ids on the municipality's day."""
        return Roll(session, now.astimezone(self.zone).date())

    def deliver(self, session: Session, number: str, credential: bytes, now: datetime) -> bool:
        """Hand a badge to the wallet of whoever has the number; false when nobody here has it."""
        find = self.people(session, now).learner_by_number
        return deliver(session, number, credential, now, find=lambda _, wanted: find(wanted))

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

    def number_of(self, session: Session, learner: str, now: datetime) -> str:
        """The network number of a learner of this installation, or `NotFound`."""
        return self.people(session, now).learner(learner).number

    def deposit_all(self, session: Session, digests: Sequence[str], issuer: str, now: datetime) -> None:
        """Leave many content hashes with the operator; the day's list is published when a few seconds' worth have come in."""
        deposits.deposit_all(session, digests, issuer, now)
        tasks.later(session, DEPOSITS, now.astimezone(UTC).date().isoformat(), now + GATHERED)

    def deposit(self, session: Session, digest: str, issuer: str, now: datetime) -> None:
        """Leave a content hash with the operator and have the day's list published."""
        held = deposits.deposit(session, digest, issuer, now)
        tasks.later(session, DEPOSITS, held.day.isoformat(), now)
