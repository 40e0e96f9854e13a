"""Strings that remember their place in a document, so that a refusal can say where it is."""

from typing import Any, Self

from schemas.reading import pointer_to


class Located(str):
    """A string of a document that remembers its place; only used to say where a refusal is."""

    __slots__ = ("pointer",)

    def __new__(cls, text: str, pointer: str) -> Self:
        """`text`, found at `pointer`."""
        made = super().__new__(cls, text)
        made.pointer = pointer
        return made

    pointer: str

    def __deepcopy__(self, memo: object) -> Self:
        return self


def locate(value: Any, pointer: str = "") -> Any:
    """A copy of a document whose keys and strings are `Located`."""
    if isinstance(value, dict):
        return {
            key if key == "@context" else Located(key, pointer_to(pointer, key)): (
                item if key == "@context" else locate(item, pointer_to(pointer, key))
            )
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [locate(item, f"{pointer}/{index}") for index, item in enumerate(value)]
    return Located(value, pointer) if isinstance(value, str) else value


def place_of(value: object) -> str:
    """Where a string of the document stands, as far as it is known."""
    return value.pointer if isinstance(value, Located) else ""
