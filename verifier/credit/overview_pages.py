"""Pages that show many cases at once: a school class by class, and states and dates for the personalisation centre."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from keys import organisations
from keys.actor import Thing
from keys.deps import Visiting
from verifier.credit import overview
from verifier.credit.admission import note_reading
from verifier.credit.deps import Deciding
from verifier.credit.wording import DECIDED, SHORT

router = APIRouter(include_in_schema=False)
Grade = Annotated[str, Query(max_length=32)]
Page = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/credit/classes/{school}", openapi_extra={"x-action": "credit.office"}, name="credit_classes")
def classes_page(visit: Visiting, cases: Deciding, school: str, grade: Grade = "") -> Response:
    """How the whole school stands, class by class; with `grade` the cases of one class under it."""
    visit.require("credit.desk")
    visit.require("credit.office", Thing(organisation=school))
    today = visit.now.astimezone(cases.services.zone).date()
    shown = overview.of_class(visit.session, visit.actor, visit.people, school, grade, today) if grade else []
    for entry in shown:
        note_reading(visit, school, entry.case.learner, entry.case.id)
    return visit.page(
        "credit/classes.html",
        school=organisations.find(visit.session, school),
        rows=overview.by_class(visit.session, visit.people, school, today),
        grade=grade,
        entries=shown,
        short=SHORT,
        decided=DECIDED,
    )


@router.get("/credit/dates/{organisation}", openapi_extra={"x-action": "credit.dates"}, name="credit_dates")
def dates_page(visit: Visiting, organisation: str, page: Page = 1) -> Response:
    """For whoever makes the timetables of the network: where each case stands and by when it moves on, and nothing else of it."""
    visit.require("credit.desk")
    visit.require("credit.dates", Thing(organisation=organisation))
    found = overview.dates(visit.session, visit.people, page=page)
    schools = {row.case.school for row in found.rows}
    for row in found.rows:
        note_reading(visit, row.case.school, row.case.learner, row.case.id)
    return visit.page(
        "credit/dates.html",
        centre=organisations.find(visit.session, organisation),
        found=found,
        names={school: organisations.find(visit.session, school).name for school in schools},
        short=SHORT,
    )
