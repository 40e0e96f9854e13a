"""The database as one file and back: SQLite by its own online copy, PostgreSQL by `pg_dump` and `pg_restore`."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from sqlalchemy import URL, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from service.copies.errors import DatabaseRefused, NotEmpty, ProgramMissing
from service.database import engine_for

_PLAIN = ("--no-owner", "--no-privileges", "--no-comments")


class Database(Protocol):
    """A database that can be copied while others write to it."""

    @property
    def kind(self) -> str:
        """Its name in a copy."""

    @property
    def place(self) -> Path | None:
        """Its file, where it is one."""

    def is_there(self) -> bool:
        """Whether it holds anything."""

    def dump(self, file: Path) -> None:
        """Write one moment of it into a new file. Raises `ProgramMissing`, `DatabaseRefused`."""

    def load(self, file: Path) -> None:
        """Make it what a file says, or nothing; the file is used up. Raises what `dump` raises, and `OSError`."""


@dataclass(frozen=True, slots=True)
class SqliteDatabase:
    """A SQLite file."""

    place: Path
    kind = "SQLite"

    def is_there(self) -> bool:
        """Whether the file exists, or its log without it: that would be played upon whatever file comes."""
        return self.place.exists() or self.place.with_name(f"{self.place.name}-wal").exists()

    def dump(self, file: Path) -> None:
        """All pages within one reading transaction: in WAL mode nobody waits for it."""
        try:
            with closing(self._opened()) as source, closing(sqlite3.connect(file)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            raise DatabaseRefused(program="SQLite", reason=error) from error

    def load(self, file: Path) -> None:
        """Put it into place."""
        self.place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.replace(self.place)

    def _opened(self) -> sqlite3.Connection:
        """A connection that makes no file where there is none."""
        return sqlite3.connect(f"file:{quote(str(self.place))}?mode=rw", uri=True)


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A database on a PostgreSQL server."""

    url: URL
    kind = "PostgreSQL"
    place = None

    def is_there(self) -> bool:
        """Whether it has any table."""
        with engine_for(self.url.render_as_string(hide_password=False)) as engine:
            return bool(inspect(engine).get_table_names())

    def dump(self, file: Path) -> None:
        """By `pg_dump`, in its own format."""
        self._run("pg_dump", "--format=custom", f"--file={file}", *_PLAIN)

    def load(self, file: Path) -> None:
        """By `pg_restore`, in one transaction."""
        self._run("pg_restore", "--exit-on-error", "--single-transaction", *_PLAIN, str(file))
        file.unlink()

    def _run(self, program: str, *arguments: str) -> None:
        """The password goes through the environment, which other users of the machine cannot read."""
        found = shutil.which(program)
        if found is None:
            raise ProgramMissing(program=program)
        password = self.url.password or self.url.query.get("password", "")
        bare = self.url.set(drivername="postgresql", password=None).difference_update_query(["password"])
        surroundings = {**os.environ, "PGPASSWORD": str(password)} if password else None
        command = [found, f"--dbname={bare.render_as_string()}", *arguments]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 - our own words
        if done.returncode:
            said = done.stderr.strip().splitlines() or [str(done.returncode)]
            raise DatabaseRefused(program=program, reason=said[0])


def database_of(url: str) -> Database:
    """The database at an address of the settings."""
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        return SqliteDatabase(Path(made.database or ""))
    return PostgresDatabase(made)


def require_empty(database: Database) -> None:
    """Raise `NotEmpty` where a database already holds something, `DatabaseRefused` where it cannot be asked."""
    try:
        taken = database.is_there()
    except SQLAlchemyError as error:
        raise DatabaseRefused(program=database.kind, reason=type(error).__name__) from error
    if taken:
        raise NotEmpty(place=database.place or database.kind)
