"""The school's desk for objections of learners: what waits and until when, what it is about, the answer."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import BadInput
from verifier.credit.deps import Deciding
from verifier.credit.work import Services
from wallet_web import wording
from wallet_web.history import ActKind
from wallet_web.objections import filing
from wallet_web.objections.errors import NoAnswer, ObjectionSettled, WordsMissing
from wallet_web.objections.filing import Said
from wallet_web.objections.tables import Objection, ObjectionState
from wallet_web.pages.book import name_of

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=4000)]
DESK, ONE = "/objections/{school}", "/objections/{school}/{objection}"
_ANSWER = {"x-action": "objection.answer"}
ANSWERS = {Said.KEEP: "objection.kept", Said.UPHOLD: "objection.upheld"}
TOLD = "Школа ответила на возражение ученика: {answer}"


@router.get(DESK, openapi_extra=_ANSWER, name="objections")
def desk(school: str, visit: Visiting) -> Response:
    """What waits for the school, by its term; what was answered last."""
    visit.require("objection.answer", Thing(organisation=school))
    waiting, settled = filing.before(visit.session, school)
    return visit.page(
        "wallet/objections.html",
        school=organisations.find(visit.session, school),
        waiting=[_row(visit, one) for one in waiting],
        settled=[_row(visit, one) for one in settled],
        today=visit.now.date(),
    )


@router.get(ONE, openapi_extra=_ANSWER, name="objection")
def one(school: str, objection: str, visit: Visiting) -> Response:
    """One objection; the family sees that somebody looked."""
    visit.require("objection.answer", Thing(organisation=school))
    found = filing.of_school(visit.session, school, objection)
    visit.record("objection.read", organisation=school, learner=found.learner, item=found.id)
    return _page(visit, found)


@router.post(ONE, openapi_extra=_ANSWER, name="objection.answer")
def answer(
    school: str,
    objection: str,
    visit: Visiting,
    cases: Deciding,
    text: Text = "",
    said: Annotated[str, Form(max_length=16)] = "",
) -> Response:
    """Answer: what was done stays in force, or it ends."""
    visit.require("objection.answer", Thing(organisation=school))
    found = filing.of_school(visit.session, school, objection)
    if found.state is not ObjectionState.FILED:
        raise ObjectionSettled
    filing.require_stranger(found, visit.actor)
    chosen = next((one for one in ANSWERS if one == said), None)
    if chosen is None:
        return _page(visit, found, text, said, {"said": NoAnswer()})
    try:
        settled = filing.answer(visit.session, found, visit.actor, chosen, text, visit.now)
    except WordsMissing as error:
        return _page(visit, found, text, said, {"text": error})
    visit.record(ANSWERS[chosen], organisation=school, learner=settled.learner, item=settled.id)
    _tell(visit, cases.services, settled)
    return RedirectResponse(f"/objections/{school}", HTTPStatus.SEE_OTHER)


def _tell(visit: Visit, services: Services, settled: Objection) -> None:
    """The learner and whoever acts for them read the answer."""
    people = {settled.learner, *(one.id for one in visit.people.guardians(settled.learner))}
    for person in sorted(people):
        services.notify(
            visit.session,
            person=person,
            organisation=settled.school,
            learner=settled.learner,
            text=TOLD.format(answer=settled.answer),
            href=f"/wallet/{settled.learner}/objections/{settled.act}",
            handed=False,
            now=visit.now,
        )


def _row(visit: Visit, one: Objection) -> dict[str, object]:
    kind = ActKind(one.act.partition("-")[0])
    return {
        "one": one,
        "learner": visit.people.learner(one.learner),
        "title": wording.done(kind, one.subject, visit.translate),
        "who": name_of(visit, one.person),
        "word": visit.translate(wording.OBJECTIONS[one.state]),
        "stops": visit.translate(wording.STOPS.get(kind, wording.STOPS_NOTHING)),
        "ends": visit.translate(wording.ENDS.get(kind, wording.ENDS_NOTHING)),
    }


def _page(
    visit: Visit, found: Objection, text: str = "", said: str = "", errors: Mapping[str, BadInput] | None = None
) -> Response:
    told = {name: error.told(visit.translate) for name, error in (errors or {}).items()}
    return visit.page(
        "wallet/objection_answer.html",
        status=HTTPStatus.BAD_REQUEST if told else HTTPStatus.OK,
        school=organisations.find(visit.session, found.school),
        row=_row(visit, found),
        open=found.state is ObjectionState.FILED,
        settled_by=name_of(visit, found.settled_by),
        text=text,
        said=said,
        errors=told,
        most=filing.LONGEST,
    )
