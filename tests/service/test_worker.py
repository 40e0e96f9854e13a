import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from keys import deposits, journal, publish
from schemas.errors import Unavailable
from schemas.reading import read_json
from service import jobs, tasks
from service.bridges import DEPOSITS
from service.database import reading, unit_of_work
from service.parts import Parts
from service.tasks import Task
from service.worker import Worker, drain
from tests.service.house import START, House

KIND = "test.count"


class Counter:
    """A job that counts how often it was done with each item."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, _: Parts, item: str, __: object) -> None:
        with self._lock:
            self.done.append(item)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counted = Counter()
    monkeypatch.setitem(jobs.JOBS, KIND, counted)
    return counted


def leave(house: House, *items: str) -> None:
    with unit_of_work(house.parts.engine) as session:
        for item in items:
            tasks.later(session, KIND, item, START)


def left(house: House) -> list[Task]:
    with reading(house.parts.engine) as session:
        return list(session.exec(select(Task)).all())


def test_two_workers_do_every_task_once(house: House, counter: Counter) -> None:
    items = [str(number) for number in range(40)]
    leave(house, *items)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(drain, [house.parts, house.parts]))
    assert sorted(counter.done, key=int) == items
    assert sum(done) == 40
    assert left(house) == []


def test_asking_twice_before_anybody_began_is_one_task(house: House, counter: Counter) -> None:
    leave(house, "a", "a")
    leave(house, "a")
    drain(house.parts)
    assert counter.done == ["a"]


def test_asking_while_somebody_works_is_another_task(house: House, counter: Counter) -> None:
    leave(house, "a")
    taken = tasks.take(house.parts.engine, START)
    leave(house, "a")
    assert taken is not None
    assert tasks.finish(house.parts.engine, taken)
    drain(house.parts)
    assert counter.done == ["a"]


def test_a_broken_task_does_not_stop_the_others(
    house: House, counter: Counter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Parts, item: str, __: object) -> None:
        if item == "refused":
            raise Unavailable
        raise RuntimeError("Канарейка-7319")

    monkeypatch.setitem(jobs.JOBS, "test.broken", broken)
    with unit_of_work(house.parts.engine) as session:
        tasks.later(session, "test.broken", "raised", START)
        tasks.later(session, "test.broken", "refused", START)
        tasks.later(session, "test.unheard-of", "x", START)
    leave(house, "good")
    drain(house.parts)
    assert counter.done == ["good"]
    assert {task.item: task.fault for task in left(house)} == {
        "raised": "RuntimeError",
        "refused": "unavailable",
        "x": "kind-unknown",
    }
    assert "Канарейка" not in capsys.readouterr().out


def test_a_deposit_is_published(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        deposits.deposit(session, "sha256:" + "0" * 64, "did:web:kol.sever.example", START)
        tasks.later(session, DEPOSITS, START.date().isoformat(), START)
    drain(house.parts)
    body = house.parts.shelf.get(deposits.path(START.date()))
    assert body is not None
    assert read_json(body)["deposits"][0]["digest"] == "sha256:" + "0" * 64


def test_the_trust_list_is_renewed_once_a_day(house: House) -> None:
    worker = Worker(house.parts)

    def version() -> int:
        return int(read_json(house.parts.shelf.get(publish.TRUST) or b"{}")["version"])

    worker.once()
    assert version() == 1
    house.clock.move(timedelta(days=1, minutes=1))
    worker.once()
    worker.once()
    assert version() == 2


def test_cases_are_gone_through_once_in_the_night(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    nights: list[tuple[str, datetime]] = []
    monkeypatch.setitem(jobs.JOBS, jobs.NIGHTLY, lambda _, item, now: nights.append((item, now)))
    workers = Worker(house.parts), Worker(house.parts)
    for _ in range(30):
        for worker in workers:
            worker.once()
        house.clock.move(timedelta(hours=1))
    [(night, now)] = nights
    assert night == "2026-11-23"
    assert now.astimezone(house.settings.zone).hour == 3


def test_the_journal_is_stated_outside_the_database(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        journal.append(session, at=START, event="award.made", actor_kind="person")
    Worker(house.parts).once()
    assert house.parts.shelf.get(publish.CHECKPOINT) is not None


def test_the_bell_wakes_a_worker_in_its_thread(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.worker.PAUSE_SECONDS", 30.0)
    done = threading.Event()
    monkeypatch.setitem(jobs.JOBS, KIND, lambda *_: done.set())
    worker = Worker(house.parts)
    worker.start()
    try:
        leave(house, "a")
        house.parts.bell.set()
        assert done.wait(20)
    finally:
        worker.stop()


def test_a_worker_survives_its_database(plain: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("service.worker.tasks.take", away)
    Worker(plain.parts).once()
