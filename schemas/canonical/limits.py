"""How much one document may cost, so that every input ends soon or is refused (THREATS V4, ARCHITECTURE §5.11)."""

from dataclasses import dataclass, replace
from typing import Final, Self

MAX_CREDENTIALS: Final = 2_000
MAX_CHARACTERS: Final = 33_554_432
GENERAL_OBJECTS: Final = 200  # what the general path may be given by strangers: it takes about a millisecond an object
TYPES: Final = 8  # of one object
KINDS: Final = 128  # different lists of types in one document: each may need a context of its own to be compiled
_WORK_SHARE: Final = 100
_NO_END: Final = 2**62


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one credential.

    `characters` of text, `depth` of nesting, `objects` in the JSON, `quads` and `blank_nodes` in the graph, `scopes` that are
    compiled anew while the document is not yet counted, `work` in steps of labelling (a step is a few microseconds at most; see
    `schemas.canonical.rdfc`).
    """

    characters: int = 262_144
    depth: int = 32
    objects: int = 2_000
    quads: int = 5_000
    blank_nodes: int = 256
    scopes: int = KINDS
    work: int = 40_000

    def for_credentials(self, count: int) -> Self:
        """The limits of a graph of a document that carries `count` credentials (a presentation, a CLR).

        The labelling work grows by a hundredth per credential: honest ones need next to none, and a poisoned one must not
        spend what the others save.
        """
        return replace(
            self,
            quads=self.quads * (count + 1),
            blank_nodes=self.blank_nodes * (count + 1),
            work=self.work + self.work * count // _WORK_SHARE,
        )

    def once_counted(self) -> Self:
        """The limits of a document whose text, depth and objects have been counted, part by part, and found right."""
        return replace(self, characters=_NO_END, depth=_NO_END, objects=_NO_END, scopes=_NO_END)


SINGLE: Final = Limits()
