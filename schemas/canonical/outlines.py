"""What is the same in all documents of a shape, and where they differ."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemas.canonical.definitions import NotCovered

Path = tuple[str | int, ...]  # the keys and places that lead to a slot

_FIXED: Final = frozenset({"@context", "@value", "@language", "@direction", "type", "jsonSchema"})


@dataclass(frozen=True, slots=True)
class _Slot:
    number: int


@dataclass(frozen=True, slots=True)
class _Texts:
    """A part of a document with no slots and no values but strings, which Python compares as strictly as JSON does."""

    held: Any


class Outline:
    """A document whose strings at `slots` may be any other ones. Raises `NotCovered` for a slot that decides about the shape."""

    def __init__(self, document: Mapping[str, Any], slots: Sequence[Path]) -> None:
        self._size = len(slots)
        tree = copy.deepcopy(dict(document))
        for number, slot in enumerate(slots):
            if not _FIXED.isdisjoint(map(str, slot)):
                raise NotCovered
            put(tree, slot, _Slot(number))
        self._tree = _folded(tree)

    def values(self, document: Mapping[str, Any]) -> list[str]:
        """The strings in the slots of `document`; `NotCovered` unless everything else is the same, type by type."""
        found = [""] * self._size
        _match(self._tree, document, found)
        return found


def put(document: Any, path: Path, value: object) -> None:
    """Replace the string at `path`; `NotCovered` where there is none."""
    *way, last = path
    try:
        for step in way:
            document = document[step]
        held = document[last]
    except (KeyError, IndexError, TypeError):
        raise NotCovered from None
    if type(held) is not str:
        raise NotCovered
    document[last] = value


def _folded(value: Any) -> Any:
    """The same tree, in which a part made of strings alone is one node."""
    if type(value) is dict:
        inner: Any = {name: _folded(item) for name, item in value.items()}
        parts = list(inner.values())
    elif type(value) is list:
        inner = parts = [_folded(item) for item in value]
    else:
        return _Texts(value) if type(value) is str else value
    return _Texts(value) if all(type(part) is _Texts for part in parts) else inner


def _match(held: Any, given: Any, found: list[str]) -> None:
    """Compare strictly: JSON's `1`, `1.0` and `true` are three things, and to Python they are equal."""
    if type(held) is _Texts:
        if held.held != given:
            raise NotCovered
    elif type(held) is _Slot and type(given) is str:
        found[held.number] = given
    elif type(held) is not type(given) or (type(held) not in {dict, list} and held != given):
        raise NotCovered
    elif type(held) is dict:
        _match_members(held, given, found)
    elif type(held) is list:
        if len(held) != len(given):
            raise NotCovered
        for one, other in zip(held, given, strict=True):
            _match(one, other, found)


def _match_members(held: dict[str, Any], given: dict[str, Any], found: list[str]) -> None:
    if held.keys() != given.keys():
        raise NotCovered
    for name, value in held.items():
        _match(value, given[name], found)
