"""What must not be forgotten: lines on the disk, whole ones only, whoever wrote them."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.ledger import Ledger, Word
from keys.shelf import Shelf

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public-ledger"


def test_what_was_noted_is_known_to_everybody(folder: Path) -> None:
    ours, theirs = Ledger(folder), Ledger(folder)
    assert ours.marks("ugu-1").taken == set()
    theirs.note("ugu-1", Word.TAKEN, [5, 9])
    assert ours.marks("ugu-1").taken == {5, 9}
    ours.note("ugu-1", Word.SET, [9])
    theirs.note("ugu-1", Word.SET, [7])
    assert theirs.marks("ugu-1").stopped == {7, 9}
    ours.note("ugu-1", Word.CLEARED, [9])
    assert theirs.marks("ugu-1").stopped == {7}
    assert ours.marks("ugu-1").taken == {5, 7, 9}
    assert ours.marks("ugu-2").taken == set()
    assert ours.names() == ["ugu-1"]


@given(st.lists(st.tuples(st.sampled_from(Word), st.integers(0, 9)), max_size=30))
def test_the_last_word_about_a_bit_counts(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[Word, int]]
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))
    last = {}
    for word, place in notes:
        ledger.note("a", word, [place])
        if word is not Word.TAKEN:
            last[place] = word
    assert ledger.marks("a").stopped == {place for place, word in last.items() if word is Word.SET}
    assert ledger.marks("a").taken == {place for _, place in notes}


@pytest.mark.parametrize("torn", [b"S", b"S12", b"S123", b"\nS12", b"T1;S9"])
def test_a_line_that_was_cut_off_says_nothing_and_spoils_nothing(folder: Path, torn: bytes) -> None:
    ledger = Ledger(folder)
    ledger.note("a", Word.SET, [4])
    with (folder / "a").open("ab") as file:
        file.write(torn)
    assert ledger.marks("a").stopped == {4}
    ledger.note("a", Word.SET, [1234])
    assert ledger.marks("a").stopped == Ledger(folder).marks("a").stopped == {4, 1234}


def test_many_hands_lose_no_line(folder: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: Ledger(folder).note("a", Word.TAKEN, [n, n + 1000]), range(200)))
    assert Ledger(folder).marks("a").taken == {*range(200), *range(1000, 1200)}


def test_a_line_is_on_the_disk_before_the_note_returns(folder: Path) -> None:
    """A process that dies right after the note has lost nothing."""
    script = (
        "import os; from pathlib import Path; from keys.ledger import Ledger, Word; "
        f"Ledger(Path({str(folder)!r})).note('a', Word.SET, [3]); os._exit(9)"
    )
    died = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)  # noqa: S603 - our own words
    assert died.returncode == 9
    assert Ledger(folder).marks("a").stopped == {3}


def test_the_ledger_lies_beside_the_shelf_and_is_nobody_elses(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "public")
    shelf.ledger.note("a", Word.TAKEN, [1])
    assert (tmp_path / "public-ledger" / "a").exists()
    assert not (tmp_path / "public").exists()
    if os.name == "posix":
        assert (tmp_path / "public-ledger").stat().st_mode & 0o077 == 0
        assert (tmp_path / "public-ledger" / "a").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", ".a", "a b"])
def test_a_name_is_a_plain_file(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        Ledger(folder).note(name, Word.TAKEN, [1])
