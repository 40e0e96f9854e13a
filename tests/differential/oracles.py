"""The independent opinions, each in a process of its own that answers line by line and is killed when it takes too long."""

import json
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any, Final, Self

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
MODULES: Final = HERE / "node_modules"
"""What `make .venv/node` installs for the judge in JavaScript."""
NODE: Final = ("node", "--max-old-space-size=512", str(HERE / "oracle.mjs"), str(ROOT / "schemas" / "contexts"))
PYOXIGRAPH: Final = (sys.executable, "-m", "tests.differential.oxigraph")
FAULTS: Final = (
    *("utf16-order", "small-number", "double-tie", "duplicate-statement"),
    *("unicode-space", "noncharacter", "direction-ignored"),
)
"""What jsonld.js 9.0.0 with rdf-canonize 5.0.0 is known to do wrong; oracle.mjs says what and how to put each right."""


class Silent(Exception):
    """No answer in time, or the process ended over the question."""


class Worker:
    """A process that answers one JSON line with one JSON line; started when asked, restarted after it was killed."""

    def __init__(self, command: tuple[str, ...], seconds: float) -> None:
        self._command = command
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""
        self._answered = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def send(self, **request: Any) -> None:
        """Ask; `receive` gives the answer."""
        process = self._process = self._process or self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            self.stop()

    def receive(self) -> dict[str, Any]:
        """The answer to the last question, or `Silent`."""
        until = time.monotonic() + self._seconds
        while b"\n" not in self._rest:
            self._rest += self._read(until - time.monotonic())
        answer, self._rest = self._rest.split(b"\n", 1)
        self._answered = True
        found: dict[str, Any] = json.loads(answer)
        if found.get("error") == "silent":
            raise Silent
        return found

    def ask(self, **request: Any) -> dict[str, Any]:
        """The answer to a question, or `Silent`."""
        self.send(**request)
        return self.receive()

    def stop(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process, self._rest = None, b""

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)  # noqa: S603

    def _read(self, seconds: float) -> bytes:
        if self._process is None or self._process.stdout is None:
            raise Silent
        pipe = self._process.stdout
        ready, _, _ = select.select([pipe], [], [], max(seconds, 0))
        found = os.read(pipe.fileno(), 1 << 16) if ready else b""
        if not found:
            self.stop()
            if not self._answered:
                raise RuntimeError(self._command)
            raise Silent
        return found


_LINE: Final = re.compile(r"([^ ]+) ([^ ]+) (.*?)( _:c14n[0-9]+| <[^<>\"]*>)? \.\n", re.DOTALL)


def disguised(text: str, chance: Random) -> str:
    """The dataset of a canonical form under other labels and in another order, so that nothing of the answer is told."""
    names: dict[str, str] = {}

    def named(term: str) -> str:
        return names.setdefault(term, f"_:n{chance.getrandbits(64):016x}") if term.startswith("_:") else term

    rows = [_LINE.fullmatch(row) for row in re.findall(r"[^\n]*\n", text)]
    lines = [[*map(named, row.group(1, 2, 3)), named((row[4] or "").strip())] for row in rows if row]
    if len(lines) != len(rows):
        raise ValueError(text)
    chance.shuffle(lines)
    return "".join(f"{' '.join(filter(None, terms))} .\n" for terms in lines)
