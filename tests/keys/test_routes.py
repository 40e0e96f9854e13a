"""Public documents over HTTP: cacheable by anyone, from the shelf alone."""

import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

from keys.actor import ANONYMOUS, Rights
from keys.rights import RIGHTS
from keys.routes import router
from keys.shelf import Shelf
from schemas.errors import NotFound

PATHS = {
    "/orgs/s1/did.json": "orgs/s1/did.json",
    "/orgs/s1/keys": "orgs/s1/keys",
    "/orgs/s1/achievements/m08-1": "orgs/s1/achievements/m08-1",
    "/paths/ugu-engineer": "paths/ugu-engineer",
    "/trust": "trust",
    "/frameworks/outcomes": "frameworks/outcomes",
    "/status/0f3a": "status/0f3a",
    "/deposits/2026-11-22": "deposits/2026-11-22",
}


@pytest.fixture
def app(shelf: Shelf) -> FastAPI:
    made = FastAPI()
    made.include_router(router)
    made.add_exception_handler(NotFound, lambda _request, _error: JSONResponse({}, status_code=404))
    made.state.shelf = shelf
    return made


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="https://s1.sever.example") as opened:
        yield opened


@pytest.mark.parametrize(("url", "path"), PATHS.items())
def test_a_document_is_given_and_known_again(client: TestClient, shelf: Shelf, url: str, path: str) -> None:
    assert client.get(url).status_code == 404
    shelf.put(path, b'{"a": 1}')
    first = client.get(url)
    assert (first.status_code, first.content) == (200, b'{"a": 1}')
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cache-control"].startswith("public, max-age=")
    assert "json" in first.headers["content-type"]
    assert "set-cookie" not in first.headers
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    shelf.put(path, b'{"a": 2}')
    changed = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (changed.status_code, changed.content) == (200, b'{"a": 2}')
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("header", "status"), [("*", 304), ('"a", W/{tag}', 304), ('{tag}, "b"', 304), ('"a"', 200), ("", 200)]
)
def test_tags_are_compared_weakly_and_in_lists(client: TestClient, shelf: Shelf, header: str, status: int) -> None:
    shelf.put("trust", b"{}")
    tag = client.get("/trust").headers["etag"]
    assert client.get("/trust", headers={"If-None-Match": header.replace("{tag}", tag)}).status_code == status


@pytest.mark.parametrize(("url", "path"), PATHS.items())
def test_the_head_alone_may_be_asked_for(client: TestClient, shelf: Shelf, url: str, path: str) -> None:
    shelf.put(path, b"{}")
    head = client.head(url)
    assert (head.status_code, head.headers["content-length"]) == (200, "2")
    assert head.headers["etag"] == client.get(url).headers["etag"]


def test_the_host_decides_whose_keys_are_shown(client: TestClient, shelf: Shelf) -> None:
    shelf.put("hosts/s1.sever.example", b"s1")
    shelf.put("orgs/s1/did.json", b'{"id": "did:web:s1.sever.example"}')
    own = client.get("/.well-known/did.json")
    assert (own.status_code, own.json()["id"]) == (200, "did:web:s1.sever.example")
    assert client.get("/.well-known/did.json", headers={"Host": "S1.sever.example:8000"}).status_code == 200
    for host in ("other.sever.example", "", "..", "[::1]:80", "s1.sever.example/../x"):
        assert client.get("/.well-known/did.json", headers={"Host": host}).status_code == 404


def test_an_alignment_leads_to_its_outcome(client: TestClient, shelf: Shelf) -> None:
    url = "https://cpo.sever.example/frameworks/outcomes/items/"
    rows = [{"uri": f"{url}{number}", "humanCodingScheme": f"ИП.{number}"} for number in (1, 2, 12)]
    shelf.put("frameworks/outcomes", json.dumps({"CFItems": rows}).encode())
    assert client.get("/frameworks/outcomes/items/2").json() == rows[1]
    assert client.get("/frameworks/outcomes/items/3").status_code == 404
    assert client.get("/frameworks/other/items/2").status_code == 404


@pytest.mark.parametrize(
    "url", ["/orgs/..%2f..%2fkeys/did.json", "/orgs/%2e%2e/keys", "/status/..", "/status/%2e%2e%2fkeys", "/deposits/.x"]
)
def test_nothing_beside_the_shelf_is_reached(client: TestClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_every_route_declares_its_action(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert len(paths) == len(PATHS) + 2
    actions = {operation["x-action"] for path in paths.values() for operation in path.values()}
    assert actions == {"public"}
    assert Rights(RIGHTS).can(ANONYMOUS, "public")


def test_writing_is_not_possible(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/trust").status_code == 405
