"""The small installation (`tests.service.house`) for every test of the service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.house import House, build


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    """On both databases."""
    built = build(tmp_path, database_url)
    yield built
    built.parts.engine.dispose()


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[House]:
    """On SQLite alone, where the database makes no difference."""
    built = build(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}")
    yield built
    built.parts.engine.dispose()
