"""What was done in a learner's wallet and by whom, so that a learner sees what a guardian did in their name (DOMAIN §4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from wallet_web import consent, share
from wallet_web.tables import Consent, Share


class ActKind(StrEnum):
    """What was done."""

    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    SHARE_MADE = "share_made"
    SHARE_WITHDRAWN = "share_withdrawn"


@dataclass(frozen=True, slots=True)
class Act:
    """One act by a person; `item` is the id of the consent or share, `subject` the reader of a share."""

    at: datetime
    kind: ActKind
    person: str
    item: str
    subject: str = ""


def acts(session: Session, learner: str) -> list[Act]:
    """Every consent and link given, made and withdrawn in a learner's wallet, in no order."""
    consents = [act for one in consent.history(session, learner) for act in _of_consent(one)]
    shares = [act for one, _ in share.all_of(session, learner) for act in _of_share(one)]
    return [*consents, *shares]


def _of_consent(one: Consent) -> Iterator[Act]:
    yield Act(one.given_at, ActKind.CONSENT_GIVEN, one.given_by, one.id)
    if one.ended_at is not None and one.withdrawn_by is not None:
        yield Act(one.ended_at, ActKind.CONSENT_WITHDRAWN, one.withdrawn_by, one.id)


def _of_share(one: Share) -> Iterator[Act]:
    yield Act(one.created_at, ActKind.SHARE_MADE, one.created_by, one.id, one.audience)
    if one.withdrawn_at is not None and one.withdrawn_by is not None:
        yield Act(one.withdrawn_at, ActKind.SHARE_WITHDRAWN, one.withdrawn_by, one.id, one.audience)
