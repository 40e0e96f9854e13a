"""`python -m tests.states`: credit cases under random hands, over the pure table and in a database; rules hold after every move.

Prints one JSON object for each of the two: how many moves were tried and how many of them refused, with the seed by which the run
is found again. Ends with 1 at the first broken rule, where fewer than three in ten moves were illegal, where a move of the
table was never made, or where some kind of actor never tried.
"""

import argparse
import json
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

from tests.states.kept import EVERYBODY, LEAST_ILLEGAL, Walk
from tests.states.table import TableWalk


class Walking(Protocol):
    """Cases of one kind."""

    @property
    def illegal(self) -> int:
        """How many of a hundred moves were refused."""
        ...

    def go(self, moves: int) -> None:
        """Try at least so many moves."""
        ...

    def told(self) -> dict[str, Any]:
        """What came of it."""
        ...


def walked(name: str, walk: Walking, moves: int, seed: int, enough: Callable[[], bool]) -> bool:
    """Try the moves and say what came of them; whether that was enough to prove something."""
    begun, worked = time.monotonic(), time.process_time()
    walk.go(moves)
    spent = {"seconds": round(time.monotonic() - begun), "of_a_core": round(time.process_time() - worked)}
    print(json.dumps({"over": name, "seed": seed, **walk.told(), **spent}), flush=True)  # noqa: T201 - its answer
    return walk.illegal >= LEAST_ILLEGAL and enough()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.states", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--moves", type=int, default=1_000_000, help="over the pure table")
    parser.add_argument(
        "--kept", type=int, default=2_000, help="of cases in a database; one takes a few hundredths of a second"
    )
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    asked = parser.parse_args()
    table, kept = TableWalk(asked.seed), Walk(asked.seed)
    done = [
        not asked.moves or walked("table", table, asked.moves, asked.seed, lambda: not table.untaken),
        not asked.kept or walked("database", kept, asked.kept, asked.seed, lambda: kept.kinds.keys() == EVERYBODY),
    ]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
