"""What a story is, and how several are played side by side: whoever's next moment comes first goes on.

A story's `play` yields the moments of the file's calendar at which it goes on, so that a fortnight's wait in one is not a
fortnight's wait in all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush

from service.demo.stage import Found, Stage
from service.demo.visitor import Refused

Play = Callable[[Stage], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story. `read_back` says what should have come of it and what fresh visitors found."""

    scenario: str
    title: str
    play: Play
    read_back: Callable[[Stage], Found] | None = None


@dataclass(order=True, slots=True)
class _Going:
    """A story under way and the moment at which it goes on; of two at one moment the earlier in the list."""

    moment: datetime
    number: int
    story: Story = field(compare=False)
    steps: Iterator[str] = field(compare=False)


def play_all(stage: Stage, stories: Sequence[Story]) -> None:
    """Play the stories to their ends, each as far as it goes."""
    beginning = stage.clock()
    waiting = [_Going(beginning, number, story, story.play(stage)) for number, story in enumerate(stories)]
    while waiting:
        going = heappop(waiting)
        stage.go_to(going.moment)
        stage.scenario = going.story.scenario
        following = _go_on(stage, going)
        if following is not None:
            heappush(waiting, _Going(following, going.number, going.story, going.steps))
    stage.scenario = ""


def _go_on(stage: Stage, going: _Going) -> datetime | None:
    """Play to the next wait; the moment at which it ends, None at the end of the story."""
    try:
        moment = next(going.steps, None)
    except Refused:
        stage.console.print(f"    Дальше сюжет {going.story.scenario} не пошёл.", style="red")
        return None
    return None if moment is None else stage.municipality.moment(moment)
