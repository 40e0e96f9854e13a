"""A PostgreSQL server of a test's own in a temporary folder, to be stopped as a power cut would stop it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # the server refuses to run as root
SECONDS = 60


class ClusterMissing(Exception):
    """No such server can be made here; the text says why."""


class Cluster:
    """One server: started, stopped in mid-write, started again on what is on the disk."""

    def __init__(self, folder: Path, programs: Path, user: str | None) -> None:
        self._data, self._folder, self._programs, self._user = folder / "data", folder, programs, user
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._call("initdb", "-D", str(self._data), "-A", "trust", "-U", OWNER, "-E", "UTF8", "--no-locale", "-N")
        self.starts = 0

    @property
    def url(self) -> str:
        """The address of its one database."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{OWNER}"

    def start(self) -> None:
        """Start, after a crash with recovery, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self._folder}"
        self._pg_ctl("start", "-o", options, "-l", str(self._folder / "log"))
        self.starts += 1

    def crash(self) -> None:
        """Stop at once: no checkpoint, every connection cut."""
        self._pg_ctl("stop", "-m", "immediate")

    def _pg_ctl(self, act: str, *options: str) -> None:
        self._call("pg_ctl", act, "-w", "-t", str(SECONDS), "-D", str(self._data), *options)

    def _call(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = [str(self._programs / program), *arguments]
        ran = subprocess.run(  # noqa: S603 - programs of the installed server
            command, user=self._user, cwd=self._folder, capture_output=True, text=True, check=False, timeout=2 * SECONDS
        )
        if ran.returncode:
            raise ClusterMissing(f"{program}: {ran.stderr.strip() or ran.stdout.strip()}")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running server that is gone after the block; `ClusterMissing` where there can be none."""
    programs = _programs()
    user = _owner()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        held = Cluster(folder, programs, user)
        held.start()
        try:
            yield held
        finally:
            held.crash()


def _programs() -> Path:
    """Where initdb and pg_ctl lie, the newest server first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    places = [*found, *([Path(on_path)] if on_path else [])]
    if not places:
        raise ClusterMissing("no initdb on this machine")
    return places[0].parent


def _owner() -> str | None:
    """The account that the server runs under, None for our own."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam(OWNER).pw_name
    except KeyError:
        raise ClusterMissing("root has no account for the server to run under") from None
