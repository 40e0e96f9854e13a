"""The start page: what this is for a stranger, where to go for a person, whom to be in the demonstration."""

from dataclasses import dataclass
from typing import cast

from fastapi import APIRouter, Request, Response

from keys.actor import ActorKind
from keys.deps import Visiting
from service.identity import substitution
from service.identity.guests import names_for
from service.keys_page import key_alarms
from service.navigation import Place, places_of, rooms_of
from service.settings import Settings

router = APIRouter()


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One invented person: the id of their account, their name, who they are and what can be tried as them."""

    account: str
    name: str
    role: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """People who belong together, under a heading."""

    title: str
    people: tuple[DemoPerson, ...]


@dataclass(frozen=True, slots=True)
class DemoGuide:
    """What the demonstration offers its visitor. All texts are Russian message ids.

    `stories` are the numbers and titles of what has happened before the visitor came, `share` is the address of a live share,
    `phone` the address under which a phone in the same network finds us; each may be empty.
    """

    municipality: str
    groups: tuple[DemoGroup, ...]
    links: tuple[Place, ...] = ()
    stories: tuple[tuple[str, str], ...] = ()
    share: str = ""
    phone: str = ""


@router.get("/", include_in_schema=False, openapi_extra={"x-action": "public"}, name="start")
def start(request: Request, visit: Visiting) -> Response:
    """The first page."""
    visit.require("public")
    settings: Settings = request.app.state.settings
    guide = cast("DemoGuide | None", request.app.state.demo)
    known = visit.actor.kind is not ActorKind.ANONYMOUS
    ending = key_alarms(visit) if known else []
    today = visit.now.astimezone(settings.zone).date()
    standing = substitution.stood_in_for(visit.session, visit.actor.person, today) if visit.actor.person else []
    return visit.page(
        "service/start.html",
        known=known,
        places=places_of(visit.actor, rooms_of(settings), names_for(visit.session, visit.actor)),
        guide=guide,
        ending=ending,
        standing=[(visit.people.person(one.absent).name, one.until) for one in standing],
    )
