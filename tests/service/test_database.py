from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from service import tasks
from service.database import adding, reading, unit_of_work
from service.tasks import Task

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def count(engine: Engine) -> int:
    with reading(engine) as session:
        return len(session.exec(select(Task)).all())


def add_and_fail(transaction: AbstractContextManager[Session]) -> None:
    with transaction as session:
        tasks.later(session, "k", "b", NOW)
        session.flush()
        raise KeyError


def test_a_unit_of_work_is_kept_or_given_up_whole(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        tasks.later(session, "k", "a", NOW)
    with pytest.raises(KeyError):
        add_and_fail(unit_of_work(engine))
    assert count(engine) == 1


def test_no_update_is_lost(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        tasks.later(session, "k", "a", NOW)

    def add_one(_: int) -> None:
        with unit_of_work(engine) as session:
            row = session.exec(select(Task).with_for_update()).one()
            row.attempts += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(200)))
    with reading(engine) as session:
        assert session.exec(select(Task)).one().attempts == 200


def test_a_page_that_only_reads_does_not_wait_for_a_writer(engine: Engine) -> None:
    with unit_of_work(engine) as writer:
        tasks.later(writer, "k", "a", NOW)
        writer.flush()
        with adding(engine) as page:
            assert page.exec(select(Task)).all() == []


def test_a_page_that_is_read_may_add_rows_although_others_have_written_since(engine: Engine) -> None:
    with adding(engine) as page:
        assert page.exec(select(Task)).all() == []
        with unit_of_work(engine) as writer:
            tasks.later(writer, "k", "a", NOW)
        tasks.later(page, "k", "b", NOW)
    assert count(engine) == 2


def test_what_a_page_adds_goes_with_its_error(engine: Engine) -> None:
    with pytest.raises(KeyError):
        add_and_fail(adding(engine))
    assert count(engine) == 0
