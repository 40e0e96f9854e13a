"""Signing in with a password, signing out, and what to do when the password is lost."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from keys.deps import FORGET_DEVICE, Visit, Visiting
from schemas.errors import NotFound, ZachetkaError
from service.forms import require_own_page
from service.identity import accounts, attempts, sessions
from service.identity.deps import Entering, Entrance, address_of, guest
from service.identity.errors import WrongPassword
from service.identity.letting_in import draw_sign_in, let_in, own_path
from service.identity.tables import Account

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=1024)]


@router.get("/sign-in", openapi_extra={"x-action": "session.open"})
def sign_in_page(visit: Visiting, entrance: Entering, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Ask for name and password, or for another way in."""
    visit.require("session.open")
    return draw_sign_in(visit, entrance, own_path(next))


@router.post("/sign-in", openapi_extra={"x-action": "session.open"})
def sign_in(
    request: Request,
    visit: Visiting,
    entrance: Entering,
    login: Field = "",
    password: Field = "",
    next: Field = "/",  # noqa: A002 - the name of the field
) -> Response:
    """Let in whoever knows the password; a wrong one is counted and told without saying what was wrong."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    try:
        account = _by_password(visit, entrance, login, password, address_of(request))
    except ZachetkaError as error:
        return draw_sign_in(visit, entrance, own_path(next), error, login=login)
    return let_in(request, visit.session, entrance, account, visit.now, own_path(next))


@router.get("/sign-in/lost", openapi_extra={"x-action": "session.open"})
def lost(visit: Visiting) -> Response:
    """Say who lets whom in anew."""
    visit.require("session.open")
    return visit.page("identity/lost.html")


@router.post("/sign-out", openapi_extra={"x-action": "session.close"})
def sign_out(request: Request, visit: Visiting, entrance: Entering) -> Response:
    """End this browser's session."""
    visit.require("session.close")
    sessions.end(visit.session, guest(request).token)
    answer = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    entrance.cookie.clear(answer)
    answer.headers.update(FORGET_DEVICE)
    return answer


@router.post("/demo/sign-in", openapi_extra={"x-action": "session.open"})
def sign_in_demo(request: Request, visit: Visiting, entrance: Entering, account: Field = "") -> Response:
    """Let in one of the invented people with one click; only a demonstration has them."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    found = visit.session.get(Account, account)
    if not entrance.door.demo or found is None or not found.demo or found.closed_at is not None:
        raise NotFound
    return let_in(request, visit.session, entrance, found, visit.now, "/")


def _by_password(visit: Visit, entrance: Entrance, login: str, password: str, address: str) -> Account:
    attempts.check(visit.session, login, address, visit.now)
    account = accounts.check_password(visit.session, login, password)
    if account is None or not entrance.door.admits(account):
        attempts.note_failure(visit.session, login, address, visit.now)
        raise WrongPassword
    attempts.forget(visit.session, login)
    return account
