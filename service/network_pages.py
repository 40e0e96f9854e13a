"""Pages about who belongs to the network: the application of an organisation, the operator's decision, members and leaving."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from issuer.forms import Typed
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.errors.network import (
    ApplicationWrong,
    BasisMissing,
    DeclineUnexplained,
    KeyStateWrong,
    LeavingDate,
    NotMember,
    OrganisationExists,
)
from keys.errors.written import BadMultikey
from keys.organisations import joining
from keys.organisations.joining import JOINING, LICENSED, Wish
from keys.tables import ApplicationState, Organisation, OrganisationApplication, OrganisationKey, OrganisationKind
from schemas.errors import N_, NotFound
from service.identity.deps import Entering
from service.identity.errors import NameNeeded
from service.identity.member_pages import show_link
from service.identity.members import newcomer
from service.joining import Joining
from service.keeping import STATES as STATES_OF_KEYS
from service.keys_page import PartsHere
from service.parts import Parts

router = APIRouter(include_in_schema=False)

KINDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.SCHOOL: N_("школа"),
    OrganisationKind.COLLEGE: N_("колледж"),
    OrganisationKind.UNIVERSITY: N_("университет"),
    OrganisationKind.SUPPLEMENTARY: N_("дополнительное образование"),
    OrganisationKind.UNIT: N_("подразделение школы или колледжа"),
    OrganisationKind.EMPLOYER: N_("предприятие"),
    OrganisationKind.PARTNER: N_("партнёр"),
    OrganisationKind.AUTHORITY: N_("орган управления"),
    OrganisationKind.OPERATOR: N_("координатор сети"),
}
STATES: Mapping[ApplicationState, tuple[str, str]] = {
    ApplicationState.SUBMITTED: (N_("Ждёт решения"), "now"),
    ApplicationState.APPROVED: (N_("Принята"), "good"),
    ApplicationState.DECLINED: (N_("Отклонена"), "bad"),
    ApplicationState.WITHDRAWN: (N_("Отозвана"), ""),
}
LONGEST = 20_000
NO_DATE = N_("это не дата")


@router.get("/join", openapi_extra={"x-action": "organisation.apply"}, name="join")
def join(visit: Visiting, parts: PartsHere) -> Response:
    """The form of an application, and what became of one's earlier ones."""
    visit.require("organisation.apply")
    _joining(visit, parts)
    return _join(visit, parts, {}, {})


@router.post("/join", openapi_extra={"x-action": "organisation.apply"}, name="apply_to_join")
def apply(visit: Visiting, parts: PartsHere, typed: Typed) -> Response:
    """Hand an application in."""
    visit.require("organisation.apply")
    acts = _joining(visit, parts)
    wish = _wish(parts, typed)
    errors = {
        fault.pointer.removeprefix("/"): fault.told(visit.translate) for fault in joining.faults(visit.session, wish)
    }
    no_date = ApplicationWrong(field=NO_DATE).told(visit.translate)
    errors |= dict.fromkeys(_dates_wrong(parts, typed), no_date)
    if errors:
        return _join(visit, parts, typed, errors)
    acts.apply(wish)
    return _to("/join")


@router.post("/join/{application}/withdraw", openapi_extra={"x-action": "organisation.apply"}, name="withdraw_joining")
def withdraw(visit: Visiting, parts: PartsHere, application: str) -> Response:
    """Take one's own application back."""
    visit.require("organisation.apply")
    _joining(visit, parts).withdraw(application)
    return _to("/join")


@router.get("/network", openapi_extra={"x-action": "organisation.read"}, name="network")
def network(visit: Visiting, parts: PartsHere) -> Response:
    """Applications that wait, and every member with its dates."""
    _operator(visit, parts, "organisation.read")
    return _network(visit, "", "")


@router.post(
    "/network/representatives", openapi_extra={"x-action": "organisation.register"}, name="invite_representative"
)
def invite(visit: Visiting, parts: PartsHere, entrance: Entering, typed: Typed) -> Response:
    """Give somebody who speaks for an organisation a way in, so that they can hand in its application."""
    _operator(visit, parts, "organisation.register")
    name = typed.get("name", "")
    try:
        invited = newcomer(visit.session, name)
    except NameNeeded as error:
        return _network(visit, name, error.told(visit.translate))
    visit.record("organisation.invited", organisation=parts.settings.operator, item=invited.id)
    trail = ("/network", visit.translate(N_("Участники сети")))
    return show_link(visit, entrance, parts.settings.operator, invited, trail)


