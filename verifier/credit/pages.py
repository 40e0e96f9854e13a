"""Pages of the recognition of results: desk, case, acts, evidence, the school's rules; the others are joined here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.tables import Organisation
from schemas.errors import N_, BadInput, Conflict, NotFound
from verifier.credit import (
    agenda_pages,
    calendar_pages,
    desk,
    office_pages,
    overview_pages,
    paper_pages,
    plan_pages,
    register_pages,
    rules,
    together_pages,
)
from verifier.credit.admission import admit, note_reading, perform, thing_of, view_of
from verifier.credit.cases import Cases
from verifier.credit.crosswalks import alike_in
from verifier.credit.curricula import describing
from verifier.credit.curricula import pages as curricula_pages
from verifier.credit.curricula.admitting import CHANGE as CHANGE_CURRICULA
from verifier.credit.curricula.admitting import READ as READ_CURRICULA
from verifier.credit.curricula.describing import Describes, Describing
from verifier.credit.deps import Deciding, Typed
from verifier.credit.desk import Entry
from verifier.credit.drawn import draw
from verifier.credit.errors import RuleNotMet
from verifier.credit.events import Event
from verifier.credit.evidence import Stage, report_of
from verifier.credit.filled import Value
from verifier.credit.forms import FORMS
from verifier.credit.meetings import listing
from verifier.credit.meetings import pages as meeting_pages
from verifier.credit.network import pages as network_pages
from verifier.credit.policies import editions
from verifier.credit.policies import pages as policy_pages
from verifier.credit.policy import governed_since
from verifier.credit.tables import Case
from verifier.credit.view import CaseView
from verifier.credit.wording import DECIDED, DUES, MARKS, SHORT

router = APIRouter(include_in_schema=False)
PARTS = (
    paper_pages,
    plan_pages,
    together_pages,
    register_pages,
    office_pages,
    calendar_pages,
    policy_pages,
    network_pages,
    agenda_pages,
    curricula_pages,
    meeting_pages,
    overview_pages,
)
for part in PARTS:
    router.include_router(part.router)
Page = Annotated[int, Query(ge=1, le=100_000)]
WITH_BASIS = N_("{sentence} Основание: {basis}.")
GENERAL = "version"  # under this name stands what belongs to no field


@router.get("/credit", openapi_extra={"x-action": "credit.desk"}, name="credit_desk")
def home(visit: Visiting, cases: Deciding, page: Page = 1) -> Response:
    """What waits for the visitor, what is overdue, all cases; for families their own, or how to begin."""
    visit.require("credit.desk")
    return _desk(visit, cases, "", page)


@router.post("/credit", openapi_extra={"x-action": "credit.desk"}, name="credit_search")
def search(visit: Visiting, cases: Deciding, q: Annotated[str, Form(max_length=200)] = "") -> Response:
    """The same with the cases that fit; sent as a form, so that no name of a learner stays in an address (DOMAIN §4)."""
    visit.require("credit.desk")
    return _desk(visit, cases, q, 1)


def _desk(visit: Visit, cases: Cases, q: str, page: int) -> Response:
    today = visit.now.astimezone(cases.services.zone).date()
    asked = (visit.session, visit.actor, visit.people, today)
    schools = desk.schools_of(visit.actor)
    family = desk.family_cases(*asked) if desk.learners_of(visit.actor) else []
    waiting = desk.waiting(*asked) if schools else None
    overdue = desk.overdue(*asked) if schools else []
    found = desk.search(*asked, query=q.strip(), page=page) if schools else None
    shown = [*family, *(waiting.entries if waiting else ()), *overdue, *(found.entries if found else ())]
    for case in {entry.case.id: entry.case for entry in shown}.values():  # whoever sees a name in a list has read it
        note_reading(visit, case.school, case.learner, case.id)
    return visit.page(
        "credit/desk.html",
        schools=[organisations.find(visit.session, school).name for school in schools],
        meetings=[
            (school, listing.next_of(visit.session, school.code))
            for school in _open_to(visit, schools, "credit.agenda")
        ],
        offices=_open_to(visit, schools, "credit.office"),
        curricula=_open_to(visit, schools, READ_CURRICULA),
        learners=[visit.people.learner(one) for one in desk.own_learners(visit.actor)],
        family=family,
        waiting=waiting,
        groups=desk.by_due(waiting.entries) if waiting else [],
        dues=DUES,
        rule_of=_terms(visit, shown, cases.services.zone),
        overdue=overdue,
        found=found,
        q=q,
        short=SHORT,
        decided=DECIDED,
        marks=MARKS,
        verbs=FORMS,
    )


def _open_to(visit: Visit, schools: Sequence[str], action: str) -> list[Organisation]:
    """The schools in which the visitor may do `action`."""
    able = (school for school in schools if visit.can(action, Thing(organisation=school)))
    return [organisations.find(visit.session, school) for school in able]


def _terms(visit: Visit, shown: Sequence[Entry], zone: ZoneInfo) -> Callable[[Case], str]:
    """What says by which rule a case has its term; the schools' own rows are read once."""
    today = visit.now.astimezone(zone).date()
    own = {school: rules.rules_of(visit.session, school) for school in {entry.case.school for entry in shown}}

    def told(case: Case) -> str:
        since = governed_since(case, visit.now, zone)
        rule = rules.rule_for(case.deadline_rule, since, today, own[case.school])
        return rules.written_in(rule, visit.translate)

    return told


