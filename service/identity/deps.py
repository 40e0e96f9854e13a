"""What the pages of identity receive besides the visit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from service.cookies import SessionCookie
from service.identity.guests import Door, Guest


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """Where sessions begin and end. `entropy` gives so many random bytes."""

    door: Door
    cookie: SessionCookie
    public_url: str
    entropy: Callable[[int], bytes]


async def entrance(request: Request) -> Entrance:
    """The entrance of the application."""
    return cast("Entrance", request.app.state.entrance)


def guest(request: Request) -> Guest:
    """Who the open visit belongs to; take it after `Visiting`."""
    return cast("Guest", request.state.guest)


Entering = Annotated[Entrance, Depends(entrance)]
