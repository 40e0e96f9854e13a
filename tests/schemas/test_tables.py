"""What a spreadsheet writes is what we read; what is no table, or too much of one, is refused in one sentence."""

import csv
import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import BadInput, TooLarge
from schemas.spreadsheets import as_csv, as_xlsx, table
from schemas.spreadsheets.errors import (
    TableBroken,
    TableEmpty,
    TableForeign,
    TableTooLarge,
    TableTooLong,
    TableTooWide,
)
from schemas.spreadsheets.reading import read_table

LETTERS = st.characters(codec="cp1251", exclude_categories=("Cc", "Cf", "Zs", "Zl", "Zp", "Cs"))
CELLS = st.text(st.one_of(LETTERS, st.sampled_from(";,\"' =+-@\n")), max_size=12).map(str.strip)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6)
HEADINGS = ("Номер", "Балл", "Слово")


def read(data: bytes) -> list[tuple[str, ...]]:
    found = read_table(io.BytesIO(data))
    return [found.headings, *(row.cells for row in found.rows)]


def trimmed(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Rows as they are kept: without empty ones, without empty cells at the end."""
    kept = []
    for row in rows:
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            kept.append(tuple(cells))
    return kept


def written(rows: Sequence[Sequence[str]], delimiter: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([HEADINGS, *rows])
    return out.getvalue().encode(encoding)


@given(
    rows=ROWS.filter(lambda rows: any(any(row) for row in rows)),
    delimiter=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1251", "utf-16"]),
)
def test_what_a_spreadsheet_saves_is_read_back(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    plain = [[cell.lstrip("'") for cell in row] for row in rows]
    if not any(any(row) for row in plain):
        return
    assert read(written(plain, delimiter, encoding)) == [HEADINGS, *trimmed(plain)]


@given(rows=ROWS.filter(lambda rows: any(any(row) for row in rows)))
def test_what_we_export_is_read_back_as_csv_and_xlsx(rows: list[list[str]]) -> None:
    lines = [list(HEADINGS), *rows]
    assert read(b"".join(as_csv(iter(lines)))) == trimmed(lines)
    assert read(b"".join(as_xlsx(iter(lines)))) == trimmed(lines)


@given(cell=st.text(max_size=20))
def test_no_exported_cell_is_a_formula(cell: str) -> None:
    [line] = csv.reader(io.StringIO(b"".join(as_csv(iter([[cell]]))).decode("utf-8-sig"), newline=""), delimiter=";")
    assert not line or not line[0].startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    with zipfile.ZipFile(io.BytesIO(b"".join(as_xlsx(iter([[cell]]))))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    found = read_table(io.BytesIO('а;б\r\n\r\n1;"две\r\nстроки"\r\n;;\r\n2;3\r\n'.encode()))
    assert [(row.number, row.cells) for row in found.rows] == [(3, ("1", "две\r\nстроки")), (5, ("2", "3"))]


def book(sheet: str, **parts: str) -> bytes:
    """A workbook of one sheet, made by hand."""
    space = "http://schemas.openxmlformats.org"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        kinds = "".join(
            f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
            for part, kind in (("/xl/workbook.xml", "sheet.main"), ("/xl/worksheets/sheet1.xml", "worksheet"))
        )
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{space}/package/2006/content-types">{kinds}</Types>')
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{space}/officeDocument/2006/relationships">'
            '<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        kind = f"{space}/officeDocument/2006/relationships/worksheet"
        relation = f'<Relationship Id="r1" Type="{kind}" Target="worksheets/sheet1.xml"/>'
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{space}/package/2006/relationships">{relation}</Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}/spreadsheetml/2006/main">{sheet}</worksheet>'
        )
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def cells(*texts: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)


def test_numbers_days_and_formulas_of_a_workbook() -> None:
    row = '<c><v>87</v></c><c><v>4.5</v></c><c><f>SUM(A1:B1)</f><v>91.5</v></c><c t="b"><v>1</v></c>'
    data = book(f"<sheetData><row>{cells('а', 'б', 'в', 'г')}</row><row>{row}</row></sheetData>")
    assert read(data) == [("а", "б", "в", "г"), ("87", "4.5", "=SUM(A1:B1)", "1")]


BOMB = "<si><t>" + "а" * 1000 + "</t></si>"
ENTITIES = '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HEAD = f"<row>{cells('а')}</row>"
BAD = {
    "empty": (b"", TableEmpty),
    "blank": (b"\r\n \r\n;;\r\n", TableEmpty),
    "heading alone": ("Номер;Балл\r\n".encode(), TableEmpty),
    "open quotation": ('а;б\r\n"1;2\r\n3;4\r\n'.encode(), TableBroken),
    "torn quotation": ('а;б\r\n"1"x;2\r\n'.encode(), TableBroken),
    "an old workbook or one with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), TableForeign),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", TableForeign),
    "a pdf in no text encoding": (b"%PDF-1.7\n\x98\x81\x00", TableForeign),
    "half a utf-16": ("а;б\n".encode("utf-16") + b"\x01", TableForeign),
    "a million columns": (b"," * 1_100_000 + b"\n1\n", TableTooWide),
    "a million columns that say something": (b"a," * 1_000_000 + b"\n1\n", TableTooWide),
    "a row of a million quoted lines": (b'a;b\n"' + b"x\n" * 1_000_000 + b'"\n', TableTooWide),
    "three hundred columns": (b"a;" * 300 + b"\n1\n", TableTooWide),
    "too many rows": (b"a\n" + b"1\n" * (table.ROWS_MOST + 1), TableTooLong),
    "a broken archive": (b"PK\x03\x04" + bytes(100), TableForeign),
    "an archive that is no workbook": (b"".join(as_xlsx(iter([["а"]])))[:900], TableForeign),
    "a workbook with entities": (book("<sheetData/>").replace(b"PK", b"PK"), TableEmpty),
    "a cell far to the right": (
        book(f'<sheetData>{HEAD}<row><c r="XFD2"><v>1</v></c></row></sheetData>'),
        TableTooWide,
    ),
    "a cell in no column": (book(f'<sheetData>{HEAD}<row><c r="ZZZZZ2"><v>1</v></c></row></sheetData>'), TableForeign),
    "a row far below": (
        book(f'<sheetData>{HEAD}<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
        TableTooLong,
    ),
    "a text that is not there": (book(f'<sheetData>{HEAD}<row><c t="s"><v>7</v></c></row></sheetData>'), TableForeign),
}


@pytest.mark.parametrize(("data", "error"), BAD.values(), ids=BAD)
def test_bad_files_are_refused_in_words(data: bytes, error: type[BadInput | TooLarge]) -> None:
    with pytest.raises(error) as refused:
        read(data)
    assert str(refused.value)


def test_a_gigabyte_is_not_read() -> None:
    class Endless(io.BytesIO):
        def seek(self, offset: int, whence: int = 0, /) -> int:
            return 2**30 if whence == io.SEEK_END else super().seek(offset, whence)

        def read(self, *_: object) -> bytes:
            pytest.fail("it was read")

    with pytest.raises(TableTooLarge):
        read_table(Endless())


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(bytes(1 << 20))
    assert len(out.getvalue()) < 1 << 20
    with pytest.raises(TableTooLarge):
        read(out.getvalue())
