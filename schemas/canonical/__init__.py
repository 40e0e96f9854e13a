"""The bytes that are signed: safe JSON-LD to RDF to RDFC-1.0, and JCS for plain JSON. One door, one set of limits.

`canonicalize` refuses (`schemas.refusals`) whatever a signature would not cover or another reader would understand otherwise.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from schemas.canonical.contexts import check_contexts
from schemas.canonical.definitions import NotCovered as NotCovered
from schemas.canonical.general import general_quads
from schemas.canonical.general import label_general as label_general
from schemas.canonical.jcs import jcs as jcs
from schemas.canonical.limits import GENERAL_OBJECTS, SINGLE
from schemas.canonical.nquads import Quad
from schemas.canonical.rdfc import Labelling as Labelling
from schemas.canonical.rdfc import canonical_dataset, label_dataset
from schemas.canonical.shape import check_shape, count_objects
from schemas.canonical.shapes import Shape as Shape
from schemas.canonical.statements import statements
from schemas.loader import BUNDLED, Contexts
from schemas.refusals import NotJson, PoisonGraph, Refused, TooComplex


def canonicalize(document: Mapping[str, Any], digest: str = "sha256", *, contexts: Contexts = BUNDLED) -> bytes:
    """Canonical N-Quads of a JSON-LD document in safe mode; `digest` is "sha256" or "sha384" (inside RDFC-1.0)."""
    return label(document, digest, contexts=contexts).text


def label(document: Mapping[str, Any], digest: str = "sha256", *, contexts: Contexts = BUNDLED) -> Labelling:
    """The canonical lines and labels of a document, for suites that relabel (ecdsa-sd-2023)."""
    if not isinstance(document, Mapping):
        raise NotJson
    members = dict(document)
    try:
        dataset = statements(members, contexts, SINGLE)
        found = label_dataset(dataset, digest=digest, limits=SINGLE)
    except PoisonGraph:
        raise  # the walk was sure of the document, so there is nothing to look at again
    except (Refused, NotCovered, UnicodeEncodeError):  # the last is half a surrogate pair
        found = _label_exactly(members, digest, contexts)
    return found


def label_quads(quads: Iterable[Quad]) -> Labelling:
    """What `label` answers, about statements that came from a document that it accepted and were given other labels."""
    return canonical_dataset(quads, work=SINGLE.work)


def _label_exactly(members: dict[str, Any], digest: str, contexts: Contexts) -> Labelling:
    """The answer about a document that the quick walk did not like: first its shape and contexts, then the walk again."""
    limits = SINGLE.for_credentials(check_shape(members, SINGLE))
    check_contexts(members, contexts)
    try:
        dataset = statements(members, contexts, limits.once_counted())
        return label_dataset(dataset, digest=digest, limits=limits.once_counted())
    except NotCovered:
        if count_objects(members) > GENERAL_OBJECTS:
            raise TooComplex(what="objects", limit=GENERAL_OBJECTS) from None
        return canonical_dataset(general_quads(members, limits, contexts), digest=digest, work=limits.work)
