"""Pages for lists of awards: upload, columns and preview, the second person, progress, what was rejected, slips with codes."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from issuer import catalogue
from issuer.allowing_pages import personal, who
from issuer.batches import desk, finding, outcome
from issuer.batches.columns import fields_of
from issuer.batches.entering import Upload
from issuer.batches.errors import ColumnTwice, ColumnUnknown, NumberColumnMissing
from issuer.batches.shown import BatchShown, offered_steps
from issuer.batches.states import Step
from issuer.deps import Listing, Offering
from issuer.errors.orders import EventMissing, EventTooLong
from issuer.forms import Typed
from issuer.pages import Page
from issuer.tables import Batch
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.downloads import table_file
from schemas.errors import BadInput, NotFound, TooLarge
from schemas.spreadsheets.errors import FileNotChosen

router = APIRouter(include_in_schema=False)

PER_PAGE = 25
PREVIEW = 20
FAULTS_SHOWN = 50
SLIPS = 60


@router.get("/issuer/{organisation}/batches", openapi_extra={"x-action": "batch.read"}, name="batches")
def lists(visit: Visiting, organisation: str, page: Page = 1) -> Response:
    """The organisation's lists, the newest first, and the form for a new one."""
    visit.require("batch.read", Thing(organisation=organisation))
    return _lists(visit, organisation, page, {}, {})


