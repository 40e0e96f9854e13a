"""The small installation (`tests.service.house`) for every test of the service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import BACKENDS
from tests.service.house import House, build, postgres_url


@pytest.fixture(params=BACKENDS)
def house_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where `build` can make an installation: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'zachetka.sqlite'}"
    return postgres_url(request.getfixturevalue("postgres_server"))


@pytest.fixture
def house(tmp_path: Path, house_url: str) -> Iterator[House]:
    """On both databases."""
    built = build(tmp_path, house_url)
    yield built
    built.parts.engine.dispose()


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[House]:
    """On SQLite alone, where the database makes no difference."""
    built = build(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}")
    yield built
    built.parts.engine.dispose()
