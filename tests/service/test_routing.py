"""The short way to a door leads to the same door as trying every one."""

import re
from http import HTTPStatus

import pytest
from fastapi import APIRouter, FastAPI, Response
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from starlette.routing import Match, Mount

from service.app import HOUSE, ROOMS
from service.doors import Door
from service.forms import take_form_token
from service.routing import Directory, doors_of
from service.vc_api.annexe import programs
from tests.service.house import House

ROUTERS = (*HOUSE, *(router for room in ROOMS.values() for router in room), *programs(("issuer", "verifier")))
DOORS = [door for router in ROUTERS for door in doors_of(router)]


def test_every_route_of_a_router_is_a_door_and_keeps_what_was_declared() -> None:
    declared = [found for router in ROUTERS for found in iter_route_contexts(router.routes)]
    assert len(declared) == len(DOORS)
    same = ("path", "endpoint", "methods", "name", "tags", "description", "openapi_extra", "include_in_schema")
    for found, door in zip(declared, DOORS, strict=True):
        assert [getattr(found, name) for name in same] == [getattr(door, name) for name in same]
        assert (found.response_model, found.status_code) == (door.response_model, door.status_code)
        assert not found.callbacks
        assert (found.summary, found.deprecated, found.operation_id) == (None, None, None)


def test_the_directory_finds_the_door_that_the_framework_would_find() -> None:
    directory = Directory(DOORS)
    for pattern in sorted({door.path for door in DOORS}):
        path = re.sub(r"\{[^}]*\}", "x", pattern)
        for method in ("GET", "POST", "HEAD", "DELETE"):
            scope: dict[str, object] = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
            asked = ((door, door.matches(dict(scope))[0]) for door in DOORS)
            first = next((door for door, match in asked if match is Match.FULL), None)
            match, found = directory.matches(dict(scope))
            assert found.get("route") is first, (method, path)
            assert (match is Match.FULL) == (first is not None)


def test_most_doors_are_not_tried() -> None:
    directory = Directory(DOORS)
    assert 0 < len(directory.leads_to("/api/verify")) < len(DOORS) / 4
    assert not any(directory.leads_to(path) for path in ("/nowhere", "/nowhere/api"))


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

    @router.get("/here/{place}")
    def here(place: str) -> Response:
        return Response(place)

    doors = doors_of(router)
    app.router.routes.extend([Directory(doors), *doors])
    assert TestClient(app, follow_redirects=False).request(method, f"http://testserver{path}").status_code == status


def test_a_door_whose_address_begins_with_anything_is_not_taken() -> None:
    router = APIRouter()
    router.get("/{anything}/there")(lambda: None)
    with pytest.raises(ValueError, match="anything"):
        Directory(doors_of(router))


def test_an_application_has_no_door_without_the_token_of_forms(plain: House) -> None:
    directory, *doors, files = plain.app.router.routes
    assert isinstance(directory, Directory)
    assert isinstance(files, Mount)
    for door in doors:
        assert isinstance(door, Door)
        assert take_form_token in [depends.dependency for depends in door.dependencies]
        assert door in directory.leads_to(door.path)
