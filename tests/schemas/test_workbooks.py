"""Exported workbooks: what was written comes back as written, and no cell is ever a formula."""

import io
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.spreadsheets import Row, as_xlsx
from tests.schemas.live_cells import FORMULAS


def written(lines: Sequence[Row], name: str = "Лист") -> bytes:
    return b"".join(as_xlsx(lines, name))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written([["Кто"], [text]]))).active
    assert sheet is not None
    assert sheet["A2"].data_type in {"s", "inlineStr"}
    assert str(sheet["A2"].value).replace("\r", "\n") == text.replace("\r", "\n")


@given(st.lists(st.lists(st.text(max_size=20) | st.integers(-9, 10**9), min_size=3, max_size=3), max_size=5))
def test_any_list_is_a_file_that_opens(rows: list[list[str | int]]) -> None:
    columns = ["Первая", "Вторая", "Третья"]
    sheet = openpyxl.load_workbook(io.BytesIO(written([columns, *rows], "Лист <&\"'>"[:6]))).active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_numbers_stay_numbers_and_the_head_stands_still() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written([["Номер", "Кто"], [7, "Ё & <ж>"]]))).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["B2"].value, sheet.freeze_panes) == (7, "Ё & <ж>", "A2")
    assert sheet["A1"].font.bold


def test_the_same_list_gives_the_same_bytes() -> None:
    assert written([["А"], ["б"]]) == written([["А"], ["б"]])
