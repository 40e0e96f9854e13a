"""The database, SQLite or PostgreSQL: how connections are made so that no update is ever lost (THREATS §0.7, I6)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session as AnySession
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

READ_ONLY = "zachetka_read_only"
WRITES = "zachetka_writes"
BUSY_TIMEOUT_SECONDS = 15
WRITTEN_BACK = (
    "wal_autocheckpoint=8000"  # pages (32 MiB): in a long list many badges change one page, which is written back once
)
POOL = {"pool_size": 10, "max_overflow": 40}  # the framework answers 40 requests at once, each on one connection


def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # transactions begin where `_on_begin` says, not where the driver guesses
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", WRITTEN_BACK):
            connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`.

    On SQLite a unit of work takes the write lock when it begins; on PostgreSQL units of work are read committed and
    lock the rows they decide on.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, **POOL)
    waiting = {"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=waiting, **POOL)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


@contextmanager
def engine_for(url: str) -> Iterator[Engine]:
    """An engine for as long as a block runs; its connections are closed after it."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """One transaction that may write: committed on a clean exit, rolled back on any exception."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One transaction that only reads and never waits for a writer."""
    with Session(engine.execution_options(**{READ_ONLY: True}), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def adding(engine: Engine) -> Iterator[Session]:
    """One transaction for a page that is read: never waits for a writer until it writes a mark of its own (who looked, say).

    On SQLite the first write moves it to a writing transaction that begins anew; so nothing it writes may depend on what it
    has read before.
    """
    with reading(engine) as session:
        event.listen(session, "before_flush", _begin_to_write)
        yield session


def _begin_to_write(session: AnySession, *_: object) -> None:
    connection = session.connection()
    written = session.new or session.deleted or any(session.is_modified(row) for row in session.dirty)
    if session.info.get(WRITES) or not written or connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    session.info[WRITES] = True
