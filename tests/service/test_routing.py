"""The short way to a door leads to the same door as trying every one."""

import re
from http import HTTPStatus

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from starlette.routing import Match

from service.app import HOUSE, ROOMS
from service.routing import Doors
from service.vc_api.annexe import programs

ROUTERS = (*HOUSE, *(router for room in ROOMS.values() for router in room), *programs(("issuer", "verifier")))
PATHS = sorted({found.path or "" for router in ROUTERS for found in iter_route_contexts(router.routes)})


def test_whatever_a_router_knows_its_doors_let_through() -> None:
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    doors, included = [Doors(router) for router in ROUTERS], app.router.routes[-len(ROUTERS) :]
    for pattern in PATHS:
        path = re.sub(r"\{[^}]*\}", "x", pattern)
        scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
        knowing = [here for here, route in enumerate(included) if route.matches(dict(scope))[0] is not Match.NONE]
        assert knowing
        assert all(doors[here].may_lead_to(path) for here in knowing), path


def test_most_routers_are_not_asked() -> None:
    assert 0 < sum(Doors(router).may_lead_to("/api/verify") for router in ROUTERS) < len(ROUTERS) / 4
    assert not any(Doors(router).may_lead_to(path) for router in ROUTERS for path in ("/nowhere", "/nowhere/api"))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/here/1", HTTPStatus.OK),
        ("GET", "/here/1/", HTTPStatus.TEMPORARY_REDIRECT),
        ("POST", "/here/1", HTTPStatus.METHOD_NOT_ALLOWED),
        ("GET", "/here/1/2", HTTPStatus.NOT_FOUND),
        ("GET", "/her", HTTPStatus.NOT_FOUND),
        ("GET", "//here/1", HTTPStatus.NOT_FOUND),
    ],
)
def test_an_address_is_answered_as_ever(method: str, path: str, status: HTTPStatus) -> None:
    router, app = APIRouter(), FastAPI()
    router.get("/here/{place}")(lambda place: place)
    app.include_router(Doors(router))
    assert TestClient(app, follow_redirects=False).request(method, f"http://testserver{path}").status_code == status


def test_a_router_whose_addresses_begin_with_anything_is_not_taken() -> None:
    router = APIRouter()
    router.get("/{anything}/there")(lambda: None)
    with pytest.raises(ValueError, match="anything"):
        Doors(router)
