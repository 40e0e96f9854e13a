"""What every journey may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.demo.stage import Stage
from tests.town import copied, server_of, town_with_badges


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[Stage]:
    """A town in which Алина has three badges and nothing else has happened; once on each database."""
    with copied(town_with_badges(server_of(database_url)), tmp_path, database_url) as stage:
        yield stage
