"""Signing in and out, and one's own account."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Membership
from keys.deps import Visit, Visiting
from schemas.errors import NotFound, ZachetkaError
from service.errors import sentence_of, status_of
from service.forms import require_own_page
from service.identity import accounts, attempts, contacts, sessions
from service.identity.deps import Entering, Entrance, guest
from service.identity.errors import BadAddress, WeakPassword, WrongPassword
from service.identity.tables import Account
from service.identity.wording import ROLES

router = APIRouter()
LONGEST = 1024
Field = Annotated[str, Form(max_length=LONGEST)]


@router.get("/sign-in", include_in_schema=False, openapi_extra={"x-action": "session.open"})
def sign_in_page(visit: Visiting, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Ask for name and password."""
    visit.require("session.open")
    return _sign_in_page(visit, "", own_path(next), None)


@router.post("/sign-in", include_in_schema=False, openapi_extra={"x-action": "session.open"})
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
    address = request.client.host if request.client is not None else ""
    try:
        account = _by_password(visit, entrance, login, password, address)
    except ZachetkaError as error:
        return _sign_in_page(visit, login, own_path(next), error)
    return _let_in(request, visit, entrance, account, own_path(next))


@router.post("/sign-out", include_in_schema=False, openapi_extra={"x-action": "session.close"})
def sign_out(request: Request, visit: Visiting, entrance: Entering) -> Response:
    """End this browser's session."""
    visit.require("session.close")
    sessions.end(visit.session, guest(request).token)
    answer = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    entrance.cookie.clear(answer)
    return answer


@router.post("/demo/sign-in", include_in_schema=False, openapi_extra={"x-action": "session.open"})
def sign_in_demo(request: Request, visit: Visiting, entrance: Entering, account: Field = "") -> Response:
    """Let in one of the invented people with one click; only a demonstration has them."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    found = visit.session.get(Account, account)
    if not entrance.door.demo or found is None or not found.demo or found.closed_at is not None:
        raise NotFound
    return _let_in(request, visit, entrance, found, "/")


@router.get("/account", include_in_schema=False, openapi_extra={"x-action": "account.see"})
def account_page(visit: Visiting) -> Response:
    """One's own name, roles and password."""
    visit.require("account.see")
    return _account_page(visit, {})


@router.post("/account/password", include_in_schema=False, openapi_extra={"x-action": "account.change"})
def change_password(
    request: Request, visit: Visiting, entrance: Entering, old: Field = "", new: Field = ""
) -> Response:
    """Change one's own password; every other browser is signed out."""
    visit.require("account.change")
    account = _own(visit)
    try:
        _change_password(visit, account, old, new)
    except WrongPassword as error:
        return _account_page(visit, {"old": error})
    except WeakPassword as error:
        return _account_page(visit, {"new": error})
    return _let_in(request, visit, entrance, account, "/account")


@router.post("/account/email", include_in_schema=False, openapi_extra={"x-action": "account.change"})
def change_email(visit: Visiting, email: Field = "") -> Response:
    """Enter, change or with an empty field take away one's own mail address."""
    visit.require("account.change")
    account = _own(visit)
    try:
        contacts.enter(visit.session, account.id, email, visit.now)
    except BadAddress as error:
        return _account_page(visit, {"email": error}, email=email)
    return RedirectResponse("/account", status_code=HTTPStatus.SEE_OTHER)


def own_path(asked: str) -> str:
    """`asked` if it is a path on this site, else the start page: nobody is sent elsewhere after signing in."""
    parts = urlsplit(asked)
    plain = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if plain and not parts.scheme and not parts.netloc else "/"


def _by_password(visit: Visit, entrance: Entrance, login: str, password: str, address: str) -> Account:
    attempts.check(visit.session, login, address, visit.now)
    account = accounts.check_password(visit.session, login, password)
    if account is None or not entrance.door.admits(account):
        attempts.note_failure(visit.session, login, address, visit.now)
        raise WrongPassword
    attempts.forget(visit.session, login)
    return account


def _let_in(request: Request, visit: Visit, entrance: Entrance, account: Account, path: str) -> Response:
    """Begin a session under a new id: the one the browser came with, if any, is worth nothing afterwards."""
    old = guest(request).token
    if old:
        sessions.end(visit.session, old)
    token = sessions.token_from(entrance.entropy(sessions.ENTROPY))
    sessions.start(visit.session, account.id, token, visit.now, entrance.door.term)
    answer = RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)
    entrance.cookie.put(answer, token)
    return answer


def _sign_in_page(visit: Visit, login: str, path: str, error: ZachetkaError | None) -> Response:
    told = sentence_of(error, visit.translate) if error is not None else ""
    status = status_of(error) if error is not None else HTTPStatus.OK
    return visit.page("identity/sign_in.html", status=status, login=login, next=path, told=told)


def _account_page(visit: Visit, errors: dict[str, ZachetkaError], *, email: str | None = None) -> Response:
    told = {field: sentence_of(error, visit.translate) for field, error in errors.items()}
    account = _own(visit)
    return visit.page(
        "identity/account.html",
        status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK,
        name=account.name,
        login=account.login,
        roles=[_role(visit, membership) for membership in sorted(visit.actor.memberships, key=str)],
        email=email if email is not None else contacts.address_of(visit.session, account.id),
        has_password=account.password_hash is not None,
        errors=told,
    )


def _role(visit: Visit, membership: Membership) -> tuple[str, str]:
    organisation = organisations.find(visit.session, membership.organisation)
    return organisation.short_name, visit.translate(ROLES[membership.role])


def _own(visit: Visit) -> Account:
    account = visit.session.get(Account, visit.actor.person)
    if account is None:
        raise NotFound
    return account


def _change_password(visit: Visit, account: Account, old: str, new: str) -> None:
    if accounts.check_password(visit.session, account.login, old) is None:
        raise WrongPassword
    accounts.set_password(visit.session, account, new)
