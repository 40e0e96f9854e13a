"""Documents shaped like those that go round, drawn from a seed: badges, CLR, endorsements, status lists, presentations, proofs.

Most of them are acceptable; what makes them hard to canonicalise alike is put in on purpose: nodes without names, equal twins,
shared names, every script, odd numbers, one value where several could stand.
"""

import copy
from collections.abc import Callable
from random import Random
from typing import Any, Final

from tests.differential.grammar import (
    CLASSES,
    NAMELESS,
    NAMES,
    OF_303,
    OF_BADGES,
    OF_CREDENTIALS,
    OF_EXTENSIONS,
    Field,
    is_scalar,
)
from tests.differential.values import Values

Document = dict[str, Any]

VC: Final = "https://www.w3.org/ns/credentials/v2"
CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OLD: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"
MULTIKEY: Final = "https://w3id.org/security/multikey/v1"

_DEEPEST: Final = 6
_RAW: Final[tuple[Any, ...]] = (
    {},
    [],
    None,
    True,
    1,
    "x",
    [1.5, None, []],
    {"b": 1e21, "a": {"ё": "😀", "ﬁ": [], "@id": 5}, "type": "object"},
)


class Author:
    """Writes one document over a chosen set of contexts."""

    def __init__(self, chance: Random, contexts: list[str]) -> None:
        self.values = Values(chance)
        self.chance = chance
        self.contexts = contexts
        self._left = chance.choice((8, 15, 30, 60, 100))
        self._named = chance.choice((0.2, 0.5, 0.8))
        self._written: dict[str, Document] = {}

    def node(self, kind: str, depth: int = 0, **members: Any) -> Document:
        """An object of a class of the grammar; sometimes the same as an earlier one."""
        if kind not in OF_CREDENTIALS and not {OB, OLD} & set(self.contexts):
            kind = "Thing"
        if not members and kind in self._written and self.values.often(0.1):
            return copy.deepcopy(self._written[kind])
        self._left -= 1
        found: Document = {} if not self.values.often(self._named) else {"id": self.values.iri()}
        found |= self._types(kind) | members
        fields = [field for field in CLASSES[kind] if self._may(field[0])]
        for field in self.chance.sample(fields, self.chance.randint(0, min(len(fields), 6))):
            self._fill(found, field, depth + 1)
        self._written[kind] = found or {"id": self.values.iri()}
        return self._written[kind]

    def _types(self, kind: str) -> Document:
        name = NAMES.get(kind, kind)
        if kind in NAMELESS or (kind in OF_EXTENSIONS and EXTENSIONS not in self.contexts):
            return {}
        if self.values.often(0.04):
            return {"type": [name, self.chance.choice(("urn:type:ё", "https://a.example/T", name))]}
        return {"type": self.chance.choice(([name], name))}

    def _may(self, term: str) -> bool:
        return OB in self.contexts or term not in (OF_303 if OLD in self.contexts else OF_BADGES)

    def _fill(self, found: Document, field: Field, depth: int) -> None:
        term, several, kinds = field
        values = [
            value for value in (self._value(kinds, depth) for _ in range(self._count(several))) if value is not None
        ]
        if values and self.values.often(0.1):
            values.append(copy.deepcopy(self.chance.choice(values)))
        if len(values) == 1 and self.values.often(0.3 if several else 0.95):
            found[term] = values[0]
        elif values:
            found[term] = values

    def _count(self, several: bool) -> int:  # noqa: FBT001 - a field of the grammar, not a switch
        return self.chance.choice((1, 1, 2, 3, 4)) if several else self.chance.choice((1,) * 12 + (2,))

    def _value(self, kinds: tuple[str, ...], depth: int) -> Any:
        kind = self.chance.choice(kinds)
        if is_scalar(kind):
            return getattr(self.values, kind)()
        if kind in _SPECIAL:
            return _SPECIAL[kind](self, depth)
        if depth > _DEEPEST or self._left <= 0:
            return self.values.iri() if "iri" in kinds else None
        return self.node(kind, depth)

    def credential(self, kind: str, depth: int = 0, **members: Any) -> Document:
        """A credential of this type with its subjects."""
        types = (
            ["VerifiableCredential", kind]
            if kind
            else self.chance.choice(("VerifiableCredential", ["VerifiableCredential"]))
        )
        found = self.node("Credential", depth, type=types, **members)
        subjects = [self._subject(kind, depth + 1) for _ in range(self.chance.choice((1, 1, 1, 2, 3)))]
        if self.values.often(0.1):
            subjects.append(copy.deepcopy(subjects[0]))
        found["credentialSubject"] = subjects if len(subjects) > 1 or self.values.often(0.2) else subjects[0]
        return found

    def _subject(self, kind: str, depth: int) -> Document:
        found = self.node(_SUBJECTS.get(kind, "Thing"), depth)
        if not found.keys() - {"id", "type"} and self.values.often(0.9):
            found["name"] = self.values.text()
        return found


