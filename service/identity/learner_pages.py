"""One learner as the school has them: who acts for them, on what document; a code to let them in, the first time and again."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.actor import Thing
from keys.deps import Learner, Visit, Visiting
from schemas.errors import N_, BadInput, Conflict, NotFound, ZachetkaError
from schemas.identity import grouped
from service.identity import guardians, roll, slips, ways
from service.identity.days import in_term, is_minor
from service.identity.deps import Entering
from service.identity.guardians import NewGuardian
from service.identity.rolls.rows import day_of
from service.identity.tables import Account, Basis, Guardianship
from service.identity.telling import tell_family
from service.identity.wording import BASES
from wallet_web import consent
from wallet_web.tables import Purpose
from wallet_web.wording import CONSENT_STATES

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]


NOTHING_TYPED = {"name": "", "login": "", "basis": "parent", "document": "", "until": ""}
NO_ERRORS: Mapping[str, ZachetkaError] = {}
CODE_GIVEN, CODE_KEPT, CODE_OVER = N_("код выдан"), N_("код выдан, прежний вход действует"), N_("срок кода истёк")
ENTERS, NEVER = N_("входит"), N_("ещё не входит")
NOT_GIVEN = N_("не дано")
GUARDIAN_ENDED = N_(
    "Школа записала, что {name} больше не действует за ученика. Его согласия и созданные им ссылки закрыты."
)


@router.get("/roll/{school}/learners/{learner}", openapi_extra={"x-action": "roll.read"}, name="roll.learner")
def one(visit: Visiting, entrance: Entering, school: str, learner: str) -> Response:
    """One learner as the roll has them; the family sees that somebody looked."""
    visit.require("roll.read", Thing(organisation=school))
    if school not in {place.school for place in roll.places(visit.session, learner)}:
        raise NotFound
    visit.record("roll.read", organisation=school, learner=learner)
    return _page(visit, entrance, school, visit.people.learner(learner))


@router.post(
    "/roll/{school}/learners/{learner}/guardians", openapi_extra={"x-action": "roll.change"}, name="guardian.enter"
)
def enter(
    visit: Visiting,
    entrance: Entering,
    school: str,
    learner: str,
    name: Text = "",
    login: Text = "",
    basis: Text = "",
    document: Text = "",
    until: Text = "",
) -> Response:
    """Write down who acts for the learner from today on."""
    found = require_own(visit, "roll.change", school, learner)
    typed = {"name": name, "login": login, "basis": basis, "document": document, "until": until}
    try:
        new = NewGuardian(
            name=name,
            login=login,
            basis=Basis(basis) if basis in set(Basis) else Basis.PARENT,
            document=document,
            since=entrance.today(visit.now),
            until=day_of(until, "until") if until else None,
        )
        made = guardians.enter(visit.session, learner, new, visit.actor.person or "", visit.now)
    except (BadInput, Conflict) as error:
        return _page(visit, entrance, school, found, typed, {error.pointer.removeprefix("/") or "name": error})
    visit.record("guardian.entered", organisation=school, learner=learner, item=made.person)
    return _back(school, learner)


@router.post(
    "/roll/{school}/learners/{learner}/guardians/{person}/end",
    openapi_extra={"x-action": "roll.change"},
    name="guardian.end",
)
def end(visit: Visiting, entrance: Entering, school: str, learner: str, person: str, ground: Text = "") -> Response:
    """From now on the person does not act for the learner; consents that they gave and links that they made end with it."""
    found, by = require_own(visit, "roll.change", school, learner), visit.actor.person or ""
    today = entrance.today(visit.now)
    try:
        guardians.end(visit.session, learner, person, ground, by, visit.now, today)
    except BadInput as error:
        return _page(visit, entrance, school, found, {}, {"ground": error})
    for given in consent.end_acts_of(visit.session, learner, person, by, visit.now):
        visit.record("consent.withdrawn", organisation=school, learner=learner, item=given)
    visit.record("guardian.ended", organisation=school, learner=learner, item=person)
    told = GUARDIAN_ENDED.format(name=visit.people.person(person).name)
    tell_family(visit, learner, school, told, f"/wallet/{learner}", mails=entrance.mails, but={person})
    return _back(school, learner)


def require_own(visit: Visit, action: str, school: str, learner: str) -> Learner:
    """The learner, if the visitor may do `action` in the school and the learner belongs to it now."""
    visit.require(action, Thing(organisation=school))
    found = visit.people.learner(learner)
    if found.school != school:
        raise NotFound
    return found


def _back(school: str, learner: str) -> Response:
    return RedirectResponse(f"/roll/{school}/learners/{learner}", status_code=HTTPStatus.SEE_OTHER)


def _page(
    visit: Visit,
    entrance: Entering,
    school: str,
    found: Learner,
    typed: Mapping[str, str] = NOTHING_TYPED,
    errors: Mapping[str, ZachetkaError] = NO_ERRORS,
) -> Response:
    today = entrance.today(visit.now)
    places = reversed(roll.places(visit.session, found.id))
    own = found.school == school
    return visit.page(
        "identity/learner.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=school,
        learner=found,
        number=grouped(found.number),
        places=[(place, organisations.find(visit.session, place.school).short_name) for place in places],
        guardians=[_shown(visit, *pair, today) for pair in guardians.of(visit.session, found.id)],
        bases=[(basis, visit.translate(name)) for basis, name in BASES.items()],
        minor=is_minor(found.born, today),
        may_change=own and visit.can("roll.change", Thing(organisation=school)),
        entry=_entry(visit, found.id),
        enters=_enters(visit, found.id),
        consents=[_consent(visit, found, purpose) for purpose in Purpose],
        givers=[(one.id, one.name) for one in visit.people.guardians(found.id)] or [(found.id, found.name)],
        typed={**NOTHING_TYPED, **typed},
        errors={field: error.told(visit.translate) for field, error in errors.items()},
    )


def _consent(visit: Visit, found: Learner, purpose: Purpose) -> dict[str, object]:
    """One purpose with the word for where its consent stands."""
    given = next((one for one in consent.history(visit.session, found.id) if one.purpose is purpose), None)
    word = CONSENT_STATES[consent.state(given, visit.now)] if given is not None else NOT_GIVEN
    return {"purpose": purpose, "title": consent.current_text(purpose).title, "word": visit.translate(word)}


def _shown(visit: Visit, one: Guardianship, account: Account, today: date) -> dict[str, object]:
    """One guardian as the page shows them."""
    return {
        "row": one,
        "name": account.name,
        "basis": visit.translate(BASES[one.basis]),
        "acts": in_term(one.since, one.until, today),
        "entry": _entry(visit, account.id),
        "enters": _enters(visit, account.id),
    }


def _entry(visit: Visit, account: str) -> str:
    """Whether somebody has signed in yet, or holds a code."""
    enters, slip = _enters(visit, account), slips.standing(visit.session, account)
    if slip is None or slip.used_at is not None or slip.ended_at is not None:
        return visit.translate(ENTERS if enters else NEVER)
    if slip.expires_at > visit.now:
        return visit.translate(CODE_KEPT if enters else CODE_GIVEN)
    return visit.translate(ENTERS if enters else CODE_OVER)


def _enters(visit: Visit, account: str) -> bool:
    known = visit.session.get(Account, account)
    return known is not None and ways.any_into(visit.session, known)
