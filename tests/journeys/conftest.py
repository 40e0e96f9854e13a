"""What every journey may ask for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.demo.build import build
from service.demo.stage import Stage
from tests.town import award_to_alina, served, settings_for, town_of_today


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[Stage]:
    """A town in which Алина has three badges and nothing else has happened; once on each database."""
    settings, municipality = settings_for(tmp_path, database_url), town_of_today()
    build(settings, municipality)
    with served(settings, municipality, datetime.now(UTC)) as stage:
        award_to_alina(stage)
        yield stage
