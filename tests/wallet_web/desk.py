"""A wallet with its pages and doors on one engine: real templates and rights, the campus's verifier, people from a dict.

desk = Desk(engine, tmp_path)
alina = desk.enrol(teenager())
badge = desk.deliver(alina)
desk.browser(guardian(alina)).get(f"/wallet/{alina.id}")
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, col, select

import verifier.asking.routes
from issuer.texts import sign_text
from keys import organisations
from keys.actor import ANONYMOUS, Actor, ActorKind, Rights, Role
from keys.deps import Learner, Person, Visit
from keys.shelf import Shelf
from keys.tables import OrganisationKind
from schemas.award import AwardOrder
from schemas.errors import BadInput, NotFound, ZachetkaError
from service.bridges import Bridges
from service.corrections import Corrections
from service.database import unit_of_work
from service.errors import status_of
from service.printing.printer import open_printer
from service.rendering import Scene
from service.rights import ALL_RIGHTS
from service.times import Times
from tests.campus import Campus, House
from tests.drawn import rendering
from tests.opened import application
from tests.stores import open_store
from tests.wallet_web.family import guardian
from verifier.credit import plans
from verifier.credit.cases import Cases
from verifier.credit.matching import Planned
from verifier.credit.plans import ComponentSpec
from verifier.credit.work import Services
from verifier.pictures import Pictures
from wallet_web import pages, qr, routes
from wallet_web.objections.filing import disputes
from wallet_web.portfolio import pages as portfolio_pages
from wallet_web.portfolio.attesting import Attesting
from wallet_web.receive import deliver
from wallet_web.tables import Entry
from wallet_web.wallet import Wallet

ZONE = ZoneInfo("Europe/Moscow")
PUBLIC_URL = "https://zachetka.example"
ROUTERS = (pages.router, routes.router, portfolio_pages.router, verifier.asking.routes.router)


class Refused(BadInput):
    """What a school's issuer may say to an order."""

    sentence = "{why}"


class Roll:
    """Whom the tests know."""

    def __init__(self) -> None:
        self.learners: dict[str, Learner] = {}

    def learner(self, learner: str) -> Learner:
        if learner not in self.learners:
            raise NotFound
        return self.learners[learner]

    def learner_by_number(self, number: str) -> Learner | None:
        return next((one for one in self.learners.values() if one.number == number), None)

    def guardians(self, learner: str) -> list[Person]:
        self.learner(learner)
        return [Person("guardian", "Канарейка-7319 Ольга Петровна")]

    def roster(self, school: str) -> list[Learner]:
        return [one for one in self.learners.values() if one.school == school]

    def person(self, person: str) -> Person:
        known = next((one for one in self.learners.values() if person == f"p-{one.id[:8]}"), None)
        return Person(person, known.name if known else "Канарейка-7319 Ольга Петровна")

    def staff(self, organisation: str, role: Role) -> list[Person]:
        return [Person(f"{organisation}-{role}", "Сотрудник")]


