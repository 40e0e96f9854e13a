"""eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519 (VC-DI-EDDSA §3.2). Holds for documents in JSON-LD."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from schemas.canonical import NotCovered, Shape, canonicalize
from schemas.refusals import ContextMissing

NAME = "eddsa-rdfc-2022"
_USUAL = {
    "type": "DataIntegrityProof",
    "cryptosuite": NAME,
    "created": "2026-01-01T00:00:00Z",
    "verificationMethod": "urn:key",
    "proofPurpose": "assertionMethod",
}


def options_for(document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - as in every suite
    """The proof options as they stand in the finished proof: unchanged."""
    return dict(options)


def digest(document: Mapping[str, Any]) -> bytes:
    """The hash of the canonical form of a document without proofs (§3.2.3, §3.2.4)."""
    return sha256(canonicalize(document)).digest()


def hash_data(content: bytes, options: Mapping[str, Any], context: object) -> bytes:
    """What is signed: the hash of the proof configuration, then that of the document (§3.2.4)."""
    if context is None:
        raise ContextMissing
    return sha256(_configuration({**options, "@context": context})).digest() + content


def _configuration(configuration: dict[str, Any]) -> bytes:
    """The canonical proof configuration (§3.2.5); nearly all of them have one shape."""
    context = configuration["@context"]
    try:
        if isinstance(context, list) and configuration.keys() - {"@context"} == _USUAL.keys():
            return _written(tuple(context), tuple(sorted((name, configuration[name]) for name in _USUAL)))
    except (NotCovered, TypeError):  # another purpose, a context that is no list of strings
        pass
    return canonicalize(configuration)


@lru_cache(maxsize=256)
def _written(context: tuple[str, ...], options: tuple[tuple[str, str], ...]) -> bytes:
    """The badges of a list have one key and one moment, so one configuration."""
    shape = _usual(context)
    return shape.canonical(shape.values({**dict(options), "@context": list(context)}))


@lru_cache(maxsize=64)
def _usual(context: tuple[str, ...]) -> Shape:
    return Shape({**_USUAL, "@context": list(context)}, [("created",), ("verificationMethod",)])
