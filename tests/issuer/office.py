"""The organisation's office: the package's pages and JSON doors over the small world, with a visitor chosen per request."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.testclient import TestClient

from issuer import allowing_pages, batch_pages, endorsement_pages, pages, routes, vouching_pages
from issuer.rights import RIGHTS
from keys.actor import ANONYMOUS, Actor, Rights, Role
from keys.deps import Learner, Person, Visit
from schemas.errors import ZachetkaError
from service.errors import status_of
from service.rendering import Rendering, Scene
from service.times import Times
from tests.drawn import rendering
from tests.issuer.world import AWARDER, METHODIST, NAMES, NOW, NUMBER, World, person
from tests.opened import application

ZONE = ZoneInfo("Europe/Moscow")
ROUTERS = (
    pages.router,
    routes.router,
    endorsement_pages.router,
    vouching_pages.router,
    batch_pages.router,
    allowing_pages.router,
)
ACTORS: Mapping[str, Actor] = {
    "awarder": AWARDER,
    "manager": METHODIST,
    "colleague": person("colleague", ("ugu", Role.AWARDER), ("ugu", Role.MANAGER)),
    "stranger": person("stranger", ("kol", Role.AWARDER)),
}
ALINA = Learner(
    id="l1",
    number=NUMBER,
    family_name=NAMES[0],
    given_name=NAMES[1],
    patronymic=NAMES[2],
    born=date(2010, 4, 12),
    school="s1",
    grade="10",
)


class Roll:
    """Knows one learner and calls every person by their id."""

    def learner(self, learner: str) -> Learner:
        assert learner == ALINA.id
        return ALINA

    def learner_by_number(self, number: str) -> Learner | None:
        return ALINA if number == ALINA.number else None

    def guardians(self, learner: str) -> list[Person]:
        return [Person("guardian", f"guardian of {learner}")]

    def roster(self, school: str) -> list[Learner]:
        return [ALINA] if school == ALINA.school else []

    def person(self, person: str) -> Person:
        return Person(person, f"Сотрудник {person}")

    def staff(self, organisation: str, role: Role) -> list[Person]:
        return [Person("staff", f"{role} of {organisation}")]


@dataclass
class Office:
    """The application and what its visits wrote into the journal."""

    world: World
    now: datetime = NOW
    language: str = "ru"
    notes: list[tuple[str, str | None, str | None, str]] = field(default_factory=list)
    rendering: Rendering = field(default_factory=lambda: rendering("http://127.0.0.1:8000"))

    def app(self) -> FastAPI:
        app = application(ROUTERS)
        app.add_exception_handler(ZachetkaError, self._problem)
        app.state.visits, app.state.shelf = self.visits, self.world.shelf
        app.state.issuer = self.world.issuer(names=lambda _session, number: NAMES if number == NUMBER else ())
        return app

    def client(self, account: str = "awarder") -> TestClient:
        return TestClient(self.app(), headers={"x-account": account}, follow_redirects=False)

    @contextmanager
    def visits(self, request: Request) -> Iterator[Visit]:
        with self.world.transaction() as session:
            yield Visit(
                actor=ACTORS.get(request.headers.get("x-account", ""), ANONYMOUS),
                session=session,
                now=self.now,
                people=Roll(),
                rights=Rights(RIGHTS),
                render=self._render,
                record=self._record,
                later=lambda _kind, _item: None,
                language=self.language,
                times=Times(ZoneInfo("Europe/Moscow"), self.language),
                translate=self.rendering.catalogues.translator(self.language),
            )

    def _record(
        self, event: str, *, organisation: str | None = None, learner: str | None = None, item: str = ""
    ) -> None:
        self.notes.append((event, organisation, learner, item))

    def _render(self, template: str, data: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
        frame = {
            "language": self.language,
            "demo": True,
            "zone": ZONE,
            "signed_in": None,
            "nav": [],
        }
        scene = Scene(language=self.language, now=self.now, csrf="token")
        return self.rendering.page(template, {**frame, **data}, scene, status=status)

    @staticmethod
    def _problem(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ZachetkaError)
        return JSONResponse({"code": error.code, "pointer": error.pointer}, status_code=status_of(error).value)
