"""What tests draw by chance follows from one seed: the same commit gets the same answer, today and on another machine.

`make test ZACHETKA_SEED=…` draws something else. The long verbs of the Makefile take another seed each time and print it: whatever
they find is found again by it.
"""

import os
from random import Random
from typing import Final

from hypothesis import HealthCheck, settings

_OURS: Final = "7319"
GIVEN: Final = os.environ.get("ZACHETKA_SEED", "")
SEED: Final = GIVEN or _OURS


def draws(purpose: str) -> Random:
    """The draws of one test, which do not depend on what other tests of the process have drawn."""
    return Random(f"{SEED} {purpose}")  # noqa: S311 - to be drawn again


def settle() -> None:
    """Property tests draw the same as long as they stay as they are, and judge answers, not speed: a busy machine fails none."""
    settings.register_profile(
        "settled", derandomize=not GIVEN, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("settled")
