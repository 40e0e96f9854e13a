"""What a school writes into its documents: the head of its paper and its own words, with preview; for those who run the office."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.printing import Printing
from schemas.errors import BadInput
from verifier.credit import blanks, letterheads, printed, samples
from verifier.credit.blanks import Blank
from verifier.credit.deps import Deciding, Typed
from verifier.credit.errors import BlankBackdated, FieldUnclear
from verifier.credit.paper_pages import printed_answer
from verifier.credit.papers import TITLES, DocumentKind
from verifier.credit.policies import editions, paper

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=20_000)]


@router.get("/credit/office/{school}", openapi_extra={"x-action": "credit.office"}, name="credit_office")
def office_page(visit: Visiting, school: str) -> Response:
    """The head of the school's paper, and every kind of document with whose words it is written."""
    _require(visit, school)
    return _office(visit, school, asdict(letterheads.letterhead_of(visit.session, school)), {})


@router.post("/credit/office/{school}", openapi_extra={"x-action": "credit.office"}, name="credit_letterhead")
def keep_letterhead(visit: Visiting, school: str, typed: Typed) -> Response:
    """Keep the head; documents that were made before keep theirs."""
    _require(visit, school)
    given = {name: value for name, value in typed.items() if isinstance(value, str)}
    try:
        letterheads.enter(visit.session, school, given)
    except BadInput as error:
        return _office(visit, school, {**asdict(letterheads.Letterhead()), **given}, _told(visit, error))
    visit.record("credit.letterhead", organisation=school)
    return RedirectResponse(f"/credit/office/{school}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/credit/office/{school}/{kind}", openapi_extra={"x-action": "credit.office"}, name="credit_blank")
def blank_page(visit: Visiting, cases: Deciding, school: str, kind: DocumentKind) -> Response:
    """The words of one kind of document, the places they may name, and their versions."""
    _require(visit, school)
    today = visit.now.astimezone(cases.services.zone).date()
    return _blank(visit, school, kind, blanks.blank_of(visit.session, school, kind, today), today, {})


@router.post("/credit/office/{school}/{kind}", openapi_extra={"x-action": "credit.office"}, name="credit_keep_blank")
def keep_blank(
    visit: Visiting,
    cases: Deciding,
    school: str,
    kind: DocumentKind,
    opening: Text = "",
    item: Text = "",
    closing: Text = "",
    valid_from: Text = "",
) -> Response:
    """Keep a new version from a day on, today at the earliest; a text that cannot be filled is told beside its field."""
    _require(visit, school)
    today = visit.now.astimezone(cases.services.zone).date()
    given = Blank(opening=opening, item=item, closing=closing)
    try:
        begins = _day(visit, valid_from, today)
        wanted = Blank(opening=opening, item=item, closing=closing, valid_from=begins)
        blanks.adopt(visit.session, school, kind, wanted, by=visit.actor.person or "", now=visit.now)
    except BadInput as error:
        return _blank(visit, school, kind, given, today, _told(visit, error))
    visit.record("credit.blank", organisation=school, item=kind)
    return RedirectResponse(f"/credit/office/{school}/{kind}", status_code=HTTPStatus.SEE_OTHER)


@router.post(
    "/credit/office/{school}/{kind}/preview", openapi_extra={"x-action": "credit.office"}, name="credit_preview"
)
def preview(
    visit: Visiting,
    cases: Deciding,
    print_pdf: Printing,
    school: str,
    kind: DocumentKind,
    opening: Text = "",
    item: Text = "",
    closing: Text = "",
) -> Response:
    """What was typed, not kept, as a document about an invented learner, or in the act of the policy in force."""
    _require(visit, school)
    today = visit.now.astimezone(cases.services.zone).date()
    given = Blank(opening=opening, item=item, closing=closing)
    try:
        blanks.check(given, blanks.of_item(kind))
    except BadInput as error:
        return _blank(visit, school, kind, given, today, _told(visit, error))
    template, sheet = _sample(visit, school, kind, given, today)
    back = f"/credit/office/{school}/{kind}"
    return printed_answer(
        visit, print_pdf, sheet, document=None, name="preview", back=back, spell=True, template=template
    )


def _sample(visit: Visit, school: str, kind: DocumentKind, blank: Blank, today: date) -> tuple[str, dict[str, Any]]:
    """A template with its data, as a draft."""
    if kind is not paper.KIND:
        return printed.TEMPLATE, samples.sheet(visit.session, school, kind, blank, now=visit.now, today=today)
    holding = editions.holding(editions.editions_of(visit.session, school), today)
    proposed = replace(holding, version=0)
    return paper.TEMPLATE, paper.sheet(visit.session, school, proposed, on=today, blank=blank)


def _require(visit: Visit, school: str) -> None:
    visit.require("credit.desk")
    visit.require("credit.office", Thing(organisation=school))


def _office(visit: Visit, school: str, head: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    labels = letterheads.LABELS.items()
    fields = [(name, visit.translate(label), visit.translate(hint) if hint else "") for name, (label, hint) in labels]
    return visit.page(
        "credit/office.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=organisations.find(visit.session, school),
        head=head,
        fields=fields,
        errors=errors,
        kinds=[(kind, visit.translate(TITLES[kind]), _newest(visit, school, kind)) for kind in DocumentKind],
    )


def _newest(visit: Visit, school: str, kind: DocumentKind) -> date | None:
    versions = blanks.versions_of(visit.session, school, kind)
    return versions[0].valid_from if versions else None


def _blank(
    visit: Visit, school: str, kind: DocumentKind, blank: Blank, today: date, errors: Mapping[str, str]
) -> Response:
    return visit.page(
        "credit/blank.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=organisations.find(visit.session, school),
        kind=kind,
        title=visit.translate(TITLES[kind]),
        blank=blank,
        today=today,
        common=_explained(visit, blanks.COMMON),
        of_item=_explained(visit, blanks.of_item(kind)),
        texts=[
            (name, visit.translate(label), visit.translate(hint) if hint else "")
            for name, (label, hint) in blanks.texts_of(kind).items()
        ],
        versions=blanks.versions_of(visit.session, school, kind),
        errors=errors,
    )


def _explained(visit: Visit, places: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(f"{{{place}}}", visit.translate(text)) for place, text in places.items()]


def _day(visit: Visit, text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise FieldUnclear(pointer="/valid_from", label=visit.translate(blanks.FROM)) from None
    if day < today:
        raise BlankBackdated(pointer="/valid_from")
    return day


def _told(visit: Visit, error: BadInput) -> dict[str, str]:
    return {error.pointer.removeprefix("/"): error.told(visit.translate)}
