"""A path of achievements as a public document, and how far somebody has come on it. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from schemas import fields
from schemas.refusals import Unreadable

TYPE: Final = "AchievementPath"
FOLDER: Final = "paths"
_VERSION: Final = re.compile(r"-[0-9]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Goal:
    """An achievement in any of its versions: its address without the version, its name, whose it is."""

    url: str
    name: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A path: whoever holds `needed` of `steps` is awarded `leads_to`, while it is open."""

    url: str
    organisation: str
    title: str
    description: str
    needed: int
    steps: tuple[Goal, ...]
    leads_to: Goal
    is_open: bool

    def held(self, achievements: Iterable[str]) -> frozenset[str]:
        """The addresses of the steps that somebody holds whose badges have these achievement ids."""
        bare = {without_version(one) for one in achievements}
        return frozenset(step.url for step in self.steps if step.url in bare)


def shelf_path(organisation: str, code: str) -> str:
    """Where the document lies on the shelf and on its organisation's host."""
    return f"{FOLDER}/{organisation}.{code}"


def without_version(achievement: str) -> str:
    """The address of an achievement without the number of its version."""
    return _VERSION.sub("", achievement)


def compose(
    *,
    url: str,
    organisation: str,
    title: str,
    description: str,
    needed: int,
    steps: Collection[Goal],
    leads_to: Goal,
    is_open: bool,
) -> dict[str, Any]:
    """The unsealed document."""
    return {
        "type": TYPE,
        "id": url,
        "organisation": organisation,
        "title": title,
        "description": description,
        "needed": needed,
        "steps": [_written(step) for step in steps],
        "leadsTo": _written(leads_to),
        "open": is_open,
    }


def read(document: dict[str, Any]) -> Pathway:
    """The path that a document describes; raises `Unreadable`."""
    needed, ends = document.get("needed"), fields.objects(document, "leadsTo")
    if document.get("type") != TYPE or type(needed) is not int or len(ends) != 1:
        raise Unreadable(pointer="/type", field="type")
    return Pathway(
        url=fields.required(document, "id"),
        organisation=fields.required(document, "organisation"),
        title=fields.required(document, "title"),
        description=fields.required(document, "description"),
        needed=needed,
        steps=tuple(_goal(row, pointer) for pointer, row in fields.objects(document, "steps")),
        leads_to=_goal(ends[0][1], ends[0][0]),
        is_open=document.get("open") is True,
    )


def _goal(row: dict[str, Any], pointer: str) -> Goal:
    return Goal(*(fields.required(row, name, pointer) for name in ("achievement", "name", "organisation")))


def _written(goal: Goal) -> dict[str, str]:
    return {"achievement": goal.url, "name": goal.name, "organisation": goal.organisation}
