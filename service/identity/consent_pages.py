"""Consents where the school has a hand in them: whether it asks both, a text to be signed on paper, a paper that was signed."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys.actor import Actor, ActorKind, Thing
from keys.deps import Learner, Visit, Visiting
from keys.printing import Printing
from schemas.errors import N_, NotFound
from service.identity.deps import Entering
from service.identity.learner_pages import require_own
from service.identity.telling import tell_family
from wallet_web import consent
from wallet_web.pages.consents import blank
from wallet_web.pages.paper import Sheet, printed
from wallet_web.tables import Purpose

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]
RECORDED = N_("Школа записала согласие, подписанное на бумаге: «{title}». Отозвать его можно в любой момент.")


@router.post("/roll/{school}/consents", openapi_extra={"x-action": "consent.settle"}, name="consent.settle")
def settle(visit: Visiting, school: str, both: Text = "") -> Response:
    """Say whether learners from 14 on are asked besides their guardians."""
    visit.require("consent.settle", Thing(organisation=school))
    consent.settle(visit.session, school, both=both == "yes")
    visit.record("consent.rules", organisation=school, item="both" if both == "yes" else "guardian")
    return RedirectResponse(f"/roll/{school}", status_code=HTTPStatus.SEE_OTHER)


@router.get(
    "/roll/{school}/learners/{learner}/consents/{purpose}.pdf",
    openapi_extra={"x-action": "roll.change"},
    name="consent.blank",
)
def to_sign(
    visit: Visiting, printing: Printing, school: str, learner: str, purpose: Purpose, *, spell: bool = False
) -> Response:
    """The text in force, to be signed by the family."""
    found = require_own(visit, "roll.change", school, learner)
    here = f"/roll/{school}/learners/{learner}"
    sheet = Sheet(
        template="wallet/consent.typ",
        data=blank(visit, found, purpose),
        name="consent.pdf",
        back=here,
        here=f"{here}/consents/{purpose}.pdf",
    )
    return printed(visit, printing, sheet, spell=spell)


@router.post(
    "/roll/{school}/learners/{learner}/consents", openapi_extra={"x-action": "consent.record"}, name="consent.record"
)
def record(
    visit: Visiting,
    entrance: Entering,
    school: str,
    learner: str,
    purpose: Text = "",
    person: Text = "",
    paper: Text = "",
) -> Response:
    """Write down a consent that was signed on paper; the family is told."""
    found = require_own(visit, "consent.record", school, learner)
    wanted = next((one for one in Purpose if one == purpose), Purpose.SHARING)
    giver = _giver(visit, found, person)
    given = consent.record_paper(visit.session, found, giver, wanted, paper, visit.actor.person or "", visit.now)
    visit.record("consent.recorded", organisation=school, learner=learner, item=given.id)
    told = RECORDED.format(title=consent.text_agreed(given).title)
    tell_family(visit, learner, school, told, f"/wallet/{learner}/consents", mails=entrance.mails)
    return RedirectResponse(f"/roll/{school}/learners/{learner}", status_code=HTTPStatus.SEE_OTHER)


def _giver(visit: Visit, found: Learner, person: str) -> Actor:
    """Who has signed: a guardian of today, or the learner from 18 on."""
    if person in {one.id for one in visit.people.guardians(found.id)}:
        return Actor(kind=ActorKind.PERSON, person=person, wards=frozenset({found.id}))
    adult = visit.now.date() >= consent.comes_of_age(found.born)
    if person not in {"", found.id} or not adult:
        raise NotFound
    return Actor(kind=ActorKind.PERSON, person=found.id, learner=found.id, adult=True)
