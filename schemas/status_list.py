"""Bitstring Status Lists: bits in, bits out (Bitstring Status List 1.0 §2.2, §3.2-3.5). Index 0 is the left-most bit."""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from schemas import fields
from schemas.canonical.contexts import BASE
from schemas.dates import read_timestamp, write_timestamp
from schemas.errors import N_
from schemas.refusals import Refused, Unreadable

LENGTH: Final = 131_072
MAX_BYTES: Final = 16 * 1_048_576
LIST_TYPE: Final = "BitstringStatusListCredential"
_SUBJECT_TYPE: Final = "BitstringStatusList"
_GZIP: Final = 31


class MalformedList(Refused):
    """MALFORMED_VALUE_ERROR: not a multibase base64url of one gzip stream, or one that unpacks over the cap."""

    code = "status-malformed"
    sentence = N_("Список отозванных значков повреждён. Попросите организацию опубликовать его заново.")


class ListTooShort(Refused):
    """STATUS_LIST_LENGTH_ERROR: fewer entries than hide one learner among many."""

    code = "status-list-length"
    sentence = N_(
        "Список отозванных значков короче, чем разрешает стандарт. Попросите организацию опубликовать его заново."
    )


class RangeError(Refused):
    """RANGE_ERROR: the list has no such entry."""

    code = "status-range"
    sentence = N_("В списке отозванных значков нет записи об этом значке. Спросите у организации, которая его выдала.")


@dataclass(frozen=True, slots=True)
class StatusBits:
    """The unpacked bits of one list."""

    bits: bytes

    @property
    def length(self) -> int:
        """How many entries there are."""
        return len(self.bits) * 8

    def require(self, size: int) -> None:
        """Raise `ListTooShort` unless the list holds enough entries of `size` bits each (§3.2 step 9)."""
        if self.length // size < LENGTH:
            raise ListTooShort

    def get(self, index: int) -> bool:
        """Whether entry `index` is set; `RangeError` outside of the list."""
        return self.value(index, 1) == 1

    def value(self, index: int, size: int) -> int:
        """What stands at entry `index` of `size` bits each, the left-most bit first (§3.2 step 10); `RangeError` outside."""
        first = index * size
        if index < 0 or first + size > self.length:
            raise RangeError
        last = first + size - 1
        window = int.from_bytes(self.bits[first // 8 : last // 8 + 1])
        return window >> (7 - last % 8) & (1 << size) - 1


def encode(set_indexes: Iterable[int], length: int = LENGTH) -> str:
    """The `encodedList` with these entries set: the same text for the same bits. `length` in entries, a multiple of 8."""
    if length < LENGTH or length % 8:
        raise ListTooShort
    bits = bytearray(length // 8)
    for index in set_indexes:
        if not 0 <= index < length:
            raise RangeError
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str, *, cap: int = MAX_BYTES) -> StatusBits:
    """The bits of an `encodedList`, unpacked to at most `cap` bytes. Raises `MalformedList` or `ListTooShort`.

    For entries of several bits ask `StatusBits.require` as well.
    """
    bits = _unpacked(_packed(text), cap)
    if len(bits) * 8 < LENGTH:
        raise ListTooShort
    return StatusBits(bits)


def _packed(text: str) -> bytes:
    if not text.startswith("u") or "=" in text or not text.isascii():
        raise MalformedList
    try:
        return base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise MalformedList from None


def _unpacked(packed: bytes, cap: int) -> bytes:
    stream = zlib.decompressobj(_GZIP)
    try:
        bits = stream.decompress(packed, cap + 1)
    except zlib.error:
        raise MalformedList from None
    if len(bits) > cap or not stream.eof or stream.unused_data:
        raise MalformedList
    return bits


def status_list_credential(
    *,
    url: str,
    issuer: str,
    purpose: str,
    encoded: str,
    valid_from: datetime,
    valid_until: datetime,
    stands_in: timedelta | None = None,
) -> dict[str, Any]:
    """The unsigned credential that publishes one list at `url` (Bitstring Status List §2.2).

    For `stands_in` (its `ttl`) a copy may be taken for the list while the list itself cannot be had.
    """
    ttl = {} if stands_in is None else {"ttl": round(stands_in / timedelta(milliseconds=1))}
    return {
        "@context": [BASE],
        "id": url,
        "type": ["VerifiableCredential", LIST_TYPE],
        "issuer": issuer,
        "validFrom": write_timestamp(valid_from),
        "validUntil": write_timestamp(valid_until),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": _SUBJECT_TYPE,
            "statusPurpose": purpose,
            "encodedList": encoded,
            **ttl,
        },
    }


class StatusList:
    """A status list credential, read over its own dict, which must not change any more."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        subjects = fields.objects(document, "credentialSubject")
        if LIST_TYPE not in fields.strings(document, "type"):
            raise Unreadable(pointer="/type", field="type")
        if len(subjects) != 1 or _SUBJECT_TYPE not in fields.strings(subjects[0][1], "type"):
            raise Unreadable(pointer="/credentialSubject", field="credentialSubject")
        self._pointer, self._subject = subjects[0]

    @cached_property
    def url(self) -> str:
        """Its own id: where it says it is published."""
        return fields.required(self.document, "id")

    @cached_property
    def issuer_id(self) -> str:
        """Who publishes it."""
        found = fields.reference(self.document, "issuer")
        if not found:
            raise Unreadable(pointer="/issuer", field="issuer")
        return found

    @cached_property
    def purposes(self) -> list[str]:
        """What a set bit means: revocation, suspension."""
        return fields.strings(self._subject, "statusPurpose", self._pointer)

    @cached_property
    def valid_from(self) -> datetime | None:
        """From when this edition holds, UTC."""
        return self._instant("validFrom")

    @cached_property
    def valid_until(self) -> datetime | None:
        """Until when this edition may be relied on, UTC."""
        return self._instant("validUntil")

    @cached_property
    def encoded(self) -> str:
        """The packed list, for `decode`."""
        return fields.required(self._subject, "encodedList", self._pointer)

    def bits(self) -> StatusBits:
        """The unpacked list."""
        return decode(self.encoded)

    def _instant(self, name: str) -> datetime | None:
        written = fields.optional(self.document, name)
        return None if written is None else read_timestamp(written, pointer=f"/{name}")
