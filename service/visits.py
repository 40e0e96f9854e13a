"""Opens a `Visit` for every request: who asks, in which language, on which transaction (see `keys.deps`).

A request that may change something is one transaction that commits before the answer leaves. A page that is only read runs
in a transaction that never waits for writers; what it adds all the same (lines of a log) is written at its end. The journal
comes last, so that its chain is locked for as short as possible. A stranger without a session costs no database access.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Engine
from sqlmodel import Session

from keys import journal
from keys.actor import Actor, Rights
from keys.deps import Visit
from service import tasks
from service.cookies import SessionCookie
from service.database import adding, reading, unit_of_work
from service.forms import SAFE_METHODS, require_own_form
from service.identity import sessions
from service.identity.guests import STRANGER, Door, Guest
from service.identity.people import Roll
from service.language import address_in, language_of
from service.navigation import Room, place_of, places_of
from service.rendering import Rendering, Scene
from service.times import Times


@dataclass(slots=True)
class Afterwards:
    """What a visit still has to write when its route has returned."""

    notes: list[tuple[str, str | None, str | None, str]] = field(default_factory=list)

    def record(
        self, event: str, *, organisation: str | None = None, learner: str | None = None, item: str = ""
    ) -> None:
        """Keep a line for the journal."""
        self.notes.append((event, organisation, learner, item))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Implements `keys.deps.Visits`."""

    engine: Engine
    clock: Callable[[], datetime]
    zone: ZoneInfo
    rights: Rights
    rendering: Rendering
    door: Door
    cookie: SessionCookie
    demo: bool
    conformance: bool
    rooms: tuple[Room, ...]
    wake: Callable[[], None]

    @contextmanager
    def __call__(self, request: Request) -> Iterator[Visit]:
        """A visit whose transaction commits on a clean exit and rolls back on an exception."""
        now = self.clock()
        guest = self.recognise(request, now)
        after = Afterwards()
        if request.method in SAFE_METHODS:
            with adding(self.engine) as session:
                yield self._visit(request, guest, now, session, after)
            if after.notes or _stale(guest, now):
                with unit_of_work(self.engine) as session:
                    self._close(session, guest, now, after)
        else:
            require_own_form(request, guest)
            with unit_of_work(self.engine) as session:
                yield self._visit(request, guest, now, session, after)
                self._close(session, guest, now, after)
            self.wake()

    def recognise(self, request: Request, now: datetime) -> Guest:
        """Who sends the request; asked of the database once per request, and only when there is a cookie."""
        known: Guest | None = getattr(request.state, "guest", None)
        if known is not None:
            return known
        token = self.cookie.read(request)
        guest = STRANGER
        if token:
            with reading(self.engine) as session:
                guest = self.door.recognise(session, token, now, now.astimezone(self.zone).date())
        request.state.guest = guest
        return guest

    def draw(
        self,
        request: Request,
        guest: Guest,
        now: datetime,
        template: str,
        data: Mapping[str, Any],
        *,
        status: int = 200,
    ) -> HTMLResponse:
        """A page for `guest`, with the house's frame around it."""
        language = language_of(request)
        scene = Scene(language=language, now=now, csrf=guest.csrf)
        return self.rendering.page(template, {**self._frame(request, guest, language), **data}, scene, status=status)

    def _visit(self, request: Request, guest: Guest, now: datetime, session: Session, after: Afterwards) -> Visit:
        def render(template: str, data: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
            return self.draw(request, guest, now, template, data, status=status)

        def later(kind: str, item: str) -> None:
            tasks.later(session, kind, item, now)

        language = language_of(request)
        return Visit(
            actor=guest.actor,
            session=session,
            now=now,
            people=Roll(session, now.astimezone(self.zone).date()),
            rights=self.rights,
            render=render,
            record=after.record,
            later=later,
            language=language,
            times=Times(self.zone, language),
            translate=self.rendering.catalogues.translator(language),
        )

    def _frame(self, request: Request, guest: Guest, language: str) -> dict[str, Any]:
        """The variables of `look/base.html`."""
        translate = self.rendering.catalogues.translator(language)
        places = places_of(guest.actor, self.rooms, guest.names)
        here = place_of(request.url.path, places)
        return {
            "language": language,
            "demo": self.demo,
            "conformance": self.conformance,
            "zone": self.zone,
            "person": guest.actor.person if guest.session is not None else None,
            "signed_in": guest if guest.session is not None else None,
            "in_other_language": address_in(request, "en" if language == "ru" else "ru"),
            "nav": [(place.href, translate(place.label), place.href == here, place.whose) for place in places],
        }

    def _close(self, session: Session, guest: Guest, now: datetime, after: Afterwards) -> None:
        for event, organisation, learner, item in after.notes:
            _write(session, guest.actor, now, event, organisation, learner, item)
        if guest.session is not None and _stale(guest, now):
            sessions.touch(session, guest.session, now)


def _stale(guest: Guest, now: datetime) -> bool:
    return guest.session is not None and sessions.needs_touch(guest.session, now)


def _write(
    session: Session, actor: Actor, now: datetime, event: str, organisation: str | None, learner: str | None, item: str
) -> None:
    journal.append(
        session,
        at=now,
        event=event,
        actor_kind=actor.kind,
        person=actor.person,
        organisation=organisation,
        learner=learner,
        item=item,
    )
