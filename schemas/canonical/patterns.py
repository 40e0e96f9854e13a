"""Texts with gaps: what a compiled shape is made of."""

import re
from collections.abc import Sequence
from typing import Final

from schemas.canonical.definitions import NotCovered

_MARK: Final = "\ue000"
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
    """A text whose gaps are filled from one list of terms: `sentinel(n)` as a whole term and `gap(n)` are both its gap n."""

    __slots__ = ("_gaps", "_pieces")

    def __init__(self, text: str) -> None:
        parts = _GAP.split(text)
        self._pieces = parts[0::3]
        self._gaps = [int(slot or label) for slot, label in zip(parts[1::3], parts[2::3], strict=True)]
        if any(map(is_marked, self._pieces)):
            raise NotCovered

    @property
    def is_fixed(self) -> bool:
        """Whether it has no gap."""
        return not self._gaps

    def fill(self, terms: Sequence[str]) -> str:
        """The text with `terms[n]` in gap n."""
        pieces = iter(self._pieces)
        filled = [next(pieces)]
        for number, piece in zip(self._gaps, pieces, strict=True):
            filled += (terms[number], piece)
        return "".join(filled)
