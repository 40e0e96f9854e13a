"""What every kind of file becomes: headings and rows of texts, within limits (THREATS I12)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.spreadsheets.errors import TableTooWide

MEBIBYTE = 1024 * 1024
BYTES_MOST = 64 * MEBIBYTE
ROWS_MOST = 200_000
COLUMNS_MOST = 200
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file; `number` is the one that a spreadsheet shows, the heading being row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is being read: its headings, and its rows once."""

    headings: tuple[str, ...]
    rows: Iterator[Row]


def heading_key(heading: str) -> str:
    """A heading as it is compared: case, «ё» and what stands between words make no difference."""
    return _BETWEEN.sub(" ", heading.casefold().replace("ё", "е")).strip()[:200]


def tidy_cells(number: int, cells: Iterable[str]) -> Row | None:
    """A row as it is kept, without spaces around its texts; None for one without any text. Raises `TableTooWide`."""
    kept = without_tail(tuple(cell.strip() for cell in cells))
    if len(kept) > COLUMNS_MOST:
        raise TableTooWide(limit=COLUMNS_MOST)
    return Row(number, kept) if kept else None


def without_tail(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells up to the last one that says something."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
