"""Pages for files of curricula and directories: brought, looked at, applied as they were shown; tables to fill in."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from fastapi.responses import RedirectResponse

from keys.brought import ROWS_MOST
from keys.deps import Visit, Visiting
from keys.downloads import table_file
from schemas.errors import N_, BadInput, Conflict
from schemas.spreadsheets.errors import FileNotChosen
from schemas.spreadsheets.lists import WHY, to_correct
from verifier.credit.cases import Cases
from verifier.credit.curricula import desk, exporting, shelves
from verifier.credit.curricula.admitting import CHANGE, begins, frame, require, status_of, today, told
from verifier.credit.curricula.desk import FILES, Upload
from verifier.credit.curricula.errors import PlanFileSettled
from verifier.credit.curricula.planning import Kind, Plan
from verifier.credit.curricula.tables import FileKind, PlanFile
from verifier.credit.days import next_first_day
from verifier.credit.deps import Deciding

router = APIRouter(include_in_schema=False)
CHANGES_SHOWN, FAULTS_SHOWN = 300, 100
BASE = "/credit/curricula/{school}"
BROUGHT = f"{BASE}/brought/{{file_id}}"
KINDS: Mapping[Kind, str] = {
    Kind.NEW: N_("новое"),
    Kind.CHANGED: N_("меняется"),
    Kind.SAME: N_("без изменений"),
    Kind.GONE: N_("убирается"),
}
LABELS: Mapping[str, str] = {"file": N_("Файл"), "title": N_("Название справочника")}
Text = Annotated[str, Form(max_length=300)]
_CHANGE = {"x-action": CHANGE}


@router.get(f"{BASE}/files/{{kind}}", openapi_extra=_CHANGE, name="plan_files")
def files(
    visit: Visiting, cases: Deciding, school: str, kind: FileKind, title: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """The form for a new file, and the files there have been."""
    require(visit, CHANGE, school)
    return _files(visit, cases, school, kind, {"extent": "part", "when": "now", "title": title}, None)


@router.post(f"{BASE}/files/{{kind}}", openapi_extra=_CHANGE, name="bring_plan_file")
def bring(
    visit: Visiting,
    cases: Deciding,
    school: str,
    kind: FileKind,
    title: Text = "",
    extent: Text = "",
    when: Text = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Read a file and show what it would change."""
    require(visit, CHANGE, school)
    typed = {"title": title, "extent": extent, "when": when}
    try:
        if file is None or not file.filename:
            raise FileNotChosen(pointer="/file")
        upload = Upload(
            kind=kind,
            school=school,
            file=file.file,
            name=file.filename,
            whole=extent == "whole",
            begins=begins(visit, cases, when),
            title=title,
        )
        kept = desk.keep(visit.session, upload, visit.actor.person or "", visit.now)
    except BadInput as error:
        return _files(visit, cases, school, kind, typed, error)
    return _to(kept)


@router.get(BROUGHT, openapi_extra=_CHANGE, name="plan_file")
def look(visit: Visiting, school: str, file_id: str) -> Response:
    """What the file would change, or what it has changed."""
    require(visit, CHANGE, school)
    return _file(visit, FILES.find(visit.session, school, file_id), None)


@router.post(f"{BROUGHT}/apply", openapi_extra=_CHANGE, name="apply_plan_file")
def apply(visit: Visiting, school: str, file_id: str, seen: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Write down just what was shown."""
    require(visit, CHANGE, school)
    kept = FILES.find(visit.session, school, file_id)
    try:
        with visit.session.begin_nested():
            desk.apply(visit.session, kept, seen, visit.actor.person or "", visit.now)
    except (BadInput, Conflict) as error:
        return _file(visit, kept, error)
    visit.record("credit.curriculum", organisation=school, item=kept.id)
    return _to(kept)


@router.post(f"{BROUGHT}/discard", openapi_extra=_CHANGE, name="discard_plan_file")
def discard(visit: Visiting, school: str, file_id: str) -> Response:
    """Throw a file away."""
    require(visit, CHANGE, school)
    kept = FILES.find(visit.session, school, file_id)
    FILES.discard(visit.session, kept)
    return RedirectResponse(f"/credit/curricula/{school}/files/{kept.kind}", status_code=HTTPStatus.SEE_OTHER)


@router.get(f"{BROUGHT}/faults.{{ending}}", openapi_extra=_CHANGE, name="plan_file_faults")
def faults(visit: Visiting, school: str, file_id: str, ending: str) -> Response:
    """The rows that cannot be written down and why, as a file that can be corrected and brought again."""
    require(visit, CHANGE, school)
    kept = FILES.find(visit.session, school, file_id)
    wrong = dict(_wrong(visit, kept, desk.look(visit.session, kept)))
    lines = to_correct(kept.headings, list(kept.rows), wrong, visit.translate(WHY))
    return table_file(list(lines), "faults", ending)


@router.get(f"{BASE}/samples/{{kind}}/{{which}}.{{ending}}", openapi_extra=_CHANGE, name="plan_sample")
def sample(visit: Visiting, school: str, kind: FileKind, which: Literal["blank", "example"], ending: str) -> Response:
    """A table to fill in, empty or as an example."""
    require(visit, CHANGE, school)
    lines = {"blank": exporting.blank, "example": exporting.example}[which](kind)
    return table_file(lines, f"{kind}-{which}", ending)


def _wrong(visit: Visit, kept: PlanFile, plan: Plan) -> list[tuple[int, str]]:
    names = desk.names_of(kept)
    return [(fault.row, fault.told(names, visit.translate)) for fault in plan.faults]


def _files(
    visit: Visit, cases: Cases, school: str, kind: FileKind, typed: Mapping[str, str], error: BadInput | None
) -> Response:
    return visit.page(
        "credit/plan_files.html",
        status=status_of(error),
        **frame(visit, school),
        kind=kind,
        files=desk.latest(visit.session, school, kind),
        directories=shelves.directories_of(visit.session, school),
        next_year=next_first_day(today(visit, cases)),
        typed=typed,
        **told(visit, error),
        labels={field: visit.translate(label) for field, label in LABELS.items()},
        most=ROWS_MOST,
    )


def _file(visit: Visit, kept: PlanFile, error: BadInput | Conflict | None) -> Response:
    plan = desk.look(visit.session, kept)
    other = [change for change in plan.changes if change.kind is not Kind.SAME]
    wrong = _wrong(visit, kept, plan)
    return visit.page(
        "credit/plan_file.html",
        status=status_of(error),
        **frame(visit, kept.school),
        kept=kept,
        settled=kept.applied_at is not None or isinstance(error, PlanFileSettled),
        counts={**dict.fromkeys(Kind, 0), "faulty": len(wrong), **(kept.counts or plan.counts)},
        changes=[
            (change, visit.translate(KINDS[change.kind]), [note.words(visit.translate) for note in change.notes])
            for change in other[:CHANGES_SHOWN]
        ],
        changed=len(other),
        faults=wrong[:FAULTS_SHOWN],
        faulty=len(wrong),
        seen=plan.digest,
        **told(visit, error),
        entered_by=visit.people.person(kept.entered_by).name,
    )


def _to(kept: PlanFile) -> Response:
    return RedirectResponse(f"/credit/curricula/{kept.school}/brought/{kept.id}", status_code=HTTPStatus.SEE_OTHER)
