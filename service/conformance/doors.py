"""The doors of VC-API in this mode. No sign-in, no database; loopback only, whatever address the server was told to listen on."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from ipaddress import ip_address
from typing import Annotated, Any, cast

import structlog
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse

from keys import proofs
from keys.proofs import RDFC
from schemas.errors import NotFound
from schemas.loader import Contexts
from service.conformance.contexts import outside_folder, suite_contexts
from service.conformance.errors import ConformanceExposed, NotLoopback
from service.conformance.issuing import Issuing, Wish
from service.conformance.judging import Judging
from service.conformance.keyring import Keyring
from service.conformance.lists import Lists
from service.language import language_of
from service.parts import Parts
from service.settings import Settings
from service.vc_api.annexe import Annexe
from service.vc_api.problems import rejected
from service.vc_api.requests import ApiRequest
from verifier.deps import Body

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LISTS = "/vc-api/status-lists"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """Everything of this mode."""

    parts: Parts
    contexts: Contexts
    keyring: Keyring
    lists: Lists
    issuing: Issuing
    judging: Judging

    @property
    def now(self) -> datetime:
        """The time of the installation."""
        return self.parts.clock()


def require_loopback(settings: Settings) -> None:
    """Raise `ConformanceExposed` unless only this machine can reach us."""
    if settings.host not in LOOPBACK:
        raise ConformanceExposed


def furnish(app: FastAPI, parts: Parts) -> None:
    """Open this mode in an application, loudly. Raises `ConformanceExposed`, `ContextsMissing`."""
    require_loopback(parts.settings)
    contexts, keyring = suite_contexts(outside_folder()), Keyring.make()
    lists = Lists(parts.settings.public_url + LISTS, parts.clock)
    app.state.conformance = Conformance(
        parts=parts,
        contexts=contexts,
        keyring=keyring,
        lists=lists,
        issuing=Issuing(keyring=keyring, contexts=contexts, lists=lists),
        judging=Judging.make(contexts, lists),
    )
    log.critical("conformance.open", warning="anything is signed for anybody on this machine")


def mode(request: Request) -> Conformance:
    """The open mode, for callers on this machine alone."""
    if request.client is None or not _is_loopback(request.client.host):
        raise NotLoopback
    return cast("Conformance", request.app.state.conformance)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


Mode = Annotated[Conformance, Depends(mode)]
router = APIRouter(include_in_schema=False)


@router.post("/vc-api/credentials/issue", name="conformance_issue")
def issue(
    mode: Mode, body: Body, cryptosuite: str = RDFC, key: str | None = None, status: str | None = None
) -> Response:
    """Sign as whoever the credential says. How, the address says: one suite leaks the options of a request into the next."""
    request = _read(mode, body)
    wish = Wish(suite=cryptosuite, kind=key, mandatory=request.texts("mandatoryPointers"), status=status)
    return _credential(mode.issuing.issue(request.document("credential"), wish, mode.now))


@router.post("/vc-api/credentials/derive", name="conformance_derive")
def derive(mode: Mode, body: Body) -> Response:
    """Show a part of a credential."""
    request = _read(mode, body)
    selective = request.texts("selectivePointers")
    return _credential(proofs.derive(request.document("verifiableCredential"), selective, contexts=mode.contexts))


@router.post("/vc-api/credentials/verify", name="conformance_verify")
def verify(request: Request, mode: Mode, body: Body) -> Response:
    """Accept or reject a credential."""
    data = _read(mode, body).document_bytes("verifiableCredential")
    return _answer(request, mode, mode.judging.credential(data, mode.now))


@router.post("/vc-api/presentations/verify", name="conformance_verify_presentation")
def verify_presentation(request: Request, mode: Mode, body: Body) -> Response:
    """Accept or reject a presentation with everything in it."""
    asked = _read(mode, body)
    found = mode.judging.presentation(
        asked.document_bytes("verifiablePresentation"),
        mode.now,
        domain=asked.text("domain"),
        challenge=asked.text("challenge"),
    )
    return _answer(request, mode, found)


@router.post("/vc-api/credentials/status", name="conformance_status")
def set_status(mode: Mode, body: Body) -> Response:
    """Set or lift one bit."""
    request = _read(mode, body)
    entry = request.document("credentialStatus")
    purpose, credential = str(entry.get("statusPurpose")), str(request.members.get("credentialId"))
    mode.lists.mark(purpose, credential, status=request.members.get("status") is not False)
    return Response(status_code=HTTPStatus.OK)


@router.get(f"{LISTS}/{{name}}", name="conformance_list")
def status_list(mode: Mode, name: str) -> Response:
    """A status list."""
    found = mode.lists.published(name)
    if found is None:
        raise NotFound
    return JSONResponse(found)


def _read(mode: Conformance, body: bytes) -> ApiRequest:
    return ApiRequest.read(body, mode.parts.settings.max_body)


def _credential(document: dict[str, Any]) -> Response:
    return JSONResponse({"verifiableCredential": document}, status_code=HTTPStatus.CREATED)


def _answer(request: Request, mode: Conformance, found: list[Any]) -> Response:
    if found:
        return rejected(found, mode.parts.rendering.catalogues.translator(language_of(request)))
    return JSONResponse({"verified": True, "problemDetails": []})


ANNEXE = Annexe((router,), furnish)
