"""The school's roll for those who keep it: classes, one learner, lists that are looked at before they are applied."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.actor import Thing
from keys.brought import ROWS_MOST
from keys.deps import Learner, Visit, Visiting
from keys.downloads import table_file
from schemas.errors import BadInput, Conflict, ZachetkaError
from schemas.spreadsheets.errors import FileNotChosen
from service.identity.deps import Entering
from service.identity.rolls import desk, shown
from service.identity.rolls.desk import LISTS, Upload
from service.identity.rolls.errors import RollListSettled
from service.identity.rolls.planning import Kind
from service.identity.rolls.rows import HEADINGS, day_of
from service.identity.tables import RollList
from wallet_web import consent

router = APIRouter(include_in_schema=False)

PER_PAGE = 100
CHANGES_SHOWN = 500
FAULTS_SHOWN = 100
Page = Annotated[int, Query(ge=1, le=10_000)]
Grade = Annotated[str, Query(max_length=32)]
Query_ = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=64)]


@router.get("/roll/{school}", openapi_extra={"x-action": "roll.read"}, name="roll")
def learners(visit: Visiting, school: str, grade: Grade = "", page: Page = 1) -> Response:
    """The classes of the school, and the learners of one class or of all."""
    visit.require("roll.read", Thing(organisation=school))
    everybody = visit.people.roster(school)
    return _roll(visit, school, everybody, [one for one in everybody if grade in {"", one.grade}], grade, page)


@router.post("/roll/{school}", openapi_extra={"x-action": "roll.read"}, name="roll.search")
def search(visit: Visiting, school: str, q: Query_ = "") -> Response:
    """Learners by name or number; what was looked for is in no address."""
    visit.require("roll.read", Thing(organisation=school))
    everybody = visit.people.roster(school)
    return _roll(visit, school, everybody, list(shown.found_by(everybody, q)), "", 1, q=q)


@router.get("/roll/{school}/lists", openapi_extra={"x-action": "roll.change"}, name="roll.lists")
def lists(visit: Visiting, entrance: Entering, school: str) -> Response:
    """The form for a new list, and the lists there have been."""
    visit.require("roll.change", Thing(organisation=school))
    return _lists(visit, school, {"day": entrance.today(visit.now).isoformat(), "extent": "part"}, {})


@router.post("/roll/{school}/lists", openapi_extra={"x-action": "roll.change"}, name="roll.enter")
def enter(
    visit: Visiting,
    entrance: Entering,
    school: str,
    day: Text = "",
    extent: Text = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Read a file and show what it would change."""
    visit.require("roll.change", Thing(organisation=school))
    typed = {"day": day, "extent": extent}
    try:
        upload = _upload(school, day, extent, file)
        kept = desk.keep(visit.session, upload, visit.actor.person or "", visit.now, entrance.today(visit.now))
    except BadInput as error:
        return _lists(visit, school, typed, {"day" if error.pointer == "/day" else "file": error})
    return RedirectResponse(f"/roll/{school}/lists/{kept.id}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/roll/{school}/lists/{list_id}", openapi_extra={"x-action": "roll.change"}, name="roll.list")
def look(visit: Visiting, school: str, list_id: str) -> Response:
    """What the list would change, or what it has changed."""
    visit.require("roll.change", Thing(organisation=school))
    return _list(visit, LISTS.find(visit.session, school, list_id), None)


@router.post("/roll/{school}/lists/{list_id}/apply", openapi_extra={"x-action": "roll.change"}, name="roll.apply")
def apply(visit: Visiting, entrance: Entering, school: str, list_id: str, seen: Text = "") -> Response:
    """Write down just what was shown."""
    visit.require("roll.change", Thing(organisation=school))
    kept = LISTS.find(visit.session, school, list_id)
    try:
        desk.apply(visit.session, kept, seen, visit.actor.person or "", visit.now, entrance.entropy)
    except Conflict as error:
        return _list(visit, kept, error)
    visit.record("roll.changed", organisation=school, item=kept.id)
    return RedirectResponse(f"/roll/{school}/lists/{kept.id}", status_code=HTTPStatus.SEE_OTHER)


