"""Archives: what goes in comes out, and what is not as it was packed is refused."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_web.moving import archive
from wallet_web.moving.archive import MANIFEST, File, Origin, pack, unpack
from wallet_web.moving.errors import ArchiveBroken, ArchiveChanged, ArchiveTooLarge

ORIGIN = Origin(did="did:web:s1.example", name="Школа № 1", made=datetime(2026, 11, 22, tzinfo=UTC), learner={"a": 1})
names = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
paths = st.lists(names, min_size=1, max_size=4).map("/".join).filter(lambda path: path != MANIFEST)
files = st.dictionaries(paths, st.binary(max_size=300), max_size=12)
REFUSED = (ArchiveBroken, ArchiveChanged, ArchiveTooLarge)


def unsigned(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document).encode()


def packed(contents: Mapping[str, bytes], seal: Callable[[Mapping[str, Any]], bytes] = unsigned) -> bytes:
    return pack([File(path, "badges", content) for path, content in contents.items()], ORIGIN, seal)


def zipped(contents: Mapping[str, bytes], **entry: Any) -> bytes:
    """A zip as anybody may write one; `entry` sets members of every entry's header."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in contents.items():
            info = zipfile.ZipInfo(path)
            info.compress_type = zipfile.ZIP_DEFLATED
            for name, value in entry.items():
                setattr(info, name, value)
            made.writestr(info, content)
    return out.getvalue()


def manifest_of(data: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(unpack(data).manifest)
    return document


@given(files)
def test_what_goes_in_comes_out(contents: dict[str, bytes]) -> None:
    data = packed(contents)
    found = unpack(data)
    assert {one.path: one.content for one in found.files} == contents
    assert found.origin == ORIGIN
    assert packed(dict(reversed(contents.items()))) == data, "the same files make the same bytes"
    if contents:
        assert len(found.of("badges")) == len(contents)


@given(files.filter(len), st.data())
def test_any_change_of_any_file_is_noticed(contents: dict[str, bytes], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(contents)))
    manifest = unpack(packed(contents)).manifest
    for changed in (
        {**contents, path: contents[path] + b"x"},
        {name: content for name, content in contents.items() if name != path},
        {**contents, "one-more.json": b"{}"},
    ):
        with pytest.raises(ArchiveChanged):
            unpack(zipped({MANIFEST: manifest, **changed}))


@given(st.binary(max_size=600) | st.just(packed({"a": b"x" * 99})))
def test_bytes_of_any_kind_are_refused_or_read(data: bytes) -> None:
    with suppress(*REFUSED):
        unpack(data)


@given(st.integers(0), st.integers(1, 255))
def test_a_damaged_archive_never_breaks_the_reader(place: int, change: int) -> None:
    data = bytearray(packed({"a/b.json": b"{}" * 40, "c.json": b"[]"}))
    data[place % len(data)] ^= change
    with suppress(*REFUSED):
        assert {one.path for one in unpack(bytes(data)).files} == {"a/b.json", "c.json"}


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/passwd",
        "a/../../x",
        "a//b",
        "C:/x",
        "a\\..\\x",
        "./x",
        ".x",
        "a/.ssh",
        "Ё",
        "a b",
        "x/",
        "a" * 221,
        "con:1",
    ],
)
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    manifest = unsigned(
        {**manifest_of(packed({})), "files": [{"path": path, "section": "badges", "size": 0, "sha256": "0"}]}
    )
    with pytest.raises(ArchiveBroken):
        unpack(zipped({MANIFEST: manifest, path: b""}))
    with pytest.raises(ValueError, match="plain"):
        packed({path: b""})


def test_a_name_that_stands_there_twice_is_refused() -> None:
    out = io.BytesIO(packed({"a": b"1"}))
    with zipfile.ZipFile(out, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("a", b"2")
    with pytest.raises(ArchiveBroken):
        unpack(out.getvalue())


@pytest.mark.parametrize("entry", [{"external_attr": 0o120777 << 16}, {"external_attr": 0o40755 << 16}])
def test_links_and_folders_are_refused(entry: dict[str, int]) -> None:
    manifest = unpack(packed({"a": b"/etc/passwd"})).manifest
    with pytest.raises(ArchiveBroken):
        unpack(zipped({MANIFEST: manifest, "a": b"/etc/passwd"}, **entry))


def test_other_ways_to_pack_and_passwords_are_refused() -> None:
    manifest = unpack(packed({"a": b"1"})).manifest
    for kind in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with pytest.raises(ArchiveBroken):
            unpack(zipped({MANIFEST: manifest, "a": b"1"}, compress_type=kind))
    data = packed({"a": b"1"})
    locked = data.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")
    assert locked != data
    with pytest.raises(ArchiveBroken):
        unpack(locked)


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({MANIFEST: b"{}", "a": b"\0" * (archive.FILE_BYTES + 1)})
    assert len(bomb) < 20_000
    with pytest.raises(ArchiveTooLarge):
        unpack(bomb)
    lying = bomb.replace(struct.pack("<I", archive.FILE_BYTES + 1), struct.pack("<I", 10))
    assert lying != bomb
    with pytest.raises(REFUSED):
        unpack(lying)
    many = zipped({MANIFEST: b"{}", **{f"f{number}": b"" for number in range(archive.FILES_MOST + 1)}})
    with pytest.raises(ArchiveTooLarge):
        unpack(many)
    monkeypatch.setattr(archive, "ALL_BYTES", 1_000)
    with pytest.raises(ArchiveTooLarge):
        unpack(packed({f"f{number}": b"x" * 300 for number in range(9)}))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "Other"},
        {"version": 2},
        {"made": "yesterday"},
        {"origin": "x"},
        {"origin": {}},
        {"learner": None},
        {"files": "x"},
        {"files": [{}]},
        {"files": [{"path": "a", "section": "../", "size": 1, "sha256": "x"}]},
        {"files": [{"path": "a", "section": "badges", "size": 1, "sha256": "x"}] * 2},
    ],
)
def test_a_manifest_that_says_something_else_is_refused(change: dict[str, Any]) -> None:
    good = manifest_of(packed({"a": b"1"}))
    with pytest.raises((ArchiveBroken, ArchiveChanged)):
        unpack(zipped({MANIFEST: unsigned({**good, **change}), "a": b"1"}))


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), zipped({"a": b"1"}), zipped({MANIFEST: b"{"})])
def test_what_is_no_archive_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(ArchiveBroken):
        unpack(data)
