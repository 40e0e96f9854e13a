"""Which `@context` a document may have: bundled URLs, a Verifiable Credentials base first, in the published order (THREATS V2)."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

from schemas.canonical.shape import walk
from schemas.loader import Contexts
from schemas.refusals import ContextInline, ContextMisplaced, ContextMissing, ContextOrder, ContextUnknown

BASE: Final = "https://www.w3.org/ns/credentials/v2"
OLD_BASE: Final = "https://www.w3.org/2018/credentials/v1"
_BASES: Final = frozenset({BASE, OLD_BASE})
_OWN_CONTEXT: Final = frozenset(
    {
        "VerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiableCredential",  # VCDM 2.0 §4.13.1 and §4.13.2 demand a context of these
        "EnvelopedVerifiablePresentation",
    }
)


def check_contexts(document: dict[str, Any], contexts: Contexts) -> None:
    """Raise the first refusal; inner objects may have a context only where they are credentials themselves."""
    if "@context" not in document:
        raise ContextMissing
    for pointer, value in walk(document):
        if isinstance(value, dict) and "@context" in value:
            place = f"{pointer}/@context"
            if pointer and not is_credential(value):
                raise ContextMisplaced(pointer=place)
            check_list(value["@context"], place, contexts)


def check_list(value: object, place: str, contexts: Contexts) -> None:
    """One `@context`, standing at `place`: raise `ContextMissing`, `ContextInline`, `ContextUnknown`, `ContextOrder`."""
    urls = value if isinstance(value, list) else [value]
    inline = [contexts.free and isinstance(url, dict) for url in urls]
    known = [_known(url, f"{place}/{index}", contexts) for index, url in enumerate(urls) if not inline[index]]
    if not known or inline[0] or known[0] not in _BASES:
        raise ContextMissing(pointer=place)
    ranks = [contexts.rank(url) for url in known]
    if not contexts.free and any(after <= before for before, after in pairwise(ranks)):
        raise ContextOrder(pointer=place)


def _known(url: object, place: str, contexts: Contexts) -> str:
    if not isinstance(url, str):
        raise ContextInline(pointer=place)
    if url not in contexts:
        raise ContextUnknown(pointer=place, url=url[:200])
    return url


def is_older_model(document: Mapping[str, Any]) -> bool:
    """Whether a document keeps to the data model 1.1, which calls the dates otherwise."""
    context = document.get("@context")
    return (context[:1] if isinstance(context, list) else [context]) == [OLD_BASE]


def is_credential(value: Mapping[str, Any]) -> bool:
    """Whether an object is of a type that may bring a context of its own."""
    types = value.get("type")
    return not _OWN_CONTEXT.isdisjoint(
        name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)
    )
