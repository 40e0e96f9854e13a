"""From a family's wallet to the desk of the organisation that awarded the badge, and the answer back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from issuer import asking, awards
from issuer.errors.orders import AwardUnknown
from issuer.tables import CorrectionRequest
from keys import organisations
from keys.errors.network import OrganisationUnknown
from schemas.credential import Credential
from schemas.errors import N_, NotFound, ZachetkaError
from schemas.reading import read_json
from service.bridges import Bridges
from wallet_web.asking import Asked

ANSWERED = N_("Организация ответила на просьбу исправить значок: {answer}")


@dataclass(frozen=True, slots=True)
class Corrections:
    """Implements `wallet_web.asking.Corrections`, and tells whoever asked."""

    bridges: Bridges

    def ask(self, session: Session, credential: bytes, person: str, text: str, now: datetime) -> str:
        """See the protocol."""
        organisation, credential_id = _made_here(session, credential)
        return asking.ask(session, organisation, credential_id, person, text, now)

    def asked(self, session: Session, credential: bytes) -> Sequence[Asked] | None:
        """See the protocol."""
        try:
            organisation, credential_id = _made_here(session, credential)
            awards.of_credential(session, organisation, credential_id)
        except (NotFound, AwardUnknown):
            return None
        found = asking.of_badge(session, organisation, credential_id)
        return [Asked(at=one.asked_at, text=one.text, answered_at=one.answered_at, answer=one.answer) for one in found]

    def tell(self, session: Session, asked: CorrectionRequest, now: datetime) -> None:
        """Tell whoever asked what the organisation has answered."""
        award = awards.find(session, asked.organisation, asked.award)
        learner = self.bridges.people(session, now).learner_by_number(award.learner_number)
        owner = learner.id if learner is not None else ""
        self.bridges.notify(
            session,
            person=asked.asked_by,
            organisation=asked.organisation,
            learner=owner,
            text=ANSWERED.format(answer=asked.answer),
            href=f"/wallet/{owner}" if owner else "/wallet",
            handed=False,
            now=now,
        )


def _made_here(session: Session, credential: bytes) -> tuple[str, str]:
    """Which organisation of this installation says it made a badge, and the badge's id. Raises `NotFound`."""
    try:
        held = Credential(read_json(credential))
        organisation = organisations.by_did(session, held.issuer_id)
    except (OrganisationUnknown, ZachetkaError) as error:
        raise NotFound from error
    return organisation.code, held.id or ""
