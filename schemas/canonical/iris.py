"""IRIs as they may stand in a signed statement: absolute, and without the characters that N-Quads cannot hold (RFC 3987)."""

import re
from typing import Final

from schemas.canonical.located import place_of
from schemas.refusals import MalformedIri, RelativeIri, UndefinedType

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

JSON_SCHEMA: Final = (
    "https://www.w3.org/2018/credentials#jsonSchema"  # the one property whose value is signed as raw JSON
)
_LIKE_KEYWORD: Final = re.compile(r"@[A-Za-z]+")
_KEYWORDS: Final = frozenset(  # JSON-LD 1.1 §1.7, and those of framing
    f"@{name}"
    for name in (
        *(
            "base",
            "container",
            "context",
            "default",
            "direction",
            "embed",
            "explicit",
            "first",
            "graph",
            "id",
            "import",
        ),
        *("included", "index", "json", "language", "list", "nest", "none", "omitDefault", "propagate", "protected"),
        *("preserve", "requireAll", "reverse", "set", "type", "value", "version", "vocab"),
    )
)

is_absolute = _IRI.fullmatch


def checked_iri(iri: object) -> str:
    """`iri`, or `RelativeIri`, `MalformedIri`; a nameless node's label is no name either."""
    if not isinstance(iri, str) or (_LIKE_KEYWORD.fullmatch(iri) and iri not in _KEYWORDS):
        raise MalformedIri(iri="@")  # a JSON-LD processor has no value for what only looks like a keyword
    if iri.startswith("_:"):
        raise MalformedIri(pointer=place_of(iri), iri=iri[:200])
    if not _SCHEME.match(iri):
        raise RelativeIri(pointer=place_of(iri), iri=iri[:200])
    if not _IRI.fullmatch(iri):
        raise MalformedIri(pointer=place_of(iri), iri=iri[:200])
    return iri


def checked_type(kind: object) -> str:
    """An expanded type, or `UndefinedType` where no context has given it an IRI."""
    if not isinstance(kind, str) or not _SCHEME.match(kind):
        raise UndefinedType(pointer=place_of(kind), term=str(kind)[:80])
    return checked_iri(kind)
