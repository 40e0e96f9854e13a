"""Installations to copy, and empty places to bring them back to, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import postgres_database
from tests.service.copies.world import Place, World, award, revoke
from tests.service.house import build
from tests.service.programs import Programs


def settled(folder: Path, database_url: str) -> Iterator[World]:
    """Three badges, one of them revoked."""
    house = build(folder / "data", database_url)
    world = World(Programs(house), folder)
    for event in ("№ 1", "№ 2", "№ 3"):
        award(world.parts, event)
    revoke(world.parts, "№ 2")
    world.work()
    yield world
    house.parts.engine.dispose()


@pytest.fixture
def world(tmp_path: Path, house_url: str) -> Iterator[World]:
    """On both databases."""
    yield from settled(tmp_path, house_url)


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[World]:
    """On SQLite alone, where the database makes no difference."""
    (tmp_path / "data").mkdir()
    yield from settled(tmp_path, f"sqlite:///{tmp_path / 'data' / 'zachetka.sqlite'}")


@pytest.fixture
def place(world: World, request: pytest.FixtureRequest) -> Iterator[Place]:
    """An empty place on the same kind of database as the world."""
    if world.parts.engine.dialect.name == "sqlite":
        yield world.place()
        return
    with postgres_database(request.getfixturevalue("postgres_server")) as url:
        yield world.place(database_url=url)
