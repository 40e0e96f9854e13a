"""Doors to the identity provider and back from it; linking and unlinking one's own account."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from keys.deps import Visit, Visiting
from schemas.errors import N_, ZachetkaError
from service.identity import handshakes, slips
from service.identity.account_pages import OVER, confirm, draw_account, own_account
from service.identity.deps import Entering, Entrance, guest
from service.identity.errors import TooManyAttempts, WrongPassword
from service.identity.letting_in import draw_sign_in, let_in, own_path
from service.identity.providers import links
from service.identity.providers.asking import Provider
from service.identity.providers.errors import LastWay, NoProvider, ProviderDeclined, SubjectUnknown
from service.identity.tables import Purpose
from service.identity.telling import tell_owner

router = APIRouter(include_in_schema=False)
LONGEST = 2048
Field = Annotated[str, Form(max_length=1024)]
Given = Annotated[str, Query(max_length=LONGEST)]
TO_PROVIDER = frozenset({Purpose.USE_PROVIDER, Purpose.LINK_PROVIDER, Purpose.FIRST_PROVIDER})
LINKED = N_("Ваша учётная запись связана с «{provider}»: теперь можно входить и так. Если это не вы, разорвите связь.")


@router.get("/sign-in/provider", openapi_extra={"x-action": "session.open"}, name="provider.ask")
def go(request: Request, visit: Visiting, entrance: Entering, next: Given = "/") -> Response:  # noqa: A002 - the name in the address
    """Send the browser to the provider."""
    visit.require("session.open")
    path = own_path(next)
    try:
        return _send(request, visit, entrance, path)
    except ZachetkaError as error:
        return draw_sign_in(visit, entrance, path, error)


@router.get("/sign-in/provider/back", openapi_extra={"x-action": "session.open"}, name="provider.enter")
def come_back(
    request: Request,
    visit: Visiting,
    entrance: Entering,
    code: Given = "",
    state: Given = "",
    iss: Given = "",
    error: Given = "",
) -> Response:
    """Let in whom the provider knows and somebody here has said to be; or, where that was begun, link them."""
    visit.require("session.open")
    returned = Returned(code=code, state=state, issuer=iss, declined=bool(error))
    try:
        answer = _take(request, visit, entrance, returned)
    except ZachetkaError as wrong:
        known = visit.actor.person is not None
        answer = draw_account(visit, entrance, {"": wrong}) if known else draw_sign_in(visit, entrance, "/", wrong)
    entrance.handshake.clear(answer)
    return answer


@router.post("/account/provider", openapi_extra={"x-action": "account.change"}, name="provider.link")
def begin_to_link(request: Request, visit: Visiting, entrance: Entering, proof: Field = "") -> Response:
    """Show the way to the provider; only to who knows the password, not to who finds a browser left open.

    A page and no redirect: the policy of our pages lets no form end on another site.
    """
    visit.require("account.change")
    try:
        provider = provider_of(entrance)
        provider.prepare(visit.now)
        account = own_account(visit)
        links.check_free(visit.session, account.id)
        confirm(request, visit, account, proof)
    except (WrongPassword, TooManyAttempts) as error:
        return draw_account(visit, entrance, {"proof": error})
    except ZachetkaError as error:
        return draw_account(visit, entrance, {"": error})
    handle = handshakes.begin(
        visit.session, Purpose.LINK_PROVIDER, guest(request).token, visit.now, entrance.entropy, "/account"
    )
    return show_way(visit, entrance, provider, handle, back="/account")


@router.post("/account/provider/remove", openapi_extra={"x-action": "account.change"}, name="provider.unlink")
def unlink(visit: Visiting, entrance: Entering) -> Response:
    """Nobody enters this account through the provider any more; not where that is the only way in."""
    visit.require("account.change")
    account = own_account(visit)
    if account.password_hash is None and not account.demo:
        return draw_account(visit, entrance, {"": LastWay()})
    if links.unlink(visit.session, account.id):
        visit.record("provider.unlinked", item=account.id)
    return RedirectResponse("/account#provider", status_code=OVER)


def show_way(
    visit: Visit, entrance: Entrance, provider: Provider, handle: str, *, back: str, first: bool = False
) -> Response:
    """The page with the link to the provider; the browser remembers what was begun."""
    address, called = provider.address(handle, visit.now), provider.called(visit.language)
    answer = visit.page("identity/leaving.html", address=address, provider=called, back=back, first=first)
    entrance.handshake.put(answer, handle)
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What stands in the address under which a browser has come back."""

    code: str
    state: str
    issuer: str
    declined: bool