@router.post("/roll/{school}/lists/{list_id}/discard", openapi_extra={"x-action": "roll.change"}, name="roll.discard")
def discard(visit: Visiting, school: str, list_id: str) -> Response:
    """Throw a list away."""
    visit.require("roll.change", Thing(organisation=school))
    LISTS.discard(visit.session, LISTS.find(visit.session, school, list_id))
    return RedirectResponse(f"/roll/{school}/lists", status_code=HTTPStatus.SEE_OTHER)


@router.get(
    "/roll/{school}/lists/{list_id}/faults.{ending}", openapi_extra={"x-action": "roll.change"}, name="roll.faults"
)
def faults(visit: Visiting, school: str, list_id: str, ending: str) -> Response:
    """The rows that cannot be written down and why, as a file that can be corrected and brought again."""
    visit.require("roll.change", Thing(organisation=school))
    kept = LISTS.find(visit.session, school, list_id)
    rows = list(shown.faulty_rows(kept, desk.look(visit.session, kept), visit.translate))
    return table_file(rows, "faults", ending)


@router.get("/roll/{school}/sample.{ending}", openapi_extra={"x-action": "roll.change"}, name="roll.sample")
def sample(visit: Visiting, school: str, ending: str) -> Response:
    """A list to fill in."""
    visit.require("roll.change", Thing(organisation=school))
    return table_file(shown.sample(), "sample", ending)


def _upload(school: str, day: str, extent: str, file: UploadFile | None) -> Upload:
    counts_from = _day(day)
    if file is None or not file.filename:
        raise FileNotChosen
    return Upload(school=school, file=file.file, name=file.filename, whole=extent == "whole", day=counts_from)


def _day(text: str) -> date:
    return day_of(text, "day")


def _roll(
    visit: Visit, school: str, everybody: list[Learner], found: list[Learner], grade: str, page: int, *, q: str = ""
) -> Response:
    pages = max(1, -(-len(found) // PER_PAGE))
    return visit.page(
        "identity/roll.html",
        school=school,
        name=organisations.find(visit.session, school).name,
        classes=shown.classes(everybody),
        total=len(everybody),
        grade=grade,
        q=q,
        found=found[(page - 1) * PER_PAGE : page * PER_PAGE],
        count=len(found),
        here=min(page, pages),
        last=pages,
        may_change=visit.can("roll.change", Thing(organisation=school)),
        may_settle=visit.can("consent.settle", Thing(organisation=school)),
        both=consent.school_asks_both(visit.session, school),
    )


def _lists(visit: Visit, school: str, typed: Mapping[str, str], errors: Mapping[str, ZachetkaError]) -> Response:
    return visit.page(
        "identity/roll_lists.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=school,
        name=organisations.find(visit.session, school).name,
        lists=LISTS.latest(visit.session, school),
        typed=typed,
        errors={field: error.told(visit.translate) for field, error in errors.items()},
        most=ROWS_MOST,
    )


def _list(visit: Visit, kept: RollList, error: Conflict | None) -> Response:
    plan = desk.look(visit.session, kept)
    told = [change for change in plan.changes if change.kind is not Kind.STAYS or change.corrected]
    return visit.page(
        "identity/roll_list.html",
        status=HTTPStatus.CONFLICT if error is not None else HTTPStatus.OK,
        kept=kept,
        school=kept.school,
        settled=kept.applied_at is not None or isinstance(error, RollListSettled),
        counts=kept.counts or plan.counts,
        changes=[(change, visit.translate(shown.KINDS[change.kind])) for change in told[:CHANGES_SHOWN]],
        changed=len(told),
        faults=[(fault.row, fault.told(HEADINGS, visit.translate)) for fault in plan.faults[:FAULTS_SHOWN]],
        faulty=len(plan.faults),
        seen=plan.digest,
        error=error.told(visit.translate) if error is not None else "",
        entered_by=visit.people.person(kept.entered_by).name,
    )
