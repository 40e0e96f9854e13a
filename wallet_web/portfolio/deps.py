"""What a route of the portfolio receives besides its visit: how the school confirms, and a file that came with a form."""

from typing import Annotated, cast

from fastapi import Depends, File, Request, UploadFile

from wallet_web.portfolio.attesting import Attesting
from wallet_web.portfolio.errors import FileMissing
from wallet_web.portfolio.files import LARGEST, Taken, take


async def attesting(request: Request) -> Attesting:
    """FastAPI dependency: how schools of this installation confirm."""
    return cast("Attesting", request.app.state.attesting)


Confirming = Annotated[Attesting, Depends(attesting)]
Uploaded = Annotated[UploadFile | None, File()]


def taken(file: UploadFile | None) -> Taken:
    """The file of a form as it is kept. Raises `FileMissing` and what `files.take` raises."""
    if file is None or not file.filename:
        raise FileMissing
    return take(file.file.read(LARGEST + 1), file.filename)
