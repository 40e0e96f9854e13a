"""The part of a document that JSON pointers name (VC-DI-ECDSA §3.4.10-3.4.13; RFC 6901).

With whatever is chosen go the `id`, `type` and `@context` of every object around it, so that the part says nothing that the whole
does not say.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from keys.errors.proofs import SelectionWrong

_ALWAYS: Final = ("@context", "id", "type")
_ESCAPE: Final = re.compile(r"~[01]")
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)


@dataclass(slots=True)
class _Wanted:
    """What is chosen of one value: all of it, or what `inside` chooses of its members."""

    whole: bool = False
    inside: dict[str, "_Wanted"] = field(default_factory=dict)


def select(document: Mapping[str, Any], pointers: Iterable[str]) -> dict[str, Any]:
    """A new document: what the pointers name, and no more than the outermost `id`, `type` and `@context` for no pointers.

    Raises `SelectionWrong` for a pointer that is malformed or leads nowhere, into a context, or into a text with its language.
    """
    wanted = _Wanted()
    for pointer in pointers:
        _note(wanted, document, pointer)
    chosen: dict[str, Any] = deepcopy(_chosen(document, wanted))
    return chosen


def _note(wanted: _Wanted, document: Mapping[str, Any], pointer: str) -> None:
    value: Any = document
    for name in _names(pointer):
        value = _member(value, name, pointer)
        wanted = wanted.inside.setdefault(name, _Wanted())
    wanted.whole = True


def _names(pointer: str) -> list[str]:
    start, *names = pointer.split("/")
    if start or any("~" in _ESCAPE.sub("", name) for name in names):
        raise SelectionWrong(pointer=pointer, field=pointer[:80])
    return [name.replace("~1", "/").replace("~0", "~") for name in names]


def _member(value: object, name: str, pointer: str) -> Any:
    if isinstance(value, Mapping) and name in value and not name.startswith("@"):
        return value[name]
    if isinstance(value, list) and _INDEX.fullmatch(name) and int(name) < len(value):
        return value[int(name)]
    raise SelectionWrong(pointer=pointer, field=pointer[:80])


def _chosen(value: Any, wanted: _Wanted) -> Any:
    if wanted.whole:
        return value
    if isinstance(value, list):
        return [
            _chosen(item, wanted.inside[str(place)]) for place, item in enumerate(value) if str(place) in wanted.inside
        ]
    return {
        name: _chosen(item, wanted.inside[name]) if name in wanted.inside and name not in _ALWAYS else item
        for name, item in value.items()
        if name in wanted.inside or name in _ALWAYS
    }