@router.get("/credit/cases/{case_id}", openapi_extra={"x-action": "credit.read"}, name="credit_case")
def case_page(visit: Visiting, cases: Deciding, issuer: Describing, case_id: str) -> Response:
    """One page for everybody: where it is, what is mine to do, the comparison, what happened."""
    case = admit(visit, "credit.read", case_id)
    note_reading(visit, case.school, case.learner, case.id)
    view = view_of(visit, cases, case)
    main = next(iter(view.turn), None)
    return visit.page(
        "credit/case.html",
        **_frame(visit, view),
        form=draw(view, main) if main else None,
        missing=_missing(visit, view, main, issuer),
        others=[draw(view, event) for event in (*view.turn[1:], *view.besides)],
        draft=paper_pages.may_draft(view),
        together=together_pages.address_for(view),
    )


@router.get("/credit/cases/{case_id}/{event}", openapi_extra={"x-action": "credit.act"}, name="credit_act_form")
def act_form(visit: Visiting, cases: Deciding, issuer: Describing, case_id: str, event: str) -> Response:
    """The form of one act."""
    case = admit(visit, "credit.act", case_id)
    asked = _event(visit, case, event)
    note_reading(visit, case.school, case.learner, case.id)
    return _act_page(visit, view_of(visit, cases, case), issuer, asked)


@router.post("/credit/cases/{case_id}/{event}", openapi_extra={"x-action": "credit.act"}, name="credit_act")
def act(visit: Visiting, cases: Deciding, issuer: Describing, case_id: str, event: str, typed: Typed) -> Response:
    """Do it, or say beside the fields what is missing; nothing is written unless everything is."""
    case = admit(visit, "credit.act", case_id)
    asked = _event(visit, case, event)
    try:
        with visit.session.begin_nested():
            perform(visit, cases, case, asked, typed)
    except (BadInput, Conflict) as error:
        visit.session.refresh(case)
        view = view_of(visit, cases, case)
        return _act_page(visit, view, issuer, asked, typed, _told(view, error))
    return RedirectResponse(f"/credit/cases/{case.id}", status_code=HTTPStatus.SEE_OTHER)