def provider_of(entrance: Entrance) -> Provider:
    """The provider that this installation believes. Raises `NoProvider`."""
    if entrance.provider is None:
        raise NoProvider
    return entrance.provider


def _take(request: Request, visit: Visit, entrance: Entrance, returned: Returned) -> Response:
    """Use up what was begun, ask the provider with nothing locked meanwhile, then write down what came of it."""
    provider, handle = provider_of(entrance), entrance.handshake.read(request)
    provider.check_return(handle, returned.state, returned.issuer, visit.now)
    with entrance.unit() as session:
        begun = handshakes.finish(session, handle, TO_PROVIDER, guest(request).token, visit.now)
    if returned.declined or not returned.code:
        raise ProviderDeclined
    subject = provider.subject(handle, returned.code, visit.now)
    known = links.digest(provider.pepper, provider.client.issuer, subject)
    if begun.purpose is Purpose.LINK_PROVIDER:
        return _link(visit, entrance, provider, known)
    if begun.purpose is Purpose.FIRST_PROVIDER:
        return _first(request, visit, entrance, provider, known, begun.slip)
    return _enter(request, visit, entrance, provider, known, begun.path)


def _link(visit: Visit, entrance: Entrance, provider: Provider, known: str) -> Response:
    visit.require("account.change")
    with entrance.unit() as session:
        _write_link(session, visit, entrance, provider, visit.actor.account, known)
    visit.record("provider.linked", item=visit.actor.account)
    return RedirectResponse("/account#provider", status_code=OVER)


def _first(request: Request, visit: Visit, entrance: Entrance, provider: Provider, known: str, slip: str) -> Response:
    """Use the code up, link whom it was for and let them in; all of it or nothing."""
    with entrance.unit() as session:
        account = slips.spend(session, slip, visit.now)
        _write_link(session, visit, entrance, provider, account.id, known)
        links.enter(session, known, provider.called(visit.language), visit.now)
        answer = let_in(request, session, entrance, account, visit.now, "/")
        item = account.id
    visit.record("slip.used", item=item)
    visit.record("provider.linked", item=item)
    return answer


def _write_link(
    session: Session, visit: Visit, entrance: Entrance, provider: Provider, account: str, known: str
) -> None:
    """Link an account and tell its owner."""
    links.link(session, account, known, provider.called(visit.language), visit.now)
    told = LINKED.format(provider=provider.called("ru"))
    tell_owner(session, account, told, visit.now, mails=entrance.mails)


def _enter(request: Request, visit: Visit, entrance: Entrance, provider: Provider, known: str, path: str) -> Response:
    called = provider.called(visit.language)
    with entrance.unit() as session:
        account = links.enter(session, known, called, visit.now)
        if not entrance.door.admits(account):
            raise SubjectUnknown(provider=called)
        return let_in(request, session, entrance, account, visit.now, path)


def _send(request: Request, visit: Visit, entrance: Entrance, path: str) -> Response:
    provider = provider_of(entrance)
    provider.prepare(visit.now)
    with entrance.unit() as session:
        token = guest(request).token
        handle = handshakes.begin(session, Purpose.USE_PROVIDER, token, visit.now, entrance.entropy, path)
    answer = RedirectResponse(provider.address(handle, visit.now), status_code=OVER)
    entrance.handshake.put(answer, handle)
    return answer
