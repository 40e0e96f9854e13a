"""Pages of a school's directories of outcomes: the list, one directory, its outcomes by hand."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from keys.deps import Visit, Visiting
from keys.downloads import table_file
from schemas.errors import N_, BadInput
from verifier.credit.curricula import editing, entries, exporting
from verifier.credit.curricula.admitting import CHANGE, READ, frame, require, status_of, texts, today, told
from verifier.credit.curricula.shelves import directories_of, entry_in, find_directory, listed_in
from verifier.credit.curricula.tables import Directory
from verifier.credit.deps import Deciding, Typed

router = APIRouter(include_in_schema=False)
PER_PAGE = 100
BASE = "/credit/curricula/{school}/directories"
DIRECTORY = f"{BASE}/{{directory_id}}"
LABELS: Mapping[str, str] = {**entries.HEADINGS, "title": N_("Название справочника")}
Text = Annotated[str, Query(max_length=200)]
Page = Annotated[int, Query(ge=1, le=10_000)]
_READ, _CHANGE = {"x-action": READ}, {"x-action": CHANGE}


@router.get(BASE, openapi_extra=_READ, name="directories")
def directories(visit: Visiting, school: str) -> Response:
    """The directories of a school."""
    require(visit, READ, school)
    return _list(visit, school, "", None)


@router.post(BASE, openapi_extra=_CHANGE, name="open_directory")
def open_one(visit: Visiting, school: str, title: Annotated[str, Form(max_length=400)] = "") -> Response:
    """A new directory, to be filled by hand."""
    require(visit, CHANGE, school)
    try:
        opened = editing.open_directory(visit.session, school, title)
    except BadInput as error:
        return _list(visit, school, title, error)
    visit.record("credit.curriculum", organisation=school, item=opened.id)
    return _to(opened)


@router.get(DIRECTORY, openapi_extra=_READ, name="directory")
def directory(
    visit: Visiting, school: str, directory_id: str, outcome: Text = "", q: Text = "", page: Page = 1
) -> Response:
    """The outcomes of a directory in which every word of `q` stands; with `outcome` the form to change that one."""
    require(visit, READ, school)
    there = find_directory(visit.session, school, directory_id)
    form = editing.entry_form(entry_in(editing.find_entry(visit.session, there, outcome))) if outcome else {}
    return _one(visit, there, outcome, form, None, q=q, page=page)


@router.post(f"{DIRECTORY}/outcomes", openapi_extra=_CHANGE, name="change_entry")
def change(visit: Visiting, cases: Deciding, school: str, directory_id: str, typed: Typed) -> Response:
    """Add an outcome, change it, offer it no more or again."""
    require(visit, CHANGE, school)
    there = find_directory(visit.session, school, directory_id)
    form = texts(typed)
    was = form.get("was", "")
    try:
        if form.get("act") == "retire":
            editing.retire_entry(visit.session, there, was, today(visit, cases))
        else:
            editing.put_entry(visit.session, there, form, was)
    except BadInput as error:
        return _one(visit, there, was, form, error)
    visit.record("credit.curriculum", organisation=school, item=there.id)
    return _to(there)


@router.get(f"{DIRECTORY}/table.{{ending}}", openapi_extra=_READ, name="directory_table")
def table(visit: Visiting, school: str, directory_id: str, ending: str) -> Response:
    """The outcomes that are offered as a file that can be changed and brought again."""
    require(visit, READ, school)
    there = find_directory(visit.session, school, directory_id)
    offered = [one.entry for one in listed_in(visit.session, [there]) if not one.retired]
    return table_file(exporting.directory(offered), "directory", ending)


def _list(visit: Visit, school: str, title: str, error: BadInput | None) -> Response:
    found = directories_of(visit.session, school)
    return visit.page(
        "credit/directories.html",
        status=status_of(error),
        **frame(visit, school),
        directories=[(one, len(listed_in(visit.session, [one]))) for one in found],
        title=title,
        **told(visit, error),
        labels=_labels(visit),
    )


def _one(
    visit: Visit,
    there: Directory,
    outcome: str,
    form: Mapping[str, str],
    error: BadInput | None,
    *,
    q: str = "",
    page: int = 1,
) -> Response:
    words = q.casefold().split()
    listed = listed_in(visit.session, [there])
    found = [one for one in listed if all(word in f"{one.entry.code} {one.entry.name}".casefold() for word in words)]
    last = max(1, -(-len(found) // PER_PAGE))
    here = min(page, last)
    return visit.page(
        "credit/directory.html",
        status=status_of(error),
        **frame(visit, there.school),
        directory=there,
        found=found[(here - 1) * PER_PAGE : here * PER_PAGE],
        total=len(listed),
        count=len(found),
        here_page=here,
        last=last,
        q=q,
        was=outcome,
        retired={one.entry.code for one in listed if one.retired},
        form=form,
        **told(visit, error),
        labels=_labels(visit),
    )


def _labels(visit: Visit) -> dict[str, str]:
    return {field: visit.translate(name) for field, name in LABELS.items()}


def _to(there: Directory) -> Response:
    return RedirectResponse(
        f"/credit/curricula/{there.school}/directories/{there.id}", status_code=HTTPStatus.SEE_OTHER
    )
