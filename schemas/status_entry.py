"""Where a credential says that its status is kept: a place in a Bitstring Status List (§2.1), or a 1EdTech revocation list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from schemas import fields
from schemas.errors import N_
from schemas.refusals import Refused, Unreadable

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_VALUE: Final = re.compile(r"0x[0-9A-Fa-f]{1,8}", re.ASCII)
_BITSTRING: Final = "BitstringStatusListEntry"
_REVOCATIONS: Final = "1EdTechRevocationList"
_LARGEST: Final = 8  # bits: 256 messages are more than any credential has room for


class StatusUnsupported(Refused):
    """A `credentialStatus` of a kind that cannot be asked here. Params: `kind`."""

    code = "status-unsupported"
    sentence = N_(
        "Отозван ли значок, узнать нельзя: способ «{kind}» не поддерживается. Спросите у организации, которая его выдала."
    )


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One place in one status list. `size` is in bits; `messages` say what its values mean, where it has such."""

    id: str
    purpose: str
    index: int
    list_url: str
    size: int = 1
    messages: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RevocationEntry:
    """A list of revoked credentials by their ids (1EdTech VCRL 1.0)."""

    list_url: str


def read_entry(document: dict[str, Any], pointer: str) -> StatusEntry | RevocationEntry:
    """A member of `credentialStatus`. Raises `StatusUnsupported` for another kind, `Unreadable` for one that breaks its rules."""
    kind = fields.required(document, "type", pointer)
    if kind == _REVOCATIONS:
        return RevocationEntry(fields.required(document, "id", pointer))
    if kind != _BITSTRING:
        raise StatusUnsupported(pointer=pointer, kind=kind[:80])
    index = fields.required(document, "statusListIndex", pointer)
    if not _INDEX.fullmatch(index):
        raise Unreadable(pointer=pointer, field="statusListIndex")
    size = _size(document, pointer)
    return StatusEntry(
        id=fields.optional(document, "id", pointer) or "",
        purpose=fields.required(document, "statusPurpose", pointer),
        index=int(index),
        list_url=fields.required(document, "statusListCredential", pointer),
        size=size,
        messages=_messages(document, pointer, size),
    )


def _size(document: dict[str, Any], pointer: str) -> int:
    size = document.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= _LARGEST:
        raise Unreadable(pointer=pointer, field="statusSize")
    return size


def _messages(document: dict[str, Any], pointer: str, size: int) -> dict[int, str]:
    """Every value's message once; a status of several bits must have them all (§2.1 `statusMessage`)."""
    found = fields.objects(document, "statusMessage", pointer)
    messages = {_value(row, place): fields.required(row, "message", place) for place, row in found}
    incomplete = size > 1 and messages.keys() != set(range(2**size))
    if incomplete or len(messages) != len(found) or not messages.keys() <= set(range(2**size)):
        raise Unreadable(pointer=pointer, field="statusMessage")
    return messages


def _value(row: dict[str, Any], pointer: str) -> int:
    written = fields.required(row, "status", pointer)
    if not _VALUE.fullmatch(written):
        raise Unreadable(pointer=pointer, field="status")
    return int(written, 16)
