"""Stores of keys for worlds of tests: real ones, whose secret has been stretched once for all of them."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from keys.store import KeyStore

SECRET = b"a secret of the tests"


def open_store(folder: Path) -> KeyStore:
    """A store in a folder; it begins with the header of the first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "store.json"
    file.touch(mode=0o600)
    file.write_bytes(_header())
    return KeyStore(folder, SECRET, allow_checkout=True)


@cache
def _header() -> bytes:
    with TemporaryDirectory() as folder:
        KeyStore(Path(folder) / "keys", SECRET, allow_checkout=True).derive("anything")
        return (Path(folder) / "keys" / "store.json").read_bytes()
