"""Pages of a school's curricula: the components, one of them with what it asks for, changes by hand; the others are joined here."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.downloads import table_file
from schemas.errors import BadInput, Conflict
from verifier.credit.cases import Cases
from verifier.credit.curricula import (
    admitting,
    class_pages,
    describing,
    directory_pages,
    editing,
    exporting,
    file_pages,
    giving_pages,
    section_pages,
    versions,
)
from verifier.credit.curricula import rows as words
from verifier.credit.curricula.admitting import CHANGE, READ, answers, begins, frame, require, texts, today, told
from verifier.credit.curricula.describing import Describes, Describing
from verifier.credit.curricula.errors import ComponentUnknown
from verifier.credit.curricula.shelves import components_of, described, find_component, grade_order
from verifier.credit.days import next_first_day
from verifier.credit.deps import Deciding, Typed
from verifier.credit.matching import Planned
from verifier.credit.tables import PlanComponent

router = APIRouter(include_in_schema=False)
for part in (file_pages, directory_pages, giving_pages, section_pages, class_pages):
    router.include_router(part.router)
PER_PAGE = 50
BASE = "/credit/curricula/{school}"
COMPONENT = f"{BASE}/components/{{component_id}}"
Text = Annotated[str, Query(max_length=64)]
Edition = Annotated[int, Query(ge=0, le=10_000)]
Page = Annotated[int, Query(ge=1, le=10_000)]
_READ, _CHANGE = {"x-action": READ}, {"x-action": CHANGE}


@router.get(BASE, openapi_extra=_READ, name="curricula")
def curricula(visit: Visiting, school: str, grade: Text = "", page: Page = 1) -> Response:
    """The components of a school, of all classes or one."""
    require(visit, READ, school)
    return _list(visit, school, grade, page, {}, None)


@router.get(f"{BASE}/table.{{ending}}", openapi_extra=_READ, name="curricula_table")
def table(visit: Visiting, school: str, ending: str) -> Response:
    """The components in use as a file that can be changed and brought again."""
    require(visit, READ, school)
    there = [one for one in components_of(visit.session, school) if not one.retired]
    return table_file(exporting.curriculum(there), "curriculum", ending)


@router.post(f"{BASE}/components", openapi_extra=_CHANGE, name="add_component")
def add(visit: Visiting, school: str, typed: Typed) -> Response:
    """Enter a component with its first outcome."""
    require(visit, CHANGE, school)
    form = texts(typed)
    try:
        added = editing.add(visit.session, school, answers(form, words.REQUIRED, words.ASSESSABLE))
    except BadInput as error:
        return _list(visit, school, "", 1, form, error)
    visit.record("credit.curriculum", organisation=school, item=added.id)
    return _to(added)


@router.get(COMPONENT, openapi_extra=_READ, name="component")
def component(
    visit: Visiting,
    cases: Deciding,
    issuer: Describing,
    school: str,
    component_id: str,
    outcome: Text = "",
    edition: Edition = 0,
) -> Response:
    """What a component asks for now and since when; with `outcome` the form to change that one, with `edition` its badges."""
    require(visit, READ, school)
    row = find_component(visit.session, school, component_id)
    return _one(visit, cases, issuer, row, outcome, {}, None, edition)


@router.post(COMPONENT, openapi_extra=_CHANGE, name="change_component")
def change(
    visit: Visiting, cases: Deciding, issuer: Describing, school: str, component_id: str, typed: Typed
) -> Response:
    """Change title, class, hours, part of the curriculum."""
    require(visit, CHANGE, school)
    row = find_component(visit.session, school, component_id)
    form = texts(typed)
    try:
        versions.require_in_use(row)
        editing.change(visit.session, row, editing.facts_of(form), begins(visit, cases, form.get("begins", "")))
    except (BadInput, Conflict) as error:
        return _one(visit, cases, issuer, row, "", form, error)
    visit.record("credit.curriculum", organisation=school, item=row.id)
    return _to(row)


@router.post(f"{COMPONENT}/outcomes", openapi_extra=_CHANGE, name="change_outcome")
def change_outcome(
    visit: Visiting, cases: Deciding, issuer: Describing, school: str, component_id: str, typed: Typed
) -> Response:
    """Add an outcome, change or retire one."""
    require(visit, CHANGE, school)
    row = find_component(visit.session, school, component_id)
    form = texts(typed)
    was, day = form.get("was", ""), begins(visit, cases, form.get("when", ""))
    try:
        versions.require_in_use(row)
        if form.get("act") == "retire":
            editing.retire_outcome(visit.session, row, was, day)
        else:
            editing.put(visit.session, row, answers(form, words.REQUIRED, words.ASSESSABLE), was, day)
    except (BadInput, Conflict) as error:
        return _one(visit, cases, issuer, row, was, form, error)
    visit.record("credit.curriculum", organisation=school, item=row.id)
    return _to(row)


@router.post(f"{COMPONENT}/retire", openapi_extra=_CHANGE, name="retire_component")
def retire(
    visit: Visiting, cases: Deciding, school: str, component_id: str, act: Annotated[str, Form(max_length=16)] = ""
) -> Response:
    """Take a component out of the curriculum, or put it into it again."""
    require(visit, CHANGE, school)
    row = find_component(visit.session, school, component_id)
    if act == "return":
        editing.bring_back(visit.session, row)
    else:
        editing.retire(visit.session, row, today(visit, cases))
    visit.record("credit.curriculum", organisation=school, item=row.id)
    return _to(row)


@router.post(f"{COMPONENT}/badges", openapi_extra=_CHANGE, name="describe_recognition")
def describe(
    visit: Visiting,
    cases: Deciding,
    issuer: Describing,
    school: str,
    component_id: str,
    edition: Annotated[int, Form(ge=0, le=10_000)] = 0,
) -> Response:
    """Draft in the school's catalogue what confirms a credit of the component, by its newest edition or the one asked for."""
    require(visit, CHANGE, school)
    row = find_component(visit.session, school, component_id)
    wanted = versions.numbered(visit.session, row.id, edition)
    try:
        describing.describe(visit.session, wanted, issuer, visit.actor, visit.now)
    except (BadInput, Conflict) as error:
        return _one(visit, cases, issuer, row, "", {}, error, edition)
    visit.record("credit.curriculum", organisation=school, item=row.id)
    return _to(row, f"?edition={edition}#badge" if edition else "")


