"""Published catalogues of outcomes, to choose from: those that lie on this installation's shelf."""

from collections.abc import Iterator
from dataclasses import dataclass

from keys.shelf import Shelf
from schemas.framework import Framework, FrameworkItem
from schemas.reading import read_json
from schemas.refusals import Refused

FOLDER = "frameworks"
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome with the title of its catalogue."""

    item: FrameworkItem
    framework: str


def published(shelf: Shelf) -> list[Framework]:
    """The catalogues on the shelf, by title; one that cannot be read is passed over."""
    return sorted(_read(shelf), key=lambda framework: framework.title)


def search(shelf: Shelf, query: str, most: int) -> tuple[list[Found], int]:
    """The first `most` outcomes on offer in whose code or text every word of `query` stands, and how many there are."""
    words = query.casefold().split()
    found = [
        Found(item, framework.title)
        for framework in published(shelf)
        for item in framework.items
        if not item.ended and all(word in f"{item.code} {item.text}".casefold() for word in words)
    ]
    return found[:most], len(found)


def by_url(shelf: Shelf, url: str) -> Found | None:
    """The outcome at an address."""
    for framework in published(shelf):
        for item in framework.items:
            if item.url == url:
                return Found(item, framework.title)
    return None


def _read(shelf: Shelf) -> Iterator[Framework]:
    for name in shelf.names(FOLDER):
        try:
            yield Framework(read_json(shelf.get(f"{FOLDER}/{name}") or b"", limit=LARGEST))
        except Refused:
            continue