_SUBJECTS: Final = {
    "OpenBadgeCredential": "AchievementSubject",
    "AchievementCredential": "AchievementSubject",
    "EndorsementCredential": "EndorsementSubject",
    "ClrCredential": "ClrSubject",
    "BitstringStatusListCredential": "StatusList",
    "JsonSchemaCredential": "JsonSchema",
}


def _endorsement(author: Author, depth: int) -> Document | None:
    if depth > _DEEPEST - 2:
        return None
    own = {"@context": list(author.contexts)} if author.values.often(0.5) else {}
    return author.credential("EndorsementCredential", depth + 1, **own)


def _carried(author: Author, depth: int) -> Document | None:
    if depth > _DEEPEST - 2:
        return None
    own = {"@context": [VC, *([OB] if OB in author.contexts else [])]} if author.values.often(0.7) else {}
    return author.credential("OpenBadgeCredential" if OB in author.contexts else "", depth + 1, **own)


_SPECIAL: Final[dict[str, Callable[[Author, int], Any]]] = {
    "Endorsement": _endorsement,
    "Carried": _carried,
    "raw": lambda author, _: copy.deepcopy(author.chance.choice(_RAW)),
    "purpose": lambda author, _: author.chance.choice(
        ("assertionMethod", "authentication", "keyAgreement", "urn:purpose")
    ),
}


def _badges(chance: Random) -> list[str]:
    outer = [EXTENSIONS] if chance.random() < 0.3 else []
    return [VC, chance.choice((OB, OB, OB, OLD)), *outer, *([INTEGRITY] if chance.random() < 0.05 else [])]


def _badge(chance: Random) -> Document:
    contexts = _badges(chance)
    kind = chance.choice(("OpenBadgeCredential", "AchievementCredential"))
    return {"@context": contexts, **Author(chance, contexts).credential(kind)}


def _endorsed(chance: Random) -> Document:
    contexts = _badges(chance)
    return {"@context": contexts, **Author(chance, contexts).credential("EndorsementCredential")}


def _clr(chance: Random) -> Document:
    contexts = [VC, CLR, OB] if chance.random() < 0.9 else [VC, CLR]
    document = {"@context": contexts, **Author(chance, contexts).credential("ClrCredential")}
    return document | ({"partial": chance.choice((True, False, "true"))} if chance.random() < 0.3 else {})


def _status_list(chance: Random) -> Document:
    return {"@context": [VC], **Author(chance, [VC]).credential("BitstringStatusListCredential")}


def _plain(chance: Random) -> Document:
    author = Author(chance, [VC])
    document = author.credential(chance.choice(("", "", "JsonSchemaCredential")))
    tokens = author.node("Token") if chance.random() < 0.3 else {}
    return {"@context": chance.choice((VC, [VC])), **tokens, **document}


def _presentation(chance: Random) -> Document:
    author = Author(chance, [VC])
    carried = [
        chance.choice((_badge, _badge, _endorsed, _plain, _clr))(chance)
        for _ in range(chance.choice((0, 1, 1, 2, 3, 4)))
    ]
    if carried and chance.random() < 0.1:
        carried.append(copy.deepcopy(carried[0]))
    document = {"@context": [VC], **author.node("Presentation", type=["VerifiablePresentation"])}
    if carried:
        document["verifiableCredential"] = carried[0] if len(carried) == 1 and chance.random() < 0.3 else carried
    return document


def _proof(chance: Random) -> Document:
    contexts = chance.choice(([VC], [VC, INTEGRITY], [VC, OB], [VC, OB, EXTENSIONS]))
    return {"@context": contexts, **Author(chance, contexts).node("Proof", type="DataIntegrityProof")}


def _key(chance: Random) -> Document:
    contexts = [VC, MULTIKEY]
    return {"@context": contexts, **Author(chance, contexts).node("Key")}


KINDS: Final[dict[str, Callable[[Random], Document]]] = {
    "badge": _badge,
    "clr": _clr,
    "endorsement": _endorsed,
    "status list": _status_list,
    "presentation": _presentation,
    "proof": _proof,
    "plain credential": _plain,
    "key": _key,
}
_WEIGHTS: Final = (50, 14, 10, 6, 12, 4, 7, 1)


def document(chance: Random) -> tuple[str, Document]:
    """A document and its kind."""
    (kind,) = chance.choices(list(KINDS), _WEIGHTS)
    found = KINDS[kind](chance)
    return kind, _shuffled(found, chance) if chance.random() < 0.4 else found


def _shuffled(value: Any, chance: Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _shuffled(value[key], chance) for key in keys}
    return [_shuffled(item, chance) for item in value] if isinstance(value, list) else value