@router.post("/issuer/{organisation}/batches", openapi_extra={"x-action": "batch.make"}, name="enter_batch")
def enter(
    visit: Visiting,
    listing: Listing,
    organisation: str,
    achievement: Annotated[str, Form()] = "",
    event: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Read a file and keep it as a draft. It is read in transactions of its own: the visit's is not touched before."""
    visit.require("batch.make", Thing(organisation=organisation))
    typed = {"achievement": achievement, "event": event}
    if file is None or not file.filename:
        return _lists(visit, organisation, 1, typed, {"file": visit.translate(FileNotChosen.sentence)})
    upload = Upload(organisation, achievement, file.file, file.filename, event)
    try:
        batch = listing.enter(upload, visit.actor, visit.now)
    except (BadInput, TooLarge) as error:
        return _lists(visit, organisation, 1, typed, {"file": error.told(visit.translate)})
    except NotFound as error:
        return _lists(visit, organisation, 1, typed, {"achievement": error.told(visit.translate)})
    return _to(organisation, batch)


@router.post("/issuer/{organisation}/batches/rules", openapi_extra={"x-action": "batch.settle"}, name="settle_batches")
def settle(visit: Visiting, organisation: str, typed: Typed) -> Response:
    """Say whether a second person must approve lists."""
    visit.require("batch.settle", Thing(organisation=organisation))
    desk.settle(visit.session, organisation, visit.actor, visit.now, second_person=typed.get("second_person") == "yes")
    return RedirectResponse(f"/issuer/{organisation}/batches", status_code=HTTPStatus.SEE_OTHER)


@router.get("/issuer/{organisation}/batches/{batch_id}", openapi_extra={"x-action": "batch.read"}, name="batch")
def one(visit: Visiting, organisation: str, batch_id: str) -> Response:
    """Did everybody get it, who did not and why; before that: what the columns hold and how the first rows look."""
    visit.require("batch.read", Thing(organisation=organisation))
    return _one(visit, finding.find(visit.session, organisation, batch_id), {})


@router.post(
    "/issuer/{organisation}/batches/{batch_id}/columns", openapi_extra={"x-action": "batch.make"}, name="batch_columns"
)
def columns(visit: Visiting, organisation: str, batch_id: str, typed: Typed) -> Response:
    """Say what each column holds, and have all rows tried."""
    visit.require("batch.make", Thing(organisation=organisation))
    batch = finding.find(visit.session, organisation, batch_id)
    chosen = [typed.get(f"column_{place}", "") for place in range(len(batch.headings))]
    try:
        desk.set_columns(visit.session, batch.id, chosen, typed.get("event", ""))
        desk.check(visit.session, batch.id)
    except (ColumnTwice, ColumnUnknown, NumberColumnMissing, EventMissing, EventTooLong) as error:
        field = "event" if error.pointer == "/event" else f"column_{error.pointer.removeprefix('/') or 0}"
        visit.session.rollback()
        batch = finding.find(visit.session, organisation, batch_id)
        return _one(visit, batch, {field: error.told(visit.translate)}, typed)
    return _to(organisation, batch_id)


@router.post(
    "/issuer/{organisation}/batches/{batch_id}/discard", openapi_extra={"x-action": "batch.make"}, name="discard_batch"
)
def discard(visit: Visiting, organisation: str, batch_id: str) -> Response:
    """Throw a draft away."""
    visit.require("batch.make", Thing(organisation=organisation))
    desk.discard(visit.session, finding.find(visit.session, organisation, batch_id).id)
    return RedirectResponse(f"/issuer/{organisation}/batches", status_code=HTTPStatus.SEE_OTHER)


@router.post(
    "/issuer/{organisation}/batches/{batch_id}/approve",
    openapi_extra={"x-action": "batch.approve"},
    name="approve_batch",
)
def approve(visit: Visiting, organisation: str, batch_id: str, typed: Typed) -> Response:
    """The second person lets it begin, or gives it back."""
    visit.require("batch.approve", Thing(organisation=organisation))
    batch = finding.find(visit.session, organisation, batch_id)
    act = desk.give_back if typed.get("act") == "return" else desk.approve
    act(visit.session, batch.id, visit.actor, visit.now)
    return _to(organisation, batch_id)


@router.post(
    "/issuer/{organisation}/batches/{batch_id}/submit", openapi_extra={"x-action": "batch.make"}, name="submit_batch"
)
def submit(visit: Visiting, organisation: str, batch_id: str) -> Response:
    """Hand a list in."""
    visit.require("batch.make", Thing(organisation=organisation))
    desk.submit(visit.session, finding.find(visit.session, organisation, batch_id).id, visit.actor, visit.now)
    return _to(organisation, batch_id)


@router.post(
    "/issuer/{organisation}/batches/{batch_id}/steer", openapi_extra={"x-action": "batch.steer"}, name="steer_batch"
)
def steer(visit: Visiting, organisation: str, batch_id: str, typed: Typed) -> Response:
    """Pause, resume or cancel."""
    visit.require("batch.steer", Thing(organisation=organisation))
    batch = finding.find(visit.session, organisation, batch_id)
    acts = {"pause": desk.pause, "resume": desk.resume, "cancel": desk.cancel}
    act = acts.get(typed.get("act", ""))
    if act is None:
        raise NotFound
    act(visit.session, batch.id, visit.actor, visit.now)
    return _to(organisation, batch_id)


@router.get(
    "/issuer/{organisation}/batches/{batch_id}/rejected.{ending}",
    openapi_extra={"x-action": "batch.read"},
    name="batch_rejected",
)
def rejected(visit: Visiting, listing: Listing, organisation: str, batch_id: str, ending: str) -> Response:
    """What was rejected and why, as a file that can be corrected and fed back."""
    visit.require("batch.read", Thing(organisation=organisation))
    batch = finding.find(visit.session, organisation, batch_id)
    return table_file(listing.rejected(batch, visit.translate), "rejected", ending)


@router.post(
    "/issuer/{organisation}/batches/{batch_id}/slips", openapi_extra={"x-action": "batch.make"}, name="make_slips"
)
def make_slips(visit: Visiting, offering: Offering, organisation: str, batch_id: str) -> Response:
    """Give a code to every award that still waits for its learner."""
    visit.require("batch.make", Thing(organisation=organisation))
    offering.make(visit.session, finding.find(visit.session, organisation, batch_id).id)
    return RedirectResponse(f"/issuer/{organisation}/batches/{batch_id}/slips", status_code=HTTPStatus.SEE_OTHER)


@router.get(
    "/issuer/{organisation}/batches/{batch_id}/slips", openapi_extra={"x-action": "batch.make"}, name="batch_slips"
)
def slips(visit: Visiting, offering: Offering, organisation: str, batch_id: str, page: Page = 1) -> Response:
    """The slips, to print and cut: a code and its QR, no name."""
    visit.require("batch.make", Thing(organisation=organisation))
    batch = finding.find(visit.session, organisation, batch_id)
    found = offering.slips(visit.session, batch.id, SLIPS + 1, (page - 1) * SLIPS)
    return visit.page(
        "issuer/slips.html",
        batch=batch,
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        title=_title(visit, batch),
        slips=[(slip, Markup(offering.qr(slip.code))) for slip in found[:SLIPS]],  # noqa: S704 - our own drawing
        here=page,
        more=len(found) > SLIPS,
    )


def _lists(visit: Visit, organisation: str, page: int, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    name = organisations.find(visit.session, organisation).name
    total = finding.count(visit.session, organisation)
    found = finding.latest(visit.session, organisation, PER_PAGE, (page - 1) * PER_PAGE)
    here = Thing(organisation=organisation)
    return visit.page(
        "issuer/batches.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        organisation=organisation,
        name=name,
        offers=[
            (one.code, catalogue.achievement_of(one).name)
            for one in catalogue.all_published(visit.session, organisation)
        ],
        may_make=visit.can("batch.make", here),
        may_settle=visit.can("batch.settle", here),
        second_person=finding.asks_second_person(visit.session, organisation),
        rows=[(batch, BatchShown.of(batch, visit.now, visit.translate), _title(visit, batch)) for batch in found],
        typed=typed,
        errors=errors,
        here=page,
        last=max(1, -(-total // PER_PAGE)),
        total=total,
    )


def _one(visit: Visit, batch: Batch, errors: Mapping[str, str], typed: Mapping[str, str] | None = None) -> Response:
    version = finding.version_of(visit.session, batch)
    fields = fields_of(catalogue.achievement_of(version))
    fields_by_place = {place: key for key, place in batch.columns.items()}
    chosen = [
        (typed or {}).get(f"column_{place}", fields_by_place.get(place, "")) for place in range(len(batch.headings))
    ]
    steps = _steps(visit, batch)
    particulars = personal(visit, batch, offering=Step.ALLOW in steps)
    return visit.page(
        "issuer/batch.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        batch=batch,
        shown=BatchShown.of(batch, visit.now, visit.translate),
        title=catalogue.achievement_of(version).name,
        fields=[(field.key, visit.translate(field.name)) for field in fields],
        chosen=chosen,
        event=(typed or {}).get("event", batch.event),
        preview=_preview(visit, batch),
        faults=outcome.first_faults(visit.session, batch, FAULTS_SHOWN, visit.translate),
        steps=steps,
        personal=particulars,
        let_stand=any(one.by == visit.actor.person for one, _ in particulars),
        entered_by=who(visit, batch.entered_by),
        approved_by=who(visit, batch.approved_by),
        own=visit.actor.person == batch.entered_by,
        errors=errors,
    )


def _preview(visit: Visit, batch: Batch) -> list[list[Any]]:
    """The first rows as they are in the file, while that is still looked at."""
    return finding.first_chunk(visit.session, batch.id).rows[:PREVIEW] if batch.started_at is None else []


def _steps(visit: Visit, batch: Batch) -> frozenset[Step]:
    """What this visitor can do with the list now."""
    here = Thing(organisation=batch.organisation)
    return frozenset(taken for taken in offered_steps(batch.state) if visit.can(ACTIONS[taken], here))


ACTIONS = {
    Step.CHOOSE: "batch.make",
    Step.ALLOW: "batch.make",
    Step.SUBMIT: "batch.make",
    Step.DISCARD: "batch.make",
    Step.APPROVE: "batch.approve",
    Step.PAUSE: "batch.steer",
    Step.RESUME: "batch.steer",
    Step.CANCEL: "batch.steer",
}


def _title(visit: Visit, batch: Batch) -> str:
    return catalogue.achievement_of(finding.version_of(visit.session, batch)).name


def _to(organisation: str, batch: str) -> Response:
    return RedirectResponse(f"/issuer/{organisation}/batches/{batch}", status_code=HTTPStatus.SEE_OTHER)
