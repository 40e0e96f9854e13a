"""Pages for the catalogue: what the organisation awards in all its versions, and the steps of one version."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from issuer import catalogue, catalogue_rows, endorsements, module_pages
from issuer.attestation import attestation_of
from issuer.catalogue_rows import Wanted
from issuer.changes import changes
from issuer.errors.asking import OnlySchools
from issuer.errors.catalogue import EndorsementsMany, EndorserWrong, RemarkMissing, RemarkTooLong
from issuer.forms import Typed
from issuer.sample import sample
from issuer.shown import BadgeShown
from issuer.tables import AchievementState, AchievementVersion, Endorsement
from issuer.trial import profile
from issuer.wording import ENDORSEMENT_TONES, ENDORSEMENT_WORDS, VERSION_TONES, VERSION_WORDS
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.routes import NOTHING_RUNS, Shelving
from keys.tables import OrganisationKind
from schemas.attestation import CODE as ATTESTATION
from schemas.emblem import emblem_png
from schemas.errors import NotFound, ZachetkaError

router = APIRouter(include_in_schema=False)

CATALOGUE = "/issuer/{organisation}/catalogue"
ONE = CATALOGUE + "/{version_id}"
PER_PAGE = 25
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
Page = Annotated[int, Query(ge=1, le=100_000)]
Words = Annotated[str, Query(max_length=200)]


@router.get(CATALOGUE, openapi_extra={"x-action": "catalogue.read"}, name="catalogue")
def rows(visit: Visiting, organisation: str, q: Words = "", state: Words = "", page: Page = 1) -> Response:
    """The newest version of every achievement, what has work to be done first."""
    visit.require("catalogue.read", Thing(organisation=organisation))
    known = AchievementState(state) if state in set(AchievementState) else None
    wanted = Wanted(organisation, q, known)
    total = catalogue_rows.count(visit.session, wanted)
    found = catalogue_rows.newest(visit.session, wanted, PER_PAGE, (page - 1) * PER_PAGE)
    here = Thing(organisation=organisation)
    return visit.page(
        "issuer/catalogue.html",
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        rows=[(version, catalogue.achievement_of(version).name, _word(visit, version)) for version in found],
        states=[(one.value, visit.translate(VERSION_WORDS[one])) for one in AchievementState],
        query=q,
        state=state,
        here=page,
        last=max(1, -(-total // PER_PAGE)),
        total=total,
        offered=_offered(visit, organisation),
        may_write=visit.can("catalogue.write", here),
        may_attest=_is_school(visit, organisation)
        and catalogue_rows.newest_of(visit.session, organisation, ATTESTATION) is None,
        may_settle=visit.can("catalogue.settle", here),
        second_person=catalogue.asks_second_person(visit.session, organisation),
    )


@router.post(f"{CATALOGUE}/rules", openapi_extra={"x-action": "catalogue.settle"}, name="settle_catalogue")
def settle(visit: Visiting, organisation: str, typed: Typed) -> Response:
    """Say whether somebody else than the author must review."""
    visit.require("catalogue.settle", Thing(organisation=organisation))
    second_person = typed.get("second_person") == "yes"
    catalogue.settle(visit.session, organisation, visit.actor, visit.now, second_person=second_person)
    return _to(f"/issuer/{organisation}/catalogue")


@router.post(f"{CATALOGUE}/attestation", openapi_extra={"x-action": "catalogue.write"}, name="draft_attestation")
def draft_attestation(visit: Visiting, organisation: str) -> Response:
    """Draft what a school confirms its learners' own achievements with; where it is written already, show that."""
    visit.require("catalogue.write", Thing(organisation=organisation))
    if not _is_school(visit, organisation):
        raise OnlySchools
    known = catalogue_rows.newest_of(visit.session, organisation, ATTESTATION)
    drafted = known or catalogue.draft(visit.session, attestation_of(organisation), visit.actor, visit.now)
    return _to_version(drafted)


