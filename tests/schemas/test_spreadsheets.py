"""Lists as CSV: no cell is ever a formula, and what was written is read back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.spreadsheets import as_csv, unescaped
from tests.schemas.live_cells import FORMULAS

LIVE = tuple("=+-@|%\t\r＝＋－＠")


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    [_, [cell]] = read(b"".join(as_csv([["Кто"], [text]])))
    assert cell == f"'{text}"


@given(st.lists(st.lists(st.text(max_size=20) | st.integers(-9, 10**9), min_size=3, max_size=3), max_size=5))
def test_any_list_is_a_file_that_opens(rows: list[list[str | int]]) -> None:
    found = read(b"".join(as_csv([["Первая", "Вторая", "Третья"], *rows])))
    assert not [cell for line in found[1:] for cell in line if cell.lstrip().startswith(LIVE)]
    assert [[unescaped(cell) for cell in line] for line in found[1:]] == [list(map(str, row)) for row in rows]


@given(st.text(max_size=20))
def test_an_escaped_cell_can_be_escaped_again(text: str) -> None:
    [[once]] = read(b"".join(as_csv([["а"], [text]])))[1:] or [[""]]
    [[twice]] = read(b"".join(as_csv([["а"], [once]])))[1:] or [[""]]
    assert unescaped(twice) == once
