"""JSON-LD expansion, the one place that knows pyld. No base, no network, nothing dropped without a word.

pyld resolves against `http://example.org/base/` unless told otherwise, drops undefined terms silently and leaks `ValueError`,
`TypeError` and `RecursionError`; here the base is None, every drop is a refusal, and only refusals leave.
"""

import copy
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from weakref import WeakKeyDictionary

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from schemas.canonical.located import place_of
from schemas.loader import Contexts
from schemas.refusals import ContextUnknown, NodeDropped, NotJsonLd, Redefinition, Refused, UndefinedTerm

_REDEFINING: Final = frozenset({"protected term redefinition", "invalid context nullification"})


@dataclass(frozen=True, slots=True)
class Expanded:
    """The one node that a document describes, and the fields that no context defines, which pyld has left out."""

    node: dict[str, Any]
    dropped: list[str]


def expand(document: Mapping[str, Any], contexts: Contexts) -> Expanded:
    """The expanded form of `document`. Whatever pyld throws leaves as a refusal; what it drops is told."""
    dropped: list[str] = []
    with _LOCK:  # pyld's caches are not made for threads
        expanded = _guarded(document, contexts, dropped)
    if dropped and not expanded:
        raise undefined_term(dropped[0])
    if len(expanded) != 1 or not isinstance(expanded[0], dict):
        raise NodeDropped(what="@context")
    return Expanded(expanded[0], dropped)


def undefined_term(key: str) -> UndefinedTerm:
    """The refusal of a dropped field."""
    return UndefinedTerm(pointer=place_of(key), term=key[:80])


def _guarded(document: Mapping[str, Any], contexts: Contexts, dropped: list[str]) -> list[Any]:
    load = _Loader(contexts)
    options = {
        "base": None,
        "documentLoader": load,
        "contextResolver": ContextResolver(_RESOLVED.setdefault(contexts, {}), load),
        "processingMode": "json-ld-1.1",
    }
    try:
        expanded: list[Any] = jsonld.expand(
            document, options, on_property_dropped=lambda key: dropped.append("@" if key is None else key)
        )
    except Refused:
        raise
    except jsonld.JsonLdError as error:
        raise _refusal(error) from error
    except Exception as error:
        raise NotJsonLd(reason=type(error).__name__) from error
    return expanded


def _refusal(error: jsonld.JsonLdError) -> Refused:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Refused):
            return cause
        if isinstance(cause, jsonld.JsonLdError) and cause.code in _REDEFINING:
            return Redefinition(pointer="/@context")
        cause = cause.__cause__
    return NotJsonLd(reason=str(error.code or error.type))


class _Loader:
    """What pyld asks for a context: the bundled copy, or a refusal."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts

    def __call__(self, url: str, options: object = None) -> dict[str, Any]:
        del options
        document = copy.deepcopy(self._contexts.document(url))
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": document,
            "tag": "static",
        }


def _no_documents(url: str, options: object = None) -> NoReturn:
    del options
    raise ContextUnknown(url=url[:200])


jsonld.set_document_loader(_no_documents)  # whoever calls pyld without a loader still reaches no network

_LOCK: Final = threading.Lock()
_RESOLVED: Final[WeakKeyDictionary[Contexts, dict[str, Any]]] = WeakKeyDictionary()
