"""Requests over HTTP: the doors that the contract names answer programs with JSON and people with pages."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from markupsafe import Markup

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import BadInput
from verifier.answers import things
from verifier.asking import messages, requests
from verifier.asking.errors import NoAsker
from verifier.asking.messages import RequestAnswer, RequestForm, RequestWanted
from verifier.asking.requests import RequestState
from verifier.asking.tables import ShowRequest
from verifier.asking.wording import STATES
from verifier.deps import Body, Drawing, Site, Verifying
from verifier.verification import PresentationVerification

router = APIRouter(tags=["requests"])
_PRESENTATION: dict[str, Any] = {
    "x-action": "request.answer",
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
}


@router.get("/requests", include_in_schema=False, openapi_extra={"x-action": "request.list"}, name="requests")
def listed(visit: Visiting) -> HTMLResponse:
    """What the visitor's organisations have asked, newest first."""
    visit.require("request.list")
    rows = [_row(visit, one) for one in requests.all_of(visit.session, _askers(visit))]
    return visit.page("verifier/requests.html", rows=rows, may_ask=bool(_askers(visit)))


@router.get("/requests/new", include_in_schema=False, openapi_extra={"x-action": "request.list"}, name="request_form")
def new(visit: Visiting) -> HTMLResponse:
    """The form, empty."""
    visit.require("request.list")
    return _form(visit, RequestForm())


@router.post("/requests/new", include_in_schema=False, openapi_extra={"x-action": "request.make"}, name="request_made")
def make_by_form(visit: Visiting, typed: Annotated[RequestForm, Form()]) -> Response:
    """Make a request."""
    visit.require("request.make", Thing(organisation=typed.organisation or None))
    faults = requests.faults(typed.order())
    if faults:
        return _form(visit, typed, faults)
    return RedirectResponse(f"/requests/{_make(visit, typed).id}", HTTPStatus.SEE_OTHER)


@router.post(
    "/requests", status_code=HTTPStatus.CREATED, openapi_extra={"x-action": "request.make"}, name="request_make"
)
def make(visit: Visiting, wanted: RequestWanted, site: Site) -> RequestAnswer:
    """Make a request: what to show, what for, until when. Its id is the link; who has it may answer, once."""
    visit.require("request.make", Thing(organisation=wanted.organisation or None))
    return _told(visit, _make(visit, wanted), site)


@router.get("/requests/{request_id}", openapi_extra={"x-action": "request.open"}, name="request")
def one(request: Request, visit: Visiting, verifier: Verifying, draw: Drawing, site: Site, request_id: str) -> Response:
    """Who asks, for what, until when; for the organisation that asked also the answer with today's verdicts."""
    visit.require("request.open")
    found = requests.find(visit.session, request_id)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse(_told(visit, found, site).model_dump(mode="json"))
    own = visit.can("request.make", Thing(organisation=found.organisation))
    shown = _shown(visit, verifier, found) if own else None
    url, actor = f"{site}/requests/{found.id}", visit.actor
    return visit.page(
        "verifier/request.html",
        row=_row(visit, found),
        own=own,
        shown=shown,
        names=things(shown.items) if shown else {},
        url=url,
        code=Markup(draw(url)),  # noqa: S704 - our own drawing
        wallets=[visit.people.learner(each) for each in sorted(filter(None, {actor.learner, *actor.wards}))],
    )


@router.post("/requests/{request_id}", openapi_extra=_PRESENTATION, name="request_answer")
def answer(visit: Visiting, verifier: Verifying, body: Body, site: Site, request_id: str) -> RequestAnswer:
    """Answer with a presentation that its holder has signed for `domain` and `challenge`, from any wallet."""
    visit.require("request.answer")
    found = requests.answer(visit.session, verifier, request_id, body, visit.now, visit.translate)
    visit.record("request.answered", item=found.id)
    return _told(visit, found, site)


@router.post(
    "/requests/{request_id}/withdraw",
    include_in_schema=False,
    openapi_extra={"x-action": "request.make"},
    name="request_withdraw",
)
def withdraw(visit: Visiting, request_id: str) -> Response:
    """Ask no more, and erase the answer."""
    visit.require("request.list")
    found = requests.find(visit.session, request_id)
    visit.require("request.make", Thing(organisation=found.organisation))
    requests.withdraw(visit.session, request_id, visit.now)
    visit.record("request.withdrawn", organisation=found.organisation, item=found.id)
    return RedirectResponse(f"/requests/{request_id}", HTTPStatus.SEE_OTHER)


def _make(visit: Visit, wanted: RequestWanted | RequestForm) -> ShowRequest:
    made = requests.make(visit.session, visit.actor, wanted.order(), visit.now)
    visit.record("request.made", organisation=made.organisation, item=made.id)
    return made


def _told(visit: Visit, request: ShowRequest, site: str) -> RequestAnswer:
    name = organisations.find(visit.session, request.organisation).name
    return messages.answer(request, name, site, visit.now)


def _shown(visit: Visit, verifier: Verifying, request: ShowRequest) -> PresentationVerification | None:
    """The answer, for the organisation; the family learns that somebody looked."""
    shown = requests.read(verifier, request, visit.now)
    if shown is not None:
        requests.note_opened(visit.session, request, visit.now)
        visit.record("request.read", organisation=request.organisation, item=request.id)
    return shown


def _askers(visit: Visit) -> list[str]:
    """The organisations in whose name the visitor may ask."""
    codes = sorted({one.organisation for one in visit.actor.memberships})
    return [code for code in codes if visit.can("request.make", Thing(organisation=code))]


def _form(visit: Visit, typed: RequestForm, faults: Mapping[str, BadInput] | None = None) -> HTMLResponse:
    askers = [(code, organisations.find(visit.session, code).name) for code in _askers(visit)]
    wrong = {**({} if askers else {"organisation": NoAsker()}), **(faults or {})}
    return visit.page(
        "verifier/request_new.html",
        status=HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK,
        typed=typed,
        askers=askers,
        errors={name: one.told(visit.translate) for name, one in wrong.items()},
        longest=requests.WORDS_MAX,
        most=requests.DAYS_MAX,
    )


def _row(visit: Visit, request: ShowRequest) -> dict[str, object]:
    state = requests.state(request, visit.now)
    return {
        "request": request,
        "by": organisations.find(visit.session, request.organisation).name,
        "open": state is RequestState.OPEN,
        "answered": state is RequestState.ANSWERED,
        "word": visit.translate(STATES[state]),
    }
