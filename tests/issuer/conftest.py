import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Table, insert, select

from keys.shelf import Shelf
from keys.store import KeyStore
from service.database import open_engine
from service.tables import METADATA
from tests.issuer.world import World

Rows = dict[Table, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> KeyStore:
    """One store for all worlds, because opening one costs a tenth of a second; new keys in it are each world's own."""
    return KeyStore(tmp_path_factory.mktemp("keys") / "store", b"a secret of the tests")


@pytest.fixture(scope="session")
def founded(store: KeyStore, sqlite_shaped: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    """The world as it begins, made once: its shelf, and its rows to be put into any database."""
    folder = tmp_path_factory.mktemp("founded")
    engine = open_engine(f"sqlite:///{shutil.copy(sqlite_shaped, folder / 'zachetka.sqlite')}")
    World.build(engine, store, folder / "public")
    with engine.connect() as connection:
        tables = {one: connection.execute(select(one)).mappings().all() for one in METADATA.sorted_tables}
    engine.dispose()
    return folder / "public", {table: [dict(row) for row in rows] for table, rows in tables.items() if rows}


@pytest.fixture
def world(engine: Engine, store: KeyStore, founded: tuple[Path, Rows], tmp_path: Path) -> World:
    """Organisations with keys and published achievements, on each database."""
    shelf, rows = founded
    with engine.begin() as connection:
        for table, held in rows.items():
            connection.execute(insert(table), held)
    return World(engine, store, Shelf(Path(shutil.copytree(shelf, tmp_path / "public"))))
