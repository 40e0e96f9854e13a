"""Does what there is to do behind the pages (see `service.jobs`), in a thread or in a process of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

import structlog

from schemas.errors import ZachetkaError
from service import tasks
from service.jobs import JOBS, ROUNDS, finish_awards, work_on_lists
from service.logs import place_of
from service.parts import Parts
from service.tasks import Taken

PAUSE_SECONDS = 1.0
log = structlog.get_logger()


def drain(parts: Parts) -> int:
    """Do everything that can be done now, tasks and waiting awards, and return how much it was."""
    total = 0
    while done := _drain_tasks(parts) + work_on_lists(parts, parts.clock()) + finish_awards(parts, parts.clock()):
        total += done
    return total


def _drain_tasks(parts: Parts) -> int:
    done = 0
    while _work_once(parts):
        done += 1
    return done


def _work_once(parts: Parts) -> bool:
    """Do one task that is due; false when there is none."""
    taken = tasks.take(parts.engine, parts.clock())
    if taken is None:
        return False
    fault = _do(parts, taken)
    if fault:
        tasks.give_back(parts.engine, taken, parts.clock(), fault)
    else:
        tasks.finish(parts.engine, taken)
    return True


def _do(parts: Parts, taken: Taken) -> str:
    """Do a task; the code of what went wrong, or nothing."""
    job = JOBS.get(taken.kind)
    if job is None:
        return "kind-unknown"
    try:
        job(parts, taken.item, parts.clock())
    except ZachetkaError as error:
        log.warning("task.refused", kind=taken.kind, task=taken.id, attempt=taken.attempts, code=error.code)
        return error.code
    except Exception as error:  # noqa: BLE001 - one broken task must not stop the others; it is tried again, then set aside
        log.critical("task.failed", kind=taken.kind, task=taken.id, attempt=taken.attempts, error=type(error).__name__)
        return type(error).__name__
    return ""


@dataclass
class Worker:
    """Works in a thread (or alone, in a process of its own) until it is stopped; the bell of the parts wakes it at once."""

    parts: Parts
    _stopped: Event = field(default_factory=Event)
    _made: dict[str, datetime] = field(default_factory=dict)
    _thread: Thread | None = None

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopped.is_set():
            self.once()
            self.parts.bell.wait(PAUSE_SECONDS)
            self.parts.bell.clear()

    def once(self) -> None:
        """Make every round whose time has come, then do all tasks that are due."""
        for made in ROUNDS:
            now = self.parts.clock()
            last = self._made.get(made.name)
            if last is None or now - last >= made.every:
                self._made[made.name] = now
                self._safely(made.name, lambda: made.act(self.parts, now))  # noqa: B023 - called before the next turn
        self._safely("tasks", lambda: _drain_tasks(self.parts))

    def start(self) -> None:
        """Work in a thread of this process."""
        self._thread = Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in hand and end."""
        self._stopped.set()
        self.parts.bell.set()
        if self._thread is not None:
            self._thread.join()

    def _safely(self, name: str, act: Callable[[], int]) -> None:
        """A database that is away for a while must not end the worker."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next round tries again
            log.critical("round.failed", round=name, error=type(error).__name__, place=place_of(error))
