from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import ReflectedIndex

from service import migrate
from service.database import open_engine
from service.migrate import DatabaseAhead, DatabaseBehind
from service.tables import METADATA


@pytest.fixture
def empty(database_url: str) -> Engine:
    return open_engine(database_url)


def names(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def test_the_migrations_make_just_the_tables_that_the_code_describes(empty: Engine) -> None:
    migrate.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": METADATA})
        assert compare_metadata(context, METADATA) == []
    empty.dispose()


def test_the_migrations_make_the_same_constraints(empty: Engine) -> None:
    """What alembic's comparison does not look at: unique and foreign keys, conditions of indexes, what may be empty."""
    migrate.upgrade(empty)
    migrated = shape(empty)
    with empty.begin() as connection:
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
    assert shape(empty) == migrated
    empty.dispose()


def shape(engine: Engine) -> dict[str, object]:
    look = sa.inspect(engine)
    return {
        table: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"]) for column in look.get_columns(table)
            ],
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(str(each["column_names"]) for each in look.get_unique_constraints(table)),
            "foreign": sorted(
                f"{each['constrained_columns']}{each['referred_table']}{each['referred_columns']}"
                for each in look.get_foreign_keys(table)
            ),
            "indexes": sorted(
                f"{each['name']}{each['column_names']}{each['unique']}{options(each)}"
                for each in look.get_indexes(table)
            ),
        }
        for table in METADATA.tables
    }


def options(index: ReflectedIndex) -> list[str]:
    return sorted(str(option) for option in index.get("dialect_options", {}).values())


def test_migrating_twice_is_harmless(empty: Engine) -> None:
    migrate.upgrade(empty)
    migrate.upgrade(empty)
    migrate.require_current(empty)
    assert migrate.is_current(empty)
    empty.dispose()


def test_the_way_back_leaves_nothing(empty: Engine) -> None:
    migrate.upgrade(empty)
    migrate.downgrade(empty, "base")
    assert names(empty) == {"alembic_version"}
    empty.dispose()


def test_a_database_that_was_never_prepared_is_told_from_one_that_is_ahead(empty: Engine) -> None:
    with pytest.raises(DatabaseBehind):
        migrate.require_current(empty)
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = 'from-the-future'")
    for act in (migrate.require_current, migrate.upgrade):
        with pytest.raises(DatabaseAhead) as refusal:
            act(empty)
        assert "from-the-future" in str(refusal.value)
    assert not migrate.is_current(empty)
    empty.dispose()


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'z.sqlite'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table wallet_view (id text)")
        connection.exec_driver_sql("create table service_task (id text)")
    with pytest.raises(sa.exc.OperationalError, match="already exists"):
        migrate.upgrade(engine)
    assert names(engine) == {"wallet_view", "service_task"}
    engine.dispose()
