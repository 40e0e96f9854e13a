from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from service import tasks
from service.database import reading, unit_of_work
from service.tasks import Task, TaskState

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def waiting(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        tasks.later(session, "award.finish", "a1", NOW)
    return engine


def kept(engine: Engine) -> list[Task]:
    with reading(engine) as session:
        return list(session.exec(select(Task)).all())


def test_a_task_exists_exactly_when_the_act_does(engine: Engine) -> None:
    with unit_of_work(engine) as session, session.begin_nested() as act:
        tasks.later(session, "award.finish", "a1", NOW)
        act.rollback()
    assert tasks.take(engine, NOW) is None


def test_a_task_is_given_to_one_worker_only(waiting: Engine) -> None:
    first = tasks.take(waiting, NOW)
    assert first is not None
    assert (first.kind, first.item, first.token, first.attempts) == ("award.finish", "a1", 1, 1)
    assert tasks.take(waiting, NOW) is None
    assert tasks.finish(waiting, first)
    assert kept(waiting) == []


def test_nothing_is_taken_before_its_time(waiting: Engine) -> None:
    assert tasks.take(waiting, NOW - timedelta(seconds=1)) is None


def test_a_worker_that_slept_through_its_lease_changes_nothing(waiting: Engine) -> None:
    sleeper = tasks.take(waiting, NOW)
    heir = tasks.take(waiting, NOW + tasks.LEASE)
    assert sleeper is not None
    assert heir is not None
    assert heir.token == sleeper.token + 1
    assert not tasks.finish(waiting, sleeper)
    assert not tasks.give_back(waiting, sleeper, NOW, "late")
    assert tasks.finish(waiting, heir)


def test_a_failed_task_waits_longer_each_time_and_is_set_aside_in_the_end(waiting: Engine) -> None:
    now, pauses = NOW, []
    for _ in range(tasks.MOST_ATTEMPTS):
        taken = tasks.take(waiting, now)
        assert taken is not None
        assert tasks.give_back(waiting, taken, now, "unreachable")
        [row] = kept(waiting)
        pauses.append(row.due_at - now)
        now = row.due_at
    assert pauses == [tasks.FIRST_PAUSE * 2**attempt for attempt in range(tasks.MOST_ATTEMPTS)]
    assert tasks.take(waiting, now + timedelta(days=1)) is None
    with reading(waiting) as session:
        assert [(dead.state, dead.fault) for dead in tasks.dead_tasks(session)] == [(TaskState.DEAD, "unreachable")]


def test_a_task_that_takes_every_worker_down_is_set_aside(waiting: Engine) -> None:
    now = NOW
    for _ in range(tasks.MOST_ATTEMPTS):
        assert tasks.take(waiting, now) is not None
        now += tasks.LEASE
    assert tasks.take(waiting, now) is None
    with reading(waiting) as session:
        assert [dead.fault for dead in tasks.dead_tasks(session)] == ["never-finished"]


def test_tasks_are_taken_in_the_order_of_their_time(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        tasks.later(session, "k", "second", NOW + timedelta(seconds=1))
        tasks.later(session, "k", "first", NOW)
    order = [tasks.take(engine, NOW + timedelta(seconds=2)) for _ in range(2)]
    assert [taken.item for taken in order if taken is not None] == ["first", "second"]
