"""eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519 (VC-DI-EDDSA §3.2). Holds for documents in JSON-LD."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from schemas.canonical import canonicalize

NAME = "eddsa-rdfc-2022"


def options_for(document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - as in every suite
    """The proof options as they stand in the finished proof: unchanged."""
    return dict(options)


def hash_data(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """What is signed: hash of the proof configuration, then hash of the document (§3.2.4). `document` has no proof."""
    transformed = canonicalize(dict(document))
    configuration = canonicalize({**options, "@context": document["@context"]})
    return sha256(configuration).digest() + sha256(transformed).digest()
