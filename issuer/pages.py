"""Pages for the organisation's staff: the desk, and the form of an award with its preview."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from issuer import award_pages, awards, catalogue, catalogue_pages, catalogue_rows, path_pages
from issuer.allowing import is_offered
from issuer.catalogue_rows import Wanted
from issuer.deps import Issuing
from issuer.errors.orders import AwardExists, ShownChanged
from issuer.forms import AwardForm, Typed
from issuer.issue import Issuer
from issuer.orders import tidy
from issuer.shown import BadgeShown, Offer, emblem, state_tone, state_word
from issuer.tables import Award
from issuer.trial import Trial
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.achievement import Achievement
from schemas.award import AwardOrder
from schemas.identity import grouped

router = APIRouter(include_in_schema=False)

PER_PAGE = 25
ON_DESK = 12
Page = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/issuer/{organisation}", openapi_extra={"x-action": "issuer.desk"}, name="issuer_desk")
def desk(visit: Visiting, organisation: str, page: Page = 1) -> Response:
    """The first of what the organisation awards, and its latest awards."""
    visit.require("issuer.desk", Thing(organisation=organisation))
    name = organisations.find(visit.session, organisation).name
    total = awards.count(visit.session, organisation)
    offered = catalogue_rows.count_in_use(visit.session, Wanted(organisation))
    return visit.page(
        "issuer/desk.html",
        organisation=organisation,
        name=name,
        offers=_offers(visit, Wanted(organisation), name, ON_DESK),
        more=max(0, offered - ON_DESK),
        may_award=visit.can("award.make", Thing(organisation=organisation)),
        rows=[
            _row(visit, award) for award in awards.latest(visit.session, organisation, PER_PAGE, (page - 1) * PER_PAGE)
        ],
        here=page,
        last=max(1, -(-total // PER_PAGE)),
        total=total,
    )


def _offers(visit: Visit, wanted: Wanted, name: str, most: int, offset: int = 0) -> list[Offer]:
    return [Offer.of(version, name) for version in catalogue_rows.in_use(visit.session, wanted, most, offset)]


def _row(visit: Visit, award: Award) -> Mapping[str, object]:
    title = Achievement(awards.version_of(visit.session, award).document).name
    return {"award": award, "title": title, "state": visit.translate(state_word(award)), "tone": state_tone(award)}


@router.get("/issuer/{organisation}/award", openapi_extra={"x-action": "award.make"}, name="award_form")
def award_form(
    visit: Visiting,
    organisation: str,
    achievement: str = "",
    q: Annotated[str, Query(max_length=200)] = "",
    page: Page = 1,
) -> Response:
    """The form for one achievement; without one, the choice between them."""
    visit.require("award.make", Thing(organisation=organisation))
    if not achievement:
        return _choice(visit, Wanted(organisation, q), page)
    version = catalogue.published(visit.session, organisation, achievement)
    return _form(visit, AwardForm(version, {}), {})


@router.post("/issuer/{organisation}/award", openapi_extra={"x-action": "award.make"}, name="make_award_page")
def award(visit: Visiting, issuing: Issuing, organisation: str, typed: Typed) -> Response:
    """Look at what was typed, show what will be signed, or sign it.

    The issuer works in transactions of its own, so the visit's is not touched before it is done.
    """
    visit.require("award.make", Thing(organisation=organisation))
    form = AwardForm(issuing.offered(organisation, typed.get("achievement", "")), typed)
    order = form.order(visit.now)
    try:
        trial = issuing.preview(order, visit.now)
    except AwardExists as error:
        return _form(visit, form, form.errors([error], None, visit.translate))
    if trial.known:
        return _to_award(organisation, trial.known)
    if trial.faults:
        wrong = form.errors(trial.faults, trial.document, visit.translate)
        return _form(visit, form, wrong, allowing=is_offered(trial.faults))
    if typed.get("act") == "edit":
        return _form(visit, form, {}, status=HTTPStatus.OK)
    if typed.get("act") == "sign":
        return _sign(visit, issuing, form, order, trial)
    return _preview(visit, form, trial)


def _sign(visit: Visit, issuing: Issuer, form: AwardForm, order: AwardOrder, trial: Trial) -> Response:
    try:
        award_id = issuing.place(order, visit.actor, visit.now, shown=form.value("shown") or None)
    except ShownChanged as error:
        return _preview(visit, form, trial, told=visit.translate(error.sentence))
    issuing.finish(award_id, visit.now)
    return _to_award(form.version.organisation, award_id)


def _choice(visit: Visit, wanted: Wanted, page: int) -> Response:
    name = organisations.find(visit.session, wanted.organisation).name
    total = catalogue_rows.count_in_use(visit.session, wanted)
    return visit.page(
        "issuer/choice.html",
        organisation=wanted.organisation,
        name=name,
        offers=_offers(visit, wanted, name, PER_PAGE, (page - 1) * PER_PAGE),
        query=wanted.query,
        here=page,
        last=max(1, -(-total // PER_PAGE)),
        total=total,
    )


def _form(
    visit: Visit,
    form: AwardForm,
    errors: Mapping[str, str],
    status: HTTPStatus | None = None,
    *,
    allowing: bool = False,
) -> Response:
    name = organisations.find(visit.session, form.version.organisation).name
    achievement = catalogue.achievement_of(form.version)
    return visit.page(
        "issuer/award_form.html",
        status=status or (HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK),
        form=form,
        errors=errors,
        allowing=allowing,
        achievement=achievement,
        emblem=emblem(achievement, name),
        name=name,
    )


def _preview(visit: Visit, form: AwardForm, trial: Trial, told: str = "") -> Response:
    return visit.page(
        "issuer/award_preview.html",
        form=form,
        badge=BadgeShown.of(trial.document or {}, visit.translate),
        number=grouped(tidy(form.order(visit.now)).learner_number),
        shown=trial.digest,
        told=told,
    )


def _to_award(organisation: str, award_id: str) -> Response:
    return RedirectResponse(f"/issuer/{organisation}/awards/{award_id}", status_code=HTTPStatus.SEE_OTHER)


router.include_router(award_pages.router)
router.include_router(catalogue_pages.router)
router.include_router(path_pages.router)
