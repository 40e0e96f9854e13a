"""The application: one FastAPI over the rooms, with one way to sign in, to be refused and to be drawn."""

import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import issuer.batch_pages
import issuer.offer_pages
import issuer.pages
import issuer.routes
import keys.routes
import service.identity.pages
import service.identity.routes
import service.notices.pages
import verifier.credit.crosswalk_pages
import verifier.credit.pages
import verifier.credit.routes
import verifier.pages
import verifier.routes
import wallet_web.pages
import wallet_web.routes
from service import docs, journal_page, keys_page, migrate, operation, start
from service.answers import Answers
from service.cookies import SessionCookie
from service.forms import take_form_token
from service.headers import BodyLimit, Net, SecurityHeaders
from service.identity.deps import Entrance
from service.identity.guests import Door
from service.identity.sessions import Term
from service.metrics import Metrics
from service.operation import Operation
from service.parts import Clock, Parts, assemble, utc_now
from service.problems import PROBLEM_RESPONSES
from service.settings import Part, Settings
from service.visits import Visits

STATIC = Path(__file__).parent / "look" / "static"
HOUSE: tuple[APIRouter, ...] = (
    start.router,
    docs.router,
    operation.router,
    journal_page.router,
    keys_page.router,
    service.identity.pages.router,
    service.identity.routes.router,
    service.notices.pages.router,
    keys.routes.router,
)
ROOMS: dict[Part, tuple[APIRouter, ...]] = {
    "issuer": (
        issuer.pages.router,
        issuer.batch_pages.router,
        issuer.offer_pages.router,
        issuer.routes.router,
    ),
    "verifier": (
        verifier.pages.router,
        verifier.routes.router,
        verifier.credit.pages.router,
        verifier.credit.crosswalk_pages.router,
        verifier.credit.routes.router,
    ),
    "wallet": (wallet_web.pages.router, wallet_web.routes.router),
}


class Static(StaticFiles):
    """Styles, letters and signs: the same for everybody, kept by browsers for an hour."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file with its term."""
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=3600"
        return answer


def create_app(settings: Settings, parts: Parts | None = None, clock: Clock = utc_now) -> FastAPI:
    """The application of an installation; `parts` where they were composed before, else composed here on `clock`."""
    held = parts or assemble(settings, clock)
    app = FastAPI(
        title="Zachetka",
        version=_version(),
        description="Signed micro-credentials for a network of schools.",
        openapi_url=None,
        dependencies=[Depends(take_form_token)],
        responses=PROBLEM_RESPONSES,
        form_limits={"max_part_size": settings.max_body},
    )
    for router in _routers(settings):
        app.include_router(router)
    app.mount("/static/look", Static(directory=STATIC))
    _furnish(app, held)
    if settings.vc_api == "conformance":
        from service.conformance import doors  # noqa: PLC0415

        doors.furnish(app, held)
    return app


def _routers(settings: Settings) -> Iterator[APIRouter]:
    yield from HOUSE
    for part in settings.parts:
        yield from ROOMS[part]
    if settings.vc_api == "conformance":
        from service.conformance import doors  # noqa: PLC0415 - real installations never load it

        yield doors.router


def _furnish(app: FastAPI, parts: Parts) -> None:
    """Give the routes what their `deps` ask for, and put the door around them."""
    settings, metrics = parts.settings, Metrics()
    term = Term(idle=timedelta(minutes=settings.session_idle_minutes), whole=timedelta(hours=settings.session_hours))
    door = Door(term=term, demo=settings.demo)
    cookie = SessionCookie(https=settings.https, seconds=int(term.whole.total_seconds()))
    visits = Visits(
        engine=parts.engine,
        clock=parts.clock,
        zone=settings.zone,
        rights=parts.rights,
        rendering=parts.rendering,
        door=door,
        cookie=cookie,
        demo=settings.demo,
        conformance=settings.vc_api == "conformance",
        rooms=settings.parts,
        wake=parts.bell.set,
    )
    answers = Answers(visits, settings.public_url, settings.max_body)
    app.state.settings, app.state.parts, app.state.demo = settings, parts, None
    app.state.visits, app.state.shelf = visits, parts.shelf
    app.state.issuer, app.state.verifier, app.state.cases, app.state.wallet = (
        parts.issuer,
        parts.verifier,
        parts.cases,
        parts.wallet,
    )
    app.state.print_pdf = parts.print_pdf
    app.state.batches, app.state.offers = parts.batches, parts.offers
    app.state.entrance = Entrance(door=door, cookie=cookie, public_url=settings.public_url, entropy=secrets.token_bytes)
    app.state.operation = Operation(metrics=metrics, questions=_questions(parts))
    answers.install(app)
    app.add_middleware(BodyLimit, limit=settings.max_body, uploads=settings.max_upload)
    app.add_middleware(Net, metrics=metrics, broken=answers.broken)
    app.add_middleware(SecurityHeaders, https=settings.https)


def _questions(parts: Parts) -> dict[str, Callable[[], bool]]:
    return {
        "database": lambda: operation.database_answers(parts.engine),
        "migrations": lambda: migrate.is_current(parts.engine),
        "data-folder": parts.settings.data.is_dir,
    }


def _version() -> str:
    try:
        return version("zachetka")
    except PackageNotFoundError:
        return "0"
