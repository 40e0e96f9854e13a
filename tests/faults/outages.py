"""`python -m tests.faults.outages`: the database server is cut off in the middle of lists; nothing may be lost or doubled.

Prints one JSON object with the seed by which the run is found again. Ends with 1 at the first broken invariant.
"""

import argparse
import json
import random
import secrets
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from sqlalchemy.exc import DBAPIError

from issuer.batches import entering
from issuer.batches.running import LEASE
from issuer.batches.work import Batches
from issuer.tables import BatchState
from keys.store import KeyStore
from service.database import open_engine
from service.tables import METADATA
from tests.faults.cluster import Cluster, cluster
from tests.issuer.lists import awards_of, batches, csv_of, good, seen, started, whole
from tests.issuer.world import NOW, World

ROWS = 240
PIECE = 20
LONGEST = 0.6  # seconds a server runs


@dataclass
class Staff:
    """A worker that bears the server's absence: it tries again, later than every lease."""

    working: Batches
    now: datetime = NOW
    cut: int = 0
    _stopped: Event = field(default_factory=Event)

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopped.is_set():
            try:
                if not self.working.work_once(self.now):
                    time.sleep(0.01)
            except DBAPIError:
                self.cut += 1
                self.now += LEASE + timedelta(seconds=1)
                time.sleep(0.05)

    def stop(self) -> None:
        """Finish what is in hand and end."""
        self._stopped.set()


def outages(held: Cluster, folder: Path, most: int, draw: random.Random) -> dict[str, int]:
    """Lists from file to end while the server is cut off `most` times; what has been acknowledged stays as it is."""
    engine = open_engine(held.url)
    METADATA.create_all(engine)
    world = World.build(engine, KeyStore(folder / "keys", b"a secret of the tests"), folder / "public")
    done = lists = cut = 0
    while done < most:
        batch = started(world, csv_of(good(ROWS, start=ROWS * lists)))
        staff = Staff(batches(world, entropy=secrets.token_bytes), NOW + lists * timedelta(hours=1))
        thread = Thread(target=staff.run, daemon=True)  # a run that failed ends all the same
        thread.start()
        known: dict[int | None, str | None] = {}
        while done < most and seen(world, batch).state is BatchState.RUNNING:
            time.sleep(draw.uniform(0.05, LONGEST))
            held.crash()
            held.start()
            done += 1
            found = {award.batch_row: award.credential_id for award in awards_of(world, batch)}
            assert known.items() <= found.items(), "an id changed or an award went away"
            known = found
        _until_done(world, batch, staff)
        thread.join()
        whole(world, batch)
        lists, cut = lists + 1, cut + staff.cut
    engine.dispose()
    return {"restarts": done, "rows": lists * ROWS, "lists": lists, "errors": cut}


def _until_done(world: World, batch: str, staff: Staff) -> None:
    deadline = time.monotonic() + 600
    while seen(world, batch).state is BatchState.RUNNING:
        assert time.monotonic() < deadline, "the list stands still"
        staff.now += LEASE
        time.sleep(0.2)
    staff.stop()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.outages", description=__doc__.splitlines()[0])
    parser.add_argument("--restarts", type=int, default=100)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    asked = parser.parse_args()
    entering.SIZE = PIECE
    with tempfile.TemporaryDirectory() as folder, cluster() as held:
        draw = random.Random(asked.seed)  # noqa: S311 - moments, no secrets
        told = outages(held, Path(folder), asked.restarts, draw)
    print(json.dumps({"seed": asked.seed, **told}))  # noqa: T201 - its answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
