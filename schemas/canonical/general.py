"""The general path: JSON-LD expansion by pyld, statement by statement. It knows every context, and it is slow.

The compiled path answers for the contexts that are bundled; this one for any other, and it is what the compiled one is held to.
"""

from typing import Any

from schemas.canonical.contexts import check_contexts
from schemas.canonical.expand import expand
from schemas.canonical.limits import SINGLE, Limits
from schemas.canonical.located import locate
from schemas.canonical.nquads import Quad
from schemas.canonical.quads import to_quads
from schemas.canonical.rdfc import Labelling, canonical_dataset
from schemas.canonical.shape import check_shape
from schemas.loader import BUNDLED, Contexts


def label_general(document: dict[str, Any], digest: str = "sha256", *, contexts: Contexts = BUNDLED) -> Labelling:
    """What `schemas.canonical.label` answers, without compiled tables and without their limit on time."""
    limits = SINGLE.for_credentials(check_shape(document, SINGLE))
    check_contexts(document, contexts)
    return canonical_dataset(general_quads(document, limits, contexts), digest=digest, work=limits.work)


def general_quads(document: dict[str, Any], limits: Limits, contexts: Contexts) -> set[Quad]:
    """Every statement of a document whose shape and contexts have been checked, or the refusal with its place."""
    return to_quads(expand(locate(document), contexts), limits)
