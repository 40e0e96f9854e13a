"""An endorsement that was signed in another installation is handed in as a file, judged like everything else, and then carried.

Who signed it has no account here: the signature, the network's list and the deposit say who speaks and when. Whoever answers
for the achievement hands it in, and takes it off again where its endorser asks for that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from issuer import endorsements
from issuer.compose import CONTEXTS
from issuer.endorsements import FIXED, LONGEST, MOST
from issuer.errors.catalogue import EndorsementsMany, EndorsementUnknown, WrongStep
from issuer.errors.vouching import EndorsementOfElse, EndorsementUnfit, EndorserHere
from issuer.lint import demand, lint_endorsement
from issuer.record import record
from issuer.tables import AchievementVersion, Endorsement, EndorsementState
from keys import organisations
from keys.actor import Actor
from keys.deposits import content_hash
from keys.errors.network import OrganisationUnknown
from keys.proofs import without_proofs

LARGEST = 16_384
"""Bytes of an endorsement that badges, thousands of them, are to carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A signed EndorsementCredential that was judged valid: whose it is, what the network calls them, what it is about."""

    document: dict[str, Any]
    did: str
    name: str
    about: str
    comment: str
    until: datetime | None


Judge = Callable[[bytes, datetime], Vouched]
"""Reads and judges what was handed in, asking other servers where it must; raises `BadInput` for what is not valid now."""


def hand_in(session: Session, version: AchievementVersion, vouched: Vouched, by: Actor, now: datetime) -> Endorsement:
    """Keep a judged endorsement of a version; a later one by the same endorser takes its place.

    Raises `WrongStep`, `EndorsementOfElse`, `EndorserHere`, `EndorsementsMany`, `EndorsementUnfit`, a `LintFault`.
    """
    if version.state not in FIXED:
        raise WrongStep
    _require_fit(session, version, vouched)
    kept = _place(session, version, vouched.did, by, now)
    kept.name, kept.document, kept.comment = vouched.name, vouched.document, vouched.comment
    kept.valid_until, kept.digests = vouched.until, [*kept.digests, content_hash(vouched.document)]
    kept.state, kept.settled_by, kept.settled_at = EndorsementState.GIVEN, by.person or str(by.kind), now
    session.add(kept)
    session.flush()
    record(session, now, by, "endorsement.handed-in", version.organisation, kept.id)
    return kept


def find(session: Session, version: AchievementVersion, endorsement_id: str) -> Endorsement:
    """An endorsement of this version that came from elsewhere, or `EndorsementUnknown`."""
    known = endorsements.all_of(session, version.id)
    found = next((one for one in known if one.id == endorsement_id and endorsements.is_from_elsewhere(one)), None)
    if found is None:
        raise EndorsementUnknown
    return found


def _require_fit(session: Session, version: AchievementVersion, vouched: Vouched) -> None:
    """Raise unless badges may carry it: about this version, by somebody elsewhere, in words that badges have."""
    if vouched.about != version.document["id"]:
        raise EndorsementOfElse(pointer="/file")
    if _is_here(session, vouched.did):
        raise EndorserHere(pointer="/file")
    if vouched.document.get("@context") != list(CONTEXTS) or not 0 < len(vouched.comment.strip()) <= LONGEST:
        raise EndorsementUnfit(pointer="/file")
    demand(lint_endorsement(without_proofs(vouched.document)))


def _place(session: Session, version: AchievementVersion, did: str, by: Actor, now: datetime) -> Endorsement:
    """The row of this endorser, a new one where there is none."""
    known = endorsements.all_of(session, version.id)
    found = next((one for one in known if one.endorser == did), None)
    if found is not None:
        return found
    if endorsements.is_full(known):
        raise EndorsementsMany(pointer="/file", limit=MOST)
    asked_by = by.person or str(by.kind)
    return Endorsement(
        id=uuid4().hex,
        version=version.id,
        endorser=did,
        state=EndorsementState.ASKED,
        asked_by=asked_by,
        asked_at=now,
        digests=[],
    )


def _is_here(session: Session, did: str) -> bool:
    try:
        return bool(organisations.by_did(session, did))
    except OrganisationUnknown:
        return False
