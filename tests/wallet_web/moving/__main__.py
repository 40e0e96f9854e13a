"""Generated learners moved from one installation to another: `python -m tests.wallet_web.moving --learners 1000 --seed S`."""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.wallet_web.moving.generated import World


def run(learners: int, seed: int, folder: Path) -> dict[str, object]:
    """Move so many learners; figures, and everything that went wrong."""
    world, begun = World.build(folder), time.perf_counter()
    wrong = {number: found for number in range(seed, seed + learners) if (found := world.move(world.make(number)))}
    world.close()
    seconds = round(time.perf_counter() - begun, 1)
    return {"learners": learners, "seed": seed, **dict(world.counts), "seconds": seconds, "wrong": wrong}


def main() -> int:
    """Print the figures; 1 where anything was lost."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--learners", type=int, default=1_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(given.learners, given.seed, Path(folder))
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 1 if found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
