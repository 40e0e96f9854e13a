"""The shapes of JSON that a signature covers whole.

JSON-LD drops nulls and empty arrays, flattens nested arrays, and lets the same statement be written under an alias, a full
IRI or a keyword. A reader of the JSON sees the difference and the signature does not (a `credentialStatus` renamed to its IRI
would still verify and no longer be found), so each of these is refused before expansion.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from schemas.canonical.limits import KINDS, MAX_CHARACTERS, MAX_CREDENTIALS, TYPES, Limits
from schemas.reading import check_values, pointer_to
from schemas.refusals import (
    DocumentTooLarge,
    EmptyValue,
    KeyRefused,
    KeywordRefused,
    NestedArray,
    NullValue,
    TooComplex,
    UndefinedTerm,
    UndefinedType,
    ValueObject,
)

_KEYWORD: Final = re.compile(r"@[A-Za-z]+")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_DIRECTIONS: Final = frozenset({"ltr", "rtl"})
_VALUE_KEYS: Final = frozenset({"@value", "@language", "@direction"})
CLASSES: Final = frozenset({"Criteria", "GeoCoordinates"})  # Open Badges gives them the IRIs of `criteria` and `geo`
_CARRIED: Final = re.compile(r"(?:(?:/credentialSubject(?:/[0-9]+)?)?/verifiableCredential(?:/[0-9]+)?)+(?=/|$)")
_CARRYING: Final = "verifiableCredential"
_RAW: Final = (
    "jsonSchema"  # the one term whose value is signed as JSON, whatever stands in it (VCDM 2.0 context, @json)
)


def check_shape(document: dict[str, Any], limits: Limits) -> int:
    """How many credentials `document` carries, or the first refusal.

    Afterwards every member is a term or part of a text with a language, and no carried credential, and nothing around them,
    is over `limits`.
    """
    check_values(document, max_depth=limits.depth)
    parts: dict[str, _Part] = {"": _Part()}
    kinds: set[tuple[str, ...]] = set()
    for pointer, value in walk(document):
        part = parts[""]
        carried = _CARRIED.match(pointer) if _CARRYING in pointer else None
        if carried:
            part = parts.setdefault(carried[0], _Part())
        part.count(value, pointer, limits)
        if isinstance(value, dict) and "type" in value:
            kinds.add(_kind(value["type"]))
            if len(kinds) > KINDS:
                raise TooComplex(what="kinds", limit=KINDS)
        if len(parts) - 1 > MAX_CREDENTIALS:
            raise TooComplex(what="credentials", limit=MAX_CREDENTIALS)
    if sum(part.characters for part in parts.values()) > MAX_CHARACTERS:
        raise DocumentTooLarge(limit=MAX_CHARACTERS)
    return len(parts) - 1


@dataclass(slots=True)
class _Part:
    """What one credential, or what stands around the carried ones, has cost so far."""

    characters: int = 0
    objects: int = 0

    def count(self, value: object, pointer: str, limits: Limits) -> None:
        if isinstance(value, dict):
            self.objects += 1
            self.characters += _check_object(value, pointer)
        elif isinstance(value, list):
            _check_array(value, pointer)
        elif value is None:
            raise NullValue(pointer=pointer, what=_last(pointer))
        elif isinstance(value, str):
            self.characters += len(value)
        if self.objects > limits.objects:
            raise TooComplex(what="objects", limit=limits.objects)
        if self.characters > limits.characters:
            raise DocumentTooLarge(limit=limits.characters)


def walk(document: object) -> Iterator[tuple[str, Any]]:
    """Every value with its JSON pointer, outer before inner; not into `@context` and not into signed raw JSON."""
    pending: list[tuple[str, object]] = [("", document)]
    while pending:
        pointer, value = pending.pop()
        yield pointer, value
        if isinstance(value, dict):
            pending.extend(
                (pointer_to(pointer, key), item) for key, item in value.items() if key not in {"@context", _RAW}
            )
        elif isinstance(value, list):
            pending.extend((f"{pointer}/{index}", item) for index, item in enumerate(value))


def count_objects(document: object) -> int:
    """How many objects a document has."""
    return sum(isinstance(value, dict) for _, value in walk(document))


def _check_object(value: dict[str, Any], pointer: str) -> int:
    if not value:
        raise EmptyValue(pointer=pointer, what=_last(pointer))
    if "@value" in value:
        check_value_object(value, pointer)
        return len(value["@value"])
    for key in value:
        _check_key(key, pointer)
    _check_types(value.get("type"), pointer)
    return sum(map(len, value)) + (len(str(value[_RAW])) if _RAW in value else 0)


def _check_key(key: str, pointer: str) -> None:
    if key == "@context":
        return
    if key.startswith("@"):
        raise KeywordRefused(pointer=pointer_to(pointer, key), what=key[:40])
    if ":" in key or key in CLASSES:
        raise KeyRefused(pointer=pointer_to(pointer, key), what=key[:80])
    if not key:
        raise UndefinedTerm(pointer=pointer_to(pointer, key), term=key)


def _kind(types: object) -> tuple[str, ...]:
    return tuple(map(str, types)) if isinstance(types, list) else (str(types),)


def _check_types(types: object, pointer: str) -> None:
    if isinstance(types, list) and len(types) > TYPES:
        raise TooComplex(pointer=f"{pointer}/type", what="types", limit=TYPES)
    for name in types if isinstance(types, list) else [types]:
        if isinstance(name, str) and _KEYWORD.fullmatch(name):
            raise UndefinedType(pointer=f"{pointer}/type", term=name)


def check_value_object(value: dict[str, Any], pointer: str) -> None:
    """Raise `ValueObject` unless it is a text with its language or direction."""
    language, direction = value.get("@language"), value.get("@direction")
    right = (
        value.keys() <= _VALUE_KEYS
        and len(value) > 1
        and isinstance(value["@value"], str)
        and ("@language" not in value or (isinstance(language, str) and _LANGUAGE.fullmatch(language)))
        and ("@direction" not in value or (isinstance(direction, str) and direction in _DIRECTIONS))
    )
    if not right:
        raise ValueObject(pointer=pointer, what=_last(pointer))


def _check_array(value: list[Any], pointer: str) -> None:
    if not value:
        raise EmptyValue(pointer=pointer, what=_last(pointer))
    for index, item in enumerate(value):
        if isinstance(item, list):
            raise NestedArray(pointer=f"{pointer}/{index}", what=_last(pointer))


def _last(pointer: str) -> str:
    """The name of the member that `pointer` leads to or through."""
    names = [part for part in pointer.split("/") if part and not part.isdigit()]
    return names[-1].replace("~1", "/").replace("~0", "~")[:80] if names else "{}"
