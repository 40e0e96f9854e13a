from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import ReflectedIndex

from service import migrate
from service.database import open_engine, unit_of_work
from service.migrate import DatabaseAhead, DatabaseBehind
from service.tables import METADATA
from verifier.credit import plans
from verifier.credit.curricula import versions
from verifier.credit.curricula.versions import Content
from verifier.credit.matching import Part, Planned
from verifier.credit.plans import ComponentSpec


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
    """What alembic's comparison does not look at: unique and foreign keys, conditions of indexes, what may be empty.

    The order of columns is nothing: they are asked for by name.
    """
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
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"]) for column in look.get_columns(table)
            ),
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


def test_what_was_planned_goes_back_and_forth_as_its_newest_version(empty: Engine) -> None:
    migrate.upgrade(empty)
    with unit_of_work(empty) as session:
        spec = {"school": "s1", "code": "P1", "title": "Физика", "hours": 34, "recognition": "credit-p1"}
        outcomes = [
            Planned(code="ФИЗ.1", name="Ставит опыт", level=3, part="1"),
            Planned(code="ФИЗ.2", name="Решает", level=2),
        ]
        row = plans.add_component(session, ComponentSpec(**spec, outcomes=outcomes, parts=[Part("1", "Опыт", 10)]))  # type: ignore[arg-type]
        item = plans.assign(
            session, learner="l1", component=row.id, year="2026/27", now=datetime(2026, 9, 1, tzinfo=UTC)
        ).id
        there = versions.content_of(session, versions.newest(session, row.id))
        more = Content("Физика+", replace(there.plan, hours=68, outcomes=there.plan.outcomes[:1]))
        versions.adopt(session, row, more, date(2026, 11, 1))
        before = plans.line_of(session, item)
    migrate.downgrade(empty, "0012_catalogue")
    migrate.upgrade(empty)
    with unit_of_work(empty) as session:
        assert plans.line_of(session, item) == before
        assert [one.version for one in versions.versions_of(session, row.id)] == [1]
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