@router.get(
    "/credit/cases/{case_id}/evidence/{position}", openapi_extra={"x-action": "credit.read"}, name="credit_evidence"
)
def evidence_page(visit: Visiting, cases: Deciding, case_id: str, position: int) -> Response:
    """One credential of the case: the reports of both checks and the school's own questions."""
    case = admit(visit, "credit.read", case_id)
    note_reading(visit, case.school, case.learner, case.id)
    view = view_of(visit, cases, case)
    one = next((one for one in view.work.evidence if one.position == position), None)
    if one is None:
        raise NotFound
    reports = [(stage, report) for stage in Stage if (report := report_of(one, stage))]
    return visit.page(
        "credit/evidence.html", **_frame(visit, view), one=one, reports=reports, conditions=view.conditions(one)
    )


@router.get("/credit/rules/{school}", openapi_extra={"x-action": "public"}, name="credit_rules")
def rules_page(visit: Visiting, cases: Deciding, school: str, on: date | None = None) -> Response:
    """The school's terms, scales and the rules behind them, public like any local act: today, or as they were `on` a day before."""
    visit.require("public")
    today = visit.now.astimezone(cases.services.zone).date()
    day = min(on or today, today)
    edition = editions.holding(editions.editions_of(visit.session, school), day)
    return visit.page(
        "credit/rules.html",
        school=organisations.find(visit.session, school).name,
        policy=edition.policy,
        edition=edition,
        href=f"/credit/policy/{school}" if visit.can("credit.office", Thing(organisation=school)) else "",
        past=day if day < today else None,
        today_href=f"/credit/rules/{school}",
        rules=list(rules.rules_in_force(day, rules.rules_of(visit.session, school)).values()),
    )


def _event(visit: Visit, case: Case, event: str) -> Event:
    """An act with a form of its own that the visitor may do in some state; anything else is `NotFound`."""
    if event not in set(FORMS):
        raise NotFound
    visit.require(f"credit.{event}", thing_of(case))
    return Event(event)


def _act_page(
    visit: Visit,
    view: CaseView,
    issuer: Describes,
    event: Event,
    typed: Mapping[str, Value] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    return visit.page(
        "credit/act.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        **_frame(visit, view),
        form=draw(view, event, typed, errors),
        errors=errors or {},
        possible=event in view.allowed,
        missing=_missing(visit, view, event, issuer),
    )


def _missing(visit: Visit, view: CaseView, event: Event | None, issuer: Describes) -> dict[str, Any] | None:
    """Which badges have to be described before a case can be closed, and by which edition of the plan; None where none has."""
    if event is not Event.CLOSE:
        return None
    edition, badges = describing.missing(view.work, issuer)
    if not badges:
        return None
    words = {standing: visit.translate(text) for standing, text in describing.WORDS.items()}
    return {
        "edition": edition,
        "badges": [(one.recognition.title, words[one.standing], one.apart) for one in badges],
        "wanted": any(one.wanted for one in badges) and visit.can(CHANGE_CURRICULA, thing_of(view.work.case)),
    }


def _told(view: CaseView, error: BadInput | Conflict) -> dict[str, str]:
    """What is wrong, by field; a broken rule with where it is written."""
    sentence = error.told(view.translate)
    if isinstance(error, RuleNotMet):
        basis = rules.written_in(view.work.rule(error.rule), view.translate)
        sentence = view.translate(WITH_BASIS).format(sentence=sentence, basis=basis)
    return {error.pointer.removeprefix("/") or GENERAL: sentence}


def _frame(visit: Visit, view: CaseView) -> dict[str, Any]:
    """What every page about one case needs."""
    case = view.work.case
    return {
        "view": view,
        "case": case,
        "line": view.work.line,
        "learner": view.work.learner,
        "school": organisations.find(visit.session, case.school).name,
        "acting_for": view.work.learner.name if case.learner in visit.actor.wards else "",
        "marks": MARKS,
        "alike": len(alike_in(view.work)) if visit.can("credit.recognise", thing_of(case)) else 0,
    }
