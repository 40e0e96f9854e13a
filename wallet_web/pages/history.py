"""Every act in a learner's name, with who did it; from 14 on the learner may object to what somebody else has done."""

from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.actor import Role
from keys.deps import Learner, Visit, Visiting
from schemas.errors import Conflict, Forbidden
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding
from verifier.credit.policy import policy_of, working_days
from wallet_web import acts, applying, history, wording
from wallet_web.history import Act
from wallet_web.objections import filing
from wallet_web.objections.errors import WordsMissing
from wallet_web.objections.tables import Objection, ObjectionState
from wallet_web.pages.book import frame, may, name_of

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=4000)]
ONE = "/wallet/{learner}/objections/{deed}"
TOLD_SCHOOL = "Ученик возразил против сделанного от его имени. Ответьте до {day}."
TOLD_FAMILY = "Ученик возразил против того, что сделано от его имени. Ответит школа."


@router.get("/wallet/{learner}/history", openapi_extra={"x-action": "wallet.read"}, name="wallet.history")
def history_page(learner: str, visit: Visiting, cases: Deciding) -> Response:
    """What was done in this wallet and in its applications, and by whom; newest first."""
    owner = acts.admit(visit, "wallet.read", learner)
    filed = {one.act: one for one in filing.of(visit.session, learner)}
    done = sorted(acts_of(visit, cases, learner), key=lambda one: one.at, reverse=True)
    rows = [_row(visit, owner, one, filed.get(one.ref)) for one in done]
    old_enough = owner.age(visit.now.date()) >= filing.OBJECTS_FROM
    objects = old_enough and may(visit, "objection.file", owner)
    return visit.page("wallet/history.html", **frame(visit, owner), rows=rows, objects=objects)


@router.get(ONE, openapi_extra={"x-action": "wallet.read"}, name="wallet.objection")
def one(learner: str, deed: str, visit: Visiting, cases: Deciding) -> Response:
    """One act: the form to object to it, or where the objection stands."""
    owner = acts.admit(visit, "wallet.read", learner)
    return _page(visit, owner, history.find(acts_of(visit, cases, learner), deed))


@router.post(ONE, openapi_extra={"x-action": "objection.file"}, name="wallet.objection.file")
def file(learner: str, deed: str, visit: Visiting, cases: Deciding, text: Text = "") -> Response:
    """Object to what somebody has done in one's name."""
    owner = acts.admit(visit, "objection.file", learner)
    done = history.find(acts_of(visit, cases, learner), deed)
    due = partial(_due, visit, cases, owner)
    try:
        filed = filing.file(visit.session, owner, visit.actor, done, text, due=due, now=visit.now)
    except WordsMissing as error:
        return _page(visit, owner, done, text=text, error=error.told(visit.translate))
    visit.record("objection.filed", learner=learner, item=filed.id)
    _tell(visit, cases, owner, filed)
    return RedirectResponse(f"/wallet/{learner}/objections/{deed}", HTTPStatus.SEE_OTHER)


@router.post(ONE + "/take-back", openapi_extra={"x-action": "objection.file"}, name="wallet.objection.take_back")
def take_back(learner: str, deed: str, visit: Visiting) -> Response:
    """Object no more: what was stopped goes on."""
    acts.admit(visit, "objection.file", learner)
    settled = filing.take_back(visit.session, learner, deed, visit.actor, visit.now)
    visit.record("objection.taken-back", learner=learner, item=settled.id)
    return RedirectResponse(f"/wallet/{learner}/objections/{deed}", HTTPStatus.SEE_OTHER)


def acts_of(visit: Visit, cases: Cases, learner: str) -> list[Act]:
    """Everything that people have done in a learner's wallet and applications, in no order."""
    steps = map(history.of_step, applying.steps(visit, cases, learner))
    return [*history.acts(visit.session, learner), *steps]


def _due(visit: Visit, cases: Cases, owner: Learner) -> date:
    """By when the school answers: so many of its working days as its local act says."""
    zone = cases.services.zone
    today = visit.now.astimezone(zone).date()
    policy = policy_of(visit.session, owner.school, today)
    return working_days(visit.session, owner.school, policy, zone).after(today, policy.objection_days)


def _tell(visit: Visit, cases: Cases, owner: Learner, filed: Objection) -> None:
    """The school's office learns that somebody waits, the guardians that the learner does not agree."""
    office = {one.id for role in (Role.SECRETARY, Role.DEPUTY) for one in visit.people.staff(owner.school, role)}
    school = TOLD_SCHOOL.format(day=filed.due_on.strftime("%d.%m.%Y"))
    told = dict.fromkeys(sorted(office), (school, f"/objections/{owner.school}/{filed.id}"))
    family = {one.id for one in visit.people.guardians(owner.id)}
    told |= dict.fromkeys(sorted(family), (TOLD_FAMILY, f"/wallet/{owner.id}/objections/{filed.act}"))
    for person, (text, href) in told.items():
        cases.services.notify(
            visit.session,
            person=person,
            organisation=owner.school,
            learner=owner.id,
            text=text,
            href=href,
            handed=person in office,
            now=visit.now,
        )


def _row(visit: Visit, owner: Learner, act: Act, filed: Objection | None) -> dict[str, object]:
    """One act as the page draws it."""
    return {
        "at": act.at,
        "title": wording.done(act.kind, act.subject, visit.translate),
        "who": name_of(visit, act.person),
        "in_part": [wording.in_part(one, visit.translate) for one in act.in_part],
        "href": f"/credit/cases/{act.case}" if act.case else "",
        "ref": act.ref,
        "may_object": filed is None and _refusal(visit, owner, act) is None,
        "word": visit.translate(wording.OBJECTIONS[filed.state]) if filed is not None else "",
    }


def _refusal(visit: Visit, owner: Learner, act: Act) -> Conflict | Forbidden | None:
    """Why this visitor cannot object to an act."""
    if not may(visit, "objection.file", owner):
        return Forbidden()
    try:
        filing.require_may_object(visit.session, owner, visit.actor, act, visit.now)
    except (Conflict, Forbidden) as error:
        return error
    return None


def _page(visit: Visit, owner: Learner, act: Act, *, text: str = "", error: str = "") -> Response:
    filed = filing.find(visit.session, owner.id, act.ref)
    refusal = _refusal(visit, owner, act) if filed is None else None
    return visit.page(
        "wallet/objection.html",
        **frame(visit, owner),
        status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        act=_row(visit, owner, act, filed),
        stops=visit.translate(wording.STOPS.get(act.kind, wording.STOPS_NOTHING)),
        filed=filed,
        school=organisations.find(visit.session, filed.school).name if filed is not None else "",
        open=filed is not None and filed.state is ObjectionState.FILED,
        settled_by=name_of(visit, filed.settled_by) if filed is not None else "",
        may_file=may(visit, "objection.file", owner),
        refusal=refusal.told(visit.translate) if refusal is not None else "",
        text=text,
        error=error,
        most=filing.LONGEST,
    )
