"""Reading members of documents that may have any shape: what is there and right, or a refusal with its place; never a guess.

JSON-LD lets one value stand alone or in an array, so every reader here takes both.
"""

from typing import Any

from schemas.reading import pointer_to
from schemas.refusals import Unreadable


def many(document: dict[str, Any], name: str) -> list[Any]:
    """The values of a member, in order; empty where it is missing or null."""
    value = document.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def objects(document: dict[str, Any], name: str, pointer: str = "") -> list[tuple[str, dict[str, Any]]]:
    """The objects of a member with their pointers; anything else in it is `Unreadable`."""
    value = document.get(name)
    if value is None:
        return []
    place = pointer_to(pointer, name)
    found = (
        [(f"{place}/{index}", item) for index, item in enumerate(value)]
        if isinstance(value, list)
        else [(place, value)]
    )
    for where, item in found:
        if not isinstance(item, dict):
            raise Unreadable(pointer=where, field=name)
    return found


def strings(document: dict[str, Any], name: str, pointer: str = "") -> list[str]:
    """The strings of a member; anything else in it is `Unreadable`."""
    values = many(document, name)
    if not all(isinstance(value, str) for value in values):
        raise Unreadable(pointer=pointer_to(pointer, name), field=name)
    return values


def optional(document: dict[str, Any], name: str, pointer: str = "") -> str | None:
    """The one string of a member, None where it is missing."""
    value = document.get(name)
    if value is None or isinstance(value, str):
        return value
    found = strings(document, name, pointer)
    if len(found) > 1:
        raise Unreadable(pointer=pointer_to(pointer, name), field=name)
    return found[0] if found else None


def required(document: dict[str, Any], name: str, pointer: str = "") -> str:
    """The one string of a member; missing or empty is `Unreadable`."""
    found = optional(document, name, pointer)
    if not found:
        raise Unreadable(pointer=pointer_to(pointer, name), field=name)
    return found


def reference(document: dict[str, Any], name: str, pointer: str = "") -> str | None:
    """The id of a member that is an id or one object with an id."""
    values = many(document, name)
    if len(values) > 1:
        raise Unreadable(pointer=pointer_to(pointer, name), field=name)
    if values and isinstance(values[0], dict):
        return optional(values[0], "id", pointer_to(pointer, name))
    return optional(document, name, pointer)


def text(document: dict[str, Any], name: str, language: str = "ru") -> str:
    """A text for people: a plain string or the value object in `language`, else the first there is, else ""."""
    value = document.get(name)
    if isinstance(value, str):
        return value
    values = many(document, name)
    tagged = [value for value in values if isinstance(value, dict) and isinstance(value.get("@value"), str)]
    mine = [value["@value"] for value in tagged if str(value.get("@language", "")).lower().split("-")[0] == language]
    plain = [value for value in values if isinstance(value, str)]
    return next(iter([*mine, *plain, *(value["@value"] for value in tagged)]), "")
