from pathlib import Path

import pytest
from sqlalchemy import Engine

from keys.store import KeyStore
from tests.issuer.world import World


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> KeyStore:
    """One store for all worlds, because opening one costs a tenth of a second; every world makes keys of its own in it."""
    return KeyStore(tmp_path_factory.mktemp("keys") / "store", b"a secret of the tests")


@pytest.fixture
def world(engine: Engine, store: KeyStore, tmp_path: Path) -> World:
    """Organisations with keys and published achievements, on each database."""
    return World.build(engine, store, tmp_path / "public")