def _network(visit: Visit, name: str, error: str) -> Response:
    waiting = joining.applications(visit.session, ApplicationState.SUBMITTED)
    members = [one for one in organisations.all_organisations(visit.session) if one.member_from is not None]
    return visit.page(
        "service/network.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        name=name,
        error=error,
        waiting=[(one, visit.translate(KINDS[one.kind])) for one in waiting],
        members=[(one, visit.translate(KINDS[one.kind]), _standing(visit, one)) for one in members],
    )


@router.get("/network/applications/{application}", openapi_extra={"x-action": "organisation.read"}, name="application")
def application_page(visit: Visiting, parts: PartsHere, application: str) -> Response:
    """One application with everything that it says."""
    _operator(visit, parts, "organisation.read")
    return _application(visit, joining.application(visit.session, application), "", {})


@router.post(
    "/network/applications/{application}/approve",
    openapi_extra={"x-action": "organisation.register"},
    name="approve_application",
)
def approve(visit: Visiting, parts: PartsHere, application: str, typed: Typed) -> Response:
    """Let the organisation in, citing the council's decision."""
    acts = _operator(visit, parts, "organisation.register")
    basis = typed.get("basis", "")
    try:
        with visit.session.begin_nested():
            acts.approve(application, basis)
    except (BasisMissing, OrganisationExists, KeyStateWrong) as error:
        return _application(
            visit, joining.application(visit.session, application), basis, {"basis": error.told(visit.translate)}
        )
    return _to("/network")


@router.post(
    "/network/applications/{application}/decline",
    openapi_extra={"x-action": "organisation.register"},
    name="decline_application",
)
def decline(visit: Visiting, parts: PartsHere, application: str, typed: Typed) -> Response:
    """Do not let it in, and say why."""
    acts = _operator(visit, parts, "organisation.register")
    try:
        acts.decline(application, typed.get("reason", ""))
    except DeclineUnexplained as error:
        told = {"reason": error.told(visit.translate)}
        return _application(visit, joining.application(visit.session, application), "", told)
    return _to("/network")


@router.get("/network/{organisation}", openapi_extra={"x-action": "organisation.read"}, name="member")
def member(visit: Visiting, parts: PartsHere, organisation: str) -> Response:
    """One member: since when, until when, by which decision, what it may award."""
    _operator(visit, parts, "organisation.read")
    return _member(visit, organisations.find(visit.session, organisation), {}, {})


@router.post("/network/{organisation}/leave", openapi_extra={"x-action": "organisation.leave"}, name="end_membership")
def leave(visit: Visiting, parts: PartsHere, organisation: str, typed: Typed) -> Response:
    """End a membership on a day, citing the council's decision."""
    acts = _operator(visit, parts, "organisation.leave")
    try:
        acts.dismiss(organisation, _moment(parts, typed.get("at", "")), typed.get("basis", ""))
    except (BasisMissing, LeavingDate, NotMember) as error:
        field = "basis" if isinstance(error, BasisMissing) else "at"
        found = organisations.find(visit.session, organisation)
        return _member(visit, found, typed, {field: error.told(visit.translate)})
    return _to(f"/network/{organisation}")


@router.post(
    "/network/{organisation}/key", openapi_extra={"x-action": "organisation.register"}, name="enter_key_of_member"
)
def enter_key(visit: Visiting, parts: PartsHere, organisation: str, typed: Typed) -> Response:
    """Enter the next key of a member whose keys another installation keeps, as it came on paper."""
    acts = _operator(visit, parts, "organisation.register")
    found = organisations.find(visit.session, organisation)
    try:
        acts.enter_key(organisation, typed.get("multikey", "").strip())
    except (BadMultikey, KeyStateWrong) as error:
        return _member(visit, found, typed, {"multikey": error.told(visit.translate)})
    return _to(f"/network/{organisation}")


def _joining(visit: Visit, parts: Parts) -> Joining:
    acts = Joining(parts=parts, session=visit.session, by=visit.actor, now=visit.now)
    acts.require_operator()
    return acts


def _operator(visit: Visit, parts: Parts, action: str) -> Joining:
    visit.require(action, Thing(organisation=parts.settings.operator))
    return _joining(visit, parts)


