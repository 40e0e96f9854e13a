"""A badge composed for looking at: what an order would lead to, and every rule it breaks, before anything is written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from issuer import catalogue, editions, paths
from issuer.allowing import OfAge, nobody, remaining
from issuer.compose import IssuerProfile, StatusPlace, compose
from issuer.endorsements import endorsed
from issuer.errors.orders import NoLicence, NotAllowedToAward, OutsideContract, StandingUnknown
from issuer.lifecycle import ends_at
from issuer.lint import lint
from issuer.module import NOT_CREDITABLE
from issuer.orders import faults
from issuer.status import shelf_path
from issuer.tables import AchievementVersion
from keys import organisations
from keys.tables import Organisation
from schemas.award import AwardOrder
from schemas.canonical import jcs
from schemas.errors import BadInput
from schemas.trust_list import Standing, State

Trust = Callable[[str, datetime], Standing]
Names = Callable[[Session, str], Sequence[str]]

_CREDENTIAL = "urn:uuid:00000000-0000-4000-8000-000000000000"
_SUBJECT = "urn:uuid:00000000-0000-4000-8000-000000000001"
_SALT = "0" * 32


@dataclass(frozen=True, slots=True)
class Trial:
    """`document` is the badge as it would be signed, with blank ids; None where the order itself breaks rules.

    `known` is the award that the same order led to before.
    """

    version: AchievementVersion
    document: dict[str, Any] | None
    faults: tuple[BadInput, ...]
    known: str | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of everything a person sees of the badge; shows whether what is signed is what was seen."""
        blank = {"validFrom": "", "validUntil": "", "awardedDate": ""}
        seen = {} if self.document is None else {**self.document, **blank}
        return sha256(jcs(seen)).hexdigest()


def attempt(
    session: Session,
    order: AwardOrder,
    names: Names,
    now: datetime,
    version: AchievementVersion | None = None,
    of_age: OfAge = nobody,
) -> Trial:
    """Compose a tidied order on trial, from `version` or the edition that the order asks for.

    Raises `NotPublished`, `EditionMissing`, `OrganisationUnknown`.
    """
    ahead = tuple(paths.require_complete(session, order)) if version is None else ()
    version = version or editions.edition_for(session, order)
    wrong = (*faults(catalogue.achievement_of(version), order, now), *ahead)
    if wrong:
        return Trial(version, None, wrong)
    organisation = organisations.find(session, order.organisation)
    document = compose(
        endorsed(session, version, now),
        profile(session, organisation),
        order,
        credential_id=_CREDENTIAL,
        subject_id=_SUBJECT,
        salt=_SALT,
        status=StatusPlace(organisations.public_url(organisation, shelf_path("0")), 0),
        source=version.source,
        valid_until=ends_at(order.awarded_at, version.term_months),
    )
    found = lint(document, names(session, order.learner_number))
    known = partial(of_age, session, order.learner_number, now)
    return Trial(version, document, remaining(found, order, of_age=known))


def profile(session: Session, organisation: Organisation) -> IssuerProfile:
    """The organisation as an issuer; a unit with the organisation above it."""
    above = None if organisation.parent is None else organisations.find(session, organisation.parent)
    return IssuerProfile(
        did=organisations.did_of(organisation),
        name=organisation.name,
        url=f"https://{organisation.host}",
        parent=None if above is None else profile(session, above),
    )


def require_standing(trust: Trust, did: str, version: AchievementVersion, moments: Sequence[datetime]) -> None:
    """Raise unless the trust list lets the organisation award at every one of `moments`.

    A member without a licence may award what nobody can have credited (DOMAIN R1, Sc 8).
    Raises `NotAllowedToAward`, `NoLicence`, `OutsideContract`, and `StandingUnknown` where the list gives no answer.
    """
    standings = [trust(did, moment) for moment in moments]
    states = {found.state for found in standings}
    if State.UNKNOWN in states:
        raise StandingUnknown
    if not states <= {State.TRUSTED, State.UNLICENSED}:
        raise NotAllowedToAward
    if State.UNLICENSED in states and NOT_CREDITABLE not in catalogue.achievement_of(version).tags:
        raise NoLicence
    if not all(found.covers(version.code) for found in standings):
        raise OutsideContract
