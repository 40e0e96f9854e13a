"""What a copy is inside its seal: a tar stream of `about.json`, every file under its part, and at the end `manifest.json`.

The sums of the manifest are of what was written, file by file; a copy that is read is held to them.
"""

import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

from keys.errors.copies import CopyDamaged
from keys.sealed_stream import CHUNK_BYTES, OpeningStream, SealingStream
from schemas.dates import BadTimestamp, read_timestamp, write_timestamp
from service.copies.places import DATABASE, FOLDERS

ABOUT, MANIFEST = "about.json", "manifest.json"
_LARGEST_WORDS = 64 * 1024

Moved = Callable[[int], object]
"""Is told of every further so many bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Of what a copy was made: the program's version, the shape and kind of the database, the moment."""

    version: str
    revision: str
    database: str
    moment: datetime

    def written(self) -> bytes:
        """As it stands in the copy."""
        return json.dumps({**asdict(self), "moment": write_timestamp(self.moment)}).encode()

    @classmethod
    def read(cls, body: bytes) -> "About":
        """Raises `CopyDamaged`."""
        try:
            said = json.loads(body)
            return cls(**{**said, "moment": read_timestamp(said["moment"])})
        except (ValueError, TypeError, KeyError, BadTimestamp) as error:
            raise CopyDamaged from error


@dataclass(slots=True)
class Sums:
    """What was counted of one part: files, bytes, and a SHA-256 over the name, size and SHA-256 of each file in turn."""

    files: int = 0
    size: int = 0
    digest: Any = field(default_factory=sha256)

    def add(self, name: str, body: "Counted") -> None:
        """Count a file that was read to its end."""
        self.files += 1
        self.size += body.size
        self.digest.update(f"{name}\0{body.size}\0{body.digest.hexdigest()}\n".encode())

    def told(self) -> dict[str, object]:
        """As the manifest says it."""
        return {"files": self.files, "size": self.size, "sha256": self.digest.hexdigest()}


class Counted:
    """A file whose bytes are counted and digested while somebody reads it."""

    def __init__(self, file: IO[bytes], moved: Moved) -> None:
        self._file, self._moved = file, moved
        self.size, self.digest = 0, sha256()

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self.size += len(piece)
        self.digest.update(piece)
        self._moved(len(piece))
        return piece

    def drain(self) -> None:
        """Read what nobody wanted."""
        while self.read():
            pass


class Packing:
    """Writes a copy into `file`, part by part; the block that ends well makes it whole."""

    def __init__(self, file: BinaryIO, secret: bytes, salt: bytes, about: About, moved: Moved) -> None:
        self._stream, self._moved = SealingStream(file, secret, salt), moved
        whole = cast("BinaryIO", self._stream)  # tar writes to it and asks nothing else
        self._tar = tarfile.open(fileobj=whole, mode="w|")  # noqa: SIM115 - closed by __exit__
        self._sums: dict[str, Sums] = {}
        self._add_words(ABOUT, about.written())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self._add_words(MANIFEST, json.dumps({part: sums.told() for part, sums in self._sums.items()}).encode())
            self._tar.close()
            self._stream.finish()

    def add(self, part: str, name: str, path: Path) -> None:
        """Add a file as it is now; one that has gone meanwhile is left out. Raises `OSError`."""
        sums = self._sums.setdefault(part, Sums())
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return
        with file:
            told, body = os.fstat(file.fileno()), Counted(file, self._moved)
            entry = tarfile.TarInfo(f"{part}/{name}")
            entry.size, entry.mode, entry.mtime = told.st_size, told.st_mode & 0o777, int(told.st_mtime)
            self._tar.addfile(entry, body)  # reads so many bytes and no more, whatever is added meanwhile
            self._tar.members.clear()  # type: ignore[attr-defined]  # it would remember every file
            sums.add(name, body)

    def _add_words(self, name: str, body: bytes) -> None:
        entry = tarfile.TarInfo(name)
        entry.size = len(body)
        self._tar.addfile(entry, BytesIO(body))


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a copy."""

    part: str
    name: str
    mode: int
    body: Counted


class Unpacking:
    """Reads a copy from `file`. Raises what `OpeningStream` raises, and `CopyDamaged` where it is not as the manifest says."""

    def __init__(self, file: BinaryIO, secret: bytes, moved: Moved) -> None:
        self._stream, self._moved = OpeningStream(file, secret), moved
        try:
            whole = cast("BinaryIO", self._stream)  # tar reads from it and asks nothing else
            self._tar = tarfile.open(fileobj=whole, mode="r|")  # noqa: SIM115 - holds nothing open
            self.about = About.read(self._words(self._tar.next(), ABOUT))
        except tarfile.TarError as error:
            raise CopyDamaged from error
        self.sums: dict[str, Sums] = {}

    def files(self) -> Iterator[Packed]:
        """Every file in turn, to be read before the next is asked for; only when all have come is the copy known to be whole."""
        try:
            while (entry := self._tar.next()) is not None and entry.name != MANIFEST:
                part, name = _place(entry)
                body = Counted(self._open(entry), self._moved)
                yield Packed(part, name, entry.mode & 0o777, body)
                body.drain()
                self.sums.setdefault(part, Sums()).add(name, body)
                self._tar.members.clear()  # type: ignore[attr-defined]  # it would remember every file
            told = json.loads(self._words(entry, MANIFEST))
        except (tarfile.TarError, ValueError) as error:
            raise CopyDamaged from error
        while self._stream.read(CHUNK_BYTES):
            pass
        if {part: sums for part, sums in told.items() if sums["files"]} != {
            part: sums.told() for part, sums in self.sums.items()
        }:
            raise CopyDamaged

    def _words(self, entry: tarfile.TarInfo | None, name: str) -> bytes:
        if entry is None or entry.name != name or entry.size > _LARGEST_WORDS:
            raise CopyDamaged
        return self._open(entry).read()

    def _open(self, entry: tarfile.TarInfo) -> IO[bytes]:
        body = self._tar.extractfile(entry)
        if body is None:
            raise CopyDamaged
        return body


def _place(entry: tarfile.TarInfo) -> tuple[str, str]:
    """The part and the name of a file; none leads out of its part."""
    part, _, name = entry.name.partition("/")
    plain = all(segment and not segment.startswith(".") for segment in name.split("/"))
    if part not in {DATABASE, *FOLDERS} or not plain or not entry.isreg():
        raise CopyDamaged
    return part, name
