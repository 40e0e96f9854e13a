import os
import threading
from pathlib import Path

import pytest

from keys.errors.published import BadPath
from keys.shelf import Shelf

PATHS = [
    "trust",
    "orgs/s1/did.json",
    "orgs/s1/keys",
    "status/0f3a",
    "deposits/2026-11-22",
    "hosts/s1.sever.example",
    "a_b/C-d.e",
]
STRANGE = [
    "",
    "/",
    "/trust",
    "trust/",
    "a//b",
    ".",
    "..",
    "../trust",
    "a/../b",
    "a/..",
    "a/./b",
    ".hidden",
    "a/.hidden",
]
STRANGE += ["a\\b", "C:", "a:b", "a b", "a\0b", "a\nb", "доверие", "a" * 200, "/".join("abcdefghi"), "~", "a%2fb"]


@pytest.mark.parametrize("path", PATHS)
def test_what_was_put_is_there(shelf: Shelf, path: str) -> None:
    assert shelf.get(path) is None
    shelf.put(path, b"one")
    shelf.put(path, b"two")
    assert shelf.get(path) == b"two"


@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_path_is_refused_and_reads_nothing(shelf: Shelf, tmp_path: Path, path: str) -> None:
    (tmp_path / "trust").write_bytes(b"outside")
    with pytest.raises(BadPath):
        shelf.put(path, b"x")
    assert shelf.get(path) is None
    assert not (tmp_path / "public").exists()


def test_a_folder_is_no_document(shelf: Shelf) -> None:
    shelf.put("orgs/s1/keys", b"x")
    assert shelf.get("orgs/s1") is None


def test_the_old_document_stays_when_writing_fails(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("trust", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            shelf.put("trust", b"new")
    assert shelf.get("trust") == b"old"
    assert [file.name for file in (tmp_path / "public").iterdir()] == ["trust"]


def test_readers_see_whole_documents_only(shelf: Shelf) -> None:
    bodies = [bytes([letter]) * 300_000 for letter in b"abcd"]
    shelf.put("trust", bodies[0])

    def write(body: bytes) -> None:
        for _ in range(10):
            shelf.put("trust", body)

    writers = [threading.Thread(target=write, args=(body,)) for body in bodies]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert shelf.get("trust") in bodies
    for writer in writers:
        writer.join()
