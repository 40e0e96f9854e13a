"""The verifier's JSON door: no sign-in, nothing is kept."""

from typing import Any

from fastapi import APIRouter, Response

from keys.deps import Visiting
from keys.jose import PROFILES
from verifier.answers import ask
from verifier.deps import Body, Verifying
from verifier.messages import VerificationAnswer, answer

router = APIRouter(tags=["verifier"])

_FILE = {"schema": {"type": "string", "format": "binary"}}
_DOCUMENT = {"schema": {"type": "object"}}
_TEXT = {"schema": {"type": "string"}}
_ASKED: dict[str, Any] = {
    "x-action": "credential.verify",
    "requestBody": {
        "required": True,
        "description": "A credential or presentation as JSON or a signed text (JWT, SD-JWT), or a PNG or SVG that carries one.",
        "content": {
            "application/json": _DOCUMENT,
            "text/plain": _TEXT,
            **dict.fromkeys((profile.media_type for profile in PROFILES), _TEXT),
            "image/png": _FILE,
            "image/svg+xml": _FILE,
        },
    },
}


@router.post("/api/verify", response_model=VerificationAnswer, openapi_extra=_ASKED, name="verify_credential")
def verify(visit: Visiting, verifier: Verifying, data: Body) -> Response:
    """Is it real, who answers for it, does it hold today: the report of every credential given.

    A credential that breaks a rule is an answer (`invalid`); bytes in which no credential can be read are an error.
    """
    visit.require("credential.verify")
    told = answer(ask(verifier, data, visit.now), visit.translate)
    return Response(
        told.model_dump_json(), media_type="application/json"
    )  # as it is, and not checked once more by the framework