router.include_router(module_pages.router)


@router.get(ONE, openapi_extra={"x-action": "catalogue.read"}, name="catalogue_version")
def one(visit: Visiting, organisation: str, version_id: str) -> Response:
    """One version: how its badge will look, what it changes, who did what, what can be done now."""
    visit.require("catalogue.read", Thing(organisation=organisation))
    return version_page(visit, catalogue_rows.find(visit.session, organisation, version_id), {})


@router.get(f"{ONE}/picture.{{ending}}", openapi_extra={"x-action": "catalogue.read"}, name="catalogue_picture")
def picture(visit: Visiting, organisation: str, version_id: str, ending: str) -> Response:
    """The version's picture as a file: its own, or the drawing as SVG or PNG."""
    visit.require("catalogue.read", Thing(organisation=organisation))
    version = catalogue_rows.find(visit.session, organisation, version_id)
    if ending not in PICTURES:
        raise NotFound
    if ending == catalogue.picture_ending(version):
        return Response(catalogue.picture_of(visit.session, version), headers=NOTHING_RUNS, media_type=PICTURES[ending])
    if ending == "svg":
        raise NotFound
    name = organisations.find(visit.session, organisation).name
    drawn = emblem_png(catalogue.achievement_of(version), name)
    return Response(drawn, headers=NOTHING_RUNS, media_type=PICTURES["png"])


@router.post(f"{ONE}/review", openapi_extra={"x-action": "catalogue.review"}, name="review_version")
def review(visit: Visiting, organisation: str, version_id: str) -> Response:
    """The second pair of eyes finds nothing wrong."""
    version = _held(visit, "catalogue.review", organisation, version_id)
    return _to_version(catalogue.review(visit.session, version.id, visit.actor, visit.now))


@router.post(f"{ONE}/return", openapi_extra={"x-action": "catalogue.review"}, name="return_version")
def give_back(visit: Visiting, organisation: str, version_id: str, typed: Typed) -> Response:
    """The second pair of eyes wants something changed."""
    version = _held(visit, "catalogue.review", organisation, version_id)
    try:
        catalogue.give_back(visit.session, version.id, typed.get("remark", ""), visit.actor, visit.now)
    except (RemarkMissing, RemarkTooLong) as error:
        told = error.told(visit.translate)
        return version_page(visit, version, {"remark": told}, typed.get("remark", ""))
    return _to(f"/issuer/{organisation}/catalogue/{version_id}")


@router.post(f"{ONE}/publish", openapi_extra={"x-action": "catalogue.publish"}, name="publish_version")
def publish(visit: Visiting, shelf: Shelving, organisation: str, version_id: str) -> Response:
    """Into use; the version before it retires."""
    version = _held(visit, "catalogue.publish", organisation, version_id)
    return _to_version(catalogue.publish(visit.session, shelf, version.id, visit.actor, visit.now))


@router.post(f"{ONE}/retire", openapi_extra={"x-action": "catalogue.retire"}, name="retire_version")
def retire(visit: Visiting, organisation: str, version_id: str) -> Response:
    """Out of use; badges made from it stay good."""
    version = _held(visit, "catalogue.retire", organisation, version_id)
    return _to_version(catalogue.retire(visit.session, version.id, visit.actor, visit.now))


@router.post(f"{ONE}/endorsers", openapi_extra={"x-action": "catalogue.write"}, name="ask_endorser")
def ask(visit: Visiting, organisation: str, version_id: str, typed: Typed) -> Response:
    """Ask another organisation to vouch for the version."""
    version = _held(visit, "catalogue.write", organisation, version_id)
    try:
        endorsements.ask(visit.session, version, typed.get("endorser", ""), visit.actor, visit.now)
    except (EndorserWrong, EndorsementsMany) as error:
        return version_page(visit, version, {"endorser": error.told(visit.translate)})
    return _to_version(version)


