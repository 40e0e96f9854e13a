"""Whole towns for the journeys: the demonstration municipality in a database of a test's own, served on loopback.

A town in which much has happened is made once in a process (`prepare`), and every test has a copy of it (`copied`).
"""

import atexit
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

from rich.console import Console

from service.app import create_app
from service.demo.awarding import award
from service.demo.build import build
from service.demo.clock import StoryClock
from service.demo.guide import guide
from service.demo.municipality import ZONE, Municipality
from service.demo.server import serving
from service.demo.stage import Stage
from service.parts import assemble
from service.settings import Settings, read_settings
from tests.conftest import copy_postgres, postgres_database
from tests.opened import with_known_routes

MANY_REQUESTS = 1_000_000
Known = TypeVar("Known")


def settings_for(folder: Path, database_url: str | None = None) -> Settings:
    """Everything that can be open is; the clock of a story stands still, so no allowance of requests ever comes back."""
    return read_settings(
        data=folder, demo=True, database_url=database_url, vc_api="on", vc_api_per_minute=MANY_REQUESTS
    )


def town_of_today() -> Municipality:
    return Municipality.ending_before(datetime.now(ZONE).date())


@contextmanager
def served(settings: Settings, municipality: Municipality, now: datetime) -> Iterator[Stage]:
    """The built municipality, served at `now`."""
    clock = StoryClock(now)
    parts = assemble(settings, clock)
    app = with_known_routes(create_app(settings, parts, clock), settings.parts, settings.vc_api, settings.max_body)
    app.state.demo = guide(municipality, share="", phone="")
    with serving(app) as base:
        console = Console(file=io.StringIO())
        stage = Stage(base=base, parts=parts, clock=clock, municipality=municipality, console=console)
        stage.work()
        yield stage
    parts.engine.dispose()


@dataclass(frozen=True, slots=True)
class Made(Generic[Known]):
    """A town to copy: what happened last in it happened at `now`; `known` is what its maker has to tell."""

    settings: Settings
    municipality: Municipality
    now: datetime
    known: Known


def prepare(server: str, fill: Callable[[Stage], Known]) -> Made[Known]:
    """A town on a PostgreSQL server ("" for SQLite) in which `fill` has happened, kept until the process ends."""
    kept = ExitStack()
    atexit.register(kept.close)
    folder = Path(kept.enter_context(TemporaryDirectory(prefix="zachetka-town-")))
    database_url = kept.enter_context(postgres_database(server)) if server else None
    settings, municipality = settings_for(folder, database_url), town_of_today()
    build(settings, municipality)
    with served(settings, municipality, datetime.now(UTC)) as stage:
        known = fill(stage)
        return Made(settings, municipality, stage.clock(), known)


def server_of(database_url: str) -> str:
    """The PostgreSQL server of a database, "" where it is SQLite."""
    return "" if database_url.startswith("sqlite:") else database_url.rpartition("/")[0]


@contextmanager
def copied(made: Made[Known], folder: Path, database_url: str) -> Iterator[Stage]:
    """A copy of a town in an empty folder and database, served from the moment on where the other one stopped."""
    shutil.copytree(made.settings.data, folder, dirs_exist_ok=True)
    settings = settings_for(folder, database_url)
    if server_of(database_url):
        copy_postgres(made.settings.database, database_url)
    with served(settings, made.municipality, max(made.now, datetime.now(UTC))) as stage:
        yield stage


@cache
def town_with_badges(server: str) -> Made[None]:
    """A town in which Алина has three badges and nothing else has happened."""
    return prepare(server, award_to_alina)


def award_to_alina(stage: Stage) -> None:
    """The three badges of scenario 13, awarded today."""
    for by, organisation, module, result in (
        ("kvartsev", "kva", "m01", "91"),
        ("rektorova", "ugu", "m08", "87"),
        ("polyushkina", "ddt", "m09", ""),
    ):
        award(
            stage, by=by, organisation=organisation, module=module, learner="l1", event="Ведомость № 1", result=result
        )
    stage.work()