def _list(
    visit: Visit, school: str, grade: str, page: int, form: Mapping[str, str], error: BadInput | None
) -> Response:
    everything = components_of(visit.session, school)
    found = [one for one in everything if grade in {"", one.grade}]
    last = max(1, -(-len(found) // PER_PAGE))
    here = min(page, last)
    return visit.page(
        "credit/curricula.html",
        status=admitting.status_of(error),
        **frame(visit, school),
        grade=grade,
        grades=sorted({one.grade for one in everything if one.grade}, key=grade_order),
        total=len(everything),
        unclassed=sum(not one.grade and not one.retired for one in everything),
        found=found[(here - 1) * PER_PAGE : here * PER_PAGE],
        count=len(found),
        here=here,
        last=last,
        form=form or {words.LEVEL: "2", words.ASSESSABLE: "yes"},
        **told(visit, error),
        labels=_labels(visit),
    )


def _one(
    visit: Visit,
    cases: Cases,
    issuer: Describes,
    row: PlanComponent,
    outcome: str,
    form: Mapping[str, str],
    error: BadInput | Conflict | None,
    edition: int = 0,
) -> Response:
    there = described(visit.session, row)
    chosen = next((one for one in there.content.plan.outcomes if one.code == outcome), None)
    if outcome and chosen is None and error is None:
        raise ComponentUnknown
    of_outcome = "was" in form or words.OUTCOME in form
    history = versions.versions_of(visit.session, row.id)
    of_badges = versions.numbered(visit.session, row.id, edition)
    badges = describing.badges_of(visit.session, of_badges, issuer)
    return visit.page(
        "credit/component.html",
        status=admitting.status_of(error),
        **frame(visit, row.school),
        row=row,
        component=there,
        history=history,
        older=of_badges if of_badges.version != history[0].version else None,
        chosen=chosen,
        badges=[(one, visit.translate(describing.WORDS[one.standing])) for one in badges],
        may_publish=visit.can("catalogue.read", Thing(organisation=row.school)),
        form=form if of_outcome else _outcome_form(chosen),
        facts=form if form and not of_outcome else _facts_form(row, there.content.plan.hours),
        of_outcome=of_outcome,
        next_year=next_first_day(today(visit, cases)),
        **told(visit, error),
        labels=_labels(visit),
        when=form.get("when") or form.get("begins", ""),
    )


def _facts_form(row: PlanComponent, hours: int) -> dict[str, Any]:
    return {words.TITLE: row.title, words.GRADE: row.grade, words.AREA: str(row.area), words.HOURS: hours}


def _outcome_form(outcome: Planned | None) -> dict[str, str]:
    """An outcome as its form shows it; a new one is required and can be assessed."""
    if outcome is None:
        return {words.LEVEL: "2", words.REQUIRED: "yes", words.ASSESSABLE: "yes"}
    boxes = {words.REQUIRED: outcome.required, words.ASSESSABLE: outcome.assessable}
    return {
        words.OUTCOME: outcome.code,
        words.TEXT: outcome.name,
        words.KIND: str(outcome.kind),
        words.LEVEL: str(outcome.level),
        words.SECTION: outcome.part or "",
        words.URL: outcome.url,
        **{name: "yes" for name, ticked in boxes.items() if ticked},
    }


def _labels(visit: Visit) -> dict[str, str]:
    return {field: visit.translate(name) for field, name in words.HEADINGS.items()}


def _to(row: PlanComponent, place: str = "") -> Response:
    return RedirectResponse(f"/credit/curricula/{row.school}/components/{row.id}{place}", status_code=303)
