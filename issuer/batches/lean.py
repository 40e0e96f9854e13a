"""The rules of `issuer.lint` and the schema over many badges of one achievement, what they have in common looked at once.

Most rules look at one text or member at a time, some at ids, status, identity or results as a whole. So once a badge that breaks no
rule has been looked at whole, a badge that differs from it in texts of the award alone (ids, status, results, words for the
learner; the outline says so, type by type) can break a rule only in one of those, or by its learner's name in a text that both
have: whose stems such texts hold is known ahead, and a badge with such a name is looked at whole. That the answers are the same,
`tests/issuer/batches/test_lean.py` shows. The schema knows no difference between two texts, so it is asked once for each outline,
and of a sample of the signed badges (`issuer.signing`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from issuer.lint import lint, lint_varying
from issuer.lint.matter import Matter, Member
from issuer.lint.privacy import stems_of, stems_within
from issuer.series import varying
from schemas.canonical import NotCovered
from schemas.canonical.outlines import Outline, Path
from schemas.errors import BadInput
from schemas.reading import pointer_to
from schemas.validate import validate

_DATES = frozenset({("validFrom",), ("validUntil",), ("awardedDate",)})
_MOST = 16  # kinds of badges: with words for the learner or without, with evidence of a sort


class LeanLint:
    """Looks badges of one achievement over."""

    def __init__(self, roll: frozenset[str] = frozenset()) -> None:
        self._roll = roll
        self._kinds: list[_Kind] = []

    def lint(self, document: dict[str, Any], names: Sequence[str]) -> Sequence[BadInput]:
        """Every rule that an unsigned badge breaks; the first one of each kind is looked at whole."""
        for kind in self._kinds:
            members = kind.members(document)
            if members is not None and kind.says_nothing_of(names):
                return lint_varying(document, members, names, self._roll)
        validate(document)
        found = lint(document, names, self._roll)
        if not found and len(self._kinds) < _MOST:
            self._kinds.append(_Kind(document))
        return found


class _Kind:
    """Badges that differ from `document`, which breaks no rule, in texts of the award alone."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        matter = Matter(document)
        order = {pointer: place for place, (pointer, _, _) in enumerate(matter.members)}
        slots = [(_pointer(path), path) for path in varying(document) if path not in _DATES]
        slots.sort(key=lambda slot: order[slot[0]])
        self._names = [
            (pointer, next(step for step in reversed(path) if isinstance(step, str))) for pointer, path in slots
        ]
        self._outline = Outline(document, [path for _, path in slots])
        own = {pointer for pointer, _ in slots}
        shared = [text.plain for text in matter.texts_of_the_award() if text.pointer not in own]
        self._stems = frozenset[str]().union(*map(stems_within, shared))

    def members(self, document: dict[str, Any]) -> list[Member] | None:
        """What of a badge is its own, in the order in which it stands there; None for a badge of another kind."""
        try:
            values = self._outline.values(document)
        except NotCovered:
            return None
        return [(pointer, name, value) for (pointer, name), value in zip(self._names, values, strict=True)]

    def says_nothing_of(self, names: Sequence[str]) -> bool:
        """Whether no text that all have in common could be about somebody of these names."""
        return not names or self._stems.isdisjoint(stems_of(names))


def _pointer(path: Path) -> str:
    pointer = ""
    for step in path:
        pointer = pointer_to(pointer, str(step))
    return pointer
