"""Reads `rights_matrix.toml`: for every door and act, who may go through it and in whose answers Алина's name may stand."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.journeys import cast
from tests.journeys.doors import Door

_NOT_ROWS = frozenset({"groups", "acts"})


@dataclass(frozen=True, slots=True)
class Try:
    """One door for one act ("" where the door is for one act only): who may, and who may meet the name."""

    door: Door
    event: str
    may: frozenset[str]
    named: frozenset[str]

    @property
    def title(self) -> str:
        """What a failure calls it."""
        return f"{self.door.row} {self.event}".strip()


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("rights_matrix.toml").read_text("utf-8"))


def rows() -> Mapping[str, dict[str, Any]]:
    """The rows by door."""
    return {name: row for name, row in _document().items() if name not in _NOT_ROWS}


def acts() -> Mapping[str, list[str]]:
    """Who may do which act of a case."""
    known: dict[str, list[str]] = _document()["acts"]
    return known


def kinds(names: Iterable[str]) -> frozenset[str]:
    """The kinds of people that are meant by kinds and groups."""
    groups: Mapping[str, list[str]] = _document()["groups"]
    return frozenset(kind for name in names for kind in (kinds(groups[name]) if name in groups else {name}))


def names() -> frozenset[str]:
    """Every kind that the statement names anywhere."""
    lists = [*_document()["groups"].values(), *acts().values()]
    lists += [row.get(column, []) for row in rows().values() for column in ("may", "named")]
    return kinds(name for names in lists for name in names)


def tries(doors: Sequence[Door]) -> Iterator[Try]:
    """The statement for every door, acts one by one; nobody may go through a door without a row."""
    for door in doors:
        row = rows().get(door.row, {"may": []})
        if "acts" in row:
            named = kinds(["readers_of_case"])
            yield from (Try(door, event, kinds(may), named) for event, may in acts().items())
        else:
            yield Try(door, "", kinds(row["may"]), _named(row))


def _named(row: Mapping[str, list[str]]) -> frozenset[str]:
    if "named" in row:
        return kinds(row["named"])
    may, family = kinds(row["may"]), kinds(["family"])
    return family if cast.STRANGER in may else may | family
