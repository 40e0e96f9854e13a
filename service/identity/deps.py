"""What the pages of identity receive besides the visit."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, cast
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlmodel import Session

from service.cookies import SessionCookie
from service.identity.guests import Door, Guest
from service.identity.passkeys.ceremony import Party
from service.identity.providers.asking import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """Where sessions begin and end. `entropy` gives so many random bytes; with `mails` notices are also sent.

    `handshake` is the cookie of what a browser has begun; `party` who we are for passkeys, `provider` whom else we believe, None
    where there is none. `unit` opens a transaction for the doors to which a provider sends people, since those must be read doors.
    """

    door: Door
    cookie: SessionCookie
    handshake: SessionCookie
    party: Party | None
    provider: Provider | None
    unit: Callable[[], AbstractContextManager[Session]]
    public_url: str
    entropy: Callable[[int], bytes]
    mails: bool
    zone: ZoneInfo

    def today(self, now: datetime) -> date:
        """The municipality's day."""
        return now.astimezone(self.zone).date()


async def entrance(request: Request) -> Entrance:
    """The entrance of the application."""
    return cast("Entrance", request.app.state.entrance)


def address_of(request: Request) -> str:
    """Where the request comes from, for counting those that fail."""
    return request.client.host if request.client is not None else ""


def guest(request: Request) -> Guest:
    """Who the open visit belongs to; take it after `Visiting`."""
    return cast("Guest", request.state.guest)


Entering = Annotated[Entrance, Depends(entrance)]
