"""Who stands in for whom in an organisation: the list, a new entry, an early return."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import BadInput
from service.identity import members, substitution
from service.identity.deps import Entering, Entrance
from service.identity.rolls.rows import day_of
from service.identity.substitution import Absence
from service.identity.tables import Substitution
from service.identity.wording import listed
from service.notices.post import Told, tell

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=300)]
BLANK = {"absent": "", "substitute": "", "since": "", "until": "", "basis": ""}
TOLD = "С {since} по {until} вы замещаете сотрудника: {name}. Основание: {basis}."  # notices are Russian


@router.get("/substitutions/{school}", openapi_extra={"x-action": "members.substitutes"}, name="substitutions")
def page(visit: Visiting, entrance: Entering, school: str) -> Response:
    """Who is away now and soon, and who holds their duties."""
    visit.require("members.substitutes", Thing(organisation=school))
    return _page(visit, entrance, school, BLANK, {})


@router.post("/substitutions/{school}", openapi_extra={"x-action": "members.substitute"}, name="substitution.enter")
def enter(
    visit: Visiting,
    entrance: Entering,
    school: str,
    absent: Text = "",
    substitute: Text = "",
    since: Text = "",
    until: Text = "",
    basis: Text = "",
) -> Response:
    """Enter an order by which somebody stands in; they are told."""
    visit.require("members.substitute", Thing(organisation=school))
    typed = {"absent": absent, "substitute": substitute, "since": since, "until": until, "basis": basis}
    by, today = visit.actor.person or "", entrance.today(visit.now)
    try:
        term = (day_of(since, "since"), day_of(until, "until"))
        new = Absence(absent=absent, substitute=substitute, since=term[0], until=term[1], basis=basis)
        row = substitution.enter(visit.session, school, new, by=by, now=visit.now, today=today)
    except BadInput as error:
        return _page(visit, entrance, school, typed, {error.pointer.removeprefix("/"): error.told(visit.translate)})
    visit.record("member.substituted", organisation=school, item=row.id)
    _tell(visit, entrance, row)
    return _back(school)


@router.post(
    "/substitutions/{school}/{substitution_id}/end",
    openapi_extra={"x-action": "members.substitute"},
    name="substitution.end",
)
def end(visit: Visiting, entrance: Entering, school: str, substitution_id: str) -> Response:
    """Somebody is back before the day."""
    visit.require("members.substitute", Thing(organisation=school))
    row = substitution.end(visit.session, school, substitution_id, entrance.today(visit.now))
    visit.record("member.returned", organisation=school, item=row.id)
    return _back(school)


def _tell(visit: Visit, entrance: Entrance, row: Substitution) -> None:
    name = visit.people.person(row.absent).name
    text = TOLD.format(since=f"{row.since:%d.%m.%Y}", until=f"{row.until:%d.%m.%Y}", name=name, basis=row.basis)
    told = Told(person=row.substitute, organisation=row.organisation, learner="", text=text, href="/")
    tell(visit.session, told, mails=entrance.mails, now=visit.now)


def _back(school: str) -> Response:
    return RedirectResponse(f"/substitutions/{school}", status_code=HTTPStatus.SEE_OTHER)


def _page(
    visit: Visit, entrance: Entrance, school: str, typed: Mapping[str, str], errors: Mapping[str, str]
) -> Response:
    today = entrance.today(visit.now)
    return visit.page(
        "identity/substitutions.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=organisations.find(visit.session, school),
        rows=[_row(visit, one) for one in substitution.ahead(visit.session, school, today)],
        colleagues=[(one.id, one.name) for one in members.colleagues(visit.session, school, today)],
        duties=listed(substitution.DUTIES, visit.translate),
        today=today,
        may_enter=visit.can("members.substitute", Thing(organisation=school)),
        typed=typed,
        errors=errors,
    )


def _row(visit: Visit, one: Substitution) -> dict[str, Any]:
    return {
        "row": one,
        "absent": visit.people.person(one.absent).name,
        "substitute": visit.people.person(one.substitute).name,
    }
