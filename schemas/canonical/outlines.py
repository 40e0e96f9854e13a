"""What is the same in all documents of a shape, and where they differ."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from schemas.canonical.definitions import NotCovered
from schemas.canonical.patterns import picker

Path = tuple[str | int, ...]  # the keys and places that lead to a slot

_FIXED: Final = frozenset({"@context", "@value", "@language", "@direction", "type", "jsonSchema"})


class _Part(Protocol):
    def match(self, given: Any, found: list[str]) -> None:
        """Note what stands in the slots of `given`; `NotCovered` unless the rest is the same."""
        ...


@dataclass(frozen=True, slots=True)
class _Slot:
    number: int

    def match(self, given: Any, found: list[str]) -> None:
        if type(given) is not str:
            raise NotCovered
        found[self.number] = given


@dataclass(frozen=True, slots=True)
class _Texts:
    """A part with no slots and no values but strings, which Python compares as strictly as JSON does."""

    held: Any

    def match(self, given: Any, found: list[str]) -> None:  # noqa: ARG002 - there is nothing to find
        if self.held != given:
            raise NotCovered


@dataclass(frozen=True, slots=True)
class _Scalar:
    """JSON's `1`, `1.0` and `true` are three things, and to Python they are equal."""

    held: Any

    def match(self, given: Any, found: list[str]) -> None:  # noqa: ARG002 - there is nothing to find
        if type(given) is not type(self.held) or self.held != given:
            raise NotCovered


class _Members:
    """An object: the members that are texts are compared at once."""

    __slots__ = ("_names", "_open", "_pick", "_texts")

    def __init__(self, parts: dict[str, _Part]) -> None:
        texts = {name: part.held for name, part in parts.items() if isinstance(part, _Texts)}
        self._names = frozenset(parts)
        self._pick = picker(list(texts))
        self._texts = self._pick(texts)
        self._open = [(name, part) for name, part in parts.items() if name not in texts]

    def match(self, given: Any, found: list[str]) -> None:
        if type(given) is not dict or given.keys() != self._names or self._pick(given) != self._texts:
            raise NotCovered
        for name, part in self._open:
            part.match(given[name], found)


@dataclass(frozen=True, slots=True)
class _Items:
    parts: tuple[_Part, ...]

    def match(self, given: Any, found: list[str]) -> None:
        if type(given) is not list or len(given) != len(self.parts):
            raise NotCovered
        for part, value in zip(self.parts, given, strict=True):
            part.match(value, found)


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
        self._tree.match(document, found)
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


def _folded(value: Any) -> _Part:
    """The same tree, in which a part made of strings alone is one node."""
    if isinstance(value, _Slot):
        return value
    if type(value) is dict:
        members = {name: _folded(item) for name, item in value.items()}
        return _Texts(value) if _are_texts(members.values()) else _Members(members)
    if type(value) is list:
        items = tuple(map(_folded, value))
        return _Texts(value) if _are_texts(items) else _Items(items)
    return _Texts(value) if type(value) is str else _Scalar(value)


def _are_texts(parts: Iterable[_Part]) -> bool:
    return all(type(part) is _Texts for part in parts)
