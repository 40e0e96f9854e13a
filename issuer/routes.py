"""JSON: award, look, offer, suspend, lift, revoke, correct."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header

from issuer import awards
from issuer.deps import Issuing, Offering
from issuer.messages import AwardAnswer, AwardRequest, CorrectionRequest, OfferAnswer, ReasonRequest
from issuer.requests import Keyed
from issuer.tables import Award
from keys.actor import Thing
from keys.deps import Visiting

router = APIRouter(prefix="/api/awards", tags=["awards"])


@router.post("", status_code=HTTPStatus.CREATED, openapi_extra={"x-action": "award.make"}, name="make_award")
def make(
    visit: Visiting,
    issuing: Issuing,
    asked: AwardRequest,
    key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> AwardAnswer:
    """Award one badge; the same request again returns the same award.

    With an `Idempotency-Key` another request under the same key is refused.
    """
    visit.require("award.make", Thing(organisation=asked.organisation))
    keyed = None if key is None else Keyed.of(key, asked.model_dump(mode="json"))
    award_id = issuing.place(asked.order(visit.now), visit.actor, visit.now, keyed=keyed)  # transactions of its own
    issuing.finish(award_id, visit.now)
    return AwardAnswer.of(awards.find(visit.session, asked.organisation, award_id))


@router.get("/{award_id}", openapi_extra={"x-action": "award.read"}, name="read_award")
def read(visit: Visiting, award_id: str) -> AwardAnswer:
    """One award of the visitor's organisation."""
    award = visible(visit, "award.read", award_id)
    note_reading(visit, award)
    return AwardAnswer.of(award)


@router.post("/{award_id}/offer", openapi_extra={"x-action": "award.offer"}, name="offer_award")
def offer(visit: Visiting, offering: Offering, award_id: str) -> OfferAnswer:
    """A code for an award whose learner has no wallet here; asking again gives the same one."""
    award = visible(visit, "award.offer", award_id)
    code = offering.make_one(visit.session, award)
    return OfferAnswer(code=code, address=offering.address(code))


@router.post("/{award_id}/suspend", openapi_extra={"x-action": "award.suspend"}, name="suspend_award")
def suspend(visit: Visiting, issuing: Issuing, award_id: str, asked: ReasonRequest) -> AwardAnswer:
    """Take a badge out of force for a time; its status list is published before the answer leaves."""
    award = visible(visit, "award.suspend", award_id)
    return AwardAnswer.of(issuing.suspend(visit.session, award.id, reason=asked.reason, by=visit.actor, now=visit.now))


@router.post("/{award_id}/lift", openapi_extra={"x-action": "award.lift"}, name="lift_award")
def lift(visit: Visiting, issuing: Issuing, award_id: str, asked: ReasonRequest) -> AwardAnswer:
    """Put a suspended badge into force again; its status list is published before the answer leaves."""
    award = visible(visit, "award.lift", award_id)
    return AwardAnswer.of(issuing.lift(visit.session, award.id, reason=asked.reason, by=visit.actor, now=visit.now))


@router.post("/{award_id}/revoke", openapi_extra={"x-action": "award.revoke"}, name="revoke_award")
def revoke(visit: Visiting, issuing: Issuing, award_id: str, asked: ReasonRequest) -> AwardAnswer:
    """Revoke a badge for ever; its status list is published before the answer leaves."""
    award = visible(visit, "award.revoke", award_id)
    return AwardAnswer.of(issuing.revoke(visit.session, award.id, reason=asked.reason, by=visit.actor, now=visit.now))


@router.post(
    "/{award_id}/correct",
    status_code=HTTPStatus.CREATED,
    openapi_extra={"x-action": "award.correct"},
    name="correct_award",
)
def correct(visit: Visiting, issuing: Issuing, award_id: str, asked: CorrectionRequest) -> AwardAnswer:
    """Sign a badge anew with an error corrected; the old one is revoked, wallets and links follow."""
    visit.require("award.correct", Thing(organisation=asked.organisation))
    old, _ = issuing.held(asked.organisation, award_id)  # transactions of its own: not inside the visit's
    fresh = issuing.correct(old.id, asked.order(visit.now), reason=asked.reason, by=visit.actor, now=visit.now)
    issuing.finish(fresh, visit.now)
    return AwardAnswer.of(awards.find(visit.session, asked.organisation, fresh))


def visible(visit: Visiting, action: str, award_id: str) -> Award:
    """The award, if the visitor may do `action` to it; one that does not exist looks like a foreign one (THREATS W1)."""
    award = awards.get(visit.session, award_id)
    visit.require(action, Thing(organisation="" if award is None else award.organisation))
    return awards.find(visit.session, award.organisation if award else "", award_id)


def note_reading(visit: Visiting, award: Award) -> None:
    """Put the look at a learner's badge into the journal, where the family sees it (DOMAIN §4, access modes)."""
    learner = visit.people.learner_by_number(award.learner_number)
    visit.record("award.read", organisation=award.organisation, learner=learner.id if learner else None, item=award.id)
