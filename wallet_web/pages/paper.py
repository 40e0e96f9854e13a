"""Pages of the wallet as PDF/A; a page that says why there is none where it cannot be printed as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi.responses import Response

from keys.deps import Visit
from keys.printing import NoPdf, Prints, SignsMissing

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is to be printed: a template, its data and drawings, the file's name, the page it is of, its address without `spell`."""

    template: str
    data: Mapping[str, Any]
    drawings: Mapping[str, str] = field(default_factory=dict)
    name: str
    back: str
    here: str


def printed(visit: Visit, print_pdf: Prints, sheet: Sheet, *, spell: bool) -> Response:
    """The file; signs that no letter of ours shows are told first, and with `spell` written as their codes."""
    try:
        body = print_pdf(sheet.template, sheet.data, at=visit.now, spell=spell, drawings=sheet.drawings)
    except (NoPdf, SignsMissing) as error:
        told = error.told(visit.translate)
        missing = isinstance(error, SignsMissing)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if missing else HTTPStatus.SERVICE_UNAVAILABLE
        spelling = f"{sheet.here}{'&' if '?' in sheet.here else '?'}spell=true" if missing else ""
        return visit.page("wallet/unprinted.html", status=status, told=told, back=sheet.back, spelling=spelling)
    return Response(body, media_type=PDF, headers={"Content-Disposition": f'inline; filename="{sheet.name}"'})
