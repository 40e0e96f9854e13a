"""`python -m bench.whole_list`: one list of 100,000 rows, from its file to stored badges.

Prints one JSON object. `per_second` counts badges from the first byte read to the last badge stored, `limit` is what one
signature and one SHA-256 of the canonical form would allow in the same run and `ratio` the share of it. `cost` is what a badge
costs a worker in the last tenth of its pieces as against the first, `memory` by how many MiB a worker has grown between the two.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from bench import limits
from bench.clock import Timed
from bench.lists import Lists
from bench.world import World
from issuer.batches.entering import SIZE
from service.serving import settle
from tests.conftest import SERVER, postgres_database

_FORK = get_context("fork")
_KIBIBYTES = 1024
_SIGNATURES = range(200)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece took: seconds of a worker, and its highest memory in KiB by then."""

    seconds: float
    memory: int


def work(lists: Lists, batch: str) -> list[Piece]:
    """One worker, until nothing is left."""
    settle()
    pieces = []
    begun = time.perf_counter()
    while lists.work_once(batch):
        ended = time.perf_counter()
        pieces.append(Piece(ended - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
        begun = ended
    return pieces


def run(lists: Lists, rows: int, workers: int) -> dict[str, object]:
    """Award the list and say what it took."""
    limit, act, world = Timed(), limits.signing(World()), lists.world
    for _ in range(9):
        limit.time(act, _SIGNATURES)
    begun = time.perf_counter()
    batch = lists.enter(rows)
    world.engine.dispose()
    worked = [told.recv() for told in [_hire(lists, batch) for _ in range(workers)]]
    per_second = rows / (time.perf_counter() - begun)
    if not lists.is_right(batch, rows):
        raise SystemExit("a row has no badge, or a badge is wrong")
    return {
        "rows": rows,
        "workers": workers,
        "per_second": round(per_second),
        "limit": round(limit.per_second),
        "ratio": round(per_second / limit.per_second, 3),
        "cost": round(max(_growth(pieces) for pieces in worked), 2),
        "memory": round(max(pieces[-1].memory - pieces[len(pieces) // 10].memory for pieces in worked) / _KIBIBYTES, 1),
    }


def _hire(lists: Lists, batch: str) -> Connection:
    """Where a worker in a process of its own says what it has done."""
    here, there = _FORK.Pipe(duplex=False)
    _FORK.Process(target=lambda: there.send(work(lists, batch))).start()
    there.close()
    return here


def _growth(pieces: list[Piece]) -> float:
    """The middle of the last tenth as against the first; the very last piece may be a short one."""
    tenth = max(1, len(pieces) // 10)
    first, last = pieces[:tenth], pieces[-tenth - 1 : -1]
    return statistics.median(one.seconds for one in last) / statistics.median(one.seconds for one in first)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.whole_list", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    if asked.rows < 20 * SIZE * asked.workers:
        parser.error(f"a list that says something has at least {20 * SIZE} rows for each worker")
    with ExitStack() as stack:
        url = stack.enter_context(postgres_database(SERVER)) if asked.database == "postgresql" else ""
        told = run(Lists(database=url), asked.rows, asked.workers)
    print(json.dumps({"database": asked.database, **told}))  # noqa: T201 - its answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
