"""The keys of an organisation for its administrator: which sign, until when, what comes next; announce, change, retire, disown."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Role, Thing
from keys.deps import Visit, Visiting
from keys.errors.network import KeyDatesWrong, KeyStateWrong
from keys.expiry import KeyAlarm
from keys.tables import KeyState
from schemas.errors import ZachetkaError
from service.keeping import STATES, Keeping, alarms
from service.parts import Parts

router = APIRouter(include_in_schema=False)
HERE = "/keys/{organisation}"
_TONES = {KeyState.ACTIVE: "good", KeyState.ANNOUNCED: "now", KeyState.COMPROMISED: "bad", KeyState.RETIRED: "wait"}


def _parts(request: Request) -> Parts:
    return cast("Parts", request.app.state.parts)


PartsHere = Annotated[Parts, Depends(_parts)]
Text = Annotated[str, Form(max_length=200)]


def key_alarms(visit: Visit) -> list[KeyAlarm]:
    """What is to be said of the keys of all organisations that the visitor answers for, the most urgent first."""
    codes = {held.organisation for held in visit.actor.memberships if held.role is Role.MANAGER}
    found = [alarm for code in sorted(codes) for alarm in alarms(visit.session, code, visit.now)]
    return sorted(found, key=lambda alarm: alarm.ends)


@router.get(HERE, openapi_extra={"x-action": "key.read"}, name="keys_page")
def keys_page(visit: Visiting, organisation: str) -> Response:
    """Every key of the organisation, the one in use first."""
    visit.require("key.read", Thing(organisation=organisation))
    return _page(visit, organisation)


@router.post(f"{HERE}/announce", openapi_extra={"x-action": "key.announce"}, name="announce_key_page")
def announce(visit: Visiting, parts: PartsHere, organisation: str, begins: Text = "") -> Response:
    """Make the next key and publish it ahead; the worker puts it into use on its day."""
    visit.require("key.announce", Thing(organisation=organisation))
    return _do(visit, parts, organisation, "begins", lambda held: held.announce(organisation, _day(parts, begins)))


@router.post(f"{HERE}/rotate", openapi_extra={"x-action": "key.rotate"}, name="rotate_key_page")
def rotate(visit: Visiting, parts: PartsHere, organisation: str) -> Response:
    """Put a new key into use now."""
    visit.require("key.rotate", Thing(organisation=organisation))
    return _do(visit, parts, organisation, "", lambda held: held.rotate(organisation))


@router.post(f"{HERE}/retire", openapi_extra={"x-action": "key.retire"}, name="retire_key_page")
def retire(visit: Visiting, parts: PartsHere, organisation: str, key: Text = "") -> Response:
    """End the use of a key without another one."""
    visit.require("key.retire", Thing(organisation=organisation))
    return _do(visit, parts, organisation, "key", lambda held: held.retire(organisation, key))


@router.post(f"{HERE}/compromise", openapi_extra={"x-action": "key.compromise"}, name="compromise_key_page")
def compromise(visit: Visiting, parts: PartsHere, organisation: str, key: Text = "", since: Text = "") -> Response:
    """Declare a key disclosed since a day; a new one takes its place at once."""
    visit.require("key.compromise", Thing(organisation=organisation))
    return _do(visit, parts, organisation, "since", lambda held: held.compromise(organisation, key, _day(parts, since)))


def _day(parts: Parts, text: str) -> datetime:
    """The beginning of a day in the municipality; `KeyDatesWrong` for what is no day."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, its zone follows
    except ValueError as error:
        raise KeyDatesWrong from error
    return datetime.combine(day, time(), parts.settings.zone).astimezone(UTC)


def _do(visit: Visit, parts: Parts, organisation: str, field: str, act: Callable[[Keeping], object]) -> Response:
    keeping = Keeping(parts=parts, session=visit.session, by=visit.actor, now=visit.now)
    try:
        act(keeping)
    except (KeyDatesWrong, KeyStateWrong) as error:
        return _page(visit, organisation, field, error)
    return RedirectResponse(f"/keys/{organisation}", status_code=HTTPStatus.SEE_OTHER)


def _page(visit: Visit, organisation: str, field: str = "", error: ZachetkaError | None = None) -> Response:
    keys = organisations.keys_of(visit.session, organisation)
    order = (KeyState.ACTIVE, KeyState.ANNOUNCED, KeyState.RETIRED, KeyState.COMPROMISED)
    thing = Thing(organisation=organisation)
    return visit.page(
        "service/keys.html",
        status=HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        keys=sorted(keys, key=lambda key: order.index(key.state)),
        states={state: visit.translate(word) for state, word in STATES.items()},
        tones=_TONES,
        alarms=alarms(visit.session, organisation, visit.now),
        may={act for act in ("announce", "rotate", "retire", "compromise") if visit.can(f"key.{act}", thing)},
        errors={} if error is None else {field or "key": error.told(visit.translate)},
    )
