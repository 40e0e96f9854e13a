"""Doors for passkeys: signing in with one, and one's own list of them on the page of the account.

Each takes two steps: `begin` hands the browser what to ask the device, the second takes the device's answer.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from keys.deps import Visit, Visiting
from schemas.errors import N_, BadInput, ZachetkaError
from schemas.reading import read_json
from service.errors import status_of
from service.forms import require_own_page
from service.identity import attempts, handshakes
from service.identity.account_pages import OVER, confirm, draw_account, own_account
from service.identity.deps import Entering, Entrance, address_of, guest
from service.identity.guests import actor_of
from service.identity.letting_in import draw_sign_in, let_in, own_path
from service.identity.passkeys import ceremony, keeping
from service.identity.passkeys.ceremony import ANSWER_BYTES, Party
from service.identity.passkeys.errors import (
    PasskeyCopied,
    PasskeysImpossible,
    PasskeyUnnamed,
    PasskeyUnverified,
    PasskeyWrong,
)
from service.identity.passkeys.tables import Passkey
from service.identity.tables import Account, Purpose
from service.identity.telling import tell_owner

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=1024)]
Sent = Annotated[str, Form(max_length=ANSWER_BYTES)]
ADDED = N_("К вашей учётной записи добавлен ключ доступа: {name}. Если это не вы, удалите его и смените пароль.")
COPIED = N_("Ключ доступа удалён: {name}. Похоже, его скопировали. Проверьте остальные и смените пароль.")


@router.post("/sign-in/passkey/begin", openapi_extra={"x-action": "session.open"}, name="passkey.ask")
def begin_to_enter(request: Request, visit: Visiting, entrance: Entering) -> Response:
    """What the browser asks its devices for; the same for everybody."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    party, handle = _party(entrance), _begin(request, visit, entrance, Purpose.USE_PASSKEY)
    return _asked(entrance, handle, ceremony.options_to_use(party, handshakes.derive(handle, "challenge")))


@router.post("/sign-in/passkey", openapi_extra={"x-action": "session.open"}, name="passkey.enter")
def enter(
    request: Request,
    visit: Visiting,
    entrance: Entering,
    answer: Sent = "",
    next: Field = "/",  # noqa: A002 - the name of the field
) -> Response:
    """Let in whoever's device has answered; what is wrong with an answer is told in one sentence for all."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    try:
        challenge = _finish(request, visit, entrance, Purpose.USE_PASSKEY)
        account = _by_passkey(request, visit, entrance, answer, challenge)
    except ZachetkaError as error:
        return draw_sign_in(visit, entrance, own_path(next), error)
    return let_in(request, visit.session, entrance, account, visit.now, own_path(next))


@router.post("/account/passkeys/begin", openapi_extra={"x-action": "account.change"}, name="passkey.make")
def begin_to_add(request: Request, visit: Visiting, entrance: Entering, password: Field = "") -> Response:
    """What the browser asks a device to make; only for who knows the password, not for who finds a browser left open."""
    visit.require("account.change")
    party, account = _party(entrance), own_account(visit)
    kept = keeping.of(visit.session, account.id)
    try:
        keeping.check_room(kept)
        confirm(request, visit, account, password)
    except ZachetkaError as error:
        return JSONResponse({"code": error.code, "detail": error.told(visit.translate)}, status_of(error))
    handle = _begin(request, visit, entrance, Purpose.ADD_PASSKEY)
    options = ceremony.options_to_make(
        party,
        handshakes.derive(handle, "challenge"),
        keeping.handle_of(kept, handshakes.derive(handle, "person")),
        account.login,
        [one.credential for one in kept],
        verified=visit.rights.judges(visit.actor),
    )
    return _asked(entrance, handle, options)


@router.post("/account/passkeys", openapi_extra={"x-action": "account.change"}, name="passkey.add")
def add(request: Request, visit: Visiting, entrance: Entering, name: Field = "", answer: Sent = "") -> Response:
    """Keep the passkey that the device has made; its owner is told."""
    visit.require("account.change")
    try:
        kept = _add(request, visit, entrance, name, answer)
    except ZachetkaError as error:
        return draw_account(visit, entrance, {"name" if isinstance(error, PasskeyUnnamed) else "": error})
    visit.record("passkey.added", item=kept.id)
    tell_owner(visit.session, kept.account, ADDED.format(name=kept.name), visit.now, mails=entrance.mails)
    return RedirectResponse("/account#passkeys", status_code=OVER)


@router.post("/account/passkeys/{passkey}/remove", openapi_extra={"x-action": "account.change"}, name="passkey.remove")
def remove(visit: Visiting, passkey: str) -> Response:
    """Take one of one's own passkeys away."""
    visit.require("account.change")
    kept = keeping.own(visit.session, own_account(visit).id, passkey)
    keeping.remove(visit.session, kept)
    visit.record("passkey.removed", item=kept.id)
    return RedirectResponse("/account#passkeys", status_code=OVER)


