"""Everything on every page for everyone: `python -m tests.access`."""

import argparse
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from playwright.sync_api import Page

from tests.access.hostile import Watch, attack
from tests.access.judging import ambiguous, unreachable, violations, wider_than
from tests.access.places import Place, Walk, one_for_each, places
from tests.access.windows import DESK, ENLARGED, LOCALES, PHONE, Windows
from tests.chromium import chromium, opened
from tests.journeys.peopled import Town, peopled_town

_EVERY = 50  # pages, between two words about how far it is
_STEP = 5  # texts, from one round to the next: no divisor of how many there are


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be looked at: by which kinds of people (all, if none is named), doors with `only` in their row.

    With `once` each door is opened by its best reader alone, and no link is followed.
    """

    kinds: frozenset[str]
    only: str
    most: int
    rounds: int
    once: bool

    def wants(self, place: Place) -> bool:
        """Whether a place is meant."""
        return self.only in place.row and (not self.kinds or place.kind in self.kinds)


@dataclass(slots=True)
class Tally:
    """What was looked at, and what is wrong with it."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, found: list[str], where: str) -> None:
        """Count one look; a fault is told when it is first seen, and at the end with its first places."""
        self.counts[what] += 1
        for one in found:
            if f"{what}: {one}" not in self.wrong:
                sys.stderr.write(f"{what}: {one}; {where}\n")
            self.wrong.setdefault(f"{what}: {one}", [])[3:] = []
            self.wrong[f"{what}: {one}"].append(where)


def judge(page: Page, language: str, place: Place, tally: Tally) -> None:
    """Hold one page against everything."""
    where = f"{place.row} as {place.kind}: {place.path}, {language}"
    for theme in ("light", "dark"):
        tally.note(f"axe-core, {theme}", violations(page, theme), where)
    for width in (DESK, PHONE, ENLARGED):
        tally.note(f"{width} px", wider_than(page, width), where)
    tally.note("ids", ambiguous(page), where)
    if language == "ru":
        tally.note("keyboard", unreachable(page), where)


@contextmanager
def looking() -> Iterator[tuple[Town, Windows, Watch]]:
    """A peopled town, windows on it, and a watch over them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        peopled_town(Path(folder)) as town,
        opened(chromium() or "") as browser,
    ):
        watch = Watch(town.stage.base)
        windows = Windows(browser, town.stage.base, watch.over)
        yield town, windows, watch
        windows.close()


def walk(town: Town, windows: Windows, wish: Wish) -> Iterator[tuple[Page, str, Place]]:
    """The pages that are wished for in both languages, then what their links lead to."""
    rest, seen = one_for_each(places(town)) if wish.once else list(places(town)), Walk.over(town, wish.most)
    while rest:
        place = rest.pop(0)
        if wish.wants(place) and seen.fresh(place):
            for language in LOCALES:
                page = windows.at(place.kind, language, place.path)
                rest += seen.links(page, place.kind, windows.base) if language == "ru" and not wish.once else ()
                yield page, language, place


def run(wish: Wish) -> Tally:
    """Hold pages against everything."""
    tally, begun = Tally(), time.monotonic()
    with looking() as (town, windows, watch):
        for number, (page, language, place) in enumerate(walk(town, windows, wish), 1):
            judge(page, language, place, tally)
            if number % _EVERY == 0:
                told = f"{number} pages, {len(tally.wrong)} faults, {time.monotonic() - begun:.0f} s"
                sys.stderr.write(f"{told}\n")
        tally.wrong |= {one: [] for one in watch.found}
    return tally


def storm(wish: Wish) -> Tally:
    """Hostile text and files at every form, each time beginning elsewhere in the corpus; then a look at every page."""
    tally = Tally()
    with looking() as (town, windows, watch):
        looked = one_for_each(place for place in places(town) if wish.wants(place))
        for turn in range(wish.rounds):
            for number, place in enumerate(looked):
                tally.counts["forms sent"] += len(list(attack(windows, place, turn * _STEP + number, watch)))
        for place in looked:
            watch.look(windows.at(place.kind, "ru", place.path), place.row)
        tally.counts["times that hostile text stood on a page"] = watch.shown
        tally.wrong = {one: [] for one in sorted(watch.found)}
    return tally


def main() -> int:
    """Print the figures; 1 where anything is wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.access", description=__doc__)
    asked.add_argument("--most", type=int, default=3, help="how many addresses of one door each person looks at")
    asked.add_argument("--rounds", type=int, default=6, help="how often hostile text is sent through every form")
    asked.add_argument("--only", default="", help="pages alone whose door has this in its row")
    asked.add_argument("--kinds", default="", help="these kinds of people alone, with commas between them")
    asked.add_argument("--once", action="store_true", help="every door by its best reader alone, no link followed")
    given = asked.parse_args()
    wish = Wish(frozenset(filter(None, given.kinds.split(","))), given.only, given.most, given.rounds, given.once)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    tallies = [run(wish)] if wish.most else []
    tallies += [storm(wish)] if wish.rounds else []
    for tally in tallies:
        sys.stdout.write(json.dumps({**tally.counts, "wrong": tally.wrong}, ensure_ascii=False, indent=1) + "\n")
    return 1 if any(tally.wrong for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
