"""Timing of acts side by side, so that a busy or a quick machine changes both sides of a ratio alike."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Act = Callable[[int], Any]


@dataclass
class Timed:
    """Seconds for one item, round by round."""

    rounds: list[float] = field(default_factory=list)

    def time(self, act: Act, numbers: range) -> None:
        """One round: the act for each number."""
        begun = time.perf_counter()
        for number in numbers:
            act(number)
        self.rounds.append((time.perf_counter() - begun) / len(numbers))

    def time_all(self, act: Callable[[range], None], numbers: range) -> None:
        """One round: the act for all the numbers together."""
        begun = time.perf_counter()
        act(numbers)
        self.rounds.append((time.perf_counter() - begun) / len(numbers))

    @property
    def per_second(self) -> float:
        """Items in a second, in the middle round."""
        return 1 / statistics.median(self.rounds)


def ratio(limit: Timed, act: Timed, items: int = 1) -> float:
    """How much of the limit the act reaches: the middle of what the rounds say, each with its own limit."""
    return statistics.median(least * items / whole for least, whole in zip(limit.rounds, act.rounds, strict=True))


def windows(rounds: int, size: int, of: int) -> Iterator[range]:
    """`rounds` windows of `size` numbers below `of`, moving on so that one round does not repeat the last."""
    for number in range(rounds):
        start = number * size % (of - size + 1)
        yield range(start, start + size)


def line(name: str, act: Timed, limit: Timed, baseline: Timed, items: int = 1) -> dict[str, object]:
    """What is told of an act; see `bench.__main__`."""
    per_second = act.per_second * items
    return {
        "act": name,
        "per_second": round(per_second, 1),
        "limit": round(limit.per_second, 1),
        "ratio": round(ratio(limit, act, items), 3),
        "baseline": round(baseline.per_second, 1),
        "times_baseline": round(per_second / baseline.per_second, 1),
    }
