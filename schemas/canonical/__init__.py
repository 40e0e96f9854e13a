"""The bytes that are signed: safe JSON-LD to RDF to RDFC-1.0, and JCS for plain JSON. One path, one set of limits.

`canonicalize` refuses (`schemas.refusals`) whatever a signature would not cover or another reader would understand otherwise.
"""

from collections.abc import Mapping
from typing import Any

from schemas.canonical.contexts import check_contexts
from schemas.canonical.expand import expand, locate
from schemas.canonical.jcs import jcs as jcs
from schemas.canonical.limits import SINGLE, Limits
from schemas.canonical.nquads import Quad
from schemas.canonical.quads import to_quads
from schemas.canonical.rdfc import Labelling as Labelling
from schemas.canonical.rdfc import canonical_dataset
from schemas.canonical.shape import check_shape
from schemas.loader import BUNDLED, Contexts
from schemas.refusals import MalformedIri, NodeDropped, NotJson, NotJsonLd, RelativeIri, UndefinedTerm, UndefinedType


def canonicalize(document: Mapping[str, Any], digest: str = "sha256", *, contexts: Contexts = BUNDLED) -> bytes:
    """Canonical N-Quads of a JSON-LD document in safe mode; `digest` is "sha256" or "sha384" (inside RDFC-1.0)."""
    return label(document, digest, contexts=contexts).text


def label(document: Mapping[str, Any], digest: str = "sha256", *, contexts: Contexts = BUNDLED) -> Labelling:
    """The canonical lines and labels of a document, for suites that relabel (ecdsa-sd-2023)."""
    if not isinstance(document, Mapping):
        raise NotJson
    members = dict(document)
    limits = SINGLE.for_credentials(check_shape(members, SINGLE))
    check_contexts(members, contexts)
    return canonical_dataset(_quads(members, limits, contexts), digest=digest, work=limits.work)


def _quads(members: dict[str, Any], limits: Limits, contexts: Contexts) -> set[Quad]:
    """Every statement, or the refusal with its place, which only those pay for who are refused."""
    try:
        return to_quads(expand(members, contexts), limits)
    except (MalformedIri, NodeDropped, NotJson, NotJsonLd, RelativeIri, UndefinedTerm, UndefinedType):
        to_quads(expand(locate(members), contexts), limits)
        raise