@router.post(f"{ONE}/discard", openapi_extra={"x-action": "catalogue.write"}, name="discard_version")
def discard(visit: Visiting, organisation: str, version_id: str) -> Response:
    """Throw a draft away."""
    version = _held(visit, "catalogue.write", organisation, version_id)
    catalogue.discard(visit.session, version.id, visit.actor, visit.now)
    return _to(f"/issuer/{organisation}/catalogue")


def _held(visit: Visit, action: str, organisation: str, version_id: str) -> AchievementVersion:
    visit.require(action, Thing(organisation=organisation))
    return catalogue_rows.find(visit.session, organisation, version_id)


def _is_school(visit: Visit, organisation: str) -> bool:
    return organisations.find(visit.session, organisation).kind is OrganisationKind.SCHOOL


def _to_version(version: AchievementVersion) -> Response:
    return _to(f"/issuer/{version.organisation}/catalogue/{version.id}")


def version_page(visit: Visit, version: AchievementVersion, errors: dict[str, str], remark: str = "") -> Response:
    """One version: what it says, what became of it, what can be done with it."""
    here = Thing(organisation=version.organisation)
    organisation = organisations.find(visit.session, version.organisation)
    history = catalogue_rows.history(visit.session, version)
    before = next((one for one in history if one.version < version.version), None)
    spec = catalogue.module_of(version)
    badge = sample(catalogue.achievement_of(version), profile(visit.session, organisation), visit.now, version.source)
    ending = catalogue.picture_ending(version)
    address = f"/issuer/{version.organisation}/catalogue/{version.id}"
    return visit.page(
        "issuer/version.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        version=version,
        spec=spec,
        name=organisation.name,
        facts=module_pages.facts(visit, spec),
        badge=BadgeShown.of(badge, visit.translate, f"{address}/picture.png" if ending == "png" else ""),
        ending=ending,
        state=_word(visit, version),
        history=[(one, _word(visit, one)) for one in history],
        before=before,
        changes=[] if before is None else changes(catalogue.module_of(before), spec, visit.translate),
        people={who: _name(visit, who) for who in (version.drafted_by, version.reviewed_by, version.published_by)},
        responsible=_name(visit, version.responsible),
        is_newest=history[0].id == version.id,
        may={act: visit.can(f"catalogue.{act}", here) for act in ("write", "review", "publish", "retire")},
        may_review=catalogue.may_review(visit.session, version, visit.actor),
        endorsements=[_endorsement(visit, one) for one in endorsements.all_of(visit.session, version.id)],
        endorsers=_endorsers(visit, version),
        errors=errors,
        remark=remark,
    )


def _endorsement(visit: Visit, one: Endorsement) -> tuple[Endorsement, str, str, str]:
    """With the name of who was asked, and the word and tone of what became of it."""
    name = one.name or organisations.find(visit.session, one.endorser).name
    return one, name, visit.translate(ENDORSEMENT_WORDS[one.state]), ENDORSEMENT_TONES[one.state]


def _offered(visit: Visit, organisation: str) -> list[tuple[str, str, str]]:
    """What others offer to vouch for and nobody has answered yet: the version, its name, who."""
    return [
        (version.id, catalogue.achievement_of(version).name, organisations.find(visit.session, one.endorser).name)
        for one, version in endorsements.offered_to(visit.session, organisation)
    ]


def _endorsers(visit: Visit, version: AchievementVersion) -> list[tuple[str, str]]:
    """Who can be asked to vouch for it."""
    asked = {one.endorser for one in endorsements.all_of(visit.session, version.id)}
    known = organisations.all_organisations(visit.session)
    return [(one.code, one.name) for one in known if one.code not in {version.organisation, *asked}]


def _word(visit: Visit, version: AchievementVersion) -> tuple[str, str]:
    return visit.translate(VERSION_WORDS[version.state]), VERSION_TONES[version.state]


def _name(visit: Visit, person: str | None) -> str:
    try:
        return visit.people.person(person).name if person else ""
    except ZachetkaError:
        return ""


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
