"""What all pages of curricula ask and show: whether the visitor may be here, which school it is, from which day a change counts."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit
from schemas.errors import BadInput, Conflict, ZachetkaError
from verifier.credit.cases import Cases
from verifier.credit.curricula.cells import AREAS, KINDS, NO, YES
from verifier.credit.days import next_first_day
from verifier.credit.filled import Value
from verifier.credit.matching import LEVELS

READ, CHANGE, GIVE = "credit.curricula", "credit.curriculum", "credit.give"
NEXT = "next"


def require(visit: Visit, action: str, school: str) -> None:
    """Let in whoever may do `action` in this school."""
    visit.require("credit.desk")
    visit.require(action, Thing(organisation=school))


def today(visit: Visit, cases: Cases) -> date:
    """The day it is in this installation."""
    return visit.now.astimezone(cases.services.zone).date()


def begins(visit: Visit, cases: Cases, when: str) -> date:
    """From which day a change counts: today, or the first day of the next school year."""
    day = today(visit, cases)
    return next_first_day(day) if when == NEXT else day


def texts(typed: Mapping[str, Value]) -> dict[str, str]:
    """The texts of a form, fields that were left empty left out."""
    return {name: value for name, value in typed.items() if isinstance(value, str) and value.strip()}


def answers(form: Mapping[str, str], *boxes: str) -> dict[str, str]:
    """A form in which boxes that were not ticked say no."""
    return {**form, **{box: YES if box in form else NO for box in boxes}}


def told(visit: Visit, error: ZachetkaError | None) -> dict[str, Any]:
    """What is wrong: `errors` by field, or as `told` of the whole page."""
    if error is None:
        return {"errors": {}, "told": ""}
    sentence, field = error.told(visit.translate), error.pointer.removeprefix("/")
    return {"errors": {field: sentence} if field else {}, "told": "" if field else sentence}


def status_of(error: BadInput | Conflict | None) -> HTTPStatus:
    """How a page with that error answers."""
    if error is None:
        return HTTPStatus.OK
    return HTTPStatus.CONFLICT if isinstance(error, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY


def frame(visit: Visit, school: str) -> dict[str, Any]:
    """What every page of a school's curricula needs."""
    here = Thing(organisation=school)
    return {
        "school": organisations.find(visit.session, school),
        "base": f"/credit/curricula/{school}",
        "may_change": visit.can(CHANGE, here),
        "may_give": visit.can(GIVE, here),
        "areas": [(str(area), visit.translate(name)) for area, name in AREAS.items()],
        "kinds": [(str(kind), visit.translate(name)) for kind, name in KINDS.items()],
        "levels": [(str(level), visit.translate(name)) for level, name in LEVELS.items()],
        "area_names": AREAS,
        "kind_names": KINDS,
        "level_names": LEVELS,
    }
