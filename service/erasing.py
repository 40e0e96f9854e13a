"""Erasing for good: the wallets whose time has come, and those that an older copy of the database has brought back (THREATS W5).

The list of what was erased lies outside the database, ids and moments alone. It follows the journal: what is committed there is
added, so that nothing stands in it that was not erased.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from keys import durable, journal
from keys.actor import ActorKind
from schemas.dates import read_timestamp, write_timestamp
from service.database import reading, unit_of_work
from service.identity.leaving import forget_sign_in
from service.parts import Parts
from service.settings import Settings
from wallet_web.leaving import closing
from wallet_web.present import holder_name

EVENT = "leaving.erased"
FOLDER, FILE = "erased", "wallets"
_LINE = re.compile(r"^(\S+Z) (\S+) (\S+);$", re.MULTILINE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Erased:
    """A wallet was erased: when, by which leaving, whose."""

    at: datetime
    leaving: str
    learner: str


class ErasedList:
    """The file below `folder`: lines are only added, one that a power failure has cut off does not count."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def read(self) -> list[Erased]:
        """Everything on it, in the order in which it came. Raises `OSError`."""
        if not self._file.exists():
            return []
        found = _LINE.findall(self._file.read_text("ascii", errors="replace"))
        return [Erased(read_timestamp(at), leaving, learner) for at, leaving, learner in found]

    def note(self, erased: Iterable[Erased]) -> None:
        """Add lines; they are on the disk when this returns. Raises `OSError`."""
        lines = "".join(f"{write_timestamp(one.at)} {one.leaving} {one.learner};\n" for one in erased)
        if lines:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            durable.append(
                self._file, f"\n{lines}".encode("ascii")
            )  # the line feed ends what a power failure may have left


def list_of(settings: Settings) -> ErasedList:
    """The list of an installation."""
    return ErasedList(settings.data / FOLDER)


def forgotten(session: Session, listed: Collection[Erased]) -> list[Erased]:
    """What is on the list and was never erased as far as this database knows."""
    known = journal.items_of(session, EVENT) if listed else set()
    return [one for one in listed if one.leaving not in known]


def erase_left(parts: Parts, now: datetime) -> int:
    """Erase what came back with an older copy, then the wallets of families who have left; how many there were."""
    again = erase_again(parts, now)
    with reading(parts.engine) as session:
        waiting = closing.due(session, now)
    due = sum(_erase(parts, left, now) for left in waiting)
    note(parts)
    return again + due


def erase_again(parts: Parts, now: datetime) -> int:
    """Erase once more what the list says and the database has forgotten, each in a transaction of its own; how many there were."""
    with reading(parts.engine) as session:
        back = forgotten(session, list_of(parts.settings).read())
    for one in back:
        with unit_of_work(parts.engine) as session:
            closing.erase_again(session, one.leaving, one.learner, one.at)
            _forget(parts, session, one.learner, one.leaving, now)
    return len(back)


def note(parts: Parts) -> None:
    """Put everything on the list that the journal says was erased."""
    kept = list_of(parts.settings)
    listed = {one.leaving for one in kept.read()}
    with reading(parts.engine) as session:
        rows = [row for row in journal.rows_of(session, EVENT) if row.item not in listed]
    kept.note(Erased(row.at, row.item, row.learner) for row in rows if row.learner)


def _erase(parts: Parts, left: str, now: datetime) -> bool:
    with unit_of_work(parts.engine) as session:
        learner = closing.erase(session, left, now)
        if learner:
            _forget(parts, session, learner, left, now)
    return bool(learner)


def _forget(parts: Parts, session: Session, learner: str, leaving: str, now: datetime) -> None:
    """The learner's own key and way in go with the wallet; the journal says so."""
    parts.store.destroy(holder_name(learner))
    forget_sign_in(session, learner, now)
    journal.append(session, at=now, event=EVENT, actor_kind=ActorKind.JOB, learner=learner, item=leaving)
