"""Work that is done after a request: one table of tasks, taken under a lease with a fencing token.

`later` writes a task into the caller's own transaction, so it exists exactly when the act does. A worker takes a task for
`LEASE`, does it outside any transaction and strikes it off with the token it was given: a worker that slept through its
lease finds another token there and changes nothing (THREATS I3). Every job must bear being done twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
import structlog
from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel, col, select

from keys.tables import utc_column, word_column
from service.database import unit_of_work

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=5)

log = structlog.get_logger()


class TaskState(StrEnum):
    """Where a task stands; a task that is done is deleted."""

    WAITING = "waiting"
    DEAD = "dead"  # failed too often; `zachetka doctor` names it


class Task(SQLModel, table=True):
    """Do `kind` with `item` not before `due_at`; `token` grows with every worker that takes it."""

    __tablename__ = "service_task"
    __table_args__ = (sa.Index(None, "state", "due_at"),)

    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=64)
    item: str = Field(max_length=255)
    state: TaskState = word_column(TaskState)
    due_at: datetime = utc_column()
    lease_until: datetime | None = utc_column(default=None)
    token: int = 0
    attempts: int = 0
    fault: str = Field(default="", max_length=64)


@dataclass(frozen=True, slots=True)
class Taken:
    """A task in the hands of one worker."""

    id: str
    kind: str
    item: str
    token: int
    attempts: int


def later(session: Session, kind: str, item: str, due_at: datetime) -> None:
    """Have `kind` done with `item` after this transaction has committed, not before `due_at`.

    One task does for many askers as long as nobody has begun with it; it is held until this transaction ends, so that nobody
    begins before there is something to see.
    """
    same = select(Task.id).where(Task.kind == kind, Task.item == item, Task.token == 0, col(Task.due_at) <= due_at)
    if session.exec(same.limit(1).with_for_update(skip_locked=True)).first() is None:
        session.add(Task(id=uuid4().hex, kind=kind, item=item, state=TaskState.WAITING, due_at=due_at))


def take(engine: Engine, now: datetime, lease: timedelta = LEASE) -> Taken | None:
    """Take the task that has waited longest, or nothing. Two workers never get the same one.

    A task that took every worker down with it is set aside instead of being taken once more.
    """
    with unit_of_work(engine) as session:
        for task in _free(session, now):
            if task.attempts < MOST_ATTEMPTS:
                task.token, task.attempts, task.lease_until = task.token + 1, task.attempts + 1, now + lease
                return Taken(task.id, task.kind, task.item, task.token, task.attempts)
            task.state, task.fault = TaskState.DEAD, task.fault or "never-finished"
    return None


def _free(session: Session, now: datetime) -> list[Task]:
    """The next few tasks that are due and in nobody's hands, locked."""
    unheld = sa.or_(col(Task.lease_until).is_(None), col(Task.lease_until) <= now)
    due = select(Task).where(Task.state == TaskState.WAITING, col(Task.due_at) <= now, unheld)
    return list(session.exec(due.order_by(col(Task.due_at), col(Task.id)).limit(5).with_for_update(skip_locked=True)))


def finish(engine: Engine, taken: Taken) -> bool:
    """Strike a task off; false when another worker holds it by now."""
    return _settle(engine, taken, sa.delete(Task))


def give_back(engine: Engine, taken: Taken, now: datetime, fault: str) -> bool:
    """Put a failed task back for later, or aside for good; false when another worker holds it by now."""
    dead = taken.attempts >= MOST_ATTEMPTS
    pause = FIRST_PAUSE * 2 ** (taken.attempts - 1)
    state = TaskState.DEAD if dead else TaskState.WAITING
    return _settle(
        engine, taken, sa.update(Task).values(state=state, due_at=now + pause, lease_until=None, fault=fault)
    )


def _settle(engine: Engine, taken: Taken, change: sa.Delete | sa.Update) -> bool:
    ours = change.where(col(Task.id) == taken.id, col(Task.token) == taken.token)
    with unit_of_work(engine) as session:
        settled = session.exec(ours).rowcount == 1
    if not settled:
        log.warning("task.lease-lost", kind=taken.kind, task=taken.id)
    return settled


def dead_tasks(session: Session) -> list[Task]:
    """Tasks that were set aside after failing too often."""
    return list(session.exec(select(Task).where(Task.state == TaskState.DEAD).order_by(col(Task.due_at))))
