"""Whole towns for the journeys: the demonstration municipality built into a database of a test's own and served on loopback."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console

from service.app import create_app
from service.demo.awarding import award
from service.demo.clock import StoryClock
from service.demo.guide import guide
from service.demo.municipality import ZONE, Municipality
from service.demo.server import serving
from service.demo.stage import Stage
from service.parts import assemble
from service.settings import Settings, read_settings


def settings_for(folder: Path, database_url: str | None = None) -> Settings:
    return read_settings(data=folder, demo=True, database_url=database_url)


def town_of_today() -> Municipality:
    return Municipality.ending_before(datetime.now(ZONE).date())


@contextmanager
def served(settings: Settings, municipality: Municipality, now: datetime) -> Iterator[Stage]:
    """The built municipality, served at `now`."""
    clock = StoryClock(now)
    parts = assemble(settings, clock)
    app = create_app(settings, parts, clock)
    app.state.demo = guide(municipality, share="", phone="")
    with serving(app) as base:
        console = Console(file=io.StringIO())
        stage = Stage(base=base, parts=parts, clock=clock, municipality=municipality, console=console)
        stage.work()
        yield stage
    parts.engine.dispose()


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
