"""The public documents over HTTP, straight from the shelf: no database, no session, cacheable by anyone."""

from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Final, cast
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response

from keys.shelf import Shelf
from schemas.canonical import jcs
from schemas.errors import NotFound
from schemas.reading import read_json

router = APIRouter(tags=["public documents"])

_DID: Final = "application/did+json"
_JSON: Final = "application/json"
_PICTURES: Final = {"svg": "image/svg+xml", "png": "image/png"}
_FOR_ANY_SITE: Final = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
NOTHING_RUNS: Final = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""For a picture: opened on its own it is still only a picture (THREATS W9)."""
_FRESH: Final = 30  # seconds: a revocation must be visible everywhere within a minute
_DAILY: Final = 300
_STABLE: Final = 3600

Handler = Callable[..., Response]


async def shelf(request: Request) -> Shelf:
    """The shelf of this installation."""
    return cast("Shelf", request.app.state.shelf)


Shelving = Annotated[Shelf, Depends(shelf)]


def _public(path: str) -> Callable[[Handler], Handler]:
    """A public document at `path`, for GET and HEAD."""

    def declare(handler: Handler) -> Handler:
        action = {"x-action": "public"}
        router.get(path, openapi_extra=action, response_class=Response)(handler)
        router.head(path, openapi_extra=action, response_class=Response, include_in_schema=False)(handler)
        return handler

    return declare


def _answer(request: Request, body: bytes | None, *, seconds: int, kind: str = _JSON) -> Response:
    """The document, or only its tag when the asker has it already (RFC 9110 §13.1.2)."""
    if body is None:
        raise NotFound
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**_FOR_ANY_SITE, "ETag": tag, "Cache-Control": f"public, max-age={seconds}"}
    if _knows(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=kind)


def _knows(header: str, tag: str) -> bool:
    named = {name.strip().removeprefix("W/") for name in header.split(",")}
    return tag in named or "*" in named


@_public("/.well-known/did.json")
def own_did_document(request: Request, held: Shelving) -> Response:
    """The DID document of the organisation that the Host header names (did:web §2.5.2)."""
    host = request.headers.get("host", "").partition(":")[0].lower()
    code = held.get(f"hosts/{host}")
    body = None if code is None else held.get(f"orgs/{code.decode()}/did.json")
    return _answer(request, body, seconds=_DAILY, kind=_DID)


@_public("/orgs/{code}/did.json")
def did_document(request: Request, held: Shelving, code: str) -> Response:
    """An organisation's DID document: the keys it uses now."""
    return _answer(request, held.get(f"orgs/{code}/did.json"), seconds=_DAILY, kind=_DID)


@_public("/orgs/{code}/keys")
def key_history(request: Request, held: Shelving, code: str) -> Response:
    """An organisation's dated key history, sealed by itself."""
    return _answer(request, held.get(f"orgs/{code}/keys"), seconds=_DAILY)


@_public("/orgs/{code}/achievements/{achievement}")
def achievement(request: Request, held: Shelving, code: str, achievement: str) -> Response:
    """A published achievement: what the `id` of an award's achievement resolves to, and the picture that lies beside it."""
    kind = _PICTURES.get(achievement.rpartition(".")[2], _JSON)
    answer = _answer(request, held.get(f"orgs/{code}/achievements/{achievement}"), seconds=_STABLE, kind=kind)
    answer.headers.update(NOTHING_RUNS)
    return answer


@_public("/paths/{path}")
def path(request: Request, held: Shelving, path: str) -> Response:
    """A path of achievements, sealed by the organisation at whose end it awards."""
    return _answer(request, held.get(f"paths/{path}"), seconds=_DAILY)


@_public("/trust")
def trust_list(request: Request, held: Shelving) -> Response:
    """The network's trust list, sealed by its operator."""
    return _answer(request, held.get("trust"), seconds=_DAILY)


@_public("/frameworks/{framework}")
def framework(request: Request, held: Shelving, framework: str) -> Response:
    """A catalogue of outcomes, sealed by its publisher."""
    return _answer(request, held.get(f"frameworks/{framework}"), seconds=_STABLE)


@_public("/frameworks/{framework}/items/{item}")
def framework_item(request: Request, held: Shelving, framework: str, item: str) -> Response:
    """One outcome of a catalogue: what an alignment's `targetUrl` resolves to."""
    body = held.get(f"frameworks/{framework}")
    return _answer(request, body and _item(body, f"/frameworks/{framework}/items/{item}"), seconds=_STABLE)


def _item(catalogue: bytes, ending: str) -> bytes | None:
    rows = read_json(catalogue, limit=len(catalogue)).get("CFItems", [])
    return next((jcs(row) for row in rows if urlsplit(row["uri"]).path == ending), None)


@_public("/status/{status_list}")
def status_list(request: Request, held: Shelving, status_list: str) -> Response:
    """A signed status list."""
    return _answer(request, held.get(f"status/{status_list}"), seconds=_FRESH)


@_public("/deposits/{day}")
def deposits(request: Request, held: Shelving, day: str) -> Response:
    """What was deposited on a day (`2026-11-22`), sealed by the operator."""
    return _answer(request, held.get(f"deposits/{day}"), seconds=_DAILY)
