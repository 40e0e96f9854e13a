"""The verifier's own pages and JSON door alone, with the real look and words, on a campus."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.testclient import TestClient
from sqlmodel import Session

from keys.actor import ANONYMOUS, Rights
from keys.deps import People, Visit
from keys.shelf import Shelf
from schemas.errors import NotFound, ZachetkaError
from service.printing.printer import open_printer
from service.rendering import Scene
from service.times import Times
from tests.campus import Campus
from tests.drawn import rendering
from tests.opened import application
from verifier import many_pages, pages, routes
from verifier.many import Many
from verifier.rights import RIGHTS

SITE = "https://zachetka.example"


class Counter:
    """Ask over HTTP: `counter.client`; `counter.shelf` holds the samples."""

    def __init__(self, campus: Campus, folder: Path) -> None:
        self.campus = campus
        self.shelf = Shelf(folder)
        self.rendering = rendering(SITE)
        app = application((pages.router, routes.router, many_pages.router))
        app.state.visits, app.state.shelf, app.state.verifier = self._visits, self.shelf, campus.verifier
        app.state.print_pdf, app.state.site = open_printer(), SITE
        self.many = Many(campus.verifier, b"a secret of the tests")
        self.links: dict[str, list[bytes] | ZachetkaError] = {}
        app.state.many, app.state.open_link = self.many, self._open
        app.add_exception_handler(ZachetkaError, _problem)
        self.client = TestClient(app, base_url=SITE, follow_redirects=False)

    def put_samples(self, rows: list[dict[str, str]], files: Mapping[str, bytes]) -> None:
        self.shelf.put("samples/index.json", json.dumps(rows).encode())
        for name, body in files.items():
            self.shelf.put(f"samples/{name}.json", body)

    def _open(self, _: Visit, token: str, address: str) -> list[bytes]:
        found = self.links.get(token, NotFound())
        assert address == "testclient"
        if isinstance(found, ZachetkaError):
            raise found
        return found

    @contextmanager
    def _visits(self, request: Request) -> Iterator[Visit]:
        language = request.query_params.get("language", "ru")
        scene = Scene(language=language, now=self.campus.now)
        frame: dict[str, Any] = {"language": language, "demo": False, "signed_in": None, "nav": []}

        def render(template: str, data: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
            return self.rendering.page(template, {**frame, **data}, scene, status=status)

        yield Visit(
            actor=ANONYMOUS,
            session=Session(),
            now=self.campus.now,
            people=cast("People", None),  # nobody is named here
            rights=Rights(RIGHTS),
            render=render,
            record=lambda *_, **__: None,
            later=lambda *_: None,
            language=language,
            times=Times(ZoneInfo("Europe/Moscow"), language),
            translate=self.rendering.catalogues.translator(language),
        )


def _problem(_: Request, error: Exception) -> Response:
    code = error.code if isinstance(error, ZachetkaError) else ""
    return JSONResponse({"code": code}, status_code=404 if isinstance(error, NotFound) else 400)
