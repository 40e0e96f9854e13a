"""The transformation of JSON-LD documents: RDFC-1.0, with the suite's own hash inside it as well (VC-DI-ECDSA §3.2)."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import new
from typing import Any

from schemas.canonical import NotCovered, Shape, canonicalize
from schemas.loader import BUNDLED, Contexts
from schemas.refusals import ContextMissing

NAME = "rdfc"
_USUAL = {
    "type": "DataIntegrityProof",
    "created": "2026-01-01T00:00:00Z",
    "verificationMethod": "urn:key",
    "proofPurpose": "assertionMethod",
}
_USUAL_FIELDS = {"cryptosuite", *_USUAL}


def options_for(document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - as in every form
    """The proof options as they stand in the finished proof: unchanged."""
    return dict(options)


def digest(document: Mapping[str, Any], algorithm: str, contexts: Contexts) -> bytes:
    """The hash of the canonical form of a document."""
    return new(algorithm, canonicalize(document, algorithm, contexts=contexts)).digest()


def configuration(options: Mapping[str, Any], context: object, algorithm: str, contexts: Contexts) -> bytes:
    """The canonical proof configuration under the document's own `@context`; nearly all of them have one shape."""
    if context is None:
        raise ContextMissing
    try:
        if isinstance(context, list) and contexts is BUNDLED and options.keys() == _USUAL_FIELDS:
            return _written(tuple(context), tuple(sorted(options.items())))
    except (NotCovered, TypeError):  # another purpose, a context that is no list of strings
        pass
    return canonicalize({**options, "@context": context}, algorithm, contexts=contexts)


@lru_cache(maxsize=256)
def _written(context: tuple[str, ...], options: tuple[tuple[str, str], ...]) -> bytes:
    """The badges of a list have one key and one moment, so one configuration."""
    told = dict(options)
    shape = _usual(context, told["cryptosuite"])
    return shape.canonical(shape.values({**told, "@context": list(context)}))


@lru_cache(maxsize=64)
def _usual(context: tuple[str, ...], cryptosuite: str) -> Shape:
    """One node without a name has one label, whatever the hash."""
    usual = {**_USUAL, "cryptosuite": cryptosuite, "@context": list(context)}
    return Shape(usual, [("created",), ("verificationMethod",)])
