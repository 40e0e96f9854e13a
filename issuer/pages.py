"""Pages for the organisation's staff: the desk, one award, its form with a preview, its revocation."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from issuer import awards, catalogue
from issuer.deps import Issuing
from issuer.errors import AwardExists, ControlCharacter, ReasonMissing, ReasonTooLong, ShownChanged
from issuer.forms import AwardForm, Typed
from issuer.issue import Issuer
from issuer.orders import tidy
from issuer.routes import note_reading, visible
from issuer.shown import STATE_WORDS, BadgeShown, Offer, emblem, state_tone, state_word, way
from issuer.tables import Award, AwardState
from issuer.trial import Trial
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.achievement import Achievement
from schemas.award import AwardOrder
from schemas.errors import NotFound, ZachetkaError
from schemas.identity import grouped
from schemas.reading import read_json

router = APIRouter(include_in_schema=False)

PER_PAGE = 25
Page = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/issuer/{organisation}", openapi_extra={"x-action": "issuer.desk"}, name="issuer_desk")
def desk(visit: Visiting, organisation: str, page: Page = 1) -> Response:
    """What the organisation awards, and its latest awards."""
    visit.require("issuer.desk", Thing(organisation=organisation))
    name = organisations.find(visit.session, organisation).name
    total = awards.count(visit.session, organisation)
    return visit.page(
        "issuer/desk.html",
        organisation=organisation,
        name=name,
        offers=[Offer.of(version, name) for version in catalogue.all_published(visit.session, organisation)],
        may_award=visit.can("award.make", Thing(organisation=organisation)),
        rows=[
            _row(visit, award) for award in awards.latest(visit.session, organisation, PER_PAGE, (page - 1) * PER_PAGE)
        ],
        here=page,
        last=max(1, -(-total // PER_PAGE)),
        total=total,
    )


def _row(visit: Visit, award: Award) -> Mapping[str, object]:
    title = Achievement(awards.version_of(visit.session, award).document).name
    word = visit.translate(state_word(award))
    return {"award": award, "title": title, "state": word, "tone": state_tone(award)}


@router.get("/issuer/{organisation}/award", openapi_extra={"x-action": "award.make"}, name="award_form")
def award_form(visit: Visiting, organisation: str, achievement: str = "") -> Response:
    """The form for one achievement; without one, the choice between them."""
    visit.require("award.make", Thing(organisation=organisation))
    if not achievement:
        return _choice(visit, organisation)
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
        return _form(visit, form, form.errors(trial.faults, trial.document, visit.translate))
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


def _choice(visit: Visit, organisation: str) -> Response:
    name = organisations.find(visit.session, organisation).name
    offers = [Offer.of(version, name) for version in catalogue.all_published(visit.session, organisation)]
    return visit.page("issuer/choice.html", organisation=organisation, name=name, offers=offers)


def _form(visit: Visit, form: AwardForm, errors: Mapping[str, str], status: HTTPStatus | None = None) -> Response:
    name = organisations.find(visit.session, form.version.organisation).name
    achievement = catalogue.achievement_of(form.version)
    return visit.page(
        "issuer/award_form.html",
        status=status or (HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK),
        form=form,
        errors=errors,
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


@router.get("/issuer/{organisation}/awards/{award_id}", openapi_extra={"x-action": "award.read"}, name="award_page")
def award_page(visit: Visiting, organisation: str, award_id: str) -> Response:
    """One award: what the badge says, how far it has come, whether it holds."""
    found = _own(visit, "award.read", organisation, award_id)
    note_reading(visit, found)
    return _award(visit, found, {}, "")


@router.post(
    "/issuer/{organisation}/awards/{award_id}/revoke",
    openapi_extra={"x-action": "award.revoke"},
    name="revoke_award_page",
)
def revoke(visit: Visiting, issuing: Issuing, organisation: str, award_id: str, typed: Typed) -> Response:
    """Revoke a badge for ever, with a reason."""
    found = _own(visit, "award.revoke", organisation, award_id)
    reason = typed.get("reason", "")
    try:
        issuing.revoke(visit.session, found.id, reason=reason, by=visit.actor, now=visit.now)
    except (ControlCharacter, ReasonMissing, ReasonTooLong) as error:
        return _award(visit, found, {"reason": _told(visit, error)}, reason)
    return _to_award(organisation, found.id)


def _name(visit: Visit, person: str | None) -> str:
    """Whoever revoked may have left since, or was no person."""
    try:
        return visit.people.person(person).name if person else ""
    except NotFound:
        return ""


def _told(visit: Visit, error: ZachetkaError) -> str:
    return visit.translate(error.sentence).format(**error.params)


def _own(visit: Visit, action: str, organisation: str, award_id: str) -> Award:
    found = visible(visit, action, award_id)
    if found.organisation != organisation:
        raise NotFound
    return found


def _award(visit: Visit, award: Award, errors: Mapping[str, str], reason: str) -> Response:
    name = organisations.find(visit.session, award.organisation).name
    achievement = Achievement(awards.version_of(visit.session, award).document)
    may_revoke = award.stored is not None and award.revoked_at is None
    return visit.page(
        "issuer/award.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        award=award,
        name=name,
        title=achievement.name,
        badge=None if award.stored is None else BadgeShown.of(read_json(award.stored), visit.translate),
        number=visit.translate(STATE_WORDS[award.state])
        if award.state is AwardState.OFFERED
        else grouped(award.learner_number),
        state=visit.translate(state_word(award)),
        tone=state_tone(award),
        steps=way(award, visit.translate),
        revoked_by=_name(visit, award.revoked_by),
        may_revoke=may_revoke and visit.can("award.revoke", Thing(organisation=award.organisation)),
        errors=errors,
        reason=reason,
    )
