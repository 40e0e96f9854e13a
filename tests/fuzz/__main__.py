"""`python -m tests.fuzz --inputs 5000000`: many inputs before the parser, safe mode, the canonicaliser and JCS, with a summary.

The inputs are chosen by coverage of `schemas` (libFuzzer through atheris); findings do not end a run.
"""

import argparse
import hashlib
import importlib.util
import multiprocessing
import secrets
import sys
import tempfile
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from tests.fuzz.mutate import MAX_LENGTH
from tests.fuzz.seeds import seeds
from tests.fuzz.tally import Tally
from tests.fuzz.words import dictionary
from tests.fuzz.worker import DICTIONARY, Job, work

_TOLD_EVERY: Final = 30.0
_SEEDS: Final = 2**31


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, help="how many, over all jobs")
    parser.add_argument("--seed", type=int, help="a fresh one is drawn and printed if there is none")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--max-len", type=int, default=MAX_LENGTH, help="the longest input in bytes")
    parser.add_argument("--findings", type=Path, help="a folder for what is found; a new temporary one otherwise")
    return parser.parse_args()


def _prepare(folder: Path, corpus: Path) -> None:
    corpus.mkdir(parents=True, exist_ok=True)
    (folder / DICTIONARY).write_text(dictionary(), "utf-8")
    for data in seeds():
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def _joined(jobs: list[Job]) -> Tally:
    tally = Tally()
    for job in jobs:
        tally.join(Tally.load(job.file))
    return tally


def _wait(workers: list[BaseProcess], jobs: list[Job]) -> None:
    told = time.monotonic()
    while any(worker.is_alive() for worker in workers):
        workers[0].join(1.0)
        time.sleep(0.1)
        if time.monotonic() - told > _TOLD_EVERY:
            told = time.monotonic()
            _say(_joined(jobs).line())


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def main() -> int:
    """Run the jobs and tell what they met; 1 if there are findings, 2 without atheris."""
    arguments = _arguments()
    if importlib.util.find_spec("atheris") is None:
        _say("atheris is not installed here: it is the dependency group `fuzz`, for Linux")
        return 2
    seed = secrets.randbelow(_SEEDS) if arguments.seed is None else arguments.seed
    folder = arguments.findings or Path(tempfile.mkdtemp(prefix="zachetka-fuzz-"))
    corpus = folder / "corpus"
    _prepare(folder, corpus)
    share = -(-arguments.inputs // arguments.jobs)
    jobs = [
        Job(number, share, (seed + number) % _SEEDS or _SEEDS, arguments.max_len, folder, corpus)
        for number in range(arguments.jobs)
    ]
    _say(f"seed {seed}, {arguments.jobs} jobs, findings in {folder}")
    workers: list[BaseProcess] = [
        multiprocessing.get_context("spawn").Process(target=work, args=(job,)) for job in jobs
    ]
    for worker in workers:
        worker.start()
    _wait(workers, jobs)
    tally = _joined(jobs)
    for job, worker in zip(jobs, workers, strict=True):
        if worker.exitcode:
            tally.findings[f"worker {job.number} died: {worker.exitcode}, see its log"] += 1
    _say(*tally.summary())
    return 1 if tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
