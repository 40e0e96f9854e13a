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


def hash_data(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """What is signed: hash of the proof configuration, then hash of the document (§3.3.4). `document` has no proof."""
    return sha256(jcs(dict(options))).digest() + sha256(jcs(dict(document))).digest()
