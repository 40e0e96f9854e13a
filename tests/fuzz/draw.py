"""Random parts of a document, and random new ones."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, Final

from tests.fuzz.words import CLASSES, KEYWORDS, NUMBERS, STRANGE, TERMS, TEXTS

Place = tuple[Any, Any]  # an object or array, and a key of it that is there
RAW_PLACE: Final = "\ue000raw\ue000"  # stands for a token that is put in after writing


def places(value: Any) -> Iterator[Place]:
    """Every place of a document."""
    pending = [value]
    while pending:
        container = pending.pop()
        for key in container if isinstance(container, dict) else range(len(container)):
            yield container, key
            if isinstance(container[key], dict | list):
                pending.append(container[key])


def copied(value: Any) -> Any:
    """A copy of a JSON value."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


class Draw:
    """What one change draws from: the document that it changes, and `donors` to copy parts from."""

    def __init__(self, document: dict[str, Any], random: Random, donors: Sequence[dict[str, Any]]) -> None:
        if not document:
            document["type"] = "Profile"
        self.random = random
        self.places = list(places(document))
        self._objects = [document, *(held[key] for held, key in self.places if isinstance(held[key], dict))]
        self._donors = donors

    def place(self) -> Place:
        """A member or an item."""
        return self.random.choice(self.places)

    def object(self) -> dict[str, Any]:
        """An object of the document."""
        return self.random.choice(self._objects)

    def key(self) -> str:
        """A word that may be the name of a field."""
        kind = self.random.randrange(12)
        return self.random.choice(KEYWORDS if kind == 0 else STRANGE if kind == 1 else TERMS)

    def part(self) -> Any:
        """A copy of a part of this document or of another."""
        held, key = self.place()
        if self._donors and self.random.randrange(2):
            held, key = self.random.choice(list(places(self.random.choice(self._donors))))
        return copied(held[key])

    def value(self) -> Any:
        """A new value."""
        made = self.random.choice(_VALUES)
        return made(self) if callable(made) else copied(self.random.choice(made))

    def tagged(self) -> dict[str, Any]:
        """A text with its language, or nearly one."""
        made: dict[str, Any] = {"@value": self.random.choice(TEXTS)}
        for name in self.random.sample(("@language", "@direction", "@type", "@index"), self.random.choice((1, 1, 2))):
            made[name] = self.random.choice(("ru", "en-GB", "ltr", "rtl", "", "@json", "x y"))
        return made

    def node(self) -> dict[str, Any]:
        """A nameless object that most contexts understand."""
        return {"type": [self.random.choice(CLASSES)], self.random.choice(("name", "description")): "x"}

    def small(self) -> dict[str, Any]:
        """An object of one type and one field."""
        choose = self.random.choice
        return {"type": [choose(CLASSES)], choose(TERMS): choose(TEXTS)}

    def named(self) -> dict[str, Any]:
        """A reference."""
        return {"id": self.random.choice(TEXTS)}


_ODD: Final[tuple[Any, ...]] = (None, True, False, "", [], {}, [[]], [{}], RAW_PLACE)
_VALUES: Final[tuple[Callable[[Draw], Any] | tuple[Any, ...], ...]] = (
    NUMBERS, TEXTS, TEXTS, CLASSES, KEYWORDS, _ODD, Draw.part, Draw.tagged, Draw.small, Draw.named,
)  # fmt: skip
