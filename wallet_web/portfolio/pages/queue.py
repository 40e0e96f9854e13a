"""The class teacher's and the tutor's queue: what waits for me, is it so, confirm it or say what to put right."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys.actor import Thing
from keys.deps import Learner, Person, Visit, Visiting
from schemas.errors import BadInput
from wallet_web.pages.book import name_of
from wallet_web.portfolio import declared as records
from wallet_web.portfolio import goals, views, wording, words
from wallet_web.portfolio.deps import Confirming
from wallet_web.portfolio.errors import NoDecision, NoReason
from wallet_web.portfolio.messages import DecisionForm, typed_of
from wallet_web.portfolio.showing import given_out, line, shown
from wallet_web.portfolio.tables import Declared, State

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400
PLACE = "/portfolio/queue"
ONE = PLACE + "/{declared}"


@router.get(PLACE, openapi_extra={"x-action": "portfolio.queue"}, name="portfolio.queue")
def queue(visit: Visiting) -> Response:
    """What lies before the visitor, the oldest first."""
    visit.require("portfolio.queue")
    waiting = records.waiting_for(visit.session, visit.actor.tutees)
    rows = [(visit.people.learner(one.learner), line(visit, one, said)) for one, said in waiting]
    return visit.page("portfolio/queue.html", rows=rows, goals=_who_shows(visit), accompanies=bool(visit.actor.tutees))


@router.get(ONE, openapi_extra={"x-action": "portfolio.look"}, name="portfolio.look")
def look(declared: str, visit: Visiting) -> Response:
    """One record as the family has put it before the school."""
    found, learner = _found(visit, "portfolio.look", declared)
    _note(visit, found)
    typed = DecisionForm(**typed_of(words.latest(visit.session, found.id)))
    return _page(visit, found, learner, typed, {})


@router.post(ONE, openapi_extra={"x-action": "portfolio.confirm"}, name="portfolio.decide")
def decide(declared: str, visit: Visiting, attesting: Confirming, typed: Annotated[DecisionForm, Form()]) -> Response:
    """Confirm it, in words that the teacher may have put right, or send it back."""
    found, learner = _found(visit, "portfolio.confirm", declared, lock=True)
    wrong = _faults(visit, learner, typed)
    if wrong:
        return _page(visit, found, learner, typed, wrong)
    number, now, by = typed.version(), visit.now, visit.actor
    try:
        with visit.session.begin_nested():
            if typed.act == "confirm":
                attesting.confirm(visit.session, found, learner, by, now, number=number, said=typed.words())
            else:
                attesting.send_back(visit.session, found, by, typed.reason, now, number=number)
    except BadInput as error:
        return _page(visit, found, learner, typed, {_field(error): error.told(visit.translate)})
    attesting.tell(visit.session, found, [Person(learner.id, learner.name), *visit.people.guardians(learner.id)], now)
    visit.record(f"declared.{found.state}", organisation=found.school, learner=learner.id, item=found.id)
    return RedirectResponse(PLACE, status_code=303)


@router.get(ONE + "/files/{file}", openapi_extra={"x-action": "portfolio.look"}, name="portfolio.look.file")
def read_file(declared: str, file: str, visit: Visiting) -> Response:
    """A file that the family has put to the record."""
    found, _ = _found(visit, "portfolio.look", declared)
    _note(visit, found)
    return given_out(records.find_file(visit.session, found, file))


def _found(visit: Visit, action: str, declared: str, *, lock: bool = False) -> tuple[Declared, Learner]:
    """A record and its learner, for those who accompany them."""
    visit.require("portfolio.queue")
    found = records.find_for_teachers(visit.session, declared, lock=lock)
    visit.require(action, Thing(learner=found.learner))
    return found, visit.people.learner(found.learner)


def _who_shows(visit: Visit) -> list[Learner]:
    """Learners of the visitor who show them a goal, by name."""
    shown = map(visit.people.learner, goals.shown_by(visit.session, visit.actor.tutees))
    return sorted(shown, key=lambda learner: learner.name)


def _note(visit: Visit, found: Declared) -> None:
    views.note(visit.session, found.learner, visit.actor.person or "", visit.now, found.id)
    visit.record("declared.viewed", organisation=found.school, learner=found.learner, item=found.id)


def _faults(visit: Visit, learner: Learner, typed: DecisionForm) -> dict[str, str]:
    if typed.act == "return":
        return {}
    if typed.act != "confirm":
        return {"act": visit.translate(NoDecision.sentence)}
    wrong = typed.faults() or words.faults(typed.words(), learner.born, visit.now.date())
    return {name: error.told(visit.translate) for name, error in wrong.items()}


def _page(visit: Visit, found: Declared, learner: Learner, typed: DecisionForm, errors: Mapping[str, str]) -> Response:
    said = words.versions(visit.session, found.id)
    return visit.page(
        "portfolio/queue_one.html",
        status=BAD if errors else OK,
        learner=learner,
        one=found,
        row=line(visit, found, said[-1]),
        own_words=shown(visit, words.own(said)) if said[-1].staff else None,
        files=records.files_of(visit.session, found.id),
        waits=found.state is State.ASKED,
        decided_by=name_of(visit, found.decided_by or ""),
        scales=wording.scale_options(visit.translate),
        typed=typed,
        errors=errors,
    )


def _field(error: BadInput) -> str:
    """Beside which field an error stands; the issuer points at the statement that it minds."""
    if isinstance(error, NoReason):
        return "reason"
    return "act"
