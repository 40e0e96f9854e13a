"""The page of one section of a component: its number, title and hours, and the outcomes that belong to it."""

from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from keys.deps import Visit, Visiting
from schemas.errors import N_, BadInput, Conflict
from verifier.credit.cases import Cases
from verifier.credit.curricula import rows, sections, versions
from verifier.credit.curricula.admitting import CHANGE, begins, frame, require, status_of, texts, today, told
from verifier.credit.curricula.sections import OUTCOMES
from verifier.credit.curricula.shelves import described, find_component
from verifier.credit.days import next_first_day
from verifier.credit.deps import Deciding, Typed
from verifier.credit.filled import Filled
from verifier.credit.tables import PlanComponent

router = APIRouter(include_in_schema=False)
SECTIONS = "/credit/curricula/{school}/components/{component_id}/sections"
FIELDS = (rows.SECTION, rows.SECTION_TITLE, rows.SECTION_HOURS)
LABELS: Mapping[str, str] = {
    **{field: rows.HEADINGS[field] for field in FIELDS},
    OUTCOMES: N_("Результаты этого раздела"),
}
Code = Annotated[str, Query(max_length=64)]
_CHANGE = {"x-action": CHANGE}


@router.get(SECTIONS, openapi_extra=_CHANGE, name="section")
def section(visit: Visiting, cases: Deciding, school: str, component_id: str, section: Code = "") -> Response:
    """The form of a new section; with `section` the form to change that one."""
    require(visit, CHANGE, school)
    row = find_component(visit.session, school, component_id)
    there = versions.to_change(visit.session, row)
    if not section:
        return _page(visit, cases, row, "", {}, (), None)
    found = sections.section_in(there.plan, section)
    said = dict(zip(FIELDS, (found.part.code, found.part.title, str(found.part.hours)), strict=True))
    return _page(visit, cases, row, section, said, found.outcomes, None)


@router.post(SECTIONS, openapi_extra=_CHANGE, name="change_section")
def change(visit: Visiting, cases: Deciding, school: str, component_id: str, typed: Typed) -> Response:
    """Add a section, change one, or have it no more."""
    require(visit, CHANGE, school)
    row = find_component(visit.session, school, component_id)
    form, chosen = texts(typed), Filled(typed, LABELS).many(OUTCOMES)
    was, day = form.get("was", ""), begins(visit, cases, form.get("when", ""))
    try:
        if form.get("act") == "remove":
            sections.remove(visit.session, row, was, day)
        else:
            sections.put(visit.session, row, sections.section_of(form, chosen), was, day)
    except (BadInput, Conflict) as error:
        return _page(visit, cases, row, was, form, chosen, error)
    visit.record("credit.curriculum", organisation=school, item=row.id)
    return RedirectResponse(f"/credit/curricula/{school}/components/{row.id}", status_code=HTTPStatus.SEE_OTHER)


def _page(
    visit: Visit,
    cases: Cases,
    row: PlanComponent,
    was: str,
    form: Mapping[str, str],
    chosen: Collection[str],
    error: BadInput | Conflict | None,
) -> Response:
    plan = described(visit.session, row).content.plan
    taken = sum(part.hours for part in plan.parts if part.code != was)
    return visit.page(
        "credit/section.html",
        status=status_of(error),
        **frame(visit, row.school),
        row=row,
        plan=plan,
        was=was,
        left=plan.hours - taken,
        form=form,
        chosen=chosen,
        when=form.get("when", ""),
        next_year=next_first_day(today(visit, cases)),
        **told(visit, error),
        labels={field: visit.translate(label) for field, label in LABELS.items()},
    )
