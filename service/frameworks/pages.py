"""The operator's pages of catalogues: what is published, a file that is brought, looked at and published as it was shown."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import RedirectResponse

from keys.actor import Thing
from keys.brought import ROWS_MOST
from keys.deps import Visit, Visiting
from keys.downloads import table_file
from schemas.errors import N_, BadInput, Conflict
from schemas.spreadsheets.errors import FileNotChosen
from schemas.spreadsheets.lists import WHY, to_correct
from service.frameworks import desk, planning
from service.frameworks.desk import FILES, Upload
from service.frameworks.errors import CatalogueFileSettled
from service.frameworks.tables import FrameworkFile
from service.joining import Joining
from service.keys_page import PartsHere
from service.parts import Parts
from verifier.credit.curricula import entries, exporting
from verifier.credit.curricula.file_pages import CHANGES_SHOWN, FAULTS_SHOWN, KINDS
from verifier.credit.curricula.planning import Kind, Plan

router = APIRouter(include_in_schema=False)
BASE = "/network/frameworks"
BROUGHT = f"{BASE}/files/{{file_id}}"
LABELS: Mapping[str, str] = {
    "file": N_("Файл"),
    "framework": N_("Код каталога"),
    "title": N_("Название каталога"),
}
Text = Annotated[str, Form(max_length=300)]
_READ, _PUBLISH = {"x-action": "organisation.read"}, {"x-action": "framework.publish"}


@router.get(BASE, openapi_extra=_READ, name="frameworks_desk")
def frameworks(visit: Visiting, parts: PartsHere) -> Response:
    """The catalogues that are published, and the form for a file."""
    _require(visit, parts, "organisation.read")
    return _desk(visit, parts, {"extent": "part"}, None)


@router.post(BASE, openapi_extra=_PUBLISH, name="bring_framework")
def bring(
    visit: Visiting,
    parts: PartsHere,
    framework: Text = "",
    title: Text = "",
    extent: Text = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Read a file and show what it would change."""
    _require(visit, parts, "framework.publish")
    typed = {"framework": framework.strip(), "title": title, "extent": extent}
    try:
        if file is None or not file.filename:
            raise FileNotChosen(pointer="/file")
        upload = Upload(
            framework=typed["framework"],
            title=title,
            file=file.file,
            name=file.filename,
            whole=extent == "whole",
        )
        by = visit.actor.person or ""
        kept = desk.keep(visit.session, parts.shelf, parts.settings.operator, upload, by, visit.now)
    except BadInput as error:
        return _desk(visit, parts, typed, error)
    return _to(kept)


@router.get(f"{BASE}/{{framework}}/table.{{ending}}", openapi_extra=_READ, name="framework_table")
def table(visit: Visiting, parts: PartsHere, framework: str, ending: str) -> Response:
    """What a catalogue offers, as a file that can be changed and brought again."""
    _require(visit, parts, "organisation.read")
    offered = [item for item in desk.find(parts.shelf, framework).items if not item.ended]
    return table_file(exporting.directory(map(planning.entry_of, offered)), framework, ending)


@router.get(BROUGHT, openapi_extra=_PUBLISH, name="framework_file")
def look(visit: Visiting, parts: PartsHere, file_id: str) -> Response:
    """What the file would change, or what it has changed."""
    return _file(visit, parts, _found(visit, parts, file_id), None)


@router.post(f"{BROUGHT}/publish", openapi_extra=_PUBLISH, name="publish_framework")
def put(visit: Visiting, parts: PartsHere, file_id: str, seen: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Publish just what was shown."""
    kept = _found(visit, parts, file_id)
    try:
        with visit.session.begin_nested():
            desk.put(parts, visit.session, kept, seen, visit.actor, visit.now)
    except (BadInput, Conflict) as error:
        return _file(visit, parts, kept, error)
    return _to(kept)


@router.post(f"{BROUGHT}/discard", openapi_extra=_PUBLISH, name="discard_framework_file")
def discard(visit: Visiting, parts: PartsHere, file_id: str) -> Response:
    """Throw a file away."""
    FILES.discard(visit.session, _found(visit, parts, file_id))
    return RedirectResponse(BASE, status_code=HTTPStatus.SEE_OTHER)


@router.get(f"{BROUGHT}/faults.{{ending}}", openapi_extra=_PUBLISH, name="framework_file_faults")
def faults(visit: Visiting, parts: PartsHere, file_id: str, ending: str) -> Response:
    """The rows that cannot be published and why, as a file that can be corrected and brought again."""
    kept = _found(visit, parts, file_id)
    wrong = dict(_wrong(visit, desk.look(parts, visit.session, kept)))
    lines = to_correct(kept.headings, list(kept.rows), wrong, visit.translate(WHY))
    return table_file(list(lines), "faults", ending)


def _require(visit: Visit, parts: Parts, action: str) -> None:
    visit.require(action, Thing(organisation=parts.settings.operator))
    Joining(parts=parts, session=visit.session, by=visit.actor, now=visit.now).require_operator()


def _found(visit: Visit, parts: Parts, file_id: str) -> FrameworkFile:
    _require(visit, parts, "framework.publish")
    return FILES.find(visit.session, parts.settings.operator, file_id)


def _wrong(visit: Visit, plan: Plan) -> list[tuple[int, str]]:
    return [(fault.row, fault.told(entries.HEADINGS, visit.translate)) for fault in plan.faults]


def _desk(visit: Visit, parts: Parts, typed: Mapping[str, str], error: BadInput | None) -> Response:
    operator = parts.settings.operator
    return visit.page(
        "service/frameworks.html",
        status=HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        catalogues=[
            (code, found, sum(not item.ended for item in found.items)) for code, found in desk.catalogues(parts.shelf)
        ],
        files=FILES.latest(visit.session, operator),
        may_publish=visit.can("framework.publish", Thing(organisation=operator)),
        typed=typed,
        errors={} if error is None else {_field(error): error.told(visit.translate)},
        labels={field: visit.translate(label) for field, label in LABELS.items()},
        most=ROWS_MOST,
    )


def _field(error: BadInput) -> str:
    """The field that an error is about; what a file holds is about the file."""
    field = error.pointer.removeprefix("/")
    return field if field in LABELS else "file"


def _file(visit: Visit, parts: Parts, kept: FrameworkFile, error: BadInput | Conflict | None) -> Response:
    plan = desk.look(parts, visit.session, kept)
    other = [change for change in plan.changes if change.kind is not Kind.SAME]
    wrong = _wrong(visit, plan)
    status = HTTPStatus.CONFLICT if isinstance(error, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
    return visit.page(
        "service/framework_file.html",
        status=HTTPStatus.OK if error is None else status,
        kept=kept,
        settled=kept.applied_at is not None or isinstance(error, CatalogueFileSettled),
        counts={**dict.fromkeys(Kind, 0), "faulty": len(wrong), **(kept.counts or plan.counts)},
        changes=[
            (change, visit.translate(KINDS[change.kind]), [note.words(visit.translate) for note in change.notes])
            for change in other[:CHANGES_SHOWN]
        ],
        changed=len(other),
        faults=wrong[:FAULTS_SHOWN],
        faulty=len(wrong),
        seen=plan.digest,
        told="" if error is None else error.told(visit.translate),
        entered_by=visit.people.person(kept.entered_by).name,
    )


def _to(kept: FrameworkFile) -> Response:
    return RedirectResponse(f"{BASE}/files/{kept.id}", status_code=HTTPStatus.SEE_OTHER)
