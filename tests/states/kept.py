"""Credit cases in a real database under random hands: people, programs, the worker; the invariants hold after every move."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from keys.actor import Actor, ActorKind
from schemas.errors import ZachetkaError
from tests.verifier.credit.test_machine import INVENTED, Hands
from verifier.credit.events import Event
from verifier.credit.filled import Value

STEPS = 40  # of one case; a page's worth of moves may be one step
CASES = 10  # of one round
EVERYBODY = {*(kind.value for kind in ActorKind), INVENTED}
LEAST_ILLEGAL = 30  # percent


class Walk:
    """Random cases one after the other. `kinds` counts the moves by what stood behind them, `refused` by the refusal's code."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.kinds: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.cases = 0

    @property
    def moves(self) -> int:
        """How many were tried."""
        return self.kinds.total()

    @property
    def illegal(self) -> int:
        """How many of a hundred were refused."""
        return 100 * self.refused.total() // max(1, self.moves)

    def go(self, moves: int) -> None:
        """Try at least so many moves; an `AssertionError` is a broken invariant."""
        while self.moves < moves:
            self._round()
            self.number += 1

    def told(self) -> dict[str, Any]:
        """What came of it."""
        return {
            "moves": self.moves,
            "cases": self.cases,
            "illegal_percent": self.illegal,
            "by": dict(self.kinds.most_common()),
            "refused": dict(self.refused.most_common(12)),
        }

    def _round(self) -> None:
        walk = self

        class Counted(Hands):
            """The same hands, and every move is counted."""

            def teardown(self) -> None:
                walk.cases += hasattr(self, "world")
                super().teardown()

            def attempt(self, who: str | Actor, event: Event, fields: Mapping[str, Value], kind: ActorKind) -> None:
                walk.kinds[kind.value if isinstance(who, str) else INVENTED] += 1
                try:
                    self.world.act(who, self.case, event, fields, kind=kind)
                except ZachetkaError as error:
                    walk.refused[error.code] += 1

        found = settings(
            max_examples=CASES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
        )
        run_state_machine_as_test(seed(self.number)(Counted), settings=found)
