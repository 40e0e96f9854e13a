"""The application: one FastAPI over the rooms, with one way to sign in, to be refused and to be drawn."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import issuer.allowing_pages
import issuer.asking_pages
import issuer.batch_pages
import issuer.endorsement_pages
import issuer.offer_pages
import issuer.pages
import issuer.routes
import issuer.vouching_pages
import keys.routes
import service.frameworks.pages
import service.identity.account_pages
import service.identity.consent_pages
import service.identity.learner_pages
import service.identity.member_pages
import service.identity.move_pages
import service.identity.pages
import service.identity.passkeys.pages
import service.identity.providers.first_pages
import service.identity.providers.pages
import service.identity.roll_pages
import service.identity.routes
import service.identity.slip_pages
import service.identity.substitution_pages
import service.identity.ward_pages
import service.notices.pages
import service.retention.pages
import verifier.asking.routes
import verifier.credit.crosswalk_pages
import verifier.credit.pages
import verifier.credit.routes
import verifier.many_pages
import verifier.pages
import verifier.routes
import wallet_web.pages
import wallet_web.portfolio.pages
import wallet_web.routes
from issuer.texts import sign_text
from service import (
    answer,
    depositing,
    docs,
    installable,
    journal_page,
    keys_page,
    migrate,
    network_pages,
    operation,
    start,
)
from service.answers import Answers
from service.cookies import SessionCookie
from service.database import unit_of_work
from service.describing import Describing
from service.headers import BodyLimit, Net, SecurityHeaders
from service.identity.deps import Entrance
from service.identity.guests import Door
from service.identity.handshakes import TERM
from service.identity.passkeys.ceremony import party_of
from service.identity.providers.asking import Client, Provider
from service.identity.sessions import Term
from service.metrics import Metrics
from service.navigation import rooms_of
from service.operation import Operation
from service.parts import Clock, Parts, assemble, utc_now
from service.routing import Directory, doors_of
from service.settings import Part, Settings, VcApi
from service.vc_api.annexe import Annexe, programs
from service.version import program_version
from service.visits import Visits
from service.vouching import Vouching
from verifier.many import Many
from wallet_web import qr
from wallet_web.acts import files_behind

STATIC = Path(__file__).parent / "look" / "static"
HOUSE: tuple[APIRouter, ...] = (
    start.router,
    installable.router,
    docs.router,
    operation.router,
    journal_page.router,
    keys_page.router,
    service.frameworks.pages.router,
    network_pages.router,
    service.identity.pages.router,
    service.identity.account_pages.router,
    service.identity.passkeys.pages.router,
    service.identity.providers.pages.router,
    service.identity.providers.first_pages.router,
    service.identity.roll_pages.router,
    service.identity.learner_pages.router,
    service.identity.move_pages.router,
    service.identity.slip_pages.router,
    service.identity.ward_pages.router,
    service.identity.consent_pages.router,
    service.identity.member_pages.router,
    service.identity.substitution_pages.router,
    service.identity.routes.router,
    service.notices.pages.router,
    service.retention.pages.router,
    answer.router,
    keys.routes.router,
    depositing.router,
)
ROOMS: dict[Part, tuple[APIRouter, ...]] = {
    "issuer": (
        issuer.pages.router,
        issuer.batch_pages.router,
        issuer.allowing_pages.router,
        issuer.endorsement_pages.router,
        issuer.vouching_pages.router,
        issuer.asking_pages.router,
        issuer.offer_pages.router,
        issuer.routes.router,
    ),
    "verifier": (
        verifier.pages.router,
        verifier.many_pages.router,
        verifier.asking.routes.router,
        verifier.routes.router,
        verifier.credit.pages.router,
        verifier.credit.crosswalk_pages.router,
        verifier.credit.routes.router,
    ),
    "wallet": (wallet_web.pages.router, wallet_web.routes.router, wallet_web.portfolio.pages.router),
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
        version=program_version(),
        description="Signed micro-credentials for a network of schools.",
        openapi_url=None,
        form_limits={"max_part_size": settings.max_body},
    )
    app.router.routes.extend(_routes(settings.parts, settings.vc_api))
    app.mount("/static/look", Static(directory=STATIC))
    _furnish(app, held)
    _annexe(settings.parts, settings.vc_api).furnish(app, held)
    return app


@cache
def _routes(parts: tuple[Part, ...], vc_api: VcApi) -> tuple[BaseRoute, ...]:
    """All doors of an installation behind their directory; made once in a process, because they hold nothing of an application."""
    routers = (*HOUSE, *(router for part in parts for router in ROOMS[part]), *_annexe(parts, vc_api).routers)
    doors = [door for router in routers for door in doors_of(router)]
    return Directory(doors), *doors


def _annexe(parts: tuple[Part, ...], vc_api: VcApi) -> Annexe:
    """What answers under `/vc-api`: nothing, the doors of organisations, or those of the suites."""
    if vc_api == "conformance":
        from service.conformance.doors import ANNEXE  # noqa: PLC0415 - real installations never load it

        return ANNEXE
    return Annexe(programs(parts)) if vc_api == "on" else Annexe(())


def _furnish(app: FastAPI, parts: Parts) -> None:
    """Give the routes what their `deps` ask for, and put the door around them."""
    settings, metrics = parts.settings, Metrics()
    term = Term(idle=timedelta(minutes=settings.session_idle_minutes), whole=timedelta(hours=settings.session_hours))
    door = Door(term=term, demo=settings.demo)
    cookie = SessionCookie(https=settings.https, seconds=int(term.whole.total_seconds()))
    visits = _visits(parts, door, cookie)
    answers = Answers(visits, settings.public_url, settings.max_body)
    app.state.visits, app.state.entrance = visits, _entrance(parts, door, cookie)
    app.state.operation = Operation(metrics=metrics, questions=_questions(parts))
    _hand_over(app, parts)
    answers.install(app)
    app.add_middleware(BodyLimit, limit=settings.max_body, uploads=settings.max_upload)
    app.add_middleware(Net, metrics=metrics, broken=answers.broken)
    app.add_middleware(SecurityHeaders, https=settings.https)


def _visits(parts: Parts, door: Door, cookie: SessionCookie) -> Visits:
    settings = parts.settings
    return Visits(
        engine=parts.engine,
        clock=parts.clock,
        zone=settings.zone,
        rights=parts.rights,
        rendering=parts.rendering,
        door=door,
        cookie=cookie,
        demo=settings.demo,
        conformance=settings.vc_api == "conformance",
        rooms=rooms_of(settings),
        wake=parts.bell.set,
    )


def _entrance(parts: Parts, door: Door, cookie: SessionCookie) -> Entrance:
    settings = parts.settings
    return Entrance(
        door=door,
        cookie=cookie,
        handshake=SessionCookie(https=settings.https, seconds=int(TERM.total_seconds()), word="zachetka-begun"),
        party=party_of(settings.public_url),
        provider=_provider(parts) if settings.oidc_issuer else None,
        unit=partial(unit_of_work, parts.engine),
        public_url=settings.public_url,
        entropy=secrets.token_bytes,
        mails=bool(settings.smtp_host),
        zone=settings.zone,
    )


def _hand_over(app: FastAPI, parts: Parts) -> None:
    """What the rooms ask for by name in their `deps`."""
    settings, held = parts.settings, app.state
    held.settings, held.parts, held.demo = settings, parts, None
    held.shelf, held.site, held.print_pdf, held.draw_code = parts.shelf, settings.public_url, parts.print_pdf, qr.svg
    held.issuer, held.batches, held.offers = parts.issuer, parts.batches, parts.offers
    held.verifier, held.cases, held.wallet = parts.verifier, parts.cases, parts.wallet
    held.many = Many(parts.verifier, parts.store.derive("answers about many"))
    held.open_link = partial(files_behind, parts.wallet) if "wallet" in settings.parts else None
    held.attesting, held.sign_text = parts.attesting, partial(sign_text, store=parts.store)
    held.describing, held.judge_endorsement = Describing(), Vouching(parts.verifier)
    held.corrections, held.tell_asker = parts.corrections, parts.corrections.tell


def _provider(parts: Parts) -> Provider:
    settings = parts.settings
    client = Client(
        issuer=settings.oidc_issuer,
        id=settings.oidc_client,
        secret=settings.oidc_secret,
        names={"ru": settings.oidc_name, "en": settings.oidc_name_en},
        back=f"{settings.public_url}/sign-in/provider/back",
    )
    return Provider(client, parts.store.derive("people at the provider"), parts.fetcher, parts.sender)


def _questions(parts: Parts) -> dict[str, Callable[[], bool]]:
    return {
        "database": lambda: operation.database_answers(parts.engine),
        "migrations": lambda: migrate.is_current(parts.engine),
        "data-folder": parts.settings.data.is_dir,
    }
