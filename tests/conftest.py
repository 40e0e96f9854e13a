"""The world every test may ask for: both databases, the outside vectors, and what a machine without them means."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from service.database import open_engine
from service.tables import METADATA
from tests import seed
from tests.chromium import chromium, opened

seed.settle()  # before a test module reads the settings of its properties

REQUIRED = frozenset(filter(None, os.environ.get("ZACHETKA_REQUIRE", "").split(",")))
SERVER = os.environ.get("ZACHETKA_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432")


def missing(what: str, reason: str) -> NoReturn:
    """Skip with a reason, or fail where the run demands `what` (ZACHETKA_REQUIRE)."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(f"no {what}: {reason}")


class Told:
    """What failed is told at once: a run that is cut off says what it knew."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._terminal.write_line(f"\n{report.nodeid} failed in {report.when}:\n{report.longreprtext}")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Properties are drawn by the seed of the run, where it has one."""
    if seed.GIVEN and config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = seed.GIVEN


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole stories come first: when the processes share what is left, only what is short is left, and none waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)


def pytest_report_header() -> str:
    return f"ZACHETKA_SEED={seed.SEED}"


def pytest_sessionstart(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(Told(terminal))


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


@pytest.fixture(scope="module")  # while it is open no other test of the process can run an event loop
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        missing("browser", "no Chromium on this machine")
    with opened(program) as started:
        yield started


BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
UNHURRIED = "?options=-csynchronous_commit%3Doff"  # no test of ours cuts the power; nothing waits for the disk
ALONE = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
KEEP = """do $$ declare one name; begin
    create schema kept;
    for one in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
        execute format('create table kept.%1$I as table public.%1$I', one);
    end loop;
end $$"""
PUT_BACK = """do $$ declare one name; begin
    set local session_replication_role = replica;
    for one in select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0 loop
        execute format('delete from public.%I', one);
    end loop;
    for one in select relname from pg_class
        where relnamespace = to_regnamespace('kept') and relkind = 'r' and pg_relation_size(oid) > 0 loop
        execute format('insert into public.%1$I select * from kept.%1$I', one);
    end loop;
end $$"""


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """The address of a database made for this run (one for each test process)."""
    name = f"zachetka_test_{uuid.uuid4().hex[:12]}"
    execute(f"{server}/postgres", f"create database {name}")
    yield f"{server}/{name}{UNHURRIED}"
    execute(f"{server}/postgres", f"drop database {name} with (force)")


def copy_postgres(made: str, url: str) -> None:
    """Put a copy of the database at `made`, which nobody uses at the moment, in the place of the one at `url`."""
    source, target = make_url(made), make_url(url)
    admin = target.set(database="postgres")
    execute(
        admin,
        f"drop database {target.database} with (force)",
        f"create database {target.database} template {source.database}",
    )


def keep(url: str) -> None:
    """The rows of a database as they are now are what `put_back` leaves in it."""
    execute(url, KEEP)


def put_back(url: str) -> None:
    """Put the rows of a database back as they were kept, none if they were not; what a test left open is closed."""
    execute(url, ALONE, PUT_BACK)


def execute(url: str | URL, *statements: str) -> None:
    """Statements on a connection of their own, each at once."""
    alone = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with alone.connect() as connection:
        for statement in statements:
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
    execute(url, ALONE, "drop schema public cascade", "create schema public")


@pytest.fixture
def sqlite(sqlite_shaped: Path, tmp_path: Path) -> Iterator[Engine]:
    """An engine on SQLite with all tables, where the other database would answer the same."""
    opened = open_engine(f"sqlite:///{shutil.copy(sqlite_shaped, tmp_path / 'zachetka.sqlite')}")
    yield opened
    opened.dispose()


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
        put_back(url)
