"""The guard against a clock that goes back: nothing is signed earlier than the last signature said it was (THREATS I7).

The latest moment lies in a file beside the keys, outside the database, so that a restored copy of that does not take it back.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from keys import durable
from keys.errors.store import ClockMarkDamaged, ClockWentBack, KeyStoreError
from schemas.dates import BadTimestamp, read_timestamp, write_timestamp

TOLERANCE: Final = timedelta(seconds=60)
_STEP = timedelta(seconds=5)  # how far the mark may lag behind; every write of it waits for the disk


class ClockGuard:
    """Keeps the latest moment of a signature in `file`. Safe to share between threads; processes read each other's marks."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._mark = datetime.min.replace(tzinfo=UTC)
        self._asked = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    @property
    def mark(self) -> datetime | None:
        """The latest moment that is on the disk; None before the first signature. Raises `ClockMarkDamaged`."""
        try:
            return read_timestamp(self._file.read_text("ascii"))
        except FileNotFoundError:
            return None
        except (BadTimestamp, UnicodeDecodeError) as error:
            raise ClockMarkDamaged from error

    def witness(self, now: datetime) -> None:
        """Raise `ClockWentBack` if `now` is more than `TOLERANCE` before the latest moment seen; else remember it."""
        with self._lock:
            if abs(now - self._asked) >= _STEP:
                self._catch_up(now)
            if now < self._mark - TOLERANCE:
                raise ClockWentBack(mark=write_timestamp(self._mark))

    def accept(self, now: datetime) -> None:
        """Take `now` as right although the mark is later: somebody has looked at the clock and says so."""
        with self._lock:
            self._write(now)
            self._mark = self._asked = now

    def _catch_up(self, now: datetime) -> None:
        """Read what other processes have written, and write `now` where it is the latest."""
        self._mark = self.mark or self._mark
        if now > self._mark:
            self._write(now)
            self._mark = now
        self._asked = now

    def _write(self, now: datetime) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            durable.write(self._file, write_timestamp(now).encode())
        except OSError as error:
            raise KeyStoreError from error
