"""Hostile changes of a document, each drawn from a seed. Most of them must be refused; those that are not must be read alike."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from tests.differential.documents import Document
from tests.differential.grammar import TERMS, TYPES


class Site(NamedTuple):
    """One place of a document: a member of an object or an element of an array."""

    holder: Any
    key: Any

    @property
    def value(self) -> Any:
        """What stands here."""
        return self.holder[self.key]

    def put(self, value: Any) -> None:
        """Let `value` stand here."""
        self.holder[self.key] = value


Mutation = Callable[[Random, Document], None]

_NAMED: Final = frozenset(
    {
        "id",
        "issuer",
        "holder",
        "verificationMethod",
        "image",
        "criteria",
        "statusListCredential",
        "source",
        "proofPurpose",
    }
)
_MOSTLY: Final = 0.7
_HOSTILE: Final[dict[str, list[Any]]] = json.loads((Path(__file__).parent / "hostile.json").read_text("utf-8"))


def _hostile(chance: Random, name: str) -> Any:
    return copy.deepcopy(chance.choice(_HOSTILE[name]))


def sites(document: Any) -> Iterator[Site]:
    """Every place of a document."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in list(pairs):
        yield Site(document, key)
        if isinstance(value, dict | list):
            yield from sites(value)


def objects(document: Document) -> list[Document]:
    """Every object of a document, itself among them."""
    return [document, *(site.value for site in sites(document) if isinstance(site.value, dict))]


def _any(chance: Random, document: Document) -> Site:
    return chance.choice([site for site in sites(document) if site.key != "@context"] or list(sites(document)))


def _member(chance: Random, document: Document) -> Site:
    found = chance.choice([found for found in objects(document) if found])
    return Site(found, chance.choice([key for key in found if key != "@context"] or list(found)))


def _where(chance: Random, document: Document, fits: Callable[[Site], bool]) -> Site:
    return chance.choice([site for site in sites(document) if fits(site)] or [_any(chance, document)])


def _strange_key(chance: Random, document: Document) -> None:
    chance.choice(objects(document))[_hostile(chance, "keys")] = _hostile(chance, "members")


def _strange_type(chance: Random, document: Document) -> None:
    found = chance.choice([found for found in objects(document) if "type" in found] or [document])
    name, kept = _hostile(chance, "types"), found.get("type", [])
    found["type"] = chance.choice((name, [*(kept if isinstance(kept, list) else [kept]), name]))


def _term_elsewhere(chance: Random, document: Document) -> None:
    chance.choice(objects(document))[chance.choice(TERMS)] = _hostile(chance, "members")


def _type_elsewhere(chance: Random, document: Document) -> None:
    name = chance.choice(TYPES)
    chance.choice(objects(document))["type"] = chance.choice((name, [name], [name, chance.choice(TYPES)]))


def _odd_value(chance: Random, document: Document) -> None:
    _any(chance, document).put(_hostile(chance, "values"))


def _keyword(chance: Random, document: Document) -> None:
    chance.choice(objects(document))[_hostile(chance, "keywords")] = _hostile(chance, "members")


def _keyword_value(chance: Random, document: Document) -> None:
    _any(chance, document).put(_hostile(chance, "keywords"))


def _bad_iri(chance: Random, document: Document) -> None:
    _where(chance, document, lambda site: site.key in _NAMED).put(_hostile(chance, "iris"))


def _bad_id(chance: Random, document: Document) -> None:
    chance.choice(objects(document))["id"] = _hostile(chance, "iris")


def _contexts(chance: Random, document: Document) -> None:
    place, other = _where(chance, document, lambda site: site.key == "@context"), _hostile(chance, "contexts")
    kept = place.value if isinstance(place.value, list) else [place.value]
    mixed = chance.sample([*kept, other], len(kept) + 1)
    place.put(chance.choice((mixed, kept[::-1], kept + kept[:1], kept[1:], kept[:-1], other, [*kept, other], [kept])))


