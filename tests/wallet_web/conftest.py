"""The wallet's own world for its tests: `desk` where the database makes no difference, `both` once on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.database import open_engine
from service.tables import METADATA
from tests.wallet_web.desk import Desk


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """One database, where the other would answer the same."""
    engine = open_engine(f"sqlite:///{tmp_path / 'wallet.sqlite'}")
    METADATA.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def desk(sqlite: Engine, tmp_path: Path) -> Desk:
    return Desk(sqlite, tmp_path)


@pytest.fixture
def both(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)