def _party(entrance: Entrance) -> Party:
    if entrance.party is None:
        raise PasskeysImpossible
    return entrance.party


def _begin(request: Request, visit: Visit, entrance: Entrance, purpose: Purpose) -> str:
    return handshakes.begin(visit.session, purpose, guest(request).token, visit.now, entrance.entropy)


def _asked(entrance: Entrance, handle: str, options: ceremony.Options) -> Response:
    answer = JSONResponse(options)
    entrance.handshake.put(answer, handle)
    return answer


def _finish(request: Request, visit: Visit, entrance: Entrance, purpose: Purpose) -> bytes:
    """The challenge that this browser was given; from now on it is worth nothing."""
    handle = entrance.handshake.read(request)
    handshakes.finish(visit.session, handle, {purpose}, guest(request).token, visit.now)
    return handshakes.derive(handle, "challenge")


def _read(answer: str) -> dict[str, Any]:
    try:
        return read_json(answer, limit=ANSWER_BYTES)
    except BadInput as error:
        raise PasskeyWrong from error


def _add(request: Request, visit: Visit, entrance: Entrance, name: str, answer: str) -> Passkey:
    party, account = _party(entrance), own_account(visit)
    handle = entrance.handshake.read(request)
    challenge = _finish(request, visit, entrance, Purpose.ADD_PASSKEY)
    made = ceremony.read_new(_read(answer), party, challenge, verified=visit.rights.judges(visit.actor))
    kept = keeping.of(visit.session, account.id)
    person = keeping.handle_of(kept, handshakes.derive(handle, "person"))
    return keeping.add(visit.session, account.id, made, person, name, visit.now)


def _by_passkey(request: Request, visit: Visit, entrance: Entrance, answer: str, challenge: bytes) -> Account:
    given, party, address = _read(answer), _party(entrance), address_of(request)
    named = ceremony.read_claim(given).credential
    attempts.check(visit.session, named, address, visit.now)
    try:
        kept = keeping.claimed(visit.session, given)
        verified = _use(visit, entrance, kept, given, party, challenge)
    except PasskeyWrong:
        attempts.note_failure(visit.session, named, address, visit.now)
        raise
    account = visit.session.get_one(Account, kept.account)
    if account.closed_at is not None or not entrance.door.admits(account):
        raise PasskeyWrong
    if not verified and visit.rights.judges(actor_of(visit.session, account, entrance.today(visit.now))):
        raise PasskeyUnverified
    return account


def _use(
    visit: Visit, entrance: Entrance, kept: Passkey, given: dict[str, Any], party: Party, challenge: bytes
) -> bool:
    try:
        return keeping.use(kept, given, party, challenge, visit.now)
    except PasskeyCopied:
        keeping.remove(visit.session, kept)
        visit.record("passkey.copied", item=kept.id)
        tell_owner(visit.session, kept.account, COPIED.format(name=kept.name), visit.now, mails=entrance.mails)
        raise
