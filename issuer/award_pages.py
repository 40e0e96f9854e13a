"""Pages about one award: what it says, what it is worth, what was done with it; suspend, lift, revoke, correct."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from issuer import acts, awards, lifecycle
from issuer.allowing import is_offered
from issuer.deps import Issuing, Offering
from issuer.errors.badges import NothingCorrected, ReasonMissing, ReasonTooLong
from issuer.errors.orders import AwardExists, ControlCharacter, ShownChanged
from issuer.forms import AwardForm, Typed, filled
from issuer.issue import Issuer
from issuer.lifecycle import Act
from issuer.offers import WAITING
from issuer.routes import note_reading, visible
from issuer.shown import STATE_WORDS, BadgeShown, differences, way
from issuer.tables import Award, AwardAct, AwardState
from issuer.trial import Trial
from issuer.wording import ACT_WORDS, DONE, STANDINGS
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.achievement import Achievement
from schemas.errors import NotFound, ZachetkaError
from schemas.identity import grouped
from schemas.reading import read_json

router = APIRouter(include_in_schema=False)

HERE = "/issuer/{organisation}/awards/{award_id}"
_ASKED = (ControlCharacter, ReasonMissing, ReasonTooLong)  # what is told beside the field


@dataclass(frozen=True, slots=True)
class Tried:
    """An act that was not done, because of its reason."""

    act: Act
    reason: str
    error: str


@router.get(HERE, openapi_extra={"x-action": "award.read"}, name="award_page")
def award_page(visit: Visiting, organisation: str, award_id: str) -> Response:
    """One award: what the badge says, how far it has come, whether it holds, what was done with it."""
    found = _own(visit, "award.read", organisation, award_id)
    note_reading(visit, found)
    return _award(visit, found)


@router.post(f"{HERE}/offer", openapi_extra={"x-action": "award.offer"}, name="offer_award_page")
def offer(visit: Visiting, offering: Offering, organisation: str, award_id: str) -> Response:
    """A slip with the code of an award whose learner has no wallet here."""
    found = _own(visit, "award.offer", organisation, award_id)
    code = offering.make_one(visit.session, found)
    return visit.page(
        "issuer/slip.html",
        organisation=organisation,
        award=found,
        title=Achievement(awards.version_of(visit.session, found).document).name,
        name=organisations.find(visit.session, organisation).name,
        code=code,
        qr=Markup(offering.qr(code)),  # noqa: S704 - drawn by us, nothing of anybody's in it
    )


@router.post(f"{HERE}/suspend", openapi_extra={"x-action": "award.suspend"}, name="suspend_award_page")
def suspend(visit: Visiting, issuing: Issuing, organisation: str, award_id: str, typed: Typed) -> Response:
    """Take a badge out of force for a time, with a reason."""
    found = _own(visit, "award.suspend", organisation, award_id)
    return _do(visit, found, Act.SUSPEND, issuing.suspend, typed.get("reason", ""))


@router.post(f"{HERE}/lift", openapi_extra={"x-action": "award.lift"}, name="lift_award_page")
def lift(visit: Visiting, issuing: Issuing, organisation: str, award_id: str, typed: Typed) -> Response:
    """Put a suspended badge into force again, with a reason."""
    found = _own(visit, "award.lift", organisation, award_id)
    return _do(visit, found, Act.LIFT, issuing.lift, typed.get("reason", ""))


@router.post(f"{HERE}/revoke", openapi_extra={"x-action": "award.revoke"}, name="revoke_award_page")
def revoke(visit: Visiting, issuing: Issuing, organisation: str, award_id: str, typed: Typed) -> Response:
    """Revoke a badge for ever, with a reason."""
    found = _own(visit, "award.revoke", organisation, award_id)
    return _do(visit, found, Act.REVOKE, issuing.revoke, typed.get("reason", ""))


@router.get(f"{HERE}/correct", openapi_extra={"x-action": "award.correct"}, name="correction_form")
def correction_form(visit: Visiting, issuing: Issuing, organisation: str, award_id: str) -> Response:
    """The form of a correction, filled with what the badge says."""
    visit.require("award.correct", Thing(organisation=organisation))
    old, version = issuing.held(organisation, award_id)
    return _form(visit, old, AwardForm(version, filled(version, awards.order_of(old))), {})


@router.post(f"{HERE}/correct", openapi_extra={"x-action": "award.correct"}, name="correct_award_page")
def correct(visit: Visiting, issuing: Issuing, organisation: str, award_id: str, typed: Typed) -> Response:
    """Look at what was typed, show the corrected badge beside the old one, or sign it.

    The issuer works in transactions of its own, so the visit's is not touched before it is done.
    """
    visit.require("award.correct", Thing(organisation=organisation))
    old, version = issuing.held(organisation, award_id)
    form = AwardForm(version, typed)
    try:
        acts.reason_of(typed.get("reason", ""))
        trial = issuing.preview_correction(old.id, form.order(visit.now), visit.now)
    except (AwardExists, NothingCorrected, *_ASKED) as error:
        return _form(visit, old, form, _beside(visit, form, error))
    if trial.faults:
        wrong = form.errors(trial.faults, trial.document, visit.translate)
        return _form(visit, old, form, wrong, allowing=is_offered(trial.faults))
    if typed.get("act") == "sign":
        return _sign(visit, issuing, old, form, trial)
    if typed.get("act") == "edit":
        return _form(visit, old, form, {})
    return _preview(visit, old, form, trial)


def _sign(visit: Visit, issuing: Issuer, old: Award, form: AwardForm, trial: Trial) -> Response:
    said, shown = form.order(visit.now), form.value("shown") or None
    try:
        fresh = issuing.correct(old.id, said, reason=form.value("reason"), by=visit.actor, now=visit.now, shown=shown)
    except ShownChanged as error:
        return _preview(visit, old, form, trial, told=visit.translate(error.sentence))
    issuing.finish(fresh, visit.now)
    return _to_award(old.organisation, fresh)


def _form(visit: Visit, old: Award, form: AwardForm, errors: Mapping[str, str], *, allowing: bool = False) -> Response:
    return visit.page(
        "issuer/correction_form.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        award=old,
        form=form,
        errors=errors,
        allowing=allowing,
        title=Achievement(form.version.document).name,
    )


def _preview(visit: Visit, old: Award, form: AwardForm, trial: Trial, told: str = "") -> Response:
    fresh = BadgeShown.of(trial.document or {}, visit.translate)
    before = BadgeShown.of(read_json(old.stored or b""), visit.translate)
    return visit.page(
        "issuer/correction_preview.html",
        award=old,
        form=form,
        badge=fresh,
        changes=differences(before, fresh, visit.translate),
        shown=trial.digest,
        told=told,
    )


def _beside(visit: Visit, form: AwardForm, error: ZachetkaError) -> dict[str, str]:
    if error.pointer == "/reason":
        return {"reason": _told(visit, error)}
    return form.errors([error], None, visit.translate)


def _do(visit: Visit, award: Award, act: Act, change: Callable[..., object], reason: str) -> Response:
    try:
        change(visit.session, award.id, reason=reason, by=visit.actor, now=visit.now)
    except _ASKED as error:
        return _award(visit, award, Tried(act, reason, _told(visit, error)))
    return _to_award(award.organisation, award.id)


def _award(visit: Visit, award: Award, tried: Tried | None = None) -> Response:
    standing = acts.standing(visit.session, award, visit.now)
    shown = STANDINGS[standing]
    version = awards.version_of(visit.session, award)
    until = lifecycle.ends_at(award.awarded_at, version.term_months)
    return visit.page(
        "issuer/award.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if tried else HTTPStatus.OK,
        award=award,
        name=organisations.find(visit.session, award.organisation).name,
        title=Achievement(version.document).name,
        badge=None if award.stored is None else BadgeShown.of(read_json(award.stored), visit.translate),
        number=_number(visit, award),
        standing=standing,
        shown=shown,
        until=until,
        steps=way(award, visit.translate),
        history=[_line(visit, row) for row in acts.history(visit.session, award.id)],
        correction=awards.correction_of(visit.session, award.id),
        acts=_offered(visit, award, lifecycle.ALLOWED[standing]),
        words=ACT_WORDS,
        may_offer=award.state in WAITING and visit.can("award.offer", Thing(organisation=award.organisation)),
        tried=tried,
    )


def _number(visit: Visit, award: Award) -> str:
    """The learner's number; where an award waits for its learner, that it does."""
    if award.state is AwardState.OFFERED:
        return visit.translate(STATE_WORDS[award.state])
    return grouped(award.learner_number)


def _offered(visit: Visit, award: Award, allowed: frozenset[Act]) -> list[Act]:
    """The acts that the visitor may do with the award as it is, the mildest first."""
    thing = Thing(organisation=award.organisation)
    return [act for act in Act if act in allowed and visit.can(f"award.{act}", thing)]


def _line(visit: Visit, row: AwardAct) -> Mapping[str, object]:
    return {"at": row.at, "title": visit.translate(DONE[row.act]), "who": _name(visit, row.by), "text": row.reason}


def _name(visit: Visit, person: str) -> str:
    """Whoever did it may have left since, or was no person."""
    try:
        return visit.people.person(person).name
    except NotFound:
        return ""


def _told(visit: Visit, error: ZachetkaError) -> str:
    return error.told(visit.translate)


def _own(visit: Visit, action: str, organisation: str, award_id: str) -> Award:
    found = visible(visit, action, award_id)
    if found.organisation != organisation:
        raise NotFound
    return found


def _to_award(organisation: str, award_id: str) -> Response:
    return RedirectResponse(f"/issuer/{organisation}/awards/{award_id}", status_code=HTTPStatus.SEE_OTHER)
