"""The register of decisions: to look through, and as a file. Every name that is seen is noted in the journal."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Response

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.downloads import table_file
from verifier.credit import listing, wording
from verifier.credit.admission import note_reading
from verifier.credit.listing import Asked

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Form(max_length=200)]
Number = Annotated[int, Form(ge=1, le=100_000)]


@router.get("/credit/register/{school}", openapi_extra={"x-action": "credit.decisions"}, name="credit_decisions")
def register_page(visit: Visiting, school: str) -> Response:
    """The newest decisions of a school."""
    return _page(visit, school, Asked())


@router.post("/credit/register/{school}", openapi_extra={"x-action": "credit.decisions"}, name="credit_register_search")
def search(
    visit: Visiting,
    school: str,
    q: Word = "",
    year: Word = "",
    extent: Word = "",
    force: Word = "",
    page: Number = 1,
) -> Response:
    """Those that fit; sent as a form, so that no name of a learner stays in an address (DOMAIN §4)."""
    return _page(visit, school, Asked(query=q, year=year, extent=extent, force=force, page=page))


@router.post("/credit/register/{school}/export", openapi_extra={"x-action": "credit.decisions"}, name="credit_export")
def export(
    visit: Visiting,
    school: str,
    form: Annotated[Literal["csv", "xlsx"], Form()],
    q: Word = "",
    year: Word = "",
    extent: Word = "",
    force: Word = "",
) -> Response:
    """All that fit, as a file in which no cell is a formula."""
    _require(visit, school)
    found = listing.everything(
        visit.session, visit.people, school, Asked(query=q, year=year, extent=extent, force=force)
    )
    for learner in dict.fromkeys(entry.decision.learner for entry in found):
        note_reading(visit, school, learner, "register")
    visit.record("credit.exported", organisation=school, item=form)
    rows = [listing.cells(entry) for entry in found]
    return table_file([listing.COLUMNS, *rows], "register", form)


def _require(visit: Visit, school: str) -> None:
    visit.require("credit.desk")
    visit.require("credit.decisions", Thing(organisation=school))


def _page(visit: Visit, school: str, asked: Asked) -> Response:
    _require(visit, school)
    found = listing.look(visit.session, visit.people, school, asked)
    for entry in found.entries:
        note_reading(visit, school, entry.decision.learner, entry.decision.case)
    return visit.page(
        "credit/register.html",
        school=organisations.find(visit.session, school),
        asked=asked,
        found=found,
        years=[(year, year) for year in listing.years_of(visit.session, school)],
        extents=[(str(extent), visit.translate(text)) for extent, text in wording.DECIDED.items()],
        forces=[(force, visit.translate(text)) for force, text in listing.FORCE.items()],
        decided=wording.DECIDED,
        result_of=listing.result_of,
    )
