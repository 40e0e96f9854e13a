"""The world every test may ask for: both databases, the outside vectors, and what a machine without them means."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from service.database import open_engine
from service.tables import METADATA

REQUIRED = frozenset(filter(None, os.environ.get("ZACHETKA_REQUIRE", "").split(",")))
SERVER = os.environ.get("ZACHETKA_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432")


def missing(what: str, reason: str) -> None:
    """Skip with a reason, or fail where the run demands `what` (ZACHETKA_REQUIRE)."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(f"no {what}: {reason}")


@pytest.fixture(scope="session")
def vectors() -> Path:
    folder = Path(os.environ.get("ZACHETKA_VECTORS", ""))
    if not os.environ.get("ZACHETKA_VECTORS") or not folder.is_dir():
        missing("vectors", "ZACHETKA_VECTORS names no folder")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> str:
    try:
        with create_engine(f"{SERVER}/postgres").connect() as connection:
            connection.execute(text("select 1"))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the server, the reason is told
        missing("postgres", str(error).splitlines()[0])
    return SERVER


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, made for one test: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'zachetka.sqlite'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"zachetka_test_{uuid.uuid4().hex[:12]}"
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name}"))
    yield f"{server}/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database with all tables of the project."""
    opened = open_engine(database_url)
    METADATA.create_all(opened)
    yield opened
    opened.dispose()
