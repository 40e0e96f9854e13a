"""Installations in which programs of organisations may enter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.house import build
from tests.service.programs import Programs


@pytest.fixture
def programs(tmp_path: Path, house_url: str) -> Iterator[Programs]:
    """On both databases."""
    house = build(tmp_path, house_url, vc_api="on")
    yield Programs(house)
    house.parts.engine.dispose()


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Programs]:
    """On SQLite alone, where the database makes no difference."""
    house = build(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}", vc_api="on")
    yield Programs(house)
    house.parts.engine.dispose()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """One for all tests in which nothing comes to pass."""
    folder = tmp_path_factory.mktemp("shared")
    house = build(folder, f"sqlite:///{folder / 'zachetka.sqlite'}", vc_api="on")
    yield Programs(house)
    house.parts.engine.dispose()
