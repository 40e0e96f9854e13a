"""Of two editions the newer stays."""

import json
from pathlib import Path

import pytest

from keys.ledger import Ledger, Word
from service.copies.newer import LONG_AGO, edition, keep_newer


def sealed(created: object = "2026-11-22T09:00:00Z", **said: object) -> bytes:
    return json.dumps({**said, "proof": {"created": created}}).encode()


NEWER = [
    (sealed(version=2), sealed(version=1)),
    (sealed(version=10), sealed(version=9)),
    (sealed(number=7), sealed(number=6)),
    (sealed("2026-11-22T09:00:01Z"), sealed("2026-11-22T09:00:00Z")),
    (sealed("2026-11-22T09:00:00.5Z"), sealed("2026-11-22T09:00:00Z")),
    (sealed("2026-11-22T09:00:00Z"), sealed("2026-11-22T11:00:00+03:00")),
    (sealed("2026-11-21T09:00:00Z", version=2), sealed("2026-11-22T09:00:00Z", version=1)),
    (sealed(), b"{}"),
    (sealed(), b"\xff\xfe"),
]


@pytest.mark.parametrize(("newer", "older"), NEWER)
def test_of_two_documents_the_newer_stays_whichever_was_there(newer: bytes, older: bytes, tmp_path: Path) -> None:
    for number, (brought, there) in enumerate([(newer, older), (older, newer), (newer, newer)]):
        draft, place = tmp_path / f"draft{number}", tmp_path / f"place{number}"
        for folder, body in ((draft, brought), (place, there)):
            (folder / "orgs").mkdir(parents=True)
            (folder / "orgs" / "keys").write_bytes(body)
        keep_newer("public", draft, place)
        assert (place / "orgs" / "keys").read_bytes() == newer
        assert not draft.exists()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"7", b'{"version": "2"}', b'{"proof": 7}', b'{"proof": [{"created": "soon"}, 7]}', b"\x89PNG"]
)
def test_what_bears_no_edition_is_never_newer_than_what_is_there(body: bytes, tmp_path: Path) -> None:
    assert edition(body) == (0, LONG_AGO)
    for name, said in (("draft", body), ("place", b"{}")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "picture").write_bytes(said)
    keep_newer("public", tmp_path / "draft", tmp_path / "place")
    assert (tmp_path / "place" / "picture").read_bytes() == b"{}"


@pytest.mark.parametrize(("brought", "there", "stays"), [("09", "10", "10"), ("10", "09", "10"), ("10", "xx", "10")])
def test_the_later_mark_of_the_clock_stays_and_no_key_is_replaced(
    brought: str, there: str, stays: str, tmp_path: Path
) -> None:
    for name, hour in (("draft", brought), ("place", there)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "clock").write_text(f"2026-11-22T{hour}:00:00Z", "ascii")
        (tmp_path / name / "journal.key").write_text(name, "ascii")
    keep_newer("keys", tmp_path / "draft", tmp_path / "place")
    assert (tmp_path / "place" / "clock").read_text("ascii") == f"2026-11-22T{stays}:00:00Z"
    assert (tmp_path / "place" / "journal.key").read_text("ascii") == "place"


def test_of_two_ledgers_nothing_is_forgotten_and_what_came_later_counts(tmp_path: Path) -> None:
    ours, theirs = Ledger(tmp_path / "place"), Ledger(tmp_path / "draft")
    for ledger in (ours, theirs):
        ledger.note("kol-1", Word.TAKEN, [1, 2])
    theirs.note("kol-1", Word.SET, [1, 2])
    ours.note("kol-1", Word.SET, [3])
    ours.note("kol-1", Word.CLEARED, [2])
    with (tmp_path / "draft" / "kol-1").open("ab") as cut:
        cut.write(b"\nT9")
    keep_newer("public-ledger", tmp_path / "draft", tmp_path / "place")
    marks = Ledger(tmp_path / "place").marks("kol-1")
    assert (marks.taken, marks.stopped) == ({1, 2, 3}, {1, 3})
