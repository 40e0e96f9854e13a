"""Nothing in this package ever opens a socket, whatever a document asks for (THREATS V3, V18, V19)."""

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
from pyld import jsonld

import schemas.canonical.expand  # noqa: F401 - puts pyld's own loader out of use
from schemas.baking import unwrap
from schemas.canonical import canonicalize
from schemas.refusals import Refused
from schemas.validate import validate

from .badges import OB, VC, badge

TRAP = "http://127.0.0.1:9/trap.json"


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    opened: list[str] = []

    def refuse(name: str) -> Callable[..., NoReturn]:
        def call(*_: object, **__: object) -> NoReturn:
            opened.append(name)
            raise AssertionError(name)

        return call

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse(name))
    yield opened
    assert opened == []


ASKING: list[Callable[[dict[str, Any]], object]] = [
    lambda document: document.update({"@context": [VC, OB, TRAP]}),
    lambda document: document.update({"@context": TRAP}),
    lambda document: document.update({"@context": [VC, OB, {"@import": TRAP}]}),
    lambda document: document["credentialSubject"].update({"@context": TRAP}),
    lambda document: document.update({"$ref": TRAP}),
    lambda document: document.update({"$schema": TRAP}),
    lambda document: document.update({"credentialSchema": {"id": TRAP, "type": "JsonSchema"}}),
    lambda document: document.update({"credentialStatus": {"id": TRAP, "type": "1EdTechRevocationList"}}),
    lambda document: document.update({"issuer": TRAP}),
]


@pytest.mark.parametrize("ask", ASKING)
def test_no_document_makes_a_call(ask: Callable[[dict[str, Any]], object]) -> None:
    document = badge()
    ask(document)
    for act in (canonicalize, validate):
        try:
            act(document)
        except Refused:
            continue


def test_no_picture_makes_a_call() -> None:
    svg = f'<!DOCTYPE svg SYSTEM "{TRAP}"><?xml-stylesheet href="{TRAP}"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    with pytest.raises(Refused):
        unwrap(svg.encode())


def test_pyld_itself_reaches_nothing() -> None:
    with pytest.raises((Refused, jsonld.JsonLdError)):
        jsonld.expand({"@context": TRAP, "name": "x"})
    with pytest.raises((Refused, jsonld.JsonLdError)):
        jsonld.expand(TRAP)


def test_thousands_of_bad_documents_make_no_call() -> None:
    text = json.dumps(badge())
    for number in range(0, len(text), 7):
        damaged = text[:number] + TRAP + text[number + 1 :]
        try:
            document = json.loads(damaged)
        except ValueError:
            continue
        try:
            canonicalize(document)
        except Refused:
            continue
