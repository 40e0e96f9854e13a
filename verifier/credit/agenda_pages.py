"""What is before the commission as a page: to prepare from, and to print; a meeting's own agenda is `meetings`' affair."""

from fastapi import APIRouter, Response

from keys import organisations
from keys.actor import Thing
from keys.deps import Visiting
from verifier.credit import agenda
from verifier.credit.admission import note_reading
from verifier.credit.deps import Deciding

router = APIRouter(include_in_schema=False)


@router.get("/credit/agenda/{school}", openapi_extra={"x-action": "credit.agenda"}, name="credit_agenda")
def agenda_page(visit: Visiting, cases: Deciding, school: str) -> Response:
    """What is before the commission today, grouped, with the vote and the conflicts of each member."""
    visit.require("credit.desk")
    visit.require("credit.agenda", Thing(organisation=school))
    found = agenda.before_commission(visit.session, school)
    works = [cases.look(visit.session, visit.actor, case.id, visit.now) for case in found]
    for work in works:
        note_reading(visit, school, work.case.learner, work.case.id)
    today = visit.now.astimezone(cases.services.zone).date()
    return visit.page(
        "credit/agenda.html",
        school=organisations.find(visit.session, school),
        today=today,
        groups=agenda.grouped(works),
        seats=agenda.SEATS,
        proposal=lambda work: work.proposed.paragraph.words(visit.translate),
        may_conclude=visit.can("credit.conclude", Thing(organisation=school)),
    )
