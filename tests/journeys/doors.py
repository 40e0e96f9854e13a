"""Every door of an application, read from its routes: none may hide from the tests that try them all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from service.routing import Directory

FILES = "FILES"  # stands for the method where a whole folder of files is served
_NO_PAGE = re.compile(
    r"^/(?:api|orgs|paths|trust|frameworks|status|deposits|\.well-known|healthz|readyz|metrics|openapi|static|app-worker|app\.webmanifest)"
    r"|\.(?:json|pdf|zip|\{ending\})$|/(?:sealed|pdf|calendar|files/\{file\}|works/\{(?:file|work)\})$|^/credit/(?:drafts|signatures)/"
)


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: method, path with its placeholders, the action that the route declares ("" where it declares none).

    `asks` is true where the address may end in questions (`?page=2`).
    """

    method: str
    path: str
    action: str
    asks: bool

    @property
    def row(self) -> str:
        """How a table of doors calls it."""
        return f"{self.method} {self.path}"

    @property
    def page(self) -> bool:
        """Whether there is something behind it for people to look at."""
        return self.method == "GET" and not _NO_PAGE.search(self.path)


def doors_of(app: FastAPI) -> list[Door]:
    """All doors in the order in which they are tried."""
    return list(_doors(app))


def _doors(app: FastAPI) -> Iterator[Door]:
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            action = str((route.openapi_extra or {}).get("x-action", ""))
            asks = bool(route.dependant.query_params)
            yield from (Door(method, str(context.path), action, asks) for method in sorted(route.methods or ()))
        elif not isinstance(route, Directory):
            yield Door(FILES, str(getattr(route, "path", "")), "", asks=False)
