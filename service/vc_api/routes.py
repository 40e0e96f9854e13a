"""The doors of organisations: `/vc-api/credentials/issue · verify · derive · status` and `/vc-api/presentations/verify`.

A rejected credential or presentation is 400 with problem details, never a 200 that says no.
"""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from fastapi.responses import JSONResponse

from keys import proofs
from keys.deps import Visit
from service.vc_api import issuing
from service.vc_api.deps import Calling, PartsHere, require
from service.vc_api.problems import all_faults, faults, rejected
from service.vc_api.requests import ApiRequest
from verifier.deps import Body
from verifier.verdict import Check

issues = APIRouter(prefix="/vc-api", tags=["vc-api"])
judges = APIRouter(prefix="/vc-api", tags=["vc-api"])
Key = Annotated[str | None, Header(alias="Idempotency-Key")]


def _door(action: str, about: str, *members: str) -> dict[str, Any]:
    """What the OpenAPI document says of a door: its action and the members that its body needs."""
    schema = {"type": "object", "required": list(members), "properties": {name: {} for name in members}}
    body = {"required": True, "description": about, "content": {"application/json": {"schema": schema}}}
    return {"x-action": action, "requestBody": body}


@issues.post(
    "/credentials/issue",
    status_code=HTTPStatus.CREATED,
    openapi_extra=_door(
        "program.issue", "`credential`: the draft; `options.event`: the occasion.", "credential", "options"
    ),
    name="vc_api_issue",
)
def issue(visit: Calling, parts: PartsHere, body: Body, key: Key = None) -> Response:
    """Award what a draft names and sign it; a draft that says more than the published achievement is refused."""
    program = require(visit, "program.issue")
    asked = ApiRequest.read(body, parts.settings.max_body)
    award, badge = issuing.issue(parts.issuer, asked, program, visit.now, key)
    visit.record("program.issued", organisation=program.organisation, item=f"{program.id}/{award}")
    return JSONResponse({"verifiableCredential": badge}, status_code=HTTPStatus.CREATED)


@issues.post(
    "/credentials/status",
    openapi_extra=_door(
        "program.status",
        "`credentialId`: the id of the badge; `credentialStatus`: type and purpose; `status`: false lifts a suspension; "
        "`options.reason`: what the holder is told.",
        "credentialId",
        "credentialStatus",
        "options",
    ),
    name="vc_api_status",
)
def set_status(visit: Calling, parts: PartsHere, body: Body) -> Response:
    """Revoke or suspend a badge of the organisation, or lift its suspension; the list is published before the answer leaves."""
    program = require(visit, "program.status")
    asked = ApiRequest.read(body, parts.settings.max_body)
    award = issuing.set_status(parts.issuer, visit.session, asked, program, visit.now)
    visit.record("program.status", organisation=program.organisation, item=f"{program.id}/{award}")
    return Response(status_code=HTTPStatus.OK)


@judges.post(
    "/credentials/verify",
    openapi_extra=_door("program.verify", "The credential to judge; every check is made.", "verifiableCredential"),
    name="vc_api_verify",
)
def verify(visit: Calling, parts: PartsHere, body: Body) -> Response:
    """Accept a credential, or reject it with everything that is wrong or cannot be told."""
    require(visit, "program.verify")
    data = ApiRequest.read(body, parts.settings.max_body).document_bytes("verifiableCredential")
    return _answer(visit, all_faults(parts.verifier.verify(data, now=visit.now)))


@judges.post(
    "/credentials/derive",
    status_code=HTTPStatus.CREATED,
    openapi_extra=_door(
        "program.verify",
        "A credential with an ecdsa-sd-2023 base proof; `options.selectivePointers`: what to show.",
        "verifiableCredential",
        "options",
    ),
    name="vc_api_derive",
)
def derive(visit: Calling, parts: PartsHere, body: Body) -> Response:
    """Show a part of a credential."""
    require(visit, "program.verify")
    asked = ApiRequest.read(body, parts.settings.max_body)
    shown = proofs.derive(asked.document("verifiableCredential"), asked.texts("selectivePointers"))
    return JSONResponse({"verifiableCredential": shown}, status_code=HTTPStatus.CREATED)


@judges.post(
    "/presentations/verify",
    openapi_extra=_door(
        "program.verify",
        "The presentation to judge; `options.domain` and `options.challenge`: what was asked for.",
        "verifiablePresentation",
    ),
    name="vc_api_verify_presentation",
)
def verify_presentation(visit: Calling, parts: PartsHere, body: Body) -> Response:
    """Accept a presentation with everything in it, or reject it."""
    require(visit, "program.verify")
    asked = ApiRequest.read(body, parts.settings.max_body)
    found = parts.verifier.verify_presentation(
        asked.document_bytes("verifiablePresentation"),
        now=visit.now,
        domain=asked.text("domain"),
        challenge=asked.text("challenge"),
    )
    return _answer(visit, [*faults(found.report), *(check for item in found.items for check in all_faults(item))])


def _answer(visit: Visit, found: list[Check]) -> Response:
    return rejected(found, visit.translate) if found else JSONResponse({"verified": True, "problemDetails": []})
