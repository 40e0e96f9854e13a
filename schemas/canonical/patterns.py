"""Texts with gaps: what a compiled shape is made of."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import Any, Final

from schemas.canonical.definitions import NotCovered

_MARK: Final = "\ue000"
_BETWEEN: Final = b"\0"
_GAP: Final = re.compile(f'["<]urn:{_MARK}:([0-9]+)[">]|_:{_MARK}([0-9]+){_MARK}')


def sentinel(slot: int) -> str:
    """What stands in slot number `slot` while a shape is compiled: an IRI that no honest document has."""
    return f"urn:{_MARK}:{slot}"


def gap(number: int) -> str:
    """What stands for the label that will be filled in as number `number`; of two, the one with the lower number sorts first."""
    return f"_:{_MARK}{number:06}{_MARK}"


def is_marked(text: str) -> bool:
    """Whether a text holds a gap, or anything that could be taken for one."""
    return _MARK in text


class Pattern:
    """A text whose gaps are filled from one list of terms: `sentinel(n)` as a whole term and `gap(n)` are both its gap n.

    Filled texts and terms are UTF-8, so that nothing but the terms is encoded each time.
    """

    __slots__ = ("_parts", "_pick")

    def __init__(self, text: str) -> None:
        found = _GAP.split(text)
        texts = [part.encode() for part in found[0::3]]
        if any(map(is_marked, found[0::3])):
            raise NotCovered
        self._parts = [b""] * (2 * len(texts) - 1)  # text and gap by turns
        self._parts[0::2] = texts
        self._pick = picker([int(slot or label) for slot, label in zip(found[1::3], found[2::3], strict=True)])

    def fill(self, terms: Sequence[bytes]) -> bytes:
        """The text with `terms[n]` in gap n."""
        return b"".join(self.parts(terms))

    def parts(self, terms: Sequence[bytes]) -> list[bytes]:
        """The same before it is joined: what stands between the gaps at even places, what fills them at odd ones."""
        filled = self._parts.copy()
        filled[1::2] = self._pick(terms)
        return filled


class Patterns:
    """Several such texts, filled at once; none of them may hold the character U+0000, which no canonical form writes raw."""

    __slots__ = ("_pattern",)

    def __init__(self, texts: Sequence[str]) -> None:
        self._pattern = Pattern(_BETWEEN.decode().join(texts)) if texts else None

    def fill(self, terms: Sequence[bytes]) -> list[bytes]:
        """Each text with `terms[n]` in gap n."""
        return self._pattern.fill(terms).split(_BETWEEN) if self._pattern else []


class Sections:
    """Several such texts that each begin with a gap, their head: filled at once, and joined in the order of their heads."""

    __slots__ = ("_heads", "_pattern", "_places")

    def __init__(self, texts: Sequence[str]) -> None:
        if not all(map(_GAP.match, texts)):
            raise NotCovered
        gaps = [[int(slot or label) for slot, label in _GAP.findall(text)] for text in texts]
        ends = accumulate((2 * len(found) for found in gaps), initial=1)
        self._pattern = Pattern("".join(texts))
        self._places = [slice(start, end) for start, end in pairwise(ends)]
        self._heads = picker([found[0] for found in gaps])

    def fill(self, terms: Sequence[bytes]) -> bytes:
        """The texts, with `terms[n]` in gap n; `NotCovered` where two have the same head."""
        heads: Sequence[bytes] = self._heads(terms)
        places: dict[bytes, slice] = dict(zip(heads, self._places, strict=True))
        if len(places) < len(heads):
            raise NotCovered
        filled = self._pattern.parts(terms)
        ordered: list[bytes] = []
        for head in sorted(places):
            ordered += filled[places[head]]
        return b"".join(ordered)


def picker(places: Sequence[Any]) -> Callable[[Any], Sequence[Any]]:
    """What takes the items at these places out of a sequence, or under these names out of a mapping."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda items: [items[place] for place in places]
