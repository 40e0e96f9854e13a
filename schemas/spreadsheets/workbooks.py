"""Lists as workbooks for table programs (ECMA-376), in which no cell is ever a formula, whatever people wrote into it."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from tempfile import TemporaryFile
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from schemas.spreadsheets.writing import Row

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 §2.2
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment of a ZIP file: the same list always gives the same bytes
_WIDEST, _NARROWEST = 60, 8
_MEASURED = 500  # rows from which the widths of columns are taken
_PIECE = 1 << 16

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships \
xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_LINK = '<Relationship Id="{}" Type="' + _RELATION + '/{}" Target="{}"/>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_STYLES = (
    f'<styleSheet {_MAIN}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def as_xlsx(lines: Iterable[Row], name: str = "Лист 1") -> Iterator[bytes]:
    """A workbook with one sheet, in pieces: texts as texts, numbers as numbers, the first line in bold and always in sight."""
    with TemporaryFile() as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for path, text in _frame(name).items():
                archive.writestr(ZipInfo(path, _EPOCH), text.encode(), ZIP_DEFLATED)
            with archive.open(_packed("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
                for piece in _sheet(iter(lines)):
                    sheet.write(piece.encode())
        file.seek(0)
        while piece_of_file := file.read(_PIECE):
            yield piece_of_file


def _packed(path: str) -> ZipInfo:
    part = ZipInfo(path, _EPOCH)
    part.compress_type = ZIP_DEFLATED
    return part


def _frame(name: str) -> dict[str, str]:
    """The parts around the sheet."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _LINKS.format(_LINK.format("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATION}"><sheets><sheet name={_quoted(name)} sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _LINKS.format(
            _LINK.format("rId1", "worksheet", "worksheets/sheet1.xml") + _LINK.format("rId2", "styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
    }


def _sheet(lines: Iterator[Row]) -> Iterator[str]:
    first = list(islice(lines, _MEASURED))
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{_width(column)}" customWidth="1"/>'
        for number, column in enumerate(zip_longest(*first, fillvalue=""), 1)
    )
    still = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield f'<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">{still}</sheetView></sheetViews>'
    yield f"<cols>{widths}</cols><sheetData>" if widths else "<sheetData>"
    for number, row in enumerate(chain(first, lines)):
        yield f"<row>{''.join(_cell(cell, head=not number) for cell in row)}</row>"
    yield "</sheetData></worksheet>"


def _width(column: Row) -> int:
    return min(_WIDEST, max(_NARROWEST, *(len(str(cell)) + 2 for cell in column)))


def _cell(cell: str | int, *, head: bool) -> str:
    style = ' s="1"' if head else ""
    if isinstance(cell, int):
        return f"<c{style}><v>{cell}</v></c>"
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{escape(_ILLEGAL.sub("", cell))}</t></is></c>'


def _quoted(name: str) -> str:
    return f'"{escape(name, {chr(34): "&quot;"})}"'
