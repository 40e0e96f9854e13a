"""The organisation's desk for families who ask for a correction: what was asked, which badge it is about, the answer."""

from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from issuer import asking, awards
from issuer.asking import Answer
from issuer.errors.asking import TextMissing
from issuer.tables import Award, CorrectionRequest
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.achievement import Achievement

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=4000)]


def answering(request: Request) -> Answer:
    """How whoever asked is told, as the service has it."""
    return cast("Answer", request.app.state.tell_asker)


Answering = Annotated[Answer, Depends(answering)]


@router.get("/issuer/{organisation}/requests", openapi_extra={"x-action": "award.asked"}, name="correction_requests")
def requests(visit: Visiting, organisation: str) -> Response:
    """What families ask to be corrected."""
    visit.require("award.asked", Thing(organisation=organisation))
    return _page(visit, organisation, "", "", "")


@router.post(
    "/issuer/{organisation}/requests/{asked_id}", openapi_extra={"x-action": "award.asked"}, name="answer_request"
)
def answer(visit: Visiting, tell: Answering, organisation: str, asked_id: str, text: Text = "") -> Response:
    """Answer: the badge was corrected, or why it was not."""
    visit.require("award.asked", Thing(organisation=organisation))
    asked = asking.find(visit.session, organisation, asked_id)
    try:
        asking.answer(visit.session, asked, text, visit.actor.person or "", visit.now)
    except TextMissing as error:
        told = error.told(visit.translate)
        return _page(visit, organisation, asked_id, text, told)
    visit.record("award.answered", organisation=organisation, item=asked.award)
    tell(visit.session, asked, visit.now)
    return RedirectResponse(f"/issuer/{organisation}/requests", status_code=HTTPStatus.SEE_OTHER)


def _page(visit: Visit, organisation: str, wrong: str, typed: str, error: str) -> Response:
    rows = asking.waiting(visit.session, organisation)
    return visit.page(
        "issuer/requests.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        rows=[_row(visit, *pair) for pair in rows],
        wrong=wrong,
        typed=typed,
        error=error,
        most=asking.LONGEST,
    )


def _row(visit: Visit, asked: CorrectionRequest, award: Award) -> dict[str, object]:
    title = Achievement(awards.version_of(visit.session, award).document).name
    return {"asked": asked, "award": award, "title": title}
