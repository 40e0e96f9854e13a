"""Ed25519 with the strictness that proofs need: one signature, one key, one meaning (RFC 8032; THREATS V12)."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from keys.errors.proofs import KeyWeak, SignatureWrong
from keys.multikey import ED25519, PublicKey, encode

SIGNATURE_LENGTH = 64
_FIELD = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826  # y of a point of order 8
_SMALL_ORDER = frozenset({0, 1, _FIELD - 1, _EIGHTH, _FIELD - _EIGHTH})  # y of every point of order 1, 2, 4 and 8


def _height(point: bytes) -> int:
    """The y coordinate of an encoded point; the top bit is the sign of x."""
    return int.from_bytes(point, "little") & (2**255 - 1)


def _is_sound(point: bytes) -> bool:
    height = _height(point)
    return height < _FIELD and height not in _SMALL_ORDER


def verify(public: bytes, signature: bytes, data: bytes) -> None:
    """Raise unless `signature` is the one canonical signature of `data` under a key of full order.

    `KeyWeak`: the key has small order or a non-canonical encoding. `SignatureWrong`: everything else.
    """
    key = _public_key(public)
    if len(signature) != SIGNATURE_LENGTH or int.from_bytes(signature[32:], "little") >= _ORDER:
        raise SignatureWrong
    if not _is_sound(signature[:32]):
        raise SignatureWrong
    try:
        key.verify(signature, data)
    except InvalidSignature as error:
        raise SignatureWrong from error


@lru_cache(maxsize=1_024)
def _public_key(public: bytes) -> Ed25519PublicKey:
    """A key that was found sound; finding the point behind its bytes takes nearly as long as a signature."""
    if not _is_sound(public):
        raise KeyWeak
    try:
        return Ed25519PublicKey.from_public_bytes(public)
    except ValueError as error:
        raise SignatureWrong from error


class Ed25519Signer:
    """A private Ed25519 key in memory; shows nothing of itself."""

    __slots__ = ("_key", "method", "multikey", "public")

    def __init__(self, seed: bytes, method: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.method = method
        self.public = PublicKey(ED25519, self._key.public_key().public_bytes_raw())
        self.multikey = encode(self.public)

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature; the same for the same data, always."""
        return self._key.sign(data)

    def __repr__(self) -> str:
        return f"<Ed25519Signer {self.method}>"
