"""The town that most tests of doors need: everybody is there, and Алина's family has used every room."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.app import create_app
from service.database import unit_of_work
from service.demo.stage import Stage
from tests.journeys import cast
from tests.journeys.alina import settle
from tests.journeys.doors import Door, doors_of
from tests.journeys.things import Things
from tests.town import Made, award_to_alina, copied, prepare, server_of


@dataclass(frozen=True, slots=True)
class Town:
    """A served town with what there is of Алина's, and every door of the application."""

    stage: Stage
    things: Things
    doors: list[Door]


@cache
def _made(server: str) -> Made[Things]:
    return prepare(server, _fill)


def _fill(stage: Stage) -> Things:
    award_to_alina(stage)
    with unit_of_work(stage.parts.engine) as session:
        cast.hire(session, stage.municipality.joined.date())
    return settle(stage)


@contextmanager
def peopled_town(folder: Path, database_url: str = "") -> Iterator[Town]:
    """A town of its own, on SQLite unless a database is named, served for as long as the block runs."""
    url = database_url or f"sqlite:///{folder / 'zachetka.sqlite'}"
    made = _made(server_of(url))
    with copied(made, folder, url) as stage:
        yield Town(stage, made.known, doors_of(create_app(stage.parts.settings, stage.parts)))
