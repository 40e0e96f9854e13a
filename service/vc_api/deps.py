"""What the doors of programs receive: a visit in which a token acts, and never whoever is signed in in the same browser."""

from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request

from keys.actor import Program, Thing
from keys.deps import Visit, Visits
from service.database import unit_of_work
from service.identity.guests import Guest
from service.parts import Parts
from service.vc_api import tokens
from service.vc_api.errors import TokenMissing


def parts(request: Request) -> Parts:
    """The composed application."""
    return cast("Parts", request.app.state.parts)


def calling(request: Request) -> Iterator[Visit]:
    """The visit of a program. Raises `TokenMissing`, `TokenRefused`, `TooManyRequests`."""
    here, text = parts(request), _presented(request)
    with unit_of_work(here.engine) as session:
        program = tokens.spend(session, text, here.clock(), here.settings.vc_api_per_minute)
    request.state.guest = Guest(actor=tokens.actor_of(program))
    visits: Visits = request.app.state.visits
    with visits(request) as visit:
        yield visit


def require(visit: Visit, action: str) -> Program:
    """The program that calls, if `action` is among its scopes; else `Forbidden`."""
    program = visit.actor.program
    visit.require(action, Thing(organisation=None if program is None else program.organisation))
    if program is None:
        raise TokenMissing
    return program


def _presented(request: Request) -> str:
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise TokenMissing
    return text.strip()


PartsHere = Annotated[Parts, Depends(parts)]
Calling = Annotated[Visit, Depends(calling, scope="function")]
