from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.verifier.credit.world import World


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> World:
    return World(engine, tmp_path)
