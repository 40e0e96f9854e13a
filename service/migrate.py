"""Brings the database to the shape this version needs, and says whether it has it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from schemas.errors import N_, ZachetkaError

SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseBehind(ZachetkaError):
    """The database has an older shape than this version needs, or none yet."""

    code = "database-behind"
    sentence = N_("База данных ещё не подготовлена для этой версии. Запустите «zachetka migrate».")


class DatabaseAhead(ZachetkaError):
    """The database was shaped by another, probably newer version."""

    code = "database-ahead"
    sentence = N_(
        "База данных подготовлена другой, более новой версией ({revision}). Обновите Зачётку: старая её не тронет."
    )


def upgrade(engine: Engine) -> None:
    """Bring the database to this version's shape; harmless when it is there. Raises `DatabaseAhead` and touches nothing."""
    with engine.begin() as connection:
        _refuse_unknown(connection)
        command.upgrade(_config(connection), "head")


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to an earlier revision (`base` empties it)."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def require_current(engine: Engine) -> None:
    """Raise `DatabaseBehind` or `DatabaseAhead` unless the database has just this version's shape."""
    with engine.connect() as connection:
        _refuse_unknown(connection)
        if _revision(connection) != _script().get_current_head():
            raise DatabaseBehind


def is_current(engine: Engine) -> bool:
    """Whether the database has just this version's shape."""
    with engine.connect() as connection:
        return _revision(connection) == _script().get_current_head()


def revision_of(engine: Engine) -> str | None:
    """The shape that the database has; None where it has none yet."""
    with engine.connect() as connection:
        return _revision(connection)


def require_known(revision: str | None) -> None:
    """Raise `DatabaseAhead` for a shape that this version does not know."""
    if revision is not None and revision not in {known.revision for known in _script().walk_revisions()}:
        raise DatabaseAhead(revision=revision)


def _refuse_unknown(connection: Connection) -> None:
    require_known(_revision(connection))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(SCRIPTS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
