"""One process of the fuzzer, the only place that knows atheris. `schemas` must not be loaded before it is instrumented here."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz.mutate import Mutator, mutate_bytes
from tests.fuzz.outcome import ACCEPTED, LIMIT, Outcome, TooSlow
from tests.fuzz.seeds import seeds
from tests.fuzz.stopwatch import Stopwatch
from tests.fuzz.tally import Tally

DICTIONARY: Final = "words.dict"
_SAVED_EVERY: Final = 5_000
_SUSPECT: Final = 0.02  # seconds with instruments, from which an input is measured without


@dataclass(frozen=True, slots=True)
class Job:
    """What one worker has to do."""

    number: int
    inputs: int
    seed: int
    max_length: int
    folder: Path
    corpus: Path

    @property
    def file(self) -> Path:
        """Where the worker keeps its counts."""
        return self.folder / f"worker-{self.number}.json"

    def flags(self) -> list[str]:
        """The flags of libFuzzer. Its `-runs` comes after the end that `Meeting` sets, which leaves time for the counts."""
        return [
            "fuzz",
            f"-runs={2 * self.inputs + _SAVED_EVERY}",
            f"-seed={self.seed}",
            f"-max_len={self.max_length}",
            f"-dict={self.folder / DICTIONARY}",
            f"-artifact_prefix={self.folder}/",
            "-mutate_depth=1",  # the mutator makes several changes by itself
            "-entropic=1",
            "-entropic_scale_per_exec_time=1",  # poison graphs cost as much as a hundred others, and soon teach nothing
            "-timeout=20",
            "-rss_limit_mb=2048",
            str(self.corpus),
        ]


class Meeting:
    """What each input meets, counted. The last one ends the process: libFuzzer gives nothing back."""

    def __init__(self, job: Job, examine: Callable[[bytes], Outcome], mutator: Mutator, stopwatch: Stopwatch) -> None:
        self._job = job
        self._examine = examine
        self._mutator = mutator
        self._stopwatch = stopwatch
        self._tally = Tally()
        self._started = time.monotonic()

    def __call__(self, data: bytes) -> None:
        """Examine `data`; no exception leaves, so that a finding does not end the run."""
        try:
            outcome = self._examine(data)
            self._tally.add(outcome)
            if outcome.code == ACCEPTED:
                self._mutator.learn(data)
            self._time(data, outcome)
        except Exception as error:  # noqa: BLE001 - whatever leaves is a finding
            self._tally.find(data, error, self._job.folder)
        self._count()

    def _time(self, data: bytes, outcome: Outcome) -> None:
        if outcome.seconds < max(_SUSPECT, self._tally.slowest):
            return
        seconds = self._stopwatch.seconds(data)
        self._tally.slowest = max(self._tally.slowest, seconds)
        if seconds > LIMIT:
            raise TooSlow(seconds)

    def _count(self) -> None:
        self._tally.inputs += 1
        is_last = self._tally.inputs == self._job.inputs
        if is_last or self._tally.inputs % _SAVED_EVERY == 0:
            self._tally.seconds = time.monotonic() - self._started
            self._tally.save(self._job.file)
        if is_last:
            self._stopwatch.close()
            os._exit(0)


def work(job: Job) -> None:
    """Fuzz in this process, which ends with the last input."""
    log = os.open(job.folder / f"worker-{job.number}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, sys.stderr.fileno())
    import atheris  # noqa: PLC0415 - only those who fuzz have it

    with atheris.instrument_imports(include=["schemas"]):
        from tests.fuzz.target import examine  # noqa: PLC0415 - loaded with instruments

    mutator = Mutator(seeds())

    def mutate(data: bytes, length: int, seed: int) -> bytes:
        def by_bytes(data: bytes, random: Random) -> bytes:
            return bytes(atheris.Mutate(data, length)) if random.randrange(2) else mutate_bytes(data, random)

        return mutator.mutate(data, Random(seed), max_length=length, by_bytes=by_bytes)  # noqa: S311 - no secret

    with Stopwatch() as stopwatch:
        atheris.Setup(job.flags(), Meeting(job, examine, mutator, stopwatch), custom_mutator=mutate)
        atheris.Fuzz()
