"""The tokens of an organisation for its administrator: which programs hold one, for what, until when; make and withdraw."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import ZachetkaError
from service.vc_api import tokens
from service.vc_api.deps import PartsHere
from service.vc_api.errors import TokenNameTaken, TokenNameWrong, TokenScopesWrong, TokenTermWrong
from service.vc_api.tables import ApiToken
from service.vc_api.tokens import SCOPES, STATES, Scope, State, Wish

router = APIRouter(include_in_schema=False)
HERE = "/tokens/{organisation}"
_DIGITS = 4
Text = Annotated[str, Form(max_length=1000)]
_TONES = {State.HOLDS: "good", State.ENDED: "wait", State.WITHDRAWN: "bad"}
_FIELDS: dict[type[ZachetkaError], str] = {
    TokenNameWrong: "name",
    TokenNameTaken: "name",
    TokenScopesWrong: "scope",
    TokenTermWrong: "days",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenShown:
    """A token on the page."""

    id: str
    name: str
    holds: bool
    state: str
    tone: str
    may: str
    made_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    used_at: datetime | None


@router.get(HERE, openapi_extra={"x-action": "token.read"}, name="tokens_page")
def tokens_page(visit: Visiting, parts: PartsHere, organisation: str) -> Response:
    """Every token of the organisation, and a form for a new one."""
    visit.require("token.read", Thing(organisation=organisation))
    return _page(visit, parts.settings.public_url, organisation)


@router.post(HERE, openapi_extra={"x-action": "token.make"}, name="make_token_page")
def make(
    visit: Visiting,
    parts: PartsHere,
    organisation: str,
    name: Text = "",
    scope: Annotated[list[str] | None, Form(max_length=10)] = None,
    days: Text = "",
) -> Response:
    """Make a token and show it, this once."""
    visit.require("token.make", Thing(organisation=organisation))
    wish = Wish(organisation, name, scope or [], _days(days))
    here = parts.settings.public_url
    try:
        _, text = tokens.make(visit.session, wish, visit.actor, visit.now, secrets.token_bytes)
    except tuple(_FIELDS) as error:
        return _page(visit, here, organisation, error=error, typed={"name": name, "scope": scope, "days": days})
    return _page(visit, here, organisation, made=text)


@router.post(f"{HERE}/{{token_id}}/withdraw", openapi_extra={"x-action": "token.withdraw"}, name="withdraw_token_page")
def withdraw(visit: Visiting, organisation: str, token_id: str) -> Response:
    """End a token for ever."""
    visit.require("token.withdraw", Thing(organisation=organisation))
    tokens.withdraw(visit.session, organisation, token_id, visit.actor, visit.now)
    return RedirectResponse(f"/tokens/{organisation}", status_code=HTTPStatus.SEE_OTHER)


def _days(text: str) -> int:
    """A number of days as typed; nought, which no token has, for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


def _page(
    visit: Visit,
    public_url: str,
    organisation: str,
    *,
    made: str = "",
    error: ZachetkaError | None = None,
    typed: dict[str, object] | None = None,
) -> Response:
    wrong = {} if error is None else {_FIELDS[type(error)]: error.told(visit.translate)}
    return visit.page(
        "service/tokens.html",
        status=HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        tokens=[_shown(visit, token) for token in tokens.tokens_of(visit.session, organisation)],
        scopes=[(str(scope), visit.translate(SCOPES[scope])) for scope in Scope],
        made=made,
        address=f"{public_url}/vc-api",
        typed=typed or {"days": tokens.USUAL_DAYS},
        errors=wrong,
    )


def _shown(visit: Visit, token: ApiToken) -> TokenShown:
    state = tokens.state_of(token, visit.now)
    return TokenShown(
        id=token.id,
        name=token.name,
        holds=state is State.HOLDS,
        state=visit.translate(STATES[state]),
        tone=_TONES[state],
        may="; ".join(visit.translate(SCOPES[Scope(scope)]) for scope in token.scopes),
        made_at=token.made_at,
        expires_at=token.expires_at,
        withdrawn_at=token.withdrawn_at,
        used_at=token.used_at,
    )
