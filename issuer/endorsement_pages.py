"""Pages for those who vouch for other organisations' achievements: what they were asked, what they say of it."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from issuer import catalogue, endorsements, module_pages, unasked_pages
from issuer.catalogue_pages import Page
from issuer.deps import Issuing
from issuer.endorsements import Said, last_moment
from issuer.errors.catalogue import CommentMissing, TermWrong
from issuer.forms import Typed
from issuer.lint.faults import LintFault
from issuer.sample import sample
from issuer.shown import BadgeShown
from issuer.tables import AchievementVersion, Endorsement
from issuer.trial import profile
from issuer.wording import ENDORSEMENT_TONES, ENDORSEMENT_WORDS
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting

router = APIRouter(include_in_schema=False)
router.include_router(unasked_pages.router)

HOME = "/endorsements/{organisation}"
ONE = HOME + "/{endorsement_id}"
PER_PAGE = 25


@router.get(HOME, openapi_extra={"x-action": "endorsement.read"}, name="endorsements")
def rows(visit: Visiting, organisation: str, page: Page = 1) -> Response:
    """What the organisation was asked to vouch for, the newest first."""
    visit.require("endorsement.read", Thing(organisation=organisation))
    found = endorsements.asked_of(visit.session, organisation, PER_PAGE + 1, (page - 1) * PER_PAGE)
    return visit.page(
        "issuer/endorsements.html",
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        rows=[
            (one, catalogue.achievement_of(version).name, _issuer(visit, version), shown(visit, one))
            for one, version in found[:PER_PAGE]
        ],
        here=page,
        more=len(found) > PER_PAGE,
    )


@router.get(ONE, openapi_extra={"x-action": "endorsement.read"}, name="endorsement")
def one(visit: Visiting, organisation: str, endorsement_id: str) -> Response:
    """The whole description, and what is or can be said of it."""
    visit.require("endorsement.read", Thing(organisation=organisation))
    return _one(visit, *endorsements.find(visit.session, organisation, endorsement_id), {}, "", "")


@router.post(f"{ONE}/give", openapi_extra={"x-action": "endorsement.settle"}, name="give_endorsement")
def give(visit: Visiting, issuing: Issuing, organisation: str, endorsement_id: str, typed: Typed) -> Response:
    """Vouch: the organisation's key signs what was typed."""
    visit.require("endorsement.settle", Thing(organisation=organisation))
    found, version = endorsements.find(visit.session, organisation, endorsement_id)
    comment, until = typed.get("comment", ""), typed.get("until", "")
    try:
        issuing.endorse(visit.session, found, Said(comment, last_moment(until)), visit.actor, visit.now)
    except (CommentMissing, TermWrong, LintFault) as error:
        field = "until" if isinstance(error, TermWrong) else "comment"
        return _one(visit, found, version, {field: error.told(visit.translate)}, comment, until)
    return _to(organisation, endorsement_id)


@router.post(f"{ONE}/decline", openapi_extra={"x-action": "endorsement.settle"}, name="decline_endorsement")
def decline(visit: Visiting, organisation: str, endorsement_id: str) -> Response:
    """Do not vouch."""
    visit.require("endorsement.settle", Thing(organisation=organisation))
    found, _ = endorsements.find(visit.session, organisation, endorsement_id)
    endorsements.decline(visit.session, found, visit.actor, visit.now)
    return _to(organisation, endorsement_id)


@router.post(f"{ONE}/withdraw", openapi_extra={"x-action": "endorsement.settle"}, name="withdraw_endorsement")
def withdraw(visit: Visiting, issuing: Issuing, organisation: str, endorsement_id: str) -> Response:
    """Vouch no more."""
    visit.require("endorsement.settle", Thing(organisation=organisation))
    found, _ = endorsements.find(visit.session, organisation, endorsement_id)
    issuing.unendorse(visit.session, found, visit.actor, visit.now)
    return _to(organisation, endorsement_id)


def shown(visit: Visit, endorsement: Endorsement) -> tuple[str, str]:
    """The word and the tone of its state."""
    return visit.translate(ENDORSEMENT_WORDS[endorsement.state]), ENDORSEMENT_TONES[endorsement.state]


def _one(
    visit: Visit, found: Endorsement, version: AchievementVersion, errors: dict[str, str], comment: str, until: str
) -> Response:
    spec = catalogue.module_of(version)
    issuer = profile(visit.session, organisations.find(visit.session, version.organisation))
    badge = sample(catalogue.achievement_of(version), issuer, visit.now, version.source)
    return visit.page(
        "issuer/endorsement.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        endorsement=found,
        state=shown(visit, found),
        badge=BadgeShown.of(badge, visit.translate),
        spec=spec,
        facts=module_pages.facts(visit, spec),
        may_settle=visit.can("endorsement.settle", Thing(organisation=found.endorser)),
        errors=errors,
        comment=comment or found.comment,
        until=until,
    )


def _issuer(visit: Visit, version: AchievementVersion) -> str:
    return organisations.find(visit.session, version.organisation).name


def _to(organisation: str, endorsement: str) -> Response:
    return RedirectResponse(f"/endorsements/{organisation}/{endorsement}", status_code=HTTPStatus.SEE_OTHER)
