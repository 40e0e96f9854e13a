"""Lists as CSV files for table programs (RFC 4180), in which no cell is ever a formula, whatever people wrote into it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

Row = Sequence[str | int]

_FORMULA: Final = r"\s*[=+\-@|%\t\r\0＝＋－＠]"  # what table programs may take for the beginning of one
_LIVE: Final = re.compile(f"'*{_FORMULA}|[\t\r]")
_ESCAPED: Final = re.compile(f"'+(?:{_FORMULA}|[\t\r])")
_PIECE: Final = 1 << 16


def as_csv(lines: Iterable[Row]) -> Iterator[bytes]:
    """The lines in pieces: UTF-8 with its mark and semicolons, as table programs in Russian open it.

    An apostrophe goes before what could begin a formula and before what already has such apostrophes; `unescaped` takes it away.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write("\N{BOM}")
    for line in lines:
        writer.writerow([f"'{cell}" if _LIVE.match(cell) else cell for cell in map(str, line)])
        if out.tell() > _PIECE:
            yield _emptied(out)
    yield _emptied(out)


def unescaped(cell: str) -> str:
    """A cell as it was before `as_csv`."""
    return cell[1:] if _ESCAPED.match(cell) else cell


def _emptied(out: io.StringIO) -> bytes:
    data = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return data
