"""The server is cut off, the disk is full: an error is told, nothing is lost, and the work goes on afterwards."""

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from issuer.batches import entering
from issuer.batches.running import LEASE
from keys.store import KeyStore
from service.database import open_engine
from service.tables import METADATA
from tests.faults.cluster import ClusterMissing, cluster
from tests.faults.outages import outages
from tests.issuer.lists import batches, csv_of, good, seen, started, whole
from tests.issuer.world import NOW, World

MEBIBYTE = 1024 * 1024
ROWS = 200


@pytest.mark.postgres
def test_a_server_that_is_cut_off_three_times_in_mid_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "SIZE", 20)
    draw = random.Random(7319)  # noqa: S311 - moments, no secrets
    with ExitStack() as stack:
        try:
            held = stack.enter_context(cluster())
        except ClusterMissing as reason:
            pytest.skip(f"no server of our own: {reason}")
        told = outages(held, tmp_path, 3, draw)
    assert (told["restarts"], held.starts) == (3, 4)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mounting, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("no file system of our own: mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)  # noqa: S603, S607


def test_a_full_disk_stops_a_list_and_room_lets_it_go_on(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "SIZE", 20)
    engine = open_engine(f"sqlite:///{small_disk / 'db.sqlite'}")
    METADATA.create_all(engine)
    world = World.build(engine, KeyStore(small_disk / "keys", b"a secret of the tests"), small_disk / "public")
    batch = started(world, csv_of(good(ROWS)))
    filler = small_disk / "filler"
    fill(filler)
    working, now, failures = batches(world), NOW, 0
    while failures < 3:
        try:
            assert working.work_once(now), "the disk was never full"
        except (DBAPIError, OSError):
            failures += 1
            now += LEASE + timedelta(seconds=1)
    assert seen(world, batch).issued < ROWS
    filler.unlink()
    now += 2 * LEASE
    while working.work_once(now):
        pass
    whole(world, batch)
    assert seen(world, batch).issued == ROWS
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    engine.dispose()


def fill(file: Path) -> None:
    """Write until nothing more goes in, then leave a quarter of a mebibyte."""
    with suppress(OSError), file.open("wb", buffering=0) as open_file:
        while open_file.write(bytes(MEBIBYTE // 8)):
            pass
    os.truncate(file, max(0, file.stat().st_size - MEBIBYTE // 4))
