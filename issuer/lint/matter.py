"""What the rules look at: the document, the learner's names, and its texts one by one."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from schemas.reading import pointer_to

_MACHINE_KEYS = frozenset(
    {
        "@context",
        "id",
        "type",
        "url",
        "validFrom",
        "validUntil",
        "awardedDate",
        "salt",
        "identityHash",
        "identityType",
        "resultType",
        "achievementType",
        "targetType",
        "targetUrl",
        "achievedLevel",
        "requiredLevel",
        "resultDescription",
        "statusPurpose",
        "statusListIndex",
        "statusListCredential",
        "created",
        "cryptosuite",
        "proofPurpose",
        "proofValue",
        "verificationMethod",
    }
)
_ACHIEVEMENT = "/credentialSubject/achievement"

Member = tuple[str, str, object]
"""A value with its pointer and the name that it stands under."""


class Text(NamedTuple):
    """One string of a document, where it stands and under which name.

    `plain` is for looking through: compatibility forms folded, invisible characters removed.
    """

    pointer: str
    key: str
    raw: str
    plain: str

    @property
    def for_people(self) -> bool:
        """Whether people wrote it: not an identifier, a date or a word of the standard."""
        return self.key not in _MACHINE_KEYS


@dataclass(frozen=True)
class Matter:
    """An unsigned credential, or an achievement alone, and the parts of its learner's name (none for an achievement).

    `roll` are the stems of the family names of all who stand on the same list (`privacy.stems_of`). `open_members` are those that
    are looked at one by one, where the others have been before; None for all.
    """

    document: Mapping[str, Any]
    names: tuple[str, ...] = ()
    roll: frozenset[str] = frozenset()
    open_members: tuple[Member, ...] | None = None

    @property
    def subject(self) -> Mapping[str, Any]:
        """The credential's subject."""
        found = self.document.get("credentialSubject")
        return found if isinstance(found, Mapping) else {}

    @property
    def achievement(self) -> Mapping[str, Any]:
        """The achievement of the credential's subject."""
        found = self.subject.get("achievement")
        return found if isinstance(found, Mapping) else {}

    @property
    def issuer(self) -> Mapping[str, Any]:
        """The credential's issuer."""
        found = self.document.get("issuer")
        return found if isinstance(found, Mapping) else {}

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Every value with its pointer and the name it stands under (array items: the array's name), the outer before the inner.

        The document is walked once for all rules.
        """
        if self.open_members is not None:
            return self.open_members
        found: list[Member] = []
        _walk(self.document, "", "", found)
        return tuple(found)

    def texts(self) -> tuple[Text, ...]:
        """Every string."""
        return self._texts

    def texts_for_people(self) -> tuple[Text, ...]:
        """What people wrote."""
        return self._for_people

    @cached_property
    def _texts(self) -> tuple[Text, ...]:
        return tuple(
            [Text(at, name, found, _plain(found)) for at, name, found in self.members if isinstance(found, str)]
        )

    @cached_property
    def _for_people(self) -> tuple[Text, ...]:
        return tuple(text for text in self._texts if text.for_people)

    def texts_of_the_award(self) -> Iterator[Text]:
        """What was written for this learner, as against for every learner of the module."""
        return (text for text in self.texts_for_people() if not text.pointer.startswith(_ACHIEVEMENT))


def _plain(raw: str) -> str:
    if raw.isprintable() and unicodedata.is_normalized("NFKC", raw):
        return raw
    folded = unicodedata.normalize("NFKC", raw)
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")


def _walk(value: object, pointer: str, key: str, found: list[Member]) -> None:
    found.append((pointer, key, value))
    if isinstance(value, dict):
        for name, item in value.items():
            _walk(item, pointer_to(pointer, name), name, found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _walk(item, f"{pointer}/{index}", key, found)
