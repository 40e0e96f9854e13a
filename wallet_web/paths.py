"""How far a learner has come on the network's paths: their public documents beside the badges that hold today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from keys.shelf import Shelf
from schemas.pathway import FOLDER, Goal, Pathway, read, without_version
from schemas.reading import read_json
from schemas.refusals import Refused
from verifier.verdict import Verdict
from wallet_web.badge import Badge

MOST = 500
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """One path with the addresses of the steps that are held."""

    path: Pathway
    held: frozenset[str]
    done: bool

    @property
    def left(self) -> int:
        """How many steps are still to go."""
        return max(0, self.path.needed - len(self.held))

    @property
    def steps(self) -> list[tuple[Goal, bool]]:
        """The steps in their order, each with whether it is held."""
        return [(step, step.url in self.held) for step in self.path.steps]


def progress(shelf: Shelf, badges: Iterable[Badge]) -> list[Progress]:
    """The paths on which a learner has begun or which they have gone, the nearest to their end first."""
    valid = [badge.achievement.id for badge in badges if badge.report.verdict is Verdict.VALID and badge.achievement]
    found = [_progress(path, valid) for path in _published(shelf)]
    begun = [one for one in found if one.done or (one.held and one.path.is_open)]
    return sorted(begun, key=lambda one: (one.done, one.left, one.path.title))


def _progress(path: Pathway, achievements: list[str]) -> Progress:
    reached = path.leads_to.url in map(without_version, achievements)
    return Progress(path, path.held(achievements), reached)


def _published(shelf: Shelf) -> Iterator[Pathway]:
    for name in shelf.names(FOLDER)[:MOST]:
        try:
            yield read(read_json(shelf.get(f"{FOLDER}/{name}") or b"", limit=LARGEST))
        except Refused:
            continue
