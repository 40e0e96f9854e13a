"""The first sheet of an XLSX file, row by row; the one module that reads workbooks (openpyxl over defusedxml)."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from schemas.spreadsheets.errors import TableForeign, TableTooLarge, TableTooLong, TableTooWide
from schemas.spreadsheets.table import BYTES_MOST, COLUMNS_MOST, MEBIBYTE, ROWS_MOST, Row, tidy_cells

_UNPACKED_MOST = 4 * BYTES_MOST
_STRINGS_MOST = BYTES_MOST  # what texts shared between cells may take: they are held in memory
_PARTS_MOST = 1_000
_GAPS_MOST = ROWS_MOST  # empty rows between and before rows
# What a crafted file makes the reader stumble over, told as one thing.
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    NotImplementedError,  # a way of packing that the archive's reader does not know
    OverflowError,
    RuntimeError,
)


def read_sheet(file: BinaryIO) -> Iterator[Row]:
    """The rows of the first sheet. Raises `TableForeign`, `TableTooLarge`, `TableTooWide`, `TableTooLong`."""
    try:
        _check_parts(file)
        yield from _rows(file)
    except _BROKEN as error:
        raise TableForeign from error


def _check_parts(file: BinaryIO) -> None:
    """What the archive says of its parts' sizes; the reader of the archive never gives more than that (zip bombs)."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        shared = max((part.file_size for part in parts if part.filename.lower().endswith("strings.xml")), default=0)
        if sum(part.file_size for part in parts) > _UNPACKED_MOST or len(parts) > _PARTS_MOST or shared > _STRINGS_MOST:
            raise TableTooLarge(mebibytes=BYTES_MOST // MEBIBYTE)


def _rows(file: BinaryIO) -> Iterator[Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and the like, which do not concern us
        book = load_workbook(file, read_only=True, keep_links=False)
        try:
            sheet = next(iter(book.worksheets))
        except StopIteration:
            raise TableForeign from None
        sheet.reset_dimensions()  # what the file says of its size is not believed
        gaps = 0
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            row = tidy_cells(number, map(_text, islice(cells, COLUMNS_MOST * 2)))
            gaps += row is None
            if gaps > _GAPS_MOST:
                raise TableTooLong(limit=ROWS_MOST)
            if len(cells) > COLUMNS_MOST * 2:
                raise TableTooWide(limit=COLUMNS_MOST)
            if row is not None:
                yield row


def _text(cell: Any) -> str:
    """What a cell says: whole numbers without a point, days as people write them; a formula begins with an equals sign."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return f"={getattr(value, 'text', value)}".replace("==", "=", 1)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    return str(value)
