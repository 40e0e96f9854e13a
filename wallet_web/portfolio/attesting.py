"""The school confirms what it has seen: the class teacher or tutor decides, the school's issuer makes the badge (DOMAIN row 73).

Confirming only enters the order, in the transaction of the decision; the worker makes the badge, and when it comes into the
wallet, `link` ties it to the record.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from keys import organisations
from keys.actor import Actor, Role
from keys.deps import Learner, Person
from schemas.attestation import CODE, UNSAID, Fact, stated
from schemas.award import AwardOrder
from schemas.credential import Credential
from schemas.reading import read_json
from verifier.credit.work import Awards, Notifies
from wallet_web.portfolio import declared as records
from wallet_web.portfolio import words
from wallet_web.portfolio.declared import Act, step
from wallet_web.portfolio.errors import NotWaiting, OwnChild
from wallet_web.portfolio.sections import NAMES
from wallet_web.portfolio.tables import Declared, DeclaredWords, Scale, State
from wallet_web.portfolio.words import Words
from wallet_web.receive import FindLearner, sameness
from wallet_web.tables import Entry

SCALES = {
    Scale.SCHOOL: "школа",
    Scale.MUNICIPAL: "муниципалитет",
    Scale.REGIONAL: "регион",
    Scale.NATIONAL: "Россия",
    Scale.INTERNATIONAL: "международный",
}
CLASS_TEACHER, TUTOR = "классный руководитель", "тьютор"
NOTHING_SEEN = "рассказ ученика, без файлов"
TOLD_CONFIRMED = "Школа подтвердила достижение из портфолио."
TOLD_RETURNED = "Школа вернула достижение из портфолио: напишите подробнее или приложите файл."


@dataclass(frozen=True, slots=True, kw_only=True)
class Attesting:
    """What deciding is given by the installation: the school's issuer and the service's notices."""

    award: Awards
    notify: Notifies

    def confirm(
        self,
        session: Session,
        declared: Declared,
        learner: Learner,
        by: Actor,
        now: datetime,
        *,
        number: int,
        said: Words,
    ) -> None:
        """Confirm a record, in the words `said`, that was read in its version `number`.

        Raises `OwnChild`, `NotWaiting` where it has changed meanwhile, the first fault of the words, and what the school's issuer
        refuses: the learner's name in the words, say.
        """
        seen = self._require_same(session, declared, by, number)
        for fault in words.faults(said.tidy(), learner.born, now.date()).values():
            raise fault
        declared.state = step(declared.state, Act.CONFIRM)
        kept = words.write(session, declared, said.tidy(), by.person or "", now, staff=said.tidy() != words.said(seen))
        declared.award = self.award(session, order_of(session, declared, kept, learner, by, now), by, now)
        declared.decided_by, declared.decided_at = by.person, now
        session.add(declared)

    def send_back(
        self, session: Session, declared: Declared, by: Actor, reason: str, now: datetime, *, number: int
    ) -> None:
        """Send a record back with what is to be put right. Raises as `confirm` does, and `NoReason`."""
        self._require_same(session, declared, by, number)
        records.send_back(session, declared, by, reason, now)

    def tell(self, session: Session, declared: Declared, family: list[Person], now: datetime) -> None:
        """Tell the family what was decided."""
        text = TOLD_CONFIRMED if declared.state is State.CONFIRMED else TOLD_RETURNED
        for person in family:
            self.notify(
                session,
                person=person.id,
                organisation=declared.school,
                learner=declared.learner,
                text=text,
                href=f"/wallet/{declared.learner}/portfolio/{declared.id}",
                handed=True,  # it waits for them here; nothing is to be printed
                now=now,
            )

    @staticmethod
    def _require_same(session: Session, declared: Declared, by: Actor, number: int) -> DeclaredWords:
        """The version that was read, if the record still waits with it."""
        if declared.learner in by.wards:
            raise OwnChild
        newest = words.latest(session, declared.id)
        if declared.state is not State.ASKED or newest.number != number:
            raise NotWaiting
        return newest


def order_of(
    session: Session, declared: Declared, said: DeclaredWords, learner: Learner, by: Actor, now: datetime
) -> AwardOrder:
    """What the school orders from its issuer."""
    files = len(records.files_of(session, declared.id))
    stated = {
        Fact.WHAT: said.title,
        Fact.ORGANISER: said.organiser,
        Fact.MONTH: said.held_on.strftime("%m.%Y") if said.held_on else "",
        Fact.SCALE: SCALES[said.scale] if said.scale else "",
        Fact.RESULT: said.result,
        Fact.SECTION: NAMES[declared.section],
        Fact.SEEN: f"файлов: {files}" if files else NOTHING_SEEN,
        Fact.BY: CLASS_TEACHER if by.holds(Role.CLASS_TEACHER, declared.school) else TUTOR,
        Fact.REFERENCE: declared.reference,
    }
    return AwardOrder(
        organisation=declared.school,
        achievement=CODE,
        learner_number=learner.number,
        event=f"attestation:{declared.id}",
        awarded_at=now,
        statements={fact: text or UNSAID for fact, text in stated.items()},
    )


def link(session: Session, number: str, credential: bytes, *, find: FindLearner) -> None:
    """Tie a badge that has come into a wallet to the record it confirms, if it is the attestation of the school that was asked."""
    read = Credential(read_json(credential))
    reference = stated(read).get(Fact.REFERENCE)
    learner = find(session, number) if reference else None
    if learner is None:
        return
    wanted = select(Declared).where(Declared.reference == reference, Declared.learner == learner.id)
    found = session.exec(wanted.with_for_update()).one_or_none()
    if found is None or found.state is not State.CONFIRMED:
        return
    school = organisations.find(session, found.school)
    if read.issuer_id != organisations.did_of(school):
        return
    same = sameness(read, credential)
    found.attestation = session.exec(select(Entry.id).where(Entry.learner == learner.id, Entry.sameness == same)).one()
    session.add(found)
