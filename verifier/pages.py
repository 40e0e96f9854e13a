"""The public verifier for people: a form, an answer, samples to try. Works without signing in and without JavaScript.

The answer is drawn at once and not kept to be shown after a redirect: a stranger's document stays nowhere. For the same reason a
pasted text is not given back with an error, and the page says so.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from keys.deps import Visit, Visiting
from keys.printing import NoPdf, Printing, Prints
from keys.routes import Shelving
from keys.shelf import Shelf
from schemas.errors import BadInput, NotFound
from verifier import record
from verifier.answers import ask, things
from verifier.deps import Site, Verifying
from verifier.details import details
from verifier.errors import FileTooLarge, ForeignLink, NothingGiven
from verifier.pictures import Pictures
from verifier.record import Record
from verifier.samples import all_samples, read_sample
from verifier.verification import PresentationVerification, Verification
from verifier.wording import decider

router = APIRouter(include_in_schema=False)

_ACTION = {"x-action": "credential.verify"}


class Want(StrEnum):
    """How the answer is wanted."""

    PAGE = "page"
    PDF = "pdf"
    JSON = "json"


_EMPTY: Final = {"recipient": "", "link": "", "want": Want.PAGE.value}
_SHARE = re.compile(r"/v/[A-Za-z0-9_-]{16,128}", re.ASCII)


@router.get("/verify", openapi_extra=_ACTION, name="verify_form")
def form(visit: Visiting, held: Shelving) -> HTMLResponse:
    """The form, empty."""
    visit.require("credential.verify")
    return _form(visit, held)


@router.post("/verify", openapi_extra=_ACTION, name="verify_answer")
def check(
    request: Request,
    visit: Visiting,
    verifier: Verifying,
    held: Shelving,
    print_pdf: Printing,
    site: Site,
    file: Annotated[UploadFile | None, File()] = None,
    text: Annotated[str, Form()] = "",
    link: Annotated[str, Form()] = "",
    recipient: Annotated[str, Form(max_length=320)] = "",
    *,
    want: Annotated[Want, Form()] = Want.PAGE,
) -> Response:
    """The answer about the file, the text or the link that was given (the first of them), as a page or as a record to keep."""
    visit.require("credential.verify")
    given = file if file is not None and file.filename else None  # an empty field comes as a file without a name
    field = "file" if given or not (text.strip() or link.strip()) else "text" if text.strip() else "link"
    try:
        if field == "link":
            return RedirectResponse(_share_path(link, request), status_code=HTTPStatus.SEE_OTHER)
        data = _content(given, verifier.policy.presentation_bytes) if given else text.strip().encode("utf-8", "replace")
        if not data:
            raise NothingGiven
        found = ask(verifier, data, visit.now, recipient)
        made = record.of(found, data, verifier, by=site, now=visit.now)
        return _answer(visit, held, found, made) if want is Want.PAGE else _kept(visit, print_pdf, made, want)
    except (BadInput, NoPdf) as error:
        typed = {"recipient": recipient, "link": link, "want": want.value}
        return _form(visit, held, errors={field: error.told(visit.translate)}, typed=typed)


@router.get("/verify/samples/{name}.json", openapi_extra=_ACTION, name="verify_sample_file")
def sample_file(visit: Visiting, held: Shelving, name: str) -> Response:
    """A sample as a file."""
    visit.require("credential.verify")
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return Response(read_sample(held, name), media_type="application/json", headers=headers)


@router.get("/verify/samples/{name}", openapi_extra=_ACTION, name="verify_sample")
def sample(visit: Visiting, verifier: Verifying, held: Shelving, site: Site, name: str) -> HTMLResponse:
    """The answer about a sample, worked out anew each time."""
    visit.require("credential.verify")
    try:
        data = read_sample(held, name)
        found = ask(verifier, data, visit.now)
        made = record.of(found, data, verifier, by=site, now=visit.now)
        return _answer(visit, held, found, made, sample=name)
    except NotFound:
        raise
    except BadInput as error:
        return _form(visit, held, errors={"file": visit.translate(error.sentence)})


def _form(
    visit: Visit, held: Shelf, *, errors: dict[str, str] | None = None, typed: Mapping[str, str] = _EMPTY
) -> HTMLResponse:
    return visit.page(
        "verifier/verify.html",
        status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK,
        errors={"file": "", "text": "", "link": ""} | (errors or {}),
        told=errors or {},
        typed=typed,
        samples=all_samples(held),
    )


def _kept(visit: Visit, print_pdf: Prints, made: Record, want: Want) -> Response:
    """The record as a file."""
    name = {"Content-Disposition": f'attachment; filename="record.{want}"'}
    if want is Want.JSON:
        return JSONResponse(record.to_json(made, visit.translate), headers=name)
    sheet = record.sheet_of(made, visit.translate, visit.times, visit.language)
    body = print_pdf(record.TEMPLATE, sheet, at=visit.now, spell=True)
    return Response(body, media_type="application/pdf", headers=name)


def _answer(
    visit: Visit, held: Shelf, found: Verification | PresentationVerification, made: Record, *, sample: str = ""
) -> HTMLResponse:
    rules = record.facts(made, visit.translate, visit.times)
    if isinstance(found, PresentationVerification):
        names = things(found.items)
        return visit.page(
            "verifier/presentation.html", report=found.report, items=found.items, names=names, rules=rules
        )
    leading = decider(found.report)
    pointer = leading.params.get("pointer", "") if leading else ""
    more = details(found.credential.credential) if found.credential else None
    return visit.page(
        "verifier/answer.html",
        found=found,
        picture=Pictures(held).of(found.shown).path,
        report=found.report,
        rules=rules,
        more=more,
        names=things([found]),
        pointer=pointer,
        sample=sample,
    )


def _content(file: UploadFile, limit: int) -> bytes:
    """The uploaded bytes, read no further than one byte over what could be a credential."""
    data = file.file.read(limit + 1)
    if len(data) > limit:
        raise FileTooLarge
    return data


def _share_path(link: str, request: Request) -> str:
    """The path of a share of this installation; nothing else is ever followed (no open redirect, THREATS W7)."""
    try:
        parts = urlsplit(link.strip() if "//" in link else f"//{link.strip()}")
    except ValueError:
        raise ForeignLink from None
    if parts.netloc != request.url.netloc or not _SHARE.fullmatch(parts.path):
        raise ForeignLink
    return parts.path
