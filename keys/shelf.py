"""The shelf: public signed documents as plain files that any web server could hand out while everything else is down."""

import re
from pathlib import Path

from keys import durable
from keys.errors.published import BadPath
from keys.ledger import Ledger

_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}", re.ASCII)
_DEEPEST = 8


class Shelf:
    """Documents by path (`trust`, `orgs/s1/did.json`, `status/…`) below `folder`; the ledger in a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ledger = Ledger(folder.with_name(f"{folder.name}-ledger"))

    def put(self, path: str, body: bytes) -> None:
        """Place a document, whole or not at all, over the one that was there. Raises `BadPath`, `OSError`."""
        if not is_shelf_path(path):
            raise BadPath
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        durable.write(file, body)

    def get(self, path: str) -> bytes | None:
        """The document, or None where there is none (also for a path that could never have one)."""
        file = self._folder / path
        if not is_shelf_path(path) or not file.is_file():
            return None
        return file.read_bytes()

    def names(self, folder: str) -> list[str]:
        """The names of the documents that lie right in `folder`, in their order."""
        place = self._folder / folder
        if not is_shelf_path(folder) or not place.is_dir():
            return []
        return sorted(file.name for file in place.iterdir() if is_shelf_path(file.name) and file.is_file())


def is_shelf_path(path: str) -> bool:
    """Whether every segment is plain: no dots at its start, no separators, nothing a file system could read otherwise."""
    segments = path.split("/")
    return len(segments) <= _DEEPEST and all(map(_SEGMENT.fullmatch, segments))