def _join(visit: Visit, parts: Parts, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    own = joining.applications(visit.session, applicant=visit.actor.person or "")
    known = organisations.all_organisations(visit.session)
    return visit.page(
        "service/join.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        own=[(one, _word(visit, one)) for one in own],
        kinds=[(kind.value, visit.translate(KINDS[kind])) for kind in JOINING],
        parents=[(one.code, one.name) for one in known if one.kind in LICENSED],
        typed={"kind": OrganisationKind.SUPPLEMENTARY.value, **typed},
        errors=errors,
        operator=organisations.find(visit.session, parts.settings.operator).name,
    )


def _application(visit: Visit, found: OrganisationApplication, basis: str, errors: Mapping[str, str]) -> Response:
    parent = None if found.parent is None else organisations.find(visit.session, found.parent)
    return visit.page(
        "service/application.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        application=found,
        kind=visit.translate(KINDS[found.kind]),
        state=_word(visit, found),
        parent=parent.name if parent else "",
        applicant=_person(visit, found.applicant),
        basis=basis,
        errors=errors,
    )


def _member(visit: Visit, found: Organisation, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    parent = None if found.parent is None else organisations.find(visit.session, found.parent)
    return visit.page(
        "service/member.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        member=found,
        kind=visit.translate(KINDS[found.kind]),
        parent=parent.name if parent else "",
        standing=_standing(visit, found),
        leaves=found.member_until is None or found.member_until > visit.now,
        keys=_keys_elsewhere(visit, found),
        typed=typed,
        errors=errors,
    )


def _keys_elsewhere(visit: Visit, member: Organisation) -> list[tuple[OrganisationKey, str]]:
    """The keys of a member that another installation keeps, the newest first; none for keys that are kept here."""
    if not organisations.is_elsewhere(visit.session, member.code):
        return []
    held = reversed(organisations.keys_of(visit.session, member.code))
    return [(key, visit.translate(STATES_OF_KEYS[key.state])) for key in held]


def _standing(visit: Visit, member: Organisation) -> tuple[str, str]:
    if member.member_until is not None and member.member_until <= visit.now:
        return visit.translate(N_("Вышла")), ""
    return visit.translate(N_("Участник")), "good"


def _word(visit: Visit, found: OrganisationApplication) -> tuple[str, str]:
    word, tone = STATES[found.state]
    return visit.translate(word), tone


def _wish(parts: Parts, typed: Mapping[str, str]) -> Wish:
    """What was typed; a unit has no licence of its own, and no date stands for one that cannot be read."""
    kind = OrganisationKind(typed["kind"]) if typed.get("kind") in set(OrganisationKind) else OrganisationKind.OPERATOR
    is_unit = kind is OrganisationKind.UNIT
    programmes = tuple(typed.get("programmes", "")[:LONGEST].replace(",", " ").split())
    return Wish(
        code=typed.get("code", "").strip(),
        name=typed.get("name", ""),
        kind=kind,
        host=typed.get("host", "").strip().lower(),
        parent=typed.get("parent") or None if is_unit else None,
        licence="" if is_unit else typed.get("licence", "").strip()[:200],
        licence_from=None if is_unit else _day(parts, typed.get("licence_from", "")),
        licence_until=None if is_unit else _day(parts, typed.get("licence_until", "")),
        contract=typed.get("contract", ""),
        contract_until=_day(parts, typed.get("contract_until", "")),
        programmes=programmes or None,
        multikey=typed.get("multikey", "").strip()[:200],
    )


def _dates_wrong(parts: Parts, typed: Mapping[str, str]) -> list[str]:
    names = ("licence_from", "licence_until", "contract_until")
    return [name for name in names if typed.get(name, "").strip() and _day(parts, typed[name]) is None]


def _day(parts: Parts, text: str) -> datetime | None:
    """The beginning of a day, None for what is none."""
    try:
        return _moment(parts, text)
    except LeavingDate:
        return None


def _moment(parts: Parts, text: str) -> datetime:
    """The beginning of a day in the municipality; `LeavingDate` for what is no day."""
    try:
        day = datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day, made a moment below
        return datetime.combine(day, time(), parts.settings.zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise LeavingDate(pointer="/at") from error


def _person(visit: Visit, person: str) -> str:
    try:
        return visit.people.person(person).name
    except NotFound:
        return ""


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
