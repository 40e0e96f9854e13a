"""The page on which a deputy head recognises a foreign outcome as one of the school's own."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from keys.deps import Visit, Visiting
from schemas.errors import BadInput
from verifier.credit import crosswalks
from verifier.credit.admission import admit, note_reading, view_of
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding
from verifier.credit.errors import PaperMissing
from verifier.credit.matching import LEVELS
from verifier.credit.tables import Case

router = APIRouter(include_in_schema=False)
NOWHERE = ("", "")  # under this pair stands what belongs to no pair of the page


@router.get("/credit/wordings/{case_id}", openapi_extra={"x-action": "credit.recognise"}, name="credit_wordings")
def wordings(visit: Visiting, cases: Deciding, case_id: str) -> Response:
    """Wordings of the attached badges that sound like outcomes of the plan which nothing shows yet."""
    case = admit(visit, "credit.recognise", case_id)
    return _page(visit, cases, case, {})


@router.post("/credit/wordings/{case_id}", openapi_extra={"x-action": "credit.recognise"}, name="credit_recognise")
def recognise(
    visit: Visiting,
    cases: Deciding,
    case_id: str,
    url: Annotated[str, Form(max_length=512)] = "",
    code: Annotated[str, Form(max_length=64)] = "",
    paper: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Enter the recognition, or say beside the field what is missing."""
    case = admit(visit, "credit.recognise", case_id)
    try:
        walk = crosswalks.recognise(cases.look(visit.session, visit.actor, case.id, visit.now), url, code, paper)
    except BadInput as error:
        beside = (url, code) if isinstance(error, PaperMissing) else NOWHERE
        return _page(visit, cases, case, {beside: visit.translate(error.sentence)})
    visit.record("credit.recognise", organisation=case.school, learner=case.learner, item=walk.id)
    return RedirectResponse(f"/credit/cases/{case.id}#comparison", status_code=HTTPStatus.SEE_OTHER)


def _page(visit: Visit, cases: Cases, case: Case, errors: dict[tuple[str, str], str]) -> Response:
    note_reading(visit, case.school, case.learner, case.id)
    view = view_of(visit, cases, case)
    return visit.page(
        "credit/wordings.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        case=case,
        line=view.work.line,
        alike=crosswalks.alike_in(view.work),
        levels=LEVELS,
        errors=errors,
        general=errors.get(NOWHERE, ""),
    )
