"""One's own account: name, roles, mail address, password, and the other ways in."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Membership
from keys.deps import Visit, Visiting
from keys.tables import OrganisationKind
from schemas.errors import NotFound, ZachetkaError
from service.errors import status_of
from service.identity import accounts, attempts, contacts
from service.identity.deps import Entering, Entrance, address_of
from service.identity.errors import BadAddress, OwnPasswordWrong, WeakPassword
from service.identity.letting_in import let_in
from service.identity.passkeys import keeping
from service.identity.providers import links
from service.identity.tables import Account
from service.identity.wording import ROLES

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=1024)]
NO_ERRORS: Mapping[str, ZachetkaError] = {}
OVER = HTTPStatus.SEE_OTHER


@router.get("/account", openapi_extra={"x-action": "account.see"})
def account_page(visit: Visiting, entrance: Entering) -> Response:
    """One's own name, roles and ways in."""
    visit.require("account.see")
    return draw_account(visit, entrance)


@router.post("/account/password", openapi_extra={"x-action": "account.change"})
def change_password(
    request: Request, visit: Visiting, entrance: Entering, old: Field = "", new: Field = ""
) -> Response:
    """Change one's own password; every other browser is signed out."""
    visit.require("account.change")
    account = own_account(visit)
    try:
        confirm(request, visit, account, old)
        accounts.set_password(visit.session, account, new)
    except WeakPassword as error:
        return draw_account(visit, entrance, {"new": error})
    except ZachetkaError as error:
        return draw_account(visit, entrance, {"old": error})
    return let_in(request, visit.session, entrance, account, visit.now, "/account")


@router.post("/account/email", openapi_extra={"x-action": "account.change"})
def change_email(visit: Visiting, entrance: Entering, email: Field = "") -> Response:
    """Enter, change or with an empty field take away one's own mail address."""
    visit.require("account.change")
    account = own_account(visit)
    try:
        contacts.enter(visit.session, account.id, email, visit.now)
    except BadAddress as error:
        return draw_account(visit, entrance, {"email": error}, email=email)
    return RedirectResponse("/account", status_code=OVER)


def own_account(visit: Visit) -> Account:
    """The account of whoever has signed in."""
    account = visit.session.get(Account, visit.actor.person)
    if account is None:
        raise NotFound
    return account


def confirm(request: Request, visit: Visit, account: Account, password: str) -> None:
    """Raise `OwnPasswordWrong` or `TooManyAttempts` unless the account's owner sits at the browser; guesses are counted.

    The invented people of a demonstration have no password and need none.
    """
    if account.demo and account.password_hash is None:
        return
    address = address_of(request)
    attempts.check(visit.session, account.login, address, visit.now)
    if accounts.check_password(visit.session, account.login, password) is None:
        attempts.note_failure(visit.session, account.login, address, visit.now)
        raise OwnPasswordWrong
    attempts.forget(visit.session, account.login)


def draw_account(
    visit: Visit, entrance: Entrance, errors: Mapping[str, ZachetkaError] = NO_ERRORS, *, email: str | None = None
) -> Response:
    """The page, with what is wrong beside the fields, or above them all under the name ""."""
    account = own_account(visit)
    provider_only = account.password_hash is None and not account.demo
    told = {field: error.told(visit.translate) for field, error in errors.items()}
    return visit.page(
        "identity/account.html",
        status=max((status_of(error) for error in errors.values()), default=HTTPStatus.OK),
        name=account.name,
        login="" if provider_only else account.login,
        roles=[_role(visit, membership) for membership in sorted(visit.actor.memberships, key=str)],
        email=email if email is not None else contacts.address_of(visit.session, account.id),
        has_password=account.password_hash is not None,
        may_join=visit.actor.learner is None and _keeps_the_network(visit),
        learner=visit.actor.learner is not None,
        passkeys=keeping.of(visit.session, account.id),
        may_add=entrance.party is not None and not provider_only,
        provider_only=provider_only,
        provider=entrance.provider.called(visit.language) if entrance.provider is not None else "",
        link=links.of(visit.session, account.id),
        wards=[visit.people.learner(ward) for ward in sorted(visit.actor.wards)],
        told=told.pop("", ""),
        errors=told,
    )


def _keeps_the_network(visit: Visit) -> bool:
    """Whether the network's operator is one of this installation's organisations, so that one can apply here."""
    return any(one.kind is OrganisationKind.OPERATOR for one in organisations.all_organisations(visit.session))


def _role(visit: Visit, membership: Membership) -> tuple[str, str]:
    organisation = organisations.find(visit.session, membership.organisation)
    return organisation.short_name, visit.translate(ROLES[membership.role])
