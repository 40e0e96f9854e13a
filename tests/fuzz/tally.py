"""What a run has met, kept so that a worker which dies leaves its figures behind."""

import hashlib
import json
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from tests.fuzz.outcome import ACCEPTED, Outcome

_EACH: Final = 3  # inputs kept of one kind of finding: the first and the shortest since
_CODES: Final = 12


@dataclass(slots=True)
class Tally:
    """Counts of one worker, or of all."""

    inputs: int = 0
    read: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count an input that ended as it should."""
        self.read += outcome.is_read
        self.codes[outcome.code] += 1

    def find(self, data: bytes, error: Exception, folder: Path) -> None:
        """Count a finding and keep its input in `folder`, a few of each kind."""
        frame = traceback.extract_tb(error.__traceback__)[-1:]
        kind = (
            f"{type(error).__name__} {Path(frame[0].filename).name}:{frame[0].lineno}"
            if frame
            else type(error).__name__
        )
        self.findings[kind] += 1
        if self.findings[kind] <= _EACH:
            name = folder / hashlib.sha256(data).hexdigest()[:16]
            name.with_suffix(".input").write_bytes(data)
            name.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), "utf-8")

    def join(self, other: Self) -> None:
        """Add what another worker has met at the same time."""
        self.inputs += other.inputs
        self.read += other.read
        self.seconds = max(self.seconds, other.seconds)
        self.slowest = max(self.slowest, other.slowest)
        self.codes += other.codes
        self.findings += other.findings

    def save(self, file: Path) -> None:
        """Write the counts down, whole or not at all."""
        members = {name: getattr(self, name) for name in self.__dataclass_fields__}
        half = file.with_suffix(".half")
        half.write_text(json.dumps(members), "utf-8")
        half.replace(file)

    @classmethod
    def load(cls, file: Path) -> Self:
        """The counts of a worker; none if it has not come so far."""
        if not file.exists():
            return cls()
        members: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return cls(**{**members, "codes": Counter(members["codes"]), "findings": Counter(members["findings"])})

    def line(self) -> str:
        """The state of a run in one line."""
        return (
            f"{self.inputs} inputs, {self.seconds:.0f} s, {self.inputs / max(self.seconds, 0.001):.0f} a second, "
            f"slowest {self.slowest * 1000:.0f} ms, {self.findings.total()} findings"
        )

    def summary(self) -> list[str]:
        """What is told at the end."""
        whole = max(self.inputs, 1)
        shares = f"{self.read / whole:.1%} were read, {self.codes[ACCEPTED] / whole:.1%} were accepted"
        codes = ", ".join(f"{code} {count}" for code, count in self.codes.most_common(_CODES) if code != ACCEPTED)
        found = [f"{count} × {kind}" for kind, count in self.findings.most_common()] or [
            "no exception, nothing too slow"
        ]
        return [self.line(), shares, f"refused: {codes}", *found]