class Desk:
    """See the module."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.roll, self.journal = engine, Roll(), list[tuple[str, str | None, str]]()
        self.campus = Campus()
        self.campus.now = datetime(2026, 11, 22, 11, 5, tzinfo=UTC)
        self.ugu = self.campus.join("ugu", name="Северный открытый университет", licence="Л-030")
        self.refuses = ""
        self.orders, self.told = list[AwardOrder](), list[tuple[str, str]]()
        self.store = open_store(folder / "keys")
        self.shelf = Shelf(folder / "public")
        self.wallet = Wallet(self.campus.verifier, self.store, Pictures(self.shelf), public_url=PUBLIC_URL)
        self.rendering = rendering(PUBLIC_URL, ZONE)
        self.app = self._app()

    @property
    def now(self) -> datetime:
        return self.campus.now

    def enrol(self, learner: Learner) -> Learner:
        """Put a learner on the roll of their school, which the network knows."""
        self.roll.learners[learner.id] = learner
        with unit_of_work(self.engine) as session:
            if not any(one.code == learner.school for one in organisations.all_organisations(session)):
                organisations.register(
                    session,
                    code=learner.school,
                    name="Школа № 1",
                    kind=OrganisationKind.SCHOOL,
                    host=f"{learner.school}.sever.example",
                    member_from=self.now,
                )
                organisations.rotate(session, self.store, learner.school, self.now)
        return learner

    def award(self, learner: Learner, house: House | None = None, **options: Any) -> bytes:
        """A real badge for a learner, delivered."""
        badge = (house or self.ugu).award(learner=learner.number, **options)
        self.receive(learner, badge)
        return badge

    def receive(self, learner: Learner, badge: bytes) -> None:
        """Deliver a badge to the learner's number."""
        with unit_of_work(self.engine) as session:
            known = self.roll.learner_by_number(learner.number)
            assert deliver(session, learner.number, badge, self.now, find=lambda _session, _number: known)

    def entries(self, learner: Learner) -> list[Entry]:
        """The learner's badges, oldest first."""
        with unit_of_work(self.engine) as session:
            return list(session.exec(select(Entry).where(Entry.learner == learner.id).order_by(col(Entry.received_at))))

    def plan(self, learner: Learner, code: str = "P2", outcomes: tuple[str, ...] = ("ИП.1", "ИП.2")) -> str:
        """A part of the learner's plan at their school; gives the line's id."""
        with unit_of_work(self.engine) as session:
            planned = [Planned(code=one, name=f"Результат {one}", level=2) for one in outcomes]
            spec = ComponentSpec(
                school=learner.school,
                code=code,
                title="Индивидуальный проект",
                hours=34,
                recognition="r",
                outcomes=planned,
            )
            component = plans.add_component(session, spec)
            return plans.assign(session, learner=learner.id, component=component.id, year="2026/27", now=self.now).id

    def browser(self, actor: Actor = ANONYMOUS, language: str = "ru") -> TestClient:
        """A browser in which somebody is signed in."""
        self.app.state.people_here[id(actor)] = actor
        headers = {"x-actor": str(id(actor)), "x-language": language, "accept": "text/html"}
        return TestClient(self.app, base_url=PUBLIC_URL, headers=headers, follow_redirects=False)

    def family(self, learner: Learner) -> TestClient:
        """The guardian's browser."""
        return self.browser(guardian(learner, now=self.now))

    @contextmanager
    def visit(self, request: Request) -> Iterator[Visit]:
        actor: Actor = self.app.state.people_here[int(request.headers["x-actor"])]
        language = request.headers["x-language"]
        with unit_of_work(self.engine) as session:
            yield self._visit(session, actor, language)

    def _visit(self, session: Session, actor: Actor, language: str) -> Visit:
        def render(template: str, data: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
            signed_in = SimpleNamespace(name=self.roll.person(actor.person).name) if actor.person else None
            frame = {"language": language, "demo": False, "zone": ZONE, "signed_in": signed_in, "nav": []}
            return self.rendering.page(
                template, {**frame, **data}, Scene(language=language, now=self.now), status=status
            )

        def record(event: str, *, organisation: str | None = None, learner: str | None = None, item: str = "") -> None:
            assert organisation is None or actor.kind is not ActorKind.ANONYMOUS
            self.journal.append((event, learner, item))

        return Visit(
            actor=actor,
            session=session,
            now=self.now,
            people=self.roll,
            rights=Rights(ALL_RIGHTS),
            render=render,
            record=record,
            later=lambda _kind, _item: None,
            language=language,
            times=Times(ZoneInfo("Europe/Moscow"), language),
            translate=self.rendering.catalogues.translator(language),
        )

    def order(self, _session: Session, order: AwardOrder, _by: Actor, _now: datetime) -> str:
        """Stands where a school's issuer stands: keeps what was ordered, or refuses it while `refuses` says why."""
        if self.refuses:
            raise Refused(why=self.refuses)
        self.orders.append(order)
        return f"award-{len(self.orders)}"

    def tell(self, _session: Session, /, *, person: str, text: str, **_more: object) -> None:
        """Stands where the service's notices stand: keeps whom what was told."""
        self.told.append((person, text))

    def _app(self) -> FastAPI:
        app = application(ROUTERS)
        services = Services(
            verifier=self.campus.verifier,
            award=self.order,
            revoke=lambda *_arguments, **_options: None,
            notify=self.tell,
            store=self.store,
            people=lambda _session, _now: self.roll,
            disputed=disputes,
            zone=ZONE,
        )
        app.state.visits, app.state.wallet, app.state.cases = self.visit, self.wallet, Cases(services)
        app.state.verifier, app.state.site, app.state.draw_code = self.campus.verifier, PUBLIC_URL, qr.svg
        app.state.people_here, app.state.print_pdf = {}, open_printer()
        bridges = Bridges(verifier=self.campus.verifier, zone=ZONE, clock=lambda: self.now, mails=False)
        app.state.corrections, app.state.sign_text = Corrections(bridges), partial(sign_text, store=self.store)
        app.state.attesting = Attesting(award=self.order, notify=self.tell)
        app.add_exception_handler(ZachetkaError, _refused)
        return app


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, ZachetkaError)
    return JSONResponse({"code": error.code, "detail": str(error)}, status_code=status_of(error))
