"""`zachetka issue`: a list of awards on the command line, with a progress bar; the same drafts and workers as in the browser."""

import time
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from issuer.batches import desk
from issuer.batches.entering import Upload
from issuer.batches.finding import find
from issuer.batches.states import ENDED
from issuer.tables import Batch, BatchState
from keys.actor import Actor, ActorKind, Thing
from schemas.errors import N_, BadInput, NotFound, Unavailable
from service.database import reading, unit_of_work
from service.identity import accounts
from service.identity.guests import actor_of
from service.parts import Parts
from service.worker import drain

PAUSE_SECONDS = 0.5


class IssueExit(IntEnum):
    """How `zachetka issue` ends."""

    DONE = 0
    WAITS = 4  # for a second person


class AccountUnknown(NotFound):
    """Nobody has that account."""

    code = "account-unknown"
    sentence = N_("Такой учётной записи нет: {account}.")


class ListMissing(BadInput):
    """The file is not there or may not be read."""

    code = "list-missing"
    sentence = N_("Файл со списком не открылся. Проверьте путь и права.")


class ListWaits(Unavailable):
    """Something keeps the list from going on, and not just for a moment; workers go on trying."""

    code = "list-waits"
    sentence = N_(
        "Выдача по списку ждёт (код {trouble}). Ничего не потеряно: она продолжится сама, когда запущена служба."
    )


class ListStopped(BadInput):
    """The list was paused elsewhere while the command worked on it."""

    code = "list-stopped"
    sentence = N_("Выдачу по списку приостановили. Ничего не потеряно: продолжите её на странице списка.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command was asked for; `event` is the occasion where no column of the file holds it.

    `patience` is how many seconds a list may stand still before the command leaves it to the workers.
    """

    organisation: str
    achievement: str
    account: str
    file: Path
    event: str
    patience: float = 60.0


def issue(parts: Parts, asked: Asked, console: Console) -> IssueExit:
    """Award a list. Raises whatever keeps the file, the person or the organisation from it."""
    now = parts.clock()
    by = _actor(parts, asked.account, now)
    parts.rights.require(by, "batch.make", Thing(organisation=asked.organisation))
    batch = _enter(parts, asked, by, now)
    with unit_of_work(parts.engine) as session:
        state = desk.submit(session, batch, by, now).state
    console.print(f"Список: {parts.settings.public_url}/issuer/{asked.organisation}/batches/{batch}", soft_wrap=True)
    if state is BatchState.WAITING:
        console.print("Список ждёт второго сотрудника: подтвердить его можно на этой странице.")
        return IssueExit.WAITS
    ended = _run(parts, asked.organisation, batch, console, asked.patience)
    drain(parts)
    console.print(f"Строк: {ended.total}. Выдано: {ended.issued}. Отклонено: {ended.rejected}.")
    if ended.state not in ENDED:
        raise ListStopped
    return IssueExit.DONE


def _actor(parts: Parts, account: str, now: datetime) -> Actor:
    """The person in whose name the command works; the command itself decides nothing."""
    with reading(parts.engine) as session:
        found = accounts.find(session, account)
        if found is None:
            raise AccountUnknown(account=account)
        person = actor_of(session, found, now.astimezone(parts.settings.zone).date())
    return Actor(kind=ActorKind.COMMAND, person=person.person, memberships=person.memberships)


def _enter(parts: Parts, asked: Asked, by: Actor, now: datetime) -> str:
    try:
        opened = asked.file.open("rb")
    except OSError as error:
        raise ListMissing from error
    with opened as file:
        upload = Upload(asked.organisation, asked.achievement, file, asked.file.name, asked.event)
        return parts.batches.enter(upload, by, now)


def _run(parts: Parts, organisation: str, batch: str, console: Console, patience: float) -> Batch:
    """Work on the list beside whatever workers there are, until its end or until somebody stops it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        seen = _seen(parts, organisation, batch)
        bar, going_at = progress.add_task("Выдача", total=seen.total), time.monotonic()
        while seen.state is BatchState.RUNNING:
            if not parts.batches.run_once(batch, parts.clock()):
                time.sleep(PAUSE_SECONDS)
            seen = _seen(parts, organisation, batch)
            progress.update(bar, completed=seen.issued + seen.rejected)
            going_at = going_at if seen.trouble else time.monotonic()
            if time.monotonic() - going_at > patience:
                raise ListWaits(trouble=seen.trouble)
        return seen


def _seen(parts: Parts, organisation: str, batch: str) -> Batch:
    with reading(parts.engine) as session:
        return find(session, organisation, batch)
