"""The wallet's own world for its tests: `desk` where the database makes no difference, `both` once on each database."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.wallet_web.desk import Desk


@pytest.fixture
def desk(sqlite: Engine, tmp_path: Path) -> Desk:
    return Desk(sqlite, tmp_path)


@pytest.fixture
def both(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)
