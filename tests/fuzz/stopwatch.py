"""`python -m tests.fuzz.stopwatch`: what inputs cost without the instruments of the fuzzer, one in each line, in hexadecimal."""

import subprocess
import sys
from types import TracebackType
from typing import Final, Self

from tests.fuzz.outcome import LIMIT

_TRIES: Final = 3


class Stopwatch:
    """A process of its own that has never been instrumented."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.stopwatch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()

    def seconds(self, data: bytes) -> float:
        """The seconds of CPU that `data` costs, the least of some tries where they are many."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError
        self._process.stdin.write(f"{data.hex()}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def _answer() -> None:
    from tests.fuzz.target import examine  # noqa: PLC0415 - who only asks must not load what will be instrumented

    for row in sys.stdin:
        data = bytes.fromhex(row)
        seconds = examine(data).seconds
        for _ in range(_TRIES - 1):
            if seconds > LIMIT:
                seconds = min(seconds, examine(data).seconds)
        sys.stdout.write(f"{seconds}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _answer()
