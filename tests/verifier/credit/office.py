"""The pages and JSON doors of credit cases alone, with the real look and words, over the invented school."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.testclient import TestClient
from httpx2 import Response as Answer

from keys.actor import ANONYMOUS, Bond, Right, Rights
from keys.deps import Visit
from schemas.errors import Conflict, Forbidden, NotFound, NotSignedIn, ZachetkaError
from service.describing import Describing
from service.printing.printer import open_printer
from service.rendering import Scene
from service.times import Times
from tests.drawn import rendering
from tests.opened import application
from tests.verifier.credit.world import ZONE, World
from verifier.credit import crosswalk_pages, pages, routes
from verifier.credit.rights import RIGHTS

SITE = "https://zachetka.example"
WITHOUT_LEARNER = {
    "credit.exported",
    "credit.letterhead",
    "credit.blank",
    "credit.days",
    "credit.policy",
    "credit.contract",
    "credit.curriculum",
    "credit.meeting",
}
STATUSES: dict[type[Exception], int] = {NotSignedIn: 401, Forbidden: 403, NotFound: 404, Conflict: 409}


class Office:
    """Ask over HTTP as somebody: `office.get("guardian", path)`. `journal` and `tasks` hold what the visits left."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.journal: list[tuple[str, str, str]] = []
        self.tasks: list[tuple[str, str]] = []
        app = application((pages.router, crosswalk_pages.router, routes.router))
        app.state.visits, app.state.cases, app.state.print_pdf = self._visits, world.cases, open_printer()
        app.state.describing = Describing()
        app.state.site = SITE
        app.add_exception_handler(ZachetkaError, _problem)
        self.client = TestClient(app, base_url=SITE, follow_redirects=False)

    def get(self, who: str, path: str, **params: str) -> Answer:
        return self.client.get(path, headers={"x-who": who}, params=params)

    def post(self, who: str, path: str, fields: Mapping[str, Any], **files: Any) -> Answer:
        return self.client.post(path, headers={"x-who": who}, data=dict(fields), files=files or None)

    def send(self, who: str, path: str, body: Any) -> Answer:
        return self.client.post(path, headers={"x-who": who}, json=body)

    def press(self, who: str, case: str, event: str, **answers: str | list[str]) -> Answer:
        """Open the form of an act, fill in `answers`, send it."""
        path = f"/credit/cases/{case}/{event}"
        page = self.get(who, path)
        assert page.status_code == 200, page.text
        return self.post(who, path, {**fields_of(page.text, path), **answers})

    @contextmanager
    def _visits(self, request: Request) -> Iterator[Visit]:
        who = request.headers.get("x-who", "")
        actor = self.world.actor(who) if who else ANONYMOUS
        language = request.query_params.get("language", "ru")
        scene = Scene(language=language, now=self.world.now, csrf="token" if who else "")
        frame: dict[str, Any] = {"language": language, "demo": False, "zone": ZONE, "signed_in": None, "nav": []}

        def render(template: str, data: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
            return rendering(SITE).page(template, {**frame, **data}, scene, status=status)

        def record(event: str, *, organisation: str | None = None, learner: str | None = None, item: str = "") -> None:
            assert organisation
            assert learner or event in WITHOUT_LEARNER
            self.journal.append((event, who, item))

        with self.world.session() as session:
            yield Visit(
                actor=actor,
                session=session,
                now=self.world.now,
                people=self.world.cases.services.people(session, self.world.now),
                rights=Rights((*RIGHTS, Right("public", Bond.ANYONE), Right("wallet.apply", Bond.GUARDIAN))),
                render=render,
                record=record,
                later=lambda kind, item: self.tasks.append((kind, item)),
                language=language,
                times=Times(ZoneInfo("Europe/Moscow"), language),
                translate=rendering(SITE).catalogues.translator(language),
            )


class _Form(HTMLParser):
    """The fields of the form that goes to one address, as a browser would send them untouched."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.open, self.area = action, False, ""
        self.fields: dict[str, str | list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = known.get("action") == self.action
        elif self.open and tag == "textarea":
            self.area = known["name"]
            self.fields[self.area] = ""
        elif self.open and tag == "input" and known.get("type") not in {"file", "submit"}:
            if known.get("type") in {"radio", "checkbox"} and "checked" not in known:
                return
            earlier = self.fields.get(known["name"], [])
            self.fields[known["name"]] = [*([earlier] if isinstance(earlier, str) else earlier), known.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = False
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] = str(self.fields[self.area]) + data.removeprefix("\n")


def fields_of(page: str, action: str) -> dict[str, str | list[str]]:
    form = _Form(action)
    form.feed(page)
    assert form.fields, f"no form for {action}"
    return form.fields


def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ZachetkaError)
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)
    return JSONResponse({"code": error.code, "sentence": str(error)}, status_code=status)
