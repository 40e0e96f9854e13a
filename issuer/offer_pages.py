"""`/offers`: a learner, or who acts for them, fetches an award by the code on a slip."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from issuer import awards
from issuer.deps import Offering
from issuer.errors.badges import OfferUnknown
from issuer.forms import Typed
from issuer.messages import ClaimRequest
from issuer.shown import emblem
from issuer.tables import Award
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.achievement import Achievement
from schemas.errors import ZachetkaError

router = APIRouter()
CREDENTIAL = "application/vc+ld+json"


@router.get("/offers", include_in_schema=False, openapi_extra={"x-action": "offer.see"}, name="offers")
def ask(visit: Visiting, offering: Offering, code: str = "") -> Response:
    """Where a code is typed in."""
    visit.require("offer.see")
    if not code:
        return _page(visit, None, "", {})
    try:
        found = offering.find(visit.session, code)
    except OfferUnknown as error:
        return _page(visit, None, code, {"code": visit.translate(error.sentence)})
    return RedirectResponse(f"/offers/{offering.code(found.id)}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/offers/{code}", include_in_schema=False, openapi_extra={"x-action": "offer.see"}, name="offer")
def offer(visit: Visiting, offering: Offering, code: str) -> Response:
    """What waits under a code, and for whom of the visitor's it can be fetched."""
    visit.require("offer.see")
    return _page(visit, offering.find(visit.session, code), code, {})


@router.post("/offers/{code}", include_in_schema=False, openapi_extra={"x-action": "offer.claim"}, name="claim_offer")
def claim(visit: Visiting, offering: Offering, code: str, typed: Typed) -> Response:
    """Fetch it into a wallet here, or as a file for one elsewhere. It works in transactions of its own, before the visit's."""
    learner = typed.get("learner", "")
    visit.require("offer.claim", Thing(learner=learner))
    try:
        badge = offering.claim(code, learner, visit.actor, visit.now)
    except OfferUnknown:
        raise
    except ZachetkaError as error:
        told = error.told(visit.translate)
        return _page(visit, offering.find(visit.session, code), code, {}, told)
    if not offering.wallet_here:
        headers = {"Content-Disposition": 'attachment; filename="badge.json"', "Cache-Control": "no-store"}
        return Response(badge, media_type=CREDENTIAL, headers=headers)
    return RedirectResponse(f"/wallet/{learner}", status_code=HTTPStatus.SEE_OTHER)


@router.post("/api/offers/{code}", tags=["offers"], openapi_extra={"x-action": "offer.claim"}, name="claim_offer_bytes")
def claim_bytes(visit: Visiting, offering: Offering, code: str, asked: ClaimRequest) -> Response:
    """Fetch it into a wallet; the answer is the signed badge, byte for byte as it is stored."""
    visit.require("offer.claim", Thing(learner=asked.learner))
    return Response(offering.claim(code, asked.learner, visit.actor, visit.now), media_type=CREDENTIAL)


def _page(visit: Visit, award: Award | None, code: str, errors: Mapping[str, str], refusal: str = "") -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors or refusal else HTTPStatus.OK
    data = {"award": award, "code": code, "errors": errors, "refusal": refusal}
    if award is None:
        return visit.page("issuer/offer.html", status=status, **data)
    name = organisations.find(visit.session, award.organisation).name
    achievement = Achievement(awards.version_of(visit.session, award).document)
    ids = sorted(filter(None, {visit.actor.learner, *visit.actor.wards}))
    return visit.page(
        "issuer/offer.html",
        status=status,
        **data,
        title=achievement.name,
        name=name,
        emblem=emblem(achievement, name),
        learners=[visit.people.learner(learner) for learner in ids],
    )
