"""On the page of a list: rows in which particulars of learners of age may stand, who said so, and the door to say it."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from issuer.batches import allowing, finding
from issuer.batches.allowing import Personal
from issuer.forms import Typed
from issuer.tables import Batch
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import NotFound

router = APIRouter(include_in_schema=False)

_ROW = re.compile(r"row_(\d{1,9})", re.ASCII)
_MOST = 50


@router.post(
    "/issuer/{organisation}/batches/{batch_id}/allow", openapi_extra={"x-action": "batch.make"}, name="allow_in_batch"
)
def allow(visit: Visiting, organisation: str, batch_id: str, typed: Typed) -> Response:
    """Say in which rows the learners, of age, want their particulars to stand, and have all rows tried again."""
    visit.require("batch.make", Thing(organisation=organisation))
    batch = finding.find(visit.session, organisation, batch_id)
    allowing.allow(visit.session, batch.id, _rows(typed), visit.actor, visit.now)
    return RedirectResponse(f"/issuer/{organisation}/batches/{batch_id}", status_code=HTTPStatus.SEE_OTHER)


def personal(visit: Visit, batch: Batch, *, offering: bool) -> list[tuple[Personal, str]]:
    """The rows in which particulars stand, each with the name of who let them; and, while `offering`, those in which they may."""
    found = allowing.let_stand(visit.session, batch)
    if offering:
        found += allowing.offered(visit.session, batch, _MOST)
    return [(one, who(visit, one.by)) for one in sorted(found, key=lambda one: one.row)]


def who(visit: Visit, person: str | None) -> str:
    """Somebody's name; whoever it is may have left since, or been no person."""
    try:
        return visit.people.person(person).name if person else ""
    except NotFound:
        return ""


def _rows(typed: Mapping[str, str]) -> set[int]:
    """The numbers of the rows that were ticked."""
    chosen = (_ROW.fullmatch(name) for name, said in typed.items() if said == "yes")
    return {int(row[1]) for row in chosen if row}
