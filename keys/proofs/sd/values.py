"""What stands in the proof values of ecdsa-sd-2023 (VC-DI-ECDSA §3.5.2, §3.5.3, §3.5.7, §3.5.8): base64url, a header, CBOR."""

from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from keys import cbor
from keys.errors.proofs import BaseProofShown, ProofMalformed
from keys.errors.written import BadCbor, BadMultibase, BadMultikey
from keys.multikey import P256, PublicKey, from_bytes, multibase_decode, multibase_encode_url, to_bytes

_BASE: Final = b"\xd9\x5d\x00"
_DERIVED: Final = b"\xd9\x5d\x01"
_LONGEST: Final = 1_000_000  # characters; a signature for each of the most statements that one document may have
_SIGNATURE: Final = 64
_HMAC: Final = 32


@dataclass(frozen=True, slots=True)
class BaseValue:
    """The issuer's: a signature over what must be shown, one by the proof's own key for each other statement, and the label key."""

    signature: bytes
    public: PublicKey
    label_key: bytes
    signatures: Sequence[bytes]
    mandatory: Sequence[str]

    def write(self) -> str:
        """The proof value."""
        parts = [self.signature, to_bytes(self.public), self.label_key, list(self.signatures), list(self.mandatory)]
        return multibase_encode_url(_BASE + cbor.encode(parts))

    @classmethod
    def read(cls, value: str) -> Self:
        """The inverse; raises `ProofMalformed`."""
        return cls(*_parts(value, _BASE, (_signature, _public, _key, _signatures, _pointers)))


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """The holder's: `labels` gives the number of each canonical label its HMAC, `mandatory` the places of what must be shown."""

    signature: bytes
    public: PublicKey
    signatures: Sequence[bytes]
    labels: Mapping[int, bytes]
    mandatory: Sequence[int]

    def write(self) -> str:
        """The proof value."""
        labels = {number: self.labels[number] for number in sorted(self.labels)}
        parts = [self.signature, to_bytes(self.public), list(self.signatures), labels, list(self.mandatory)]
        return multibase_encode_url(_DERIVED + cbor.encode(parts))

    @classmethod
    def read(cls, value: str) -> Self:
        """The inverse; raises `BaseProofShown` for the issuer's own value, else `ProofMalformed`."""
        if is_base(value):
            raise BaseProofShown(pointer="/proof/proofValue")
        return cls(*_parts(value, _DERIVED, (_signature, _public, _signatures, _labels, _places)))

    def names(self) -> dict[str, str]:
        """The labels as text: `_:c14n0` → `_:u…`."""
        return {f"_:c14n{number}": f"_:{multibase_encode_url(label)}" for number, label in self.labels.items()}


def is_base(value: object) -> bool:
    """Whether a proof value is the issuer's, as far as its header says."""
    return isinstance(value, str) and value.startswith(multibase_encode_url(_BASE))


def numbered(labels: Mapping[str, str]) -> dict[int, bytes]:
    """`c14n0` → `u…` as it is packed into a proof value (§3.5.5)."""
    return {
        int(name.removeprefix("c14n")): urlsafe_b64decode(label.removeprefix("u") + "=")
        for name, label in labels.items()
    }


def _parts(value: str, header: bytes, readers: Sequence[Callable[[Any], Any]]) -> list[Any]:
    try:
        data = multibase_decode(value) if value.startswith("u") and len(value) <= _LONGEST else b""
        parts = cbor.decode(data.removeprefix(header)) if data.startswith(header) else None
        if isinstance(parts, list) and len(parts) == len(readers):
            return [read(part) for read, part in zip(readers, parts, strict=True)]
    except (BadMultibase, BadMultikey, BadCbor) as error:
        raise _malformed() from error
    raise _malformed()


def _malformed() -> ProofMalformed:
    return ProofMalformed(pointer="/proof/proofValue", field="proofValue")


def _bytes(part: object, length: int) -> bytes:
    if isinstance(part, bytes) and len(part) == length:
        return part
    raise BadCbor


def _signature(part: object) -> bytes:
    return _bytes(part, _SIGNATURE)


def _key(part: object) -> bytes:
    return _bytes(part, _HMAC)


def _public(part: object) -> PublicKey:
    public = from_bytes(part) if isinstance(part, bytes) else None
    if public is None or public.kind != P256:
        raise BadCbor
    return public


def _list(part: object) -> list[Any]:
    if isinstance(part, list):
        return part
    raise BadCbor


def _signatures(part: object) -> list[bytes]:
    return [_signature(one) for one in _list(part)]


def _pointers(part: object) -> list[str]:
    if all(isinstance(one, str) for one in _list(part)):
        return _list(part)
    raise BadCbor


def _labels(part: object) -> dict[int, bytes]:
    """One HMAC for each number from 0 on, and none twice: two objects would seem to be one."""
    if not isinstance(part, dict) or not all(_is_number(number) for number in part):
        raise BadCbor
    labels = {number: _key(label) for number, label in part.items()}
    if labels.keys() != set(range(len(labels))) or len(set(labels.values())) < len(labels):
        raise BadCbor
    return labels


def _places(part: object) -> list[int]:
    """Rising places."""
    places = _list(part)
    if all(map(_is_number, places)) and places == sorted(set(places)) and min(places, default=0) >= 0:
        return places
    raise BadCbor


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
