"""The doors written down: our own page over the OpenAPI document, without anybody's script or style."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from keys.deps import Visiting
from schemas.errors import ZachetkaError
from service.errors import status_of

router = APIRouter()
WELL = ("2", "3")  # how every refusal looks is said once, above the doors
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a door takes from the address."""

    name: str
    place: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Door:
    """One door: what it is for, what it takes and what it gives. `takes` and `gives` are names of models or media types."""

    method: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    takes: tuple[str, ...]
    gives: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The shape of what goes in or comes out."""

    name: str
    fields: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stable code with its status and sentence."""

    code: str
    status: int
    sentence: str


@router.get("/docs", include_in_schema=False, openapi_extra={"x-action": "public"}, name="docs")
def docs(request: Request, visit: Visiting) -> Response:
    """The doors for programs, the shapes they use, and every refusal with its code."""
    visit.require("public")
    document = request.app.openapi()
    return visit.page(
        "service/docs.html",
        doors=list(doors(document)),
        models=list(models(document)),
        refusals=refusals(),
        version=document["info"]["version"],
    )


@router.get("/openapi.json", include_in_schema=False, openapi_extra={"x-action": "public"}, name="openapi")
def openapi(request: Request, visit: Visiting) -> JSONResponse:
    """The same for machines."""
    visit.require("public")
    return JSONResponse(request.app.openapi())


def doors(document: Mapping[str, Any]) -> Iterator[Door]:
    """The doors of an OpenAPI document, by address."""
    for path, operations in sorted(document["paths"].items()):
        for method in METHODS:
            if method in operations:
                yield _door(path, method, operations[method])


def models(document: Mapping[str, Any]) -> Iterator[Model]:
    """The shapes that an OpenAPI document names, by name."""
    for name, schema in sorted(document.get("components", {}).get("schemas", {}).items()):
        required = schema.get("required", [])
        fields = schema.get("properties", {}).items()
        yield Model(name, tuple(Parameter(field, "", _kind(of), field in required) for field, of in fields))


def refusals() -> list[Refusal]:
    """Every code that a problem document may carry, once, by code."""
    known = {kind.code: Refusal(kind.code, _status(kind), kind.sentence) for kind in _kinds(ZachetkaError)}
    return [known[code] for code in sorted(known)]


def _kinds(kind: type[ZachetkaError]) -> Iterator[type[ZachetkaError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


def _status(kind: type[ZachetkaError]) -> HTTPStatus:
    return status_of(kind.__new__(kind))


def _door(path: str, method: str, operation: Mapping[str, Any]) -> Door:
    parameters = (
        Parameter(given["name"], given["in"], _kind(given["schema"]), given.get("required", False))
        for given in operation.get("parameters", [])
    )
    takes = (
        _kind(content["schema"]) if "schema" in content else media
        for media, content in operation.get("requestBody", {}).get("content", {}).items()
    )
    answers = operation.get("responses", {}).items()
    gives = ((status, _given(answer)) for status, answer in answers if status.startswith(WELL))
    return Door(method.upper(), path, operation.get("description", ""), tuple(parameters), tuple(takes), tuple(gives))


def _given(answer: Mapping[str, Any]) -> str:
    for media, content in answer.get("content", {}).items():
        return _kind(content["schema"]) if content.get("schema") else str(media)
    return ""


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: the name of a model, a list of something, or a plain type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(_kind(choice) for choice in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "any")
