"""What can become of an input."""

from dataclasses import dataclass
from typing import Final

LIMIT: Final = 0.25  # seconds of CPU for one input
ACCEPTED: Final = "accepted"


class TooSlow(Exception):
    """An input costs more than `LIMIT`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds * 1000:.0f} ms")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Accepted or the code of the refusal, whether the JSON could be read, and the seconds of CPU."""

    code: str
    is_read: bool
    seconds: float
