"""A record of several credentials (Comprehensive Learner Record 2.0, ClrCredential), read over its own dict, and composed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from schemas import fields
from schemas.achievement import Achievement
from schemas.canonical.contexts import BASE
from schemas.credential import Credential
from schemas.dates import write_timestamp
from schemas.refusals import Unreadable

TYPE: Final = "ClrCredential"
CONTEXTS: Final = (
    BASE,
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_SUBJECT: Final = "ClrSubject"
_ASSOCIATION: Final = "Association"


class Relation(StrEnum):
    """How one thing in a record stands to another (CLR 2.0 AssociationType)."""

    EXACT_MATCH_OF = "exactMatchOf"
    IS_CHILD_OF = "isChildOf"
    IS_PARENT_OF = "isParentOf"
    IS_PART_OF = "isPartOf"
    IS_PEER_OF = "isPeerOf"
    IS_RELATED_TO = "isRelatedTo"
    PRECEDES = "precedes"
    REPLACED_BY = "replacedBy"


@dataclass(frozen=True, slots=True)
class Association:
    """`source` stands in this relation to `target`; both are ids of achievements or credentials."""

    relation: Relation
    source: str
    target: str


class Record:
    """An object over a ClrCredential's dict; signature, issuer and dates are those of any `Credential`."""

    def __init__(self, document: dict[str, Any]) -> None:
        subjects = fields.objects(document, "credentialSubject")
        if TYPE not in fields.strings(document, "type"):
            raise Unreadable(pointer="/type", field="type")
        if len(subjects) != 1:
            raise Unreadable(pointer="/credentialSubject", field="credentialSubject")
        self.document = document
        self._pointer, self._subject = subjects[0]

    @property
    def name(self) -> str:
        """Its title."""
        return fields.text(self.document, "name")

    @property
    def is_partial(self) -> bool:
        """Whether it says that it does not hold everything that there is about the learner."""
        return self.document.get("partial") is True

    @property
    def credentials(self) -> list[dict[str, Any]]:
        """The credentials inside, each to be judged by itself."""
        return [found for _, found in fields.objects(self._subject, "verifiableCredential", self._pointer)]

    @property
    def achievements(self) -> list[Achievement]:
        """What it describes without awarding it, so that associations may name it."""
        return [Achievement(found, at) for at, found in fields.objects(self._subject, "achievement", self._pointer)]

    @property
    def associations(self) -> list[Association]:
        """How the things in it belong together; a relation that the standard does not know is `Unreadable`."""
        found = fields.objects(self._subject, "association", self._pointer)
        return [_association(document, pointer) for pointer, document in found]


def compose(
    *,
    record_id: str,
    name: str,
    issuer: Mapping[str, Any],
    subject_id: str,
    credentials: Iterable[dict[str, Any]],
    made_at: datetime,
    identifiers: Iterable[Mapping[str, Any]] = (),
    achievements: Iterable[Mapping[str, Any]] = (),
    associations: Iterable[Association] = (),
    is_partial: bool = True,
) -> dict[str, Any]:
    """An unsigned record of signed credentials, which stay as they are.

    A record without a credential, or an association that names nothing in it, is a `ValueError`.
    """
    held, described = list(credentials), [dict(achievement) for achievement in achievements]
    links = list(associations)
    if not held or not _known_ids(held, described) >= {end for link in links for end in (link.source, link.target)}:
        raise ValueError("a record has credentials, and its associations lead from one part of it to another")
    subject: dict[str, Any] = {
        "id": subject_id,
        "type": [_SUBJECT],
        "identifier": [dict(identity) for identity in identifiers],
        "achievement": described,
        "verifiableCredential": held,
        "association": [_row(link) for link in links],
    }
    return {
        "@context": list(CONTEXTS),
        "id": record_id,
        "type": ["VerifiableCredential", TYPE],
        "name": name,
        "partial": is_partial,
        "issuer": dict(issuer),
        "validFrom": write_timestamp(made_at),
        "credentialSubject": {member: value for member, value in subject.items() if value != []},
    }


def _association(document: dict[str, Any], pointer: str) -> Association:
    relation = fields.required(document, "associationType", pointer)
    if relation not in set(Relation):
        raise Unreadable(pointer=f"{pointer}/associationType", field="associationType")
    return Association(
        Relation(relation),
        fields.required(document, "sourceId", pointer),
        fields.required(document, "targetId", pointer),
    )


def _row(link: Association) -> dict[str, str]:
    """`type` is a string and not an array, as the published schema demands of this one class."""
    return {
        "type": _ASSOCIATION,
        "associationType": str(link.relation),
        "sourceId": link.source,
        "targetId": link.target,
    }


def _known_ids(credentials: list[dict[str, Any]], achievements: list[dict[str, Any]]) -> set[str]:
    ids = {str(achievement.get("id")) for achievement in achievements}
    for document in credentials:
        credential = Credential(document)
        ids |= {credential.id, *_achievement_ids(credential)}
    return ids


def _achievement_ids(credential: Credential) -> set[str]:
    found = fields.objects(credential.subject, "achievement")
    return {name for _, achievement in found if isinstance(name := achievement.get("id"), str)}
