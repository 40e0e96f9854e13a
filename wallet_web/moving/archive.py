"""An archive: files under a manifest with their hashes, sealed, in one zip; written and read without a clock or a database.

    manifest.json   {kind, version, made, origin, learner, files: [{path, section, size, sha256}, …], proof}
    index.html      the same for people; in the manifest like every other file

The zip is the same, byte for byte, for the same files: names are in order and carry no dates.
"""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from schemas import fields
from schemas.dates import read_timestamp, write_timestamp
from schemas.reading import read_json
from schemas.refusals import Refused
from wallet_web.moving.errors import ArchiveBroken, ArchiveChanged, ArchiveTooLarge

KIND: Final = "ZachetkaArchive"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
INDEX: Final = "index.html"
FILES_MOST: Final = 5_000
FILE_BYTES: Final = 16 * 1024 * 1024
ALL_BYTES: Final = 128 * 1024 * 1024
MANIFEST_BYTES: Final = 4 * 1024 * 1024
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PATH: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}(?:/[a-z0-9][a-z0-9._-]{0,99}){0,7}", re.ASCII)
_SECTION: Final = re.compile(r"[a-z]{1,32}", re.ASCII)
_LONGEST: Final = 220
_EARLIER: Final = "earlier/"  # in front of a path, with the place it came from
_PLAIN: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1
_MODE: Final = 0o644 << 16


@dataclass(frozen=True, slots=True)
class File:
    """One file of an archive; `section` says which part of the wallet it belongs to."""

    path: str
    section: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who made an archive and when; `learner` is the hashed identity of whose it is (OB IdentityObject)."""

    did: str
    name: str
    made: datetime
    learner: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive that was read: every file is in the manifest and as the manifest says. Who sealed that is another question."""

    origin: Origin
    files: tuple[File, ...]
    manifest: bytes

    def of(self, section: str) -> list[File]:
        """The files of one section, by path."""
        return [one for one in self.files if one.section == section]


def pack(files: Iterable[File], origin: Origin, seal: Callable[[Mapping[str, Any]], bytes]) -> bytes:
    """The archive of these files under a manifest that `seal` signs. A path that no reader would take is a `ValueError`."""
    kept = sorted(files, key=lambda one: one.path)
    if len({one.path for one in kept}) < len(kept) or not all(_is_path(one.path) for one in kept):
        raise ValueError("paths of an archive are plain and stand there once")
    manifest = seal(_manifest(kept, origin))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path, content in [(MANIFEST, manifest), *((one.path, one.content) for one in kept)]:
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _MODE
            packed.writestr(entry, content)
    return out.getvalue()


def unpack(data: bytes) -> Archive:
    """The archive in a zip, read within limits and held against its manifest.

    Raises `ArchiveBroken`, `ArchiveTooLarge`, `ArchiveChanged`. Nothing is ever written anywhere.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            contents = _contents(packed)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ArchiveBroken from error
    except (ValueError, zlib.error, struct.error) as error:
        raise ArchiveBroken from error
    manifest = contents.pop(MANIFEST, None)
    if manifest is None:
        raise ArchiveBroken
    return _held_against(manifest, contents)


def _manifest(files: Iterable[File], origin: Origin) -> dict[str, Any]:
    return {
        "kind": KIND,
        "version": VERSION,
        "made": write_timestamp(origin.made),
        "origin": {"id": origin.did, "name": origin.name},
        "learner": dict(origin.learner),
        "files": [
            {"path": one.path, "section": one.section, "size": len(one.content), "sha256": one.digest} for one in files
        ],
    }


def _contents(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file, its size counted while it is unpacked: what a header says of it proves nothing."""
    entries = packed.infolist()
    if len(entries) > FILES_MOST + 1:
        raise ArchiveTooLarge
    if len({entry.filename for entry in entries}) < len(entries) or not all(map(_is_plain, entries)):
        raise ArchiveBroken
    found: dict[str, bytes] = {}
    left = ALL_BYTES
    for entry in entries:
        content = _content(packed, entry, min(left, FILE_BYTES))
        left -= len(content)
        found[entry.filename] = content
    return found


def _is_path(path: str) -> bool:
    """Whether a path is plain: short names of small letters, digits and dots, none of which begins with a dot."""
    room = _LONGEST + (len(_EARLIER) + 17 if path.startswith(_EARLIER) else 0)
    return bool(_PATH.fullmatch(path)) and len(path) <= room


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """A file with a path that leads nowhere else, packed in a way that everybody reads; no folder, no link, no password."""
    kind = entry.external_attr >> 28
    return (
        _is_path(entry.filename)
        and entry.orig_filename == entry.filename
        and entry.compress_type in _PLAIN
        and not entry.flag_bits & _ENCRYPTED
        and kind in {0, 0o10}
    )


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    if entry.file_size > limit:
        raise ArchiveTooLarge
    with packed.open(entry) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise ArchiveTooLarge
    return content


def _held_against(manifest: bytes, contents: Mapping[str, bytes]) -> Archive:
    try:
        document = read_json(manifest, limit=MANIFEST_BYTES)
        listed = [found for _, found in fields.objects(document, "files")]
        rows = {fields.required(one, "path"): (fields.required(one, "section"), one) for one in listed}
        origin = _origin(document)
    except Refused as error:
        raise ArchiveBroken from error
    if document.get("kind") != KIND or document.get("version") != VERSION:
        raise ArchiveBroken
    if len(rows) != len(listed) or rows.keys() != contents.keys():
        raise ArchiveChanged
    if not all(_SECTION.fullmatch(section) for section, _ in rows.values()):
        raise ArchiveBroken
    files = tuple(File(path, section, contents[path]) for path, (section, _) in rows.items())
    for one in files:
        row = rows[one.path][1]
        if (row.get("sha256"), row.get("size")) != (one.digest, len(one.content)):
            raise ArchiveChanged
    return Archive(origin=origin, files=files, manifest=manifest)


def _origin(document: dict[str, Any]) -> Origin:
    named = document.get("origin")
    learner = document.get("learner")
    if not isinstance(named, dict) or not isinstance(learner, dict):
        raise ArchiveBroken
    return Origin(
        did=fields.required(named, "id"),
        name=fields.text(named, "name"),
        made=read_timestamp(fields.required(document, "made"), pointer="/made"),
        learner=learner,
    )


def as_json(document: object) -> bytes:
    """A record as a file, readable and the same every time."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()