def _context_inside(chance: Random, document: Document) -> None:
    name = chance.choice(("contexts", "context lists"))
    chance.choice(objects(document))["@context"] = _hostile(chance, name)


def _no_context(chance: Random, document: Document) -> None:
    for site in sites(document):
        if site.key == "@context" and chance.random() < _MOSTLY:
            del site.holder["@context"]


def _types_swapped(chance: Random, document: Document) -> None:
    typed = [found for found in objects(document) if "type" in found] or [document]
    one, other = chance.choice(typed), chance.choice(typed)
    one["type"], other["type"] = other.get("type", "Profile"), one.get("type", "Profile")


def _other_shape(chance: Random, document: Document) -> None:
    place = _any(chance, document)
    value, changed = place.value, tuple[Any, ...]()
    if isinstance(value, dict):
        changed = (value.get("id", "x"), json.dumps(value), list(value.values()), [value], list(value))
    elif isinstance(value, list):
        changed = (value[0] if value else "x", [value], {str(n): item for n, item in enumerate(value)}, value * 2, 1)
    else:
        changed = ({"id": value}, {"name": value}, {"@value": value, "@language": "en"}, [value] * 2, str(value))
    place.put(chance.choice(changed))


def _value_object(chance: Random, document: Document) -> None:
    _any(chance, document).put(_hostile(chance, "value objects"))


def _moved(chance: Random, document: Document) -> None:
    place, target = _member(chance, document), chance.choice(objects(document))
    value = copy.deepcopy(place.value)
    if chance.random() < _MOSTLY and target is not document and place.key != "@context":
        del place.holder[place.key]
    target[chance.choice((place.key, place.key, chance.choice(TERMS)))] = value


def _copied(chance: Random, document: Document) -> None:
    one, other = _any(chance, document), _any(chance, document)
    one.put(copy.deepcopy(other.value))


def _renamed(chance: Random, document: Document) -> None:
    place = _member(chance, document)
    names = (chance.choice(TERMS), chance.choice(TERMS), _hostile(chance, "keywords"), _hostile(chance, "keys"))
    place.holder[chance.choice(names)] = place.holder.pop(place.key)


def _removed(chance: Random, document: Document) -> None:
    place = _any(chance, document)
    del place.holder[place.key]


def _deep(chance: Random, document: Document) -> None:
    place = _any(chance, document)
    value: Any = copy.deepcopy(document)
    for _ in range(chance.choice((1, 5, 12, 40))):
        wrapped: tuple[Any, ...] = ({"type": ["Profile"], "parentOrg": value}, {"name": value}, [value])
        value = chance.choice(wrapped)
    place.put(value)


MUTATIONS: Final[dict[str, Mutation]] = {
    "strange key": _strange_key,
    "strange type": _strange_type,
    "term elsewhere": _term_elsewhere,
    "type elsewhere": _type_elsewhere,
    "odd value": _odd_value,
    "keyword": _keyword,
    "keyword as value": _keyword_value,
    "bad IRI": _bad_iri,
    "bad id": _bad_id,
    "contexts": _contexts,
    "context inside": _context_inside,
    "no context": _no_context,
    "types swapped": _types_swapped,
    "other shape": _other_shape,
    "value object": _value_object,
    "moved": _moved,
    "copied": _copied,
    "renamed": _renamed,
    "removed": _removed,
    "deep": _deep,
}
SINGLE: Final = frozenset({"strange key", "keyword", "bad id", "term elsewhere"})
"""Mutations that bring in at most one fault, so that two careful readers name the same one; a lost context makes many."""


def mutate(chance: Random, document: Document) -> tuple[str, ...]:
    """Change `document` in one to three ways and tell which."""
    names = tuple(chance.choice(list(MUTATIONS)) for _ in range(chance.choice((1, 1, 1, 2, 3))))
    for name in names:
        if document:
            MUTATIONS[name](chance, document)
    return names
