"""The clock of the stories: it stands where a story has put it and moves on a little with every look, like a working day."""

from datetime import datetime, timedelta

TICK = timedelta(milliseconds=250)


class StoryClock:
    """A clock that is set by hand and never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """The story's present moment; every look takes a quarter of a second."""
        self._now += TICK
        return self._now

    def set(self, moment: datetime) -> None:
        """Move on to `moment`; a moment that has passed leaves the clock as it is."""
        self._now = max(self._now, moment)
