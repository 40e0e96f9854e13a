"""The world every test may ask for: both databases, the outside vectors, and what a machine without them means."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from service.database import open_engine
from service.tables import METADATA

REQUIRED = frozenset(filter(None, os.environ.get("ZACHETKA_REQUIRE", "").split(",")))
SERVER = os.environ.get("ZACHETKA_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432")


def missing(what: str, reason: str) -> NoReturn:
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
        with create_engine(f"{SERVER}/postgres", poolclass=NullPool).connect() as connection:
            connection.execute(text("select 1"))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the server, the reason is told
        missing("postgres", str(error).splitlines()[0])
    return SERVER


BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
UNHURRIED = "?options=-csynchronous_commit%3Doff"  # no test of ours cuts the power; nothing waits for the disk
ALONE = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """The address of a database made for this run (one for each test process)."""
    name = f"zachetka_test_{uuid.uuid4().hex[:12]}"
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f"create database {name}"))
    yield f"{server}/{name}{UNHURRIED}"
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))


def tidy(url: str, *statements: str) -> None:
    """Put a database back into its first state; what a test left open is closed."""
    alone = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with alone.connect() as connection:
        for statement in (ALONE, *statements):
            connection.execute(text(statement))


@pytest.fixture(scope="session")
def sqlite_shaped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to copy."""
    file = tmp_path_factory.mktemp("shaped") / "zachetka.sqlite"
    shaped = open_engine(f"sqlite:///{file}")
    METADATA.create_all(shaped)
    shaped.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_shaped(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database with all tables."""
    with postgres_database(postgres_server) as url:
        METADATA.create_all(create_engine(url, poolclass=NullPool))
        yield url


@pytest.fixture(scope="session")
def postgres_empty(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    with postgres_database(postgres_server) as url:
        yield url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'zachetka.sqlite'}"
        return
    url: str = request.getfixturevalue("postgres_empty")
    yield url
    tidy(url, "drop schema public cascade", "create schema public")


@pytest.fixture(params=BACKENDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database with all tables of the project and no rows: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_shaped'), tmp_path / 'shaped.sqlite')}"
    else:
        url = request.getfixturevalue("postgres_shaped")
    opened = open_engine(url)
    yield opened
    opened.dispose()
    if request.param == "postgresql":
        rows = [f'delete from "{table.name}"' for table in reversed(METADATA.sorted_tables)]  # noqa: S608 - our own tables
        tidy(url, "; ".join(rows))
