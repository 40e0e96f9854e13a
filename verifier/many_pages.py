"""Many badges at once: a form, a page that grows as they are checked, the table of the answers. No sign-in, nothing is kept.

The page is sent while it is made: whoever closes it ends the work. What was uploaded is read from the request itself, file by
file. The answers come back to us sealed when the table is wanted, so that no table can be had of answers that we never gave.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, Protocol, cast
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, StreamingResponse

from keys.deps import Visit, Visiting
from keys.downloads import table_file
from schemas.errors import BadInput, ZachetkaError
from verifier.deps import Verifying
from verifier.errors import FileTooLarge, ForeignLink, NothingGiven
from verifier.many import MOST, Given, Line, Many, ManyBusy, TooMany, table, without_folders

router = APIRouter(include_in_schema=False)
_ACTION = {"x-action": "credential.verify"}
_SHARE = re.compile(r"/v/([A-Za-z0-9_-]{22})", re.ASCII)
_CUT = "<!-- here they come -->"
_TOKEN_SHOWN = 6
_SEALED_MOST = 1_500_000


class OpenLink(Protocol):
    """The files behind a link to shown badges of this installation; may raise a `ZachetkaError`."""

    def __call__(self, visit: Visit, token: str, address: str) -> Sequence[bytes]:
        """The files in their order."""
        ...


async def many(request: Request) -> Many:
    """FastAPI dependency: the check of many of this installation."""
    return cast("Many", request.app.state.many)


async def open_link(request: Request) -> OpenLink | None:
    """FastAPI dependency: how links are opened here; None where this installation holds no wallets."""
    return cast("OpenLink | None", request.app.state.open_link)


Checking = Annotated[Many, Depends(many)]
Opening = Annotated["OpenLink | None", Depends(open_link)]


@router.get("/verify/many", openapi_extra=_ACTION, name="verify_many_form")
def form(visit: Visiting) -> HTMLResponse:
    """The form, empty."""
    visit.require("credential.verify")
    return _form(visit)


@router.post("/verify/many", openapi_extra=_ACTION, name="verify_many")
def check(
    request: Request,
    visit: Visiting,
    verifier: Verifying,
    held: Checking,
    opens: Opening,
    files: Annotated[list[UploadFile] | None, File()] = None,
    links: Annotated[str, Form()] = "",
) -> Response:
    """The answers, one by one, on a page that grows."""
    visit.require("credential.verify")
    chosen = [one for one in files or [] if one.filename]
    named = [line.strip() for line in links.splitlines() if line.strip()]
    try:
        if not chosen and not named:
            raise NothingGiven
        if len(chosen) + len(named) > MOST:
            raise TooMany(limit=MOST)
    except BadInput as error:
        return _form(visit, told=error.told(visit.translate), links=links)
    address = request.client.host if request.client else ""
    held.pace.take(address, visit.now)
    limit = verifier.policy.file_bytes
    given = [Given(without_folders(one.filename or ""), _file(one, limit)) for one in chosen]
    given += [_link(visit, opens, link, request.url.netloc, address) for link in named]
    body = _page(visit, held, given)
    return StreamingResponse(body, media_type="text/html; charset=utf-8", headers={"X-Accel-Buffering": "no"})


@router.post("/verify/many/table", openapi_extra=_ACTION, name="verify_many_table")
def as_table(visit: Visiting, held: Checking, answers: Annotated[str, Form(max_length=_SEALED_MOST)] = "") -> Response:
    """The answers that we gave, as a table."""
    visit.require("credential.verify")
    at, lines = held.open(answers)
    return table_file(table(at, lines, visit.translate), "verdicts", "csv")


def _form(visit: Visit, *, told: str = "", links: str = "") -> HTMLResponse:
    return visit.page("verifier/many.html", status=400 if told else 200, told=told, links=links, most=MOST)


def _page(visit: Visit, held: Many, given: Sequence[Given]) -> Iterator[str]:
    """The page up to the first answer, the answers, the rest with what they come to."""
    lines: list[Line] = []
    head, _, tail = _drawn(visit, "verifier/many_answer.html", total=len(given), at=visit.now).partition(_CUT)
    yield head
    try:
        for line in held.check(given, visit.now, visit.translate, visit.times):
            lines.append(line)
            yield _drawn(visit, "verifier/many_line.html", line=line, total=len(given))
        yield _drawn(
            visit,
            "verifier/many_end.html",
            counts=_counts(lines),
            answers=held.seal(lines, visit.times.minute(visit.now)),
            busy="",
        )
    except ManyBusy as error:
        yield _drawn(visit, "verifier/many_end.html", counts=(), answers="", busy=visit.translate(error.sentence))
    yield tail


def _drawn(visit: Visit, template: str, **data: Any) -> str:
    return bytes(visit.page(template, **data).body).decode()


def _counts(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many answers of each kind there are, by their word."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.word] = counts.get(line.word, 0) + 1
    return list(counts.items())


def _file(file: UploadFile, limit: int) -> Callable[[], Iterable[bytes]]:
    """Reads a file when its turn has come, no further than one byte over what could be a credential."""

    def read() -> Iterable[bytes]:
        data = file.file.read(limit + 1)
        if len(data) > limit:
            raise FileTooLarge
        if not data:
            raise NothingGiven
        return [data]

    return read


def _link(visit: Visit, opens: OpenLink | None, link: str, host: str, address: str) -> Given:
    """What is behind a link of this installation; opened at once, as long as the visit lasts. No other address is ever asked."""
    try:
        found = _SHARE.fullmatch(_path(link, host))
        if found is None or opens is None:
            raise ForeignLink
        name = f"/v/{found[1][:_TOKEN_SHOWN]}…"
    except ZachetkaError as error:
        return Given(link, _refusing(error))
    try:
        documents = list(opens(visit, found[1], address))
    except ZachetkaError as error:
        return Given(name, _refusing(error))
    return Given(name, lambda: documents)


def _path(link: str, host: str) -> str:
    try:
        parts = urlsplit(link if "//" in link else f"//{link}")
    except ValueError:
        raise ForeignLink from None
    if parts.netloc != host:
        raise ForeignLink
    return parts.path


def _refusing(error: ZachetkaError) -> Callable[[], Iterable[bytes]]:
    def refuse() -> Iterable[bytes]:
        raise error

    return refuse
