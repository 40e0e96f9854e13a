"""The ledger: what must not be forgotten when an older copy of the database comes back (THREATS W12, I11).

One file per status list, beside the shelf and never on it: which places were handed out, which bits were set, which were cleared
again. Lines are only added; each is on the disk before what it speaks of leaves the house. A line that a power failure has cut off
does not count, and spoils none after it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock

from keys import durable

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}", re.ASCII)
_LINE = re.compile(rb"^([TSC])(\d{1,9});$", re.MULTILINE)


class Word(StrEnum):
    """What a line says of a place."""

    TAKEN = "T"  # it belongs to an award
    SET = "S"  # its bit is set
    CLEARED = "C"  # its bit is set no more


@dataclass(slots=True)
class Marks:
    """What the ledger holds of one list: places that have an award, and places whose bit was set and not cleared since."""

    taken: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)
    _read: int = 0

    def learn(self, lines: bytes) -> None:
        """Take in further bytes of the file, up to its last whole line."""
        whole = lines[: lines.rfind(b"\n") + 1]
        self._read += len(whole)
        for word, number in _LINE.findall(whole):
            place = int(number)
            self.taken.add(place)
            if word == b"S":
                self.stopped.add(place)
            elif word == b"C":
                self.stopped.discard(place)

    @property
    def read(self) -> int:
        """How many bytes of the file are known."""
        return self._read


class Ledger:
    """The files below `folder`, one for each list. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Marks] = {}
        self._lock = Lock()

    def note(self, name: str, word: Word, places: Iterable[int]) -> None:
        """Write down `word` for every one of `places`; they are on the disk when this returns. Raises `OSError`."""
        written = "".join(f"{word}{place};\n" for place in places)
        if not written:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.append(
            self._file(name), f"\n{written}".encode()
        )  # the line feed ends what a power failure may have left

    def marks(self, name: str) -> Marks:
        """Everything that is known of a list, what other processes wrote included. Shared: never change it."""
        with self._lock:
            known = self._known.setdefault(name, Marks())
            try:
                with self._file(name).open("rb") as file:
                    file.seek(known.read)
                    known.learn(file.read())
            except FileNotFoundError:
                return known
            return known

    def names(self) -> list[str]:
        """Every list that something is known of."""
        return sorted(file.name for file in self._folder.glob("*")) if self._folder.is_dir() else []

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(name)
        return self._folder / name
