"""`python -m tests.differential`: many documents before all judges, with a summary from which each case can be found again."""

import argparse
import json
import os
import platform
import secrets
import sys
import time
from importlib.metadata import version

from tests.differential.compare import ORACLES, PATIENCE, Case, Examiner, Tally
from tests.differential.oracles import NODE, Worker
from tests.differential.run import CHUNK, indexes, run

SHOWN = 40
EVERY = 20


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument(
        "--documents", type=int, default=2_000, help="how many; a quarter as many mutated ones are added"
    )
    parser.add_argument("--seed", default="", help="any text; a fresh one is drawn and printed if there is none")
    parser.add_argument("--oracles", default=",".join(ORACLES), help="which judges besides the quick path")
    parser.add_argument("--only", default="", help="one index of a seed: print the document and what is found")
    return parser.parse_args()


def _machine(oracles: tuple[str, ...]) -> list[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in ("pyld", "pyoxigraph", "rfc8785"))
    lines = [f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {packages}"]
    if "node" in oracles:
        with Worker(NODE, PATIENCE) as node:
            lines.append(", ".join(f"{name} {number}" for name, number in node.ask().items()))
    return lines


def _one(seed: str, index: str, oracles: tuple[str, ...]) -> Tally:
    case = Case.of(seed, index)
    _say(
        json.dumps(case.document, ensure_ascii=False, indent=1), f"{case.kind}, {case.digest}, {', '.join(case.names)}"
    )
    with Examiner(seed, oracles) as examiner:
        examiner.examine(index)
        return examiner.tally


def _many(seed: str, documents: int, oracles: tuple[str, ...]) -> Tally:
    started, every = time.monotonic(), len(indexes(documents))

    def progress(tally: Tally, done: int) -> None:
        if done // CHUNK % EVERY == 0 or done == every:
            rate = done / (time.monotonic() - started)
            _say(f"{done}/{every}  {rate:.0f}/s  {len(tally.disagreements)} disagreements")

    found = run(documents, seed, oracles, progress)
    _say(f"{time.monotonic() - started:.0f} s")
    return found


def _summary(tally: Tally) -> list[str]:
    return [
        *(f"{name}: {count}" for name, count in sorted(tally.counts.items())),
        *(f"note  {note}" for note in sorted(tally.notes)[:SHOWN]),
        *([f"note  and {len(tally.notes) - SHOWN} more"] if len(tally.notes) > SHOWN else []),
        *(f"DISAGREEMENT  {row}" for row in tally.disagreements),
        f"{len(tally.disagreements)} disagreements",
    ]


def main() -> int:
    """Run, or show one case; 1 if anybody disagrees."""
    asked = _arguments()
    seed, oracles = asked.seed or str(secrets.randbelow(10**9)), tuple(filter(None, asked.oracles.split(",")))
    _say(f"seed {seed}", *_machine(oracles))
    tally = _one(seed, asked.only, oracles) if asked.only else _many(seed, asked.documents, oracles)
    _say(*_summary(tally), f"seed {seed}")
    return 1 if tally.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
