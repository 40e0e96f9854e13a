"""Tables as files: either kind says what it is, and there is no third."""

import asyncio
import io

import pytest

from keys.downloads import table_file
from schemas.errors import NotFound
from schemas.spreadsheets.reading import read_table

LINES = [["Класс", "Предмет"], ["10", "=Физика"]]


async def _body(ending: str) -> bytes:
    answer = table_file(LINES, "sample", ending)
    return b"".join(
        [bytes(piece) if not isinstance(piece, str) else piece.encode() async for piece in answer.body_iterator]
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_goes_out_as_a_table_that_is_read_back(ending: str) -> None:
    found = read_table(io.BytesIO(asyncio.run(_body(ending))))
    assert [list(found.headings), *(list(row.cells) for row in found.rows)] == LINES
    headers = table_file(LINES, "sample", ending).headers
    assert headers["content-disposition"] == f'attachment; filename="sample.{ending}"'
    assert headers["cache-control"] == "no-store"


def test_there_is_no_other_kind_of_file() -> None:
    with pytest.raises(NotFound):
        table_file(LINES, "sample", "pdf")
