"""The transformation of any JSON document: JCS (RFC 8785)."""

from collections.abc import Mapping
from hashlib import new
from typing import Any

from schemas.canonical import jcs
from schemas.loader import Contexts

NAME = "jcs"


def options_for(document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """The proof options as they stand in the finished proof: with the document's `@context`, if it has one (VC-DI-EDDSA §3.3.1)."""
    context = {"@context": document["@context"]} if "@context" in document else {}
    return {**context, **options}


def digest(document: Mapping[str, Any], algorithm: str, contexts: Contexts) -> bytes:  # noqa: ARG001 - as in every form
    """The hash of the canonical form of a document."""
    return new(algorithm, jcs(dict(document))).digest()


def configuration(options: Mapping[str, Any], context: object, algorithm: str, contexts: Contexts) -> bytes:  # noqa: ARG001 - as in every form
    """The canonical proof configuration; the context that counts stands in it."""
    return jcs(dict(options))
