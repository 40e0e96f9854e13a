"""Badges to try the verifier on, one for every verdict; an installation has them only if its demonstration put them there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from keys.shelf import Shelf
from schemas.errors import NotFound

_FOLDER = "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: `name` in its address, `title` for people, `expected` verdict."""

    name: str
    title: str
    expected: str


def all_samples(shelf: Shelf) -> list[Sample]:
    """The samples of `samples/index.json`, a list of `{"name", "title", "expected"}`; none where there is no such file."""
    body = shelf.get(f"{_FOLDER}/index.json")
    rows = json.loads(body) if body else []
    return [Sample(str(row["name"]), str(row["title"]), str(row["expected"])) for row in rows if _whole(row)]


def read_sample(shelf: Shelf, name: str) -> bytes:
    """The sample's file, or `NotFound`."""
    body = shelf.get(f"{_FOLDER}/{name}.json") if name != "index" else None
    if body is None:
        raise NotFound
    return body


def _whole(row: object) -> bool:
    return isinstance(row, Mapping) and {"name", "title", "expected"} <= row.keys()
