"""Finding the door for an address: there are some three hundred, and the framework tries one after the other.

So the doors are looked up by the first step of the address, and only those that begin alike are tried. An address or a method
that none of them takes is left to the framework, which then tries every one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.params import Depends
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from service.doors import Door
from service.forms import take_form_token
from service.problems import PROBLEM_RESPONSES


class Directory(BaseRoute):
    """The short way to the doors of an application: stands before them among its routes."""

    def __init__(self, doors: Iterable[APIRoute]) -> None:
        self._doors: dict[str, list[APIRoute]] = defaultdict(list)
        for door in doors:
            self._doors[_first_step(door.path)].append(door)
        if any("{" in step for step in self._doors):
            raise ValueError(sorted(self._doors))  # such a door would have to be tried for every address

    def leads_to(self, path: str) -> Sequence[APIRoute]:
        """The doors that are tried for an address."""
        return self._doors.get(_first_step(path), ())

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As the framework asks each route: whether one of the doors takes the request as it is."""
        if scope["type"] == "http":
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            for door in self.leads_to(path):
                match, found = door.matches(scope) if door.path_regex.match(path) else (Match.NONE, {})
                if match is Match.FULL:
                    return match, found
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the door answer that was found."""
        await scope["route"].handle(scope, receive, send)


def doors_of(router: APIRouter) -> tuple[Door, ...]:
    """The doors of a router and of those in it, with what holds for every door of the house."""
    return tuple(_door(found) for found in iter_route_contexts(router.routes))


def _door(found: RouteContext) -> Door:
    """What a package has declared, as a door; nothing that our packages do not declare is taken over."""
    route: Any = found
    return Door(
        route.path,
        route.endpoint,
        methods=route.methods,
        name=route.name,
        tags=route.tags,
        description=route.description,
        response_model=route.response_model,
        response_class=route.response_class,
        status_code=route.status_code,
        include_in_schema=route.include_in_schema,
        openapi_extra=route.openapi_extra,
        responses={**PROBLEM_RESPONSES, **route.responses},
        dependencies=[Depends(take_form_token), *route.dependencies],
    )


def _first_step(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else ""
