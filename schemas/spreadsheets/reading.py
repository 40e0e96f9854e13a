"""A file becomes a table: CSV in UTF-8, UTF-16 or Windows-1251 with `;`, `,` or tabs, or XLSX. Streams (THREATS I12).

Rows are numbered as a spreadsheet shows them: the heading is row 1. Cells are texts without spaces around; rows without any
text are passed over.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from schemas.spreadsheets.errors import TableBroken, TableEmpty, TableForeign, TableTooLarge, TableTooLong, TableTooWide
from schemas.spreadsheets.sheets import read_sheet
from schemas.spreadsheets.table import BYTES_MOST, COLUMNS_MOST, MEBIBYTE, ROWS_MOST, Row, Table, tidy_cells
from schemas.spreadsheets.writing import unescaped

DELIMITERS = ";,\t"
_RECORD_MOST = 1 << 20  # characters of one row
_PIECE = 1 << 16
_ZIP = b"PK\x03\x04"

csv.field_size_limit(_RECORD_MOST)


def read_table(file: BinaryIO, *, rows_most: int = ROWS_MOST) -> Table:
    """The table in a file, of at most so many rows.

    Raises `BadTable`, `TableTooLarge`, `TableTooWide`, and while rows are taken also `TableTooLong`.
    """
    size = file.seek(0, io.SEEK_END)
    if size > BYTES_MOST:
        raise TableTooLarge(mebibytes=BYTES_MOST // MEBIBYTE)
    file.seek(0)
    if file.read(len(_ZIP)) == _ZIP:
        return _table(read_sheet(file), rows_most)
    return _table(_read_csv(file), rows_most)


def _table(records: Iterator[Row], rows_most: int) -> Table:
    headings = next(records, None)
    if headings is None:
        raise TableEmpty
    return Table(headings.cells, _counted(records, rows_most))


def _counted(records: Iterator[Row], rows_most: int) -> Iterator[Row]:
    count = 0
    for count, row in enumerate(records, start=1):
        if count > rows_most:
            raise TableTooLong(limit=rows_most)
        yield row
    if not count:
        raise TableEmpty


def _read_csv(file: BinaryIO) -> Iterator[Row]:
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    delimiter = _delimiter(text.readline(_RECORD_MOST))
    text.seek(0)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            lines.taken = 0
            row = tidy_cells(number, map(unescaped, cells))
            if row is not None:
                yield row
    except csv.Error as error:
        raise TableBroken(line=reader.line_num) from error
    finally:
        if not file.closed:  # whoever stopped reading half-way may have closed it
            text.detach()


class _Lines:
    """The lines of a text, none of them and no row of them without end."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_RECORD_MOST)
        self.taken += len(line)
        if self.taken >= _RECORD_MOST:
            raise TableTooWide(limit=COLUMNS_MOST)
        if not line:
            raise StopIteration
        return line


def _delimiter(heading: str) -> str:
    """The one that parts the first line most often outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", heading)
    return max(DELIMITERS, key=bare.count)


def _encoding(file: BinaryIO) -> str:
    """UTF-8 where the whole file is, UTF-16 where it says so, else Windows-1251. Raises `TableForeign` for what is no text."""
    file.seek(0)
    marked = file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    for name in ("utf-16",) if marked else ("utf-8-sig", "cp1251"):
        if _decodes(file, name):
            file.seek(0)
            return name
    raise TableForeign


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(_PIECE):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
