"""Several cases of one meeting at once: one protocol, one order; each voted on before and judged for itself."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.printing import Printing
from schemas.errors import BadInput, Conflict
from verifier.credit import wording
from verifier.credit.admission import note_reading, perform_together, view_of
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding, Typed
from verifier.credit.errors import NothingTogether, NotTogether, Stale
from verifier.credit.events import Event
from verifier.credit.facts import Extent, State
from verifier.credit.filled import Value
from verifier.credit.forms import FORMS
from verifier.credit.paper_pages import draft_of, printed_answer
from verifier.credit.tables import Case, PlanComponent
from verifier.credit.view import CaseView

router = APIRouter(include_in_schema=False)
Joint = Literal["conclude", "order"]
MOST = 60  # learners in one document
STATES: Mapping[str, State] = {"conclude": State.IN_COMMISSION, "order": State.PROPOSED}
COMMON = ("number", "date", "signer")


@router.get("/credit/together/{school}/{act}", openapi_extra={"x-action": "credit.act"}, name="credit_together")
def together_page(visit: Visiting, cases: Deciding, school: str, act: Joint) -> Response:
    """The cases that can be decided in one document, with a box before each."""
    return _page(visit, cases, school, act, {}, "")


@router.post("/credit/together/{school}/{act}", openapi_extra={"x-action": "credit.act"}, name="credit_act_together")
def act_together(visit: Visiting, cases: Deciding, school: str, act: Joint, typed: Typed) -> Response:
    """Decide those that were picked; where one cannot be, nothing is written and the page says which."""
    views = _views(visit, cases, school, act)
    picked = _picked(views, typed)
    forms = {view.work.case.id: _form(typed, view.work.case.id) for view in picked}
    try:
        with visit.session.begin_nested():
            perform_together(visit, cases, Event(act), forms)
    except (BadInput, Conflict) as error:
        visit.session.expire_all()
        return _page(visit, cases, school, act, typed, _told(visit, error))
    return RedirectResponse("/credit", status_code=HTTPStatus.SEE_OTHER)


@router.post(
    "/credit/together/{school}/order/draft", openapi_extra={"x-action": "credit.act"}, name="credit_joint_draft"
)
def joint_draft(visit: Visiting, cases: Deciding, print_pdf: Printing, school: str, typed: Typed) -> Response:
    """The order about those that were picked, to be signed."""
    picked = _picked(_views(visit, cases, school, "order"), typed)
    if not picked:
        return _page(visit, cases, school, "order", typed, _told(visit, NothingTogether()))
    back = f"/credit/together/{school}/order"
    sheet = draft_of([view.work for view in picked])
    return printed_answer(visit, print_pdf, sheet, document=None, name="draft", back=back, spell=False)


def address_for(view: CaseView) -> str:
    """Where the visitor may decide this case together with others, "" where they may not."""
    case = view.work.case
    fit = [event for event, state in STATES.items() if state is case.state and Event(event) in view.allowed]
    return f"/credit/together/{case.school}/{fit[0]}" if fit and _fits(view, fit[0]) else ""


def _page(visit: Visit, cases: Cases, school: str, event: Joint, typed: Mapping[str, Value], told: str) -> Response:
    views = _views(visit, cases, school, event)
    for view in views:
        note_reading(visit, school, view.work.case.learner, view.work.case.id)
    extents = {str(extent): visit.translate(text) for extent, text in wording.EXTENTS.items()}
    marks = {mark: visit.translate(text) for mark, text in wording.MARKS.items()}
    return visit.page(
        "credit/together.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if told else HTTPStatus.OK,
        school=organisations.find(visit.session, school).name,
        action=f"/credit/together/{school}/{event}",
        event=event,
        form=FORMS[Event(event)],
        views=views,
        typed=typed,
        picked=_ids(typed),
        told=told,
        extents=list(extents.items()),
        marks=list(marks.items()),
        extent_words=extents,
        mark_words=marks,
    )


def _views(visit: Visit, cases: Cases, school: str, event: Joint) -> list[CaseView]:
    """The cases of a school that wait for this act, those about the same component beside each other."""
    visit.require("credit.desk")
    visit.require(f"credit.{event}", Thing(organisation=school))
    waiting = (
        select(Case)
        .join(PlanComponent)
        .where(Case.school == school, Case.state == STATES[event])
        .order_by(col(PlanComponent.title), col(Case.registered_on), col(Case.id))
        .limit(MOST)
    )
    views = [view_of(visit, cases, case) for case in visit.session.exec(waiting)]
    return [view for view in views if Event(event) in view.allowed and _fits(view, event)]


def _fits(view: CaseView, event: str) -> bool:
    """An order only credits; a protocol says anything, as soon as enough have voted."""
    if event == "order":
        return view.work.case.extent in {Extent.FULL, Extent.PARTIAL}
    return len(view.work.votes_now) >= view.work.quorum


def _picked(views: list[CaseView], typed: Mapping[str, Value]) -> list[CaseView]:
    """Those with a tick. One that has left this step meanwhile is told as a change, not left out in silence."""
    wanted = _ids(typed)
    picked = [view for view in views if view.work.case.id in wanted]
    if len(picked) < len(wanted):
        raise Stale
    return picked


def _ids(typed: Mapping[str, Value]) -> set[str]:
    return {name.removeprefix("pick.") for name, value in typed.items() if name.startswith("pick.") and value == "yes"}


def _form(typed: Mapping[str, Value], case: str) -> dict[str, Value]:
    """What was filled in for one case: its own fields `<name>.<case>`, and the ones of the paper for all."""
    own = {name.removesuffix(f".{case}"): value for name, value in typed.items() if name.endswith(f".{case}")}
    return {**{name: typed[name] for name in COMMON if name in typed}, **own}


def _told(visit: Visit, error: BadInput | Conflict) -> str:
    sentence = error.told(visit.translate)
    if not isinstance(error, NotTogether):
        return sentence
    return f"{sentence} {error.error.told(visit.translate)}"
