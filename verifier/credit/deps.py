"""What a route of this package receives besides its visit: the cases of the installation, and a form as it was filled in."""

from collections.abc import Mapping, Sequence
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from verifier.credit.cases import Cases
from verifier.credit.errors import BadgeTooLarge
from verifier.credit.filled import Value

LARGEST_FILE = 4 * 1024 * 1024


async def cases(request: Request) -> Cases:
    """The credit cases of this installation."""
    return cast("Cases", request.app.state.cases)


Deciding = Annotated[Cases, Depends(cases)]


async def filled(request: Request) -> Mapping[str, Value]:
    """The fields of a form: a text, several texts as a list, a file as its bytes."""
    async with request.form() as form:
        return {name: await _value(form.getlist(name)) for name in form}


Typed = Annotated[Mapping[str, Value], Depends(filled)]


async def _value(given: Sequence[UploadFile | str]) -> Value:
    for one in given:
        if isinstance(one, UploadFile):
            return await _content(one)
    texts = [one for one in given if isinstance(one, str)]
    return texts[0] if len(texts) == 1 else texts


async def _content(file: UploadFile) -> bytes:
    body = await file.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        raise BadgeTooLarge
    return body
