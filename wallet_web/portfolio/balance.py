"""Whether a portfolio leans to one side (DOMAIN row 84): said of counts, never of the learner."""

from collections.abc import Sequence
from dataclasses import dataclass

from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.shelving import Shelf

HALF = 0.5
ENOUGH_TO_SAY = 4  # with fewer things every portfolio leans to one side


@dataclass(frozen=True, slots=True)
class Balance:
    """`leaning` is the section that holds more than half of everything, `empty` are those that hold nothing."""

    total: int
    leaning: Section | None
    empty: tuple[Section, ...]


def balance(shelves: Sequence[Shelf]) -> Balance:
    """What the counts say; pure."""
    total = sum(shelf.total for shelf in shelves)
    most = max(shelves, key=lambda shelf: shelf.total)
    leaning = most.section if total >= ENOUGH_TO_SAY and most.total > HALF * total else None
    return Balance(total, leaning, tuple(shelf.section for shelf in shelves if not shelf.total))
