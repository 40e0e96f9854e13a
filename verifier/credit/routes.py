"""The JSON doors of credit cases: read one, act on it, apply with a signed presentation; read a learner's plan."""

import json

from fastapi import APIRouter

from keys.actor import Thing
from keys.deps import Visiting
from schemas.errors import NotFound
from verifier.credit import plans
from verifier.credit.admission import admit, note_reading, perform, thing_of, view_of
from verifier.credit.deps import Deciding
from verifier.credit.events import Event
from verifier.credit.filled import Value
from verifier.credit.forms import FORMS
from verifier.credit.messages import Act, Application, CaseAnswer, LearnerPlan, answer, learner_plan
from verifier.credit.plan_pages import admit_plan

router = APIRouter(tags=["credit"])


@router.get("/api/credit/cases/{case_id}", openapi_extra={"x-action": "credit.read"}, name="read_credit_case")
def read_case(visit: Visiting, cases: Deciding, case_id: str) -> CaseAnswer:
    """One case: where it stands, the comparison, what the visitor may do."""
    case = admit(visit, "credit.read", case_id)
    note_reading(visit, case.school, case.learner, case.id)
    return answer(view_of(visit, cases, case))


@router.post("/api/credit/cases/{case_id}/{event}", openapi_extra={"x-action": "credit.act"}, name="act_on_credit_case")
def act_on_case(visit: Visiting, cases: Deciding, case_id: str, event: str, asked: Act) -> CaseAnswer:
    """Do one act. A refused one is an error with the code of the condition that does not hold."""
    case = admit(visit, "credit.act", case_id)
    if event not in set(FORMS):
        raise NotFound
    visit.require(f"credit.{event}", thing_of(case))
    perform(visit, cases, case, Event(event), _form(asked))
    return answer(view_of(visit, cases, case))


@router.get("/api/credit/plans/{learner}", openapi_extra={"x-action": "credit.plan"}, name="read_credit_plan")
def read_plan(visit: Visiting, learner: str) -> LearnerPlan:
    """A learner's plan: each line with its state and the track on which its result came."""
    owner = admit_plan(visit, learner)
    return learner_plan(visit.session, owner.id)


@router.post("/credit/applications", openapi_extra={"x-action": "credit.apply"}, name="apply_for_credit")
def apply(visit: Visiting, cases: Deciding, asked: Application) -> CaseAnswer:
    """Draft and submit an application with a presentation that the learner's wallet signed."""
    visit.require("credit.desk")
    item = plans.find_item(visit.session, asked.component)
    visit.require("credit.apply", Thing(organisation=item.school, learner=item.learner))
    case = cases.draft(
        visit.session,
        visit.actor,
        item=item.id,
        wish=asked.wish,
        assessment_agreed=asked.assessment_agreed,
        now=visit.now,
    )
    presentation = json.dumps(asked.presentation, ensure_ascii=False).encode()
    cases.submit(visit.session, visit.actor, case.id, version=case.version, presentation=presentation, now=visit.now)
    visit.record("credit.submit", organisation=case.school, learner=case.learner, item=case.id)
    return answer(view_of(visit, cases, case))


def _form(asked: Act) -> dict[str, Value]:
    fields = {name: _value(value) for name, value in asked.fields.items()}
    return {**fields, "version": str(asked.version), "shown": asked.shown}


def _value(value: str | bool | int | list[str]) -> Value:  # noqa: FBT001 - a value of JSON
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value) if isinstance(value, int) else value
