"""The town that most tests of doors need: everybody is there, and Алина's family has used every room."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.app import create_app
from service.database import unit_of_work
from service.demo.build import build
from service.demo.stage import Stage
from tests.journeys import cast
from tests.journeys.alina import Things, settle
from tests.journeys.doors import Door, doors_of
from tests.town import award_to_alina, served, settings_for, town_of_today


@dataclass(frozen=True, slots=True)
class Town:
    """A served town with what there is of Алина's, and every door of the application."""

    stage: Stage
    things: Things
    doors: list[Door]


def people(stage: Stage) -> Town:
    """Fill a town in which Алина has her badges."""
    with unit_of_work(stage.parts.engine) as session:
        cast.hire(session, stage.municipality.joined.date())
    return Town(stage, settle(stage), doors_of(create_app(stage.parts.settings, stage.parts)))


@contextmanager
def peopled_town(folder: Path) -> Iterator[Town]:
    """A town of its own on SQLite, served for as long as the block runs."""
    settings, municipality = settings_for(folder), town_of_today()
    build(settings, municipality)
    with served(settings, municipality, datetime.now(UTC)) as stage:
        award_to_alina(stage)
        yield people(stage)
