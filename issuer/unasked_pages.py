"""Pages for those who vouch without having been asked: what others have published, one of it, and taking what was offered."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from issuer import catalogue, catalogue_rows, endorsements, module_pages, unasked
from issuer.catalogue_pages import ONE, PER_PAGE, Page, Words
from issuer.deps import Issuing
from issuer.endorsements import Said, last_moment
from issuer.errors.catalogue import CommentMissing, EndorsementsMany, EndorsementUnknown, TermWrong
from issuer.forms import Typed
from issuer.lint.faults import LintFault
from issuer.sample import sample
from issuer.shown import BadgeShown
from issuer.tables import AchievementVersion, Endorsement, EndorsementState
from issuer.trial import profile
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.routes import Shelving

router = APIRouter(include_in_schema=False)

PUBLISHED = "/endorsements/{organisation}/published"
OFFERED = ONE + "/endorsements/{endorsement_id}"


@router.get(PUBLISHED, openapi_extra={"x-action": "endorsement.read"}, name="endorsable")
def rows(visit: Visiting, organisation: str, q: Words = "", page: Page = 1) -> Response:
    """What other organisations have published, found by words or by its address."""
    visit.require("endorsement.read", Thing(organisation=organisation))
    found = catalogue_rows.of_others(visit.session, organisation, q, PER_PAGE + 1, (page - 1) * PER_PAGE)
    return visit.page(
        "issuer/endorsable.html",
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        rows=[
            (version, catalogue.achievement_of(version).name, _issuer(visit, version)) for version in found[:PER_PAGE]
        ],
        query=q,
        here=page,
        more=len(found) > PER_PAGE,
    )


@router.get(PUBLISHED + "/{version_id}", openapi_extra={"x-action": "endorsement.read"}, name="endorsable_one")
def one(visit: Visiting, organisation: str, version_id: str) -> Response:
    """One of them to be read whole, and what can be said of it; where something was said, that."""
    visit.require("endorsement.read", Thing(organisation=organisation))
    version = catalogue_rows.find_published(visit.session, version_id)
    said = unasked.of(visit.session, version, organisation)
    if said is not None and said.state is not EndorsementState.NOT_TAKEN:
        return _to(f"/endorsements/{organisation}/{said.id}")
    return _one(visit, organisation, version, {}, said.comment if said is not None else "", "")


@router.post(PUBLISHED + "/{version_id}", openapi_extra={"x-action": "endorsement.settle"}, name="offer_endorsement")
def offer(visit: Visiting, issuing: Issuing, organisation: str, version_id: str, typed: Typed) -> Response:
    """Vouch: the organisation's key signs what was typed, and whoever answers for the badge is asked to take it."""
    visit.require("endorsement.settle", Thing(organisation=organisation))
    version = catalogue_rows.find_published(visit.session, version_id)
    comment, until = typed.get("comment", ""), typed.get("until", "")
    try:
        with visit.session.begin_nested():
            said = Said(comment, last_moment(until))
            made = issuing.offer_endorsement(visit.session, version, organisation, said, visit.actor, visit.now)
    except (CommentMissing, TermWrong, EndorsementsMany, LintFault) as error:
        field = "until" if isinstance(error, TermWrong) else "comment"
        return _one(visit, organisation, version, {field: error.told(visit.translate)}, comment, until)
    return _to(f"/endorsements/{organisation}/{made.id}")


@router.post(f"{OFFERED}/accept", openapi_extra={"x-action": "catalogue.write"}, name="accept_endorsement")
def accept(visit: Visiting, shelf: Shelving, organisation: str, version_id: str, endorsement_id: str) -> Response:
    """Let the badges carry what was offered."""
    found = _offered(visit, organisation, version_id, endorsement_id)
    unasked.accept(visit.session, shelf, found, organisation, visit.actor, visit.now)
    return _to(f"/issuer/{organisation}/catalogue/{version_id}#endorsements")


@router.post(f"{OFFERED}/refuse", openapi_extra={"x-action": "catalogue.write"}, name="refuse_endorsement")
def refuse(visit: Visiting, organisation: str, version_id: str, endorsement_id: str) -> Response:
    """Keep what was offered out of the badges."""
    found = _offered(visit, organisation, version_id, endorsement_id)
    unasked.refuse(visit.session, found, organisation, visit.actor, visit.now)
    return _to(f"/issuer/{organisation}/catalogue/{version_id}#endorsements")


def _offered(visit: Visit, organisation: str, version_id: str, endorsement_id: str) -> Endorsement:
    visit.require("catalogue.write", Thing(organisation=organisation))
    version = catalogue_rows.find(visit.session, organisation, version_id)
    known = endorsements.all_of(visit.session, version.id)
    found = next((one for one in known if one.id == endorsement_id), None)
    if found is None:
        raise EndorsementUnknown
    return found


def _one(
    visit: Visit, organisation: str, version: AchievementVersion, errors: dict[str, str], comment: str, until: str
) -> Response:
    spec = catalogue.module_of(version)
    issuer = profile(visit.session, organisations.find(visit.session, version.organisation))
    badge = sample(catalogue.achievement_of(version), issuer, visit.now, version.source)
    return visit.page(
        "issuer/endorsable_one.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        organisation=organisation,
        version=version,
        badge=BadgeShown.of(badge, visit.translate),
        spec=spec,
        facts=module_pages.facts(visit, spec),
        may_settle=visit.can("endorsement.settle", Thing(organisation=organisation)),
        own=organisation == version.organisation,
        errors=errors,
        comment=comment,
        until=until,
    )


def _issuer(visit: Visit, version: AchievementVersion) -> str:
    return organisations.find(visit.session, version.organisation).name


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
