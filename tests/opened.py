"""Applications of tests: what the framework works out about each route, it works out once in a process.

An application is cheap to make; the first look through its routes is not, and most tests have an application of their own.
"""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

_known: dict[tuple[object, ...], list[BaseRoute]] = {}


def application(routers: Sequence[APIRouter]) -> FastAPI:
    """A new application with the routes of these routers and nothing else: no state, no answers to errors."""
    app = FastAPI(openapi_url=None)
    for router in routers:
        app.include_router(router)
    return with_known_routes(app, *map(id, routers))


def with_known_routes(app: FastAPI, *made_of: object) -> FastAPI:
    """The application with the routes of the first one that was made of the same; nobody may have used it yet."""
    app.router.routes[:] = _known.setdefault(made_of, list(app.router.routes))
    return app
