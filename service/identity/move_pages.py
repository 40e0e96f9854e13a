"""Moves from school to school for the secretaries: offer a learner, take one in, print the receipt."""

from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated, Any, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.store import KeyStore
from schemas.errors import N_, BadInput, ZachetkaError
from schemas.identity import BadNumber, normalise
from service.errors import status_of
from service.identity import moves
from service.identity.deps import Entering, Entrance
from service.identity.moves import MoveWaits, Offer
from service.identity.rolls.rows import day_of
from service.identity.tables import MoveState, SchoolMove
from service.identity.telling import tell_family

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=64)]
STATES = {
    MoveState.OFFERED: N_("ждёт решения новой школы"),
    MoveState.ACCEPTED: N_("принят"),
    MoveState.DECLINED: N_("новая школа не приняла"),
    MoveState.WITHDRAWN: N_("отозван"),
}
OFFERED = N_("Школа готовит перевод в другую школу: {school}. Первый день там: {day}. Значки и решения остаются у вас.")
TAKEN = N_("Ученик принят в школу: {school}. Первый день: {day}. Прежняя школа больше не видит портфолио.")
TURNED_DOWN = N_("Перевод в другую школу не состоялся: {school}.")


@router.get("/roll/{school}/moves", openapi_extra={"x-action": "roll.read"}, name="moves")
def all_moves(visit: Visiting, entrance: Entering, school: str) -> Response:
    """Whom the school gives and takes, and the form for another."""
    visit.require("roll.read", Thing(organisation=school))
    tomorrow = entrance.today(visit.now) + timedelta(days=1)
    return _page(visit, school, {"number": "", "to_school": "", "day": tomorrow.isoformat()}, {})


@router.post("/roll/{school}/moves", openapi_extra={"x-action": "roll.change"}, name="move.offer")
def offer(
    visit: Visiting, entrance: Entering, school: str, number: Text = "", to_school: Text = "", day: Text = ""
) -> Response:
    """Offer a learner to another school."""
    visit.require("roll.change", Thing(organisation=school))
    typed = {"number": number, "to_school": to_school, "day": day}
    try:
        learner = visit.people.learner_by_number(_plain(number))
        wanted = Offer(school=school, to_school=to_school, number=number, day=day_of(day, "day"))
        by, today = visit.actor.person or "", entrance.today(visit.now)
        made = moves.offer(visit.session, wanted, learner, by, visit.now, today)
    except (BadInput, MoveWaits) as error:
        return _page(visit, school, typed, {error.pointer.removeprefix("/") or "number": error})
    visit.record("move.offered", organisation=school, learner=made.learner, item=made.id)
    _tell(visit, entrance, school, made, OFFERED, made.to_school)
    return RedirectResponse(f"/roll/{school}/moves/{made.id}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/roll/{school}/moves/{move}", openapi_extra={"x-action": "roll.read"}, name="move")
def one(visit: Visiting, school: str, move: str) -> Response:
    """One move: what is to be done, or the receipt to print."""
    visit.require("roll.read", Thing(organisation=school))
    found = moves.find(visit.session, school, move)
    return _one(visit, school, found, {"number": "", "grade": found.from_grade}, {})


@router.post("/roll/{school}/moves/{move}/accept", openapi_extra={"x-action": "roll.change"}, name="move.accept")
def accept(
    request: Request,
    visit: Visiting,
    entrance: Entering,
    school: str,
    move: str,
    number: Text = "",
    grade: Annotated[str, Form(max_length=32)] = "",
) -> Response:
    """Take the learner in: the family has brought the network number."""
    visit.require("roll.change", Thing(organisation=school))
    found = moves.find(visit.session, school, move)
    if school != found.to_school:
        raise moves.MoveSettled
    learner, store = visit.people.learner(found.learner), cast("KeyStore", request.app.state.parts.store)
    wanted, by = grade.strip() or found.from_grade, visit.actor.person or ""
    try:
        moves.accept(visit.session, store, found, learner, number, wanted, by, visit.now)
    except BadInput as error:
        return _one(visit, school, found, {"number": number, "grade": grade}, {"number": error})
    visit.record("move.accepted", organisation=school, learner=found.learner, item=found.id)
    _tell(visit, entrance, school, found, TAKEN, school)
    return RedirectResponse(f"/roll/{school}/moves/{move}", status_code=HTTPStatus.SEE_OTHER)


