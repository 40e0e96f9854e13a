"""Every page of the application, each with somebody who may read it; and what else those people can reach from there by links."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.journeys import cast, statement
from tests.journeys.doors import Door
from tests.journeys.peopled import Town

_FIRST: Final = ("learner", "guardian", "secretary", "deputy", "issuer_manager", "awarder", "operator", cast.STRANGER)
"""Who is asked first to read a page: whoever meets most of it."""
_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Place:
    """One page of one person: the row of its door (with the act, where it is one of several), the address."""

    kind: str
    row: str
    path: str

    @property
    def door(self) -> str:
        """The row without the act."""
        return " ".join(self.row.split()[:2])


def places(town: Town) -> Iterator[Place]:
    """Every page for every kind of person who may read it, the best reader of each page first."""
    for one in statement.tries(town.doors):
        if one.door.page:
            path = town.things.address(one.door.row, one.door.path, event=one.event)
            for kind in sorted(one.may.intersection(cast.PEOPLE), key=_order):
                yield Place(kind, one.title, path)


def _order(kind: str) -> tuple[int, str]:
    return (_FIRST.index(kind) if kind in _FIRST else len(_FIRST), kind)


def one_for_each(found: Iterator[Place]) -> list[Place]:
    """The best reader's place of each door."""
    return list({place.door: place for place in reversed(list(found))}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which door an address belongs to."""

    doors: Sequence[tuple[re.Pattern[str], Door]]

    @classmethod
    def of(cls, town: Town) -> "Plan":
        """The doors of an application."""
        return cls([(_pattern(door.path), door) for door in town.doors if door.method == "GET"])

    def row(self, path: str) -> str:
        """The row of the page's door; empty where the address is no page."""
        found = next((door for pattern, door in self.doors if pattern.fullmatch(path)), None)
        return found.row if found is not None and found.page else ""


def _pattern(path: str) -> re.Pattern[str]:
    parts = _PLACE.split(path)
    return re.compile("".join("[^/]+" if odd % 2 else re.escape(part) for odd, part in enumerate(parts)))


@dataclass(slots=True)
class Walk:
    """Links that nobody has followed yet; `most` addresses of one door and person, so that a list of two thousand ends."""

    plan: Plan
    most: int
    _seen: dict[tuple[str, str], set[str]]

    @classmethod
    def over(cls, town: Town, most: int) -> "Walk":
        """A walk that has not begun."""
        return cls(Plan.of(town), most, defaultdict(set))

    def fresh(self, place: Place) -> bool:
        """Whether the place is still to be looked at; remembers that it was."""
        known = self._seen[place.kind, place.row]
        if place.path in known or len(known) >= self.most:
            return False
        known.add(place.path)
        return True

    def links(self, page: Page, kind: str, base: str) -> Iterator[Place]:
        """Where the page leads whoever reads it; what a link says to be a download is no page."""
        for href in page.eval_on_selector_all("a[href]:not([download])", "all => all.map((one) => one.href)"):
            parts = urlsplit(str(href))
            row = self.plan.row(parts.path) if href.startswith(base) else ""
            if row and "language=" not in parts.query:
                yield Place(kind, row, f"{parts.path}?{parts.query}" if parts.query else parts.path)
