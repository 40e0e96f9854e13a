"""eddsa-jcs-2022: JCS (RFC 8785), SHA-256, Ed25519 (VC-DI-EDDSA §3.3). Holds for any JSON document."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from schemas.canonical import jcs

NAME = "eddsa-jcs-2022"


def options_for(document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """The proof options as they stand in the finished proof: with the document's `@context`, if it has one (§3.3.1)."""
    context = {"@context": document["@context"]} if "@context" in document else {}
    return {**context, **options}


def digest(document: Mapping[str, Any]) -> bytes:
    """The hash of the canonical form of a document without proofs (§3.3.3, §3.3.4)."""
    return sha256(jcs(dict(document))).digest()


def hash_data(content: bytes, options: Mapping[str, Any], context: object) -> bytes:  # noqa: ARG001 - as in every suite
    """What is signed: the hash of the proof configuration, then that of the document (§3.3.4)."""
    return sha256(jcs(dict(options))).digest() + content
