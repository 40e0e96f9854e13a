"""Doors beside a version of an achievement: hand in what was signed in another installation, take it off again."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import RedirectResponse

from issuer import catalogue_rows, vouching
from issuer.catalogue_pages import ONE, version_page
from issuer.deps import Issuing, Judging
from issuer.errors.vouching import EndorsementMissing
from issuer.vouching import LARGEST
from keys.actor import Thing
from keys.deps import Visiting
from schemas.errors import BadInput

router = APIRouter(include_in_schema=False)


@router.post(f"{ONE}/endorsements", openapi_extra={"x-action": "catalogue.write"}, name="hand_in_endorsement")
def hand_in(
    visit: Visiting,
    judging: Judging,
    issuing: Issuing,
    organisation: str,
    version_id: str,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Judge a signed endorsement, by file or pasted, and carry it; other servers are asked before the visit's transaction."""
    visit.require("catalogue.write", Thing(organisation=organisation))
    data = file.file.read(LARGEST + 1) if file is not None and file.filename else text.strip().encode()
    try:
        if not data:
            raise EndorsementMissing(pointer="/file")
        vouched = judging(data, visit.now)
        version = catalogue_rows.find(visit.session, organisation, version_id)
        issuing.take_endorsement(visit.session, version, vouched, visit.actor, visit.now)
    except BadInput as error:
        version = catalogue_rows.find(visit.session, organisation, version_id)
        return version_page(visit, version, {"endorsement": error.told(visit.translate)})
    return _to(organisation, version_id)


@router.post(
    ONE + "/endorsements/{endorsement_id}/withdraw",
    openapi_extra={"x-action": "catalogue.write"},
    name="take_off_endorsement",
)
def take_off(visit: Visiting, issuing: Issuing, organisation: str, version_id: str, endorsement_id: str) -> Response:
    """Carry an endorsement from elsewhere no more."""
    visit.require("catalogue.write", Thing(organisation=organisation))
    version = catalogue_rows.find(visit.session, organisation, version_id)
    found = vouching.find(visit.session, version, endorsement_id)
    issuing.unendorse(visit.session, found, visit.actor, visit.now)
    return _to(organisation, version_id)


def _to(organisation: str, version_id: str) -> Response:
    address = f"/issuer/{organisation}/catalogue/{version_id}"
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
