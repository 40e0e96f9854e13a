"""Tables that a page gives out as files: the one way in which a list leaves the house."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from fastapi.responses import StreamingResponse

from schemas.errors import NotFound
from schemas.spreadsheets import Row, as_csv, as_xlsx

_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: Final[dict[str, tuple[str, Callable[[Iterable[Row]], Iterator[bytes]]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (_SHEET, as_xlsx),
}


def table_file(lines: Iterable[Row], name: str, ending: str) -> StreamingResponse:
    """The lines as the file `name.ending`, CSV or XLSX, in which no cell is a formula. Raises `NotFound` for another ending.

    It is sent while it is written, so `lines` must not need the visit's transaction once the answer has begun.
    """
    if ending not in _KINDS:
        raise NotFound
    media_type, write = _KINDS[ending]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "Cache-Control": "no-store"}
    return StreamingResponse(write(lines), media_type=media_type, headers=headers)
