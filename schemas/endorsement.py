"""Endorsements: somebody vouches for a badge, an achievement or an organisation (Open Badges 3.0 §9.2, EndorsementCredential)."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from schemas import fields
from schemas.credential import Credential
from schemas.reading import pointer_to
from schemas.refusals import Unreadable

TYPE: Final = "EndorsementCredential"
_INSIDE: Final = "endorsement"
_TOKENS: Final = "endorsementJwt"
_LETTERS: Final = _INSIDE.encode()  # both names begin with them
_CREDENTIAL: Final = "VerifiableCredential"


@dataclass(frozen=True, slots=True)
class Attached:
    """An endorsement inside another document: where it stands, and the id of the thing that it is attached to ("" for none).

    It is an object, or the text of a JWT.
    """

    pointer: str
    holder_id: str
    held: dict[str, Any] | str


def subject_of(credential: Credential) -> str:
    """The id of what is endorsed; `Unreadable` where none is named."""
    if not credential.subject_id:
        raise Unreadable(pointer="/credentialSubject/id", field="id")
    return credential.subject_id


def comment(credential: Credential, language: str = "ru") -> str:
    """What the endorser says, in `language` where there is a choice."""
    return fields.text(credential.subject, "endorsementComment", language)


def may_mention(text: bytes) -> bool:
    """Whether JSON in UTF-8 may have such a member; not where the word is nowhere in it and no letter is written as an escape."""
    return _LETTERS in text or (b"\\" in text and b"\\u" in text)


def is_mentioned(document: dict[str, Any]) -> bool:
    """Whether anything in a document has the name under which endorsements stand; quick, and nothing is looked at more closely."""
    pending: list[Any] = [document]
    while pending:
        value = pending.pop()
        if type(value) is dict:
            if _INSIDE in value or _TOKENS in value:
                return True
            value = value.values()
        pending += [item for item in value if type(item) is dict or type(item) is list]
    return False


def attached(document: dict[str, Any]) -> Iterator[Attached]:
    """The endorsements of a credential, its issuer, its achievement and every other part of it, outer before inner.

    Not those inside of other credentials that it carries: they are theirs. Raises `Unreadable` for one that is neither an object
    nor a text in its own place.
    """
    for pointer, part in _parts(document):
        holder = part["id"] if isinstance(part.get("id"), str) else ""
        for place, found in fields.objects(part, _INSIDE, pointer):
            yield Attached(place, holder, found)
        for text in fields.strings(part, _TOKENS, pointer):
            yield Attached(pointer_to(pointer, _TOKENS), holder, text)


def _parts(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a credential that belong to it alone."""
    pending: deque[tuple[str, object]] = deque([("", document)])
    while pending:
        pointer, value = pending.popleft()
        if isinstance(value, list):
            pending += [(f"{pointer}/{index}", item) for index, item in enumerate(value)]
        elif isinstance(value, dict) and (not pointer or not _is_credential(value)):
            yield pointer, value
            pending += [(pointer_to(pointer, key), item) for key, item in value.items() if key != _INSIDE]


def _is_credential(value: dict[str, Any]) -> bool:
    kinds = value.get("type")
    return _CREDENTIAL in (kinds if isinstance(kinds, list) else [kinds])