@router.post("/roll/{school}/moves/{move}/end", openapi_extra={"x-action": "roll.change"}, name="move.end")
def turn_down(visit: Visiting, entrance: Entering, school: str, move: str) -> Response:
    """The new school declines, or the old one withdraws."""
    visit.require("roll.change", Thing(organisation=school))
    found = moves.find(visit.session, school, move)
    moves.turn_down(visit.session, found, school, visit.actor.person or "", visit.now)
    visit.record(f"move.{found.state}", organisation=school, learner=found.learner, item=found.id)
    _tell(visit, entrance, school, found, TURNED_DOWN, found.to_school)
    return RedirectResponse(f"/roll/{school}/moves/{move}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/roll/{school}/moves/{move}/receipt.json", openapi_extra={"x-action": "roll.read"}, name="move.receipt")
def receipt(visit: Visiting, school: str, move: str) -> Response:
    """The receipt as both schools have sealed it."""
    visit.require("roll.read", Thing(organisation=school))
    found = moves.find(visit.session, school, move)
    moves.receipt_of(found)
    headers = {"Content-Disposition": 'attachment; filename="receipt.json"'}
    return Response(bytes(found.receipt or b""), media_type="application/json", headers=headers)


def _page(visit: Visit, school: str, typed: Mapping[str, str], errors: Mapping[str, ZachetkaError]) -> Response:
    return visit.page(
        "identity/moves.html",
        status=_status(errors),
        school=school,
        rows=[_row(visit, school, one) for one in moves.all_of(visit.session, school)],
        others=[(one.code, one.name) for one in moves.schools(visit.session, school)],
        typed=typed,
        errors={field: error.told(visit.translate) for field, error in errors.items()},
        may_change=visit.can("roll.change", Thing(organisation=school)),
    )


def _one(
    visit: Visit, school: str, found: SchoolMove, typed: Mapping[str, str], errors: Mapping[str, ZachetkaError]
) -> Response:
    return visit.page(
        "identity/move.html",
        status=_status(errors),
        school=school,
        move=found,
        row=_row(visit, school, found),
        receipt=moves.receipt_of(found) if found.receipt is not None else None,
        dates=_dates(found),
        incoming=school == found.to_school,
        waits=found.state is MoveState.OFFERED,
        typed=typed,
        errors={field: error.told(visit.translate) for field, error in errors.items()},
        may_change=visit.can("roll.change", Thing(organisation=school)),
    )


def _row(visit: Visit, school: str, found: SchoolMove) -> dict[str, Any]:
    other = found.from_school if school == found.to_school else found.to_school
    return {
        "id": found.id,
        "name": visit.people.learner(found.learner).name,
        "other": organisations.find(visit.session, other).short_name,
        "incoming": school == found.to_school,
        "day": found.day,
        "state": visit.translate(STATES[found.state]),
    }


def _dates(found: SchoolMove) -> dict[str, date]:
    return {"last": found.day - timedelta(days=1), "first": found.day}


def _tell(visit: Visit, entrance: Entrance, school: str, found: SchoolMove, text: str, named: str) -> None:
    name = organisations.find(visit.session, named).name
    told = text.format(school=name, day=found.day.strftime("%d.%m.%Y"))
    tell_family(visit, found.learner, school, told, f"/wallet/{found.learner}", mails=entrance.mails)


def _plain(number: str) -> str:
    try:
        return normalise(number)
    except BadNumber:
        return ""


def _status(errors: Mapping[str, ZachetkaError]) -> int:
    return next((status_of(error) for error in errors.values()), HTTPStatus.OK)
