"""`python -m tests.faults`: workers are killed at random points of lists; nothing may be lost, doubled or half done.

Prints one JSON object: how many kills, rows and lists, with the seed by which the run is found again. Ends with 1 at the first
broken invariant.
"""

import argparse
import contextlib
import json
import os
import random
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from issuer.batches import entering
from issuer.batches.running import LEASE
from issuer.tables import BatchState
from keys.store import KeyStore
from service.database import open_engine
from service.tables import METADATA
from tests.conftest import SERVER, postgres_database
from tests.issuer.lists import awards_of, batches, csv_of, good, run, seen, started, whole
from tests.issuer.world import NOW, World

ROWS = 240
PIECE = 20
LONGEST = 0.35  # seconds a worker lives
LISTS = 4  # in one database: each is looked at whole after every list, so many would make a run quadratic


class Kills:
    """Workers that do not live long, in one world after another."""

    def __init__(self, workers: int, draw: random.Random) -> None:
        self.workers = workers
        self.draw = draw
        self.now = NOW
        self.kills = self.rows = self.lists = 0

    def lists_in(self, world: World, most: int) -> None:
        """Lists in a fresh world, until it has had its share or there were so many kills in all."""
        for _ in range(LISTS):
            if self.kills < most:
                self.one_list(world, most)

    def one_list(self, world: World, most: int) -> None:
        """A list from its file to its end, with at most so many kills in all."""
        rows = [*good(ROWS, start=ROWS * self.lists), ("bad", "70"), ("", "80")]
        batch = started(world, csv_of(rows))
        ids: dict[int | None, str | None] = {}
        pids = [self._worker(world, batch) for _ in range(self.workers)]
        while self.kills < most and seen(world, batch).state is BatchState.RUNNING:
            time.sleep(self.draw.uniform(0.005, LONGEST))
            self._kill(pids.pop(self.draw.randrange(len(pids))))
            found = {award.batch_row: award.credential_id for award in awards_of(world, batch)}
            assert ids.items() <= found.items(), "an id changed or an award went away"
            ids = found
            self.now += LEASE + timedelta(seconds=1)
            pids.append(self._worker(world, batch))
        for pid in pids:
            self._end(pid)
        run(world, self.now + 2 * LEASE)
        whole(world, batch)
        assert (seen(world, batch).issued, seen(world, batch).rejected) == (ROWS + 1, 1)
        self.rows += len(rows)
        self.lists += 1

    def _worker(self, world: World, batch: str) -> int:
        world.engine.dispose()
        parent, pid = os.getpid(), os.fork()
        if pid == 0:
            working, now = batches(world, entropy=secrets.token_bytes), self.now
            with contextlib.suppress(Exception):  # what a worker could not do, the next one does
                while os.getppid() == parent:  # no worker outlives a run that failed
                    if not working.run_once(batch, now):
                        time.sleep(0.01)
            os._exit(0)
        return pid

    def _kill(self, pid: int) -> None:
        self.kills += 1
        self._end(pid)

    @staticmethod
    def _end(pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


@contextlib.contextmanager
def world_on(database: str, folder: Path) -> Iterator[World]:
    """A small issuing world in a database of this run's own."""
    with contextlib.ExitStack() as stack:
        url = f"sqlite:///{folder / 'faults.sqlite'}"
        if database == "postgresql":
            url = stack.enter_context(postgres_database(SERVER))
        engine = open_engine(url)
        METADATA.create_all(engine)
        yield World.build(engine, KeyStore(folder / "keys", b"a secret of the tests"), folder / "public")
        engine.dispose()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    entering.SIZE = PIECE
    begun = time.monotonic()
    kills = Kills(asked.workers, random.Random(asked.seed))  # noqa: S311 - moments, no secrets
    while kills.kills < asked.kills:
        with tempfile.TemporaryDirectory() as folder, world_on(asked.database, Path(folder)) as world:
            kills.lists_in(world, asked.kills)
    told = {"kills": kills.kills, "rows": kills.rows, "lists": kills.lists, "seconds": round(time.monotonic() - begun)}
    print(json.dumps({"database": asked.database, "workers": asked.workers, "seed": asked.seed, **told}))  # noqa: T201 - its answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
