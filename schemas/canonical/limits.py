"""How much one document may cost, so that every input ends soon or is refused (THREATS V4, ARCHITECTURE §5.11)."""

from dataclasses import dataclass, replace
from typing import Final, Self

MAX_CREDENTIALS: Final = 2_000
MAX_CHARACTERS: Final = 33_554_432
_WORK_SHARE: Final = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one credential.

    `characters` of text, `depth` of nesting, `objects` in the JSON, `quads` and `blank_nodes` in the graph, `work` in steps
    of labelling (a step is a few microseconds at most; see `schemas.canonical.rdfc`).
    """

    characters: int = 262_144
    depth: int = 32
    objects: int = 2_000
    quads: int = 5_000
    blank_nodes: int = 256
    work: int = 60_000

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


SINGLE: Final = Limits()
