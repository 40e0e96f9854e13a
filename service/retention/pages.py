"""How long what stays: for everybody who has signed in to read, for the operator to change."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import NotFound
from service.retention.kinds import KINDS, BadMonths, change, months

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=16)]


@router.get("/retention", openapi_extra={"x-action": "retention.read"}, name="retention")
def terms(request: Request, visit: Visiting) -> Response:
    """Every kind of record with its term."""
    visit.require("retention.read")
    return _page(request, visit, {})


@router.post("/retention/{kind}", openapi_extra={"x-action": "retention.change"}, name="retention.change")
def change_term(request: Request, visit: Visiting, kind: str, term: Text = "") -> Response:
    """Change one term; it counts from the next round on."""
    visit.require("retention.change", Thing(organisation=_operator(request)))
    if kind not in KINDS:
        raise NotFound
    try:
        change(visit.session, kind, term.strip(), visit.actor.person or "", visit.now)
    except BadMonths as error:
        return _page(request, visit, {f"term-{kind}": error.told(visit.translate)})
    visit.record("retention.changed", organisation=_operator(request), item=kind)
    return RedirectResponse("/retention", status_code=HTTPStatus.SEE_OTHER)


def _operator(request: Request) -> str:
    return str(request.app.state.settings.operator)


def _page(request: Request, visit: Visit, errors: dict[str, str]) -> Response:
    held = months(visit.session)
    return visit.page(
        "retention/terms.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        kinds=[
            (code, visit.translate(kind.name), visit.translate(kind.act), visit.translate(kind.basis), held[code])
            for code, kind in KINDS.items()
        ],
        may_change=visit.can("retention.change", Thing(organisation=_operator(request))),
        errors=errors,
    )
