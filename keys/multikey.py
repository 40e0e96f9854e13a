"""Multibase and Multikey: public keys and signatures as text (CID 1.0 §2.2.2, §2.4)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache

from keys.curves import CURVES, point
from keys.errors.written import BadMultibase, BadMultikey, BadPoint

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_VALUES = {pair: value for value, pair in enumerate(_PAIRS)}
_GROUP = len(_PAIRS) ** 2  # four letters: below 2 ** 30, by which Python divides a long number quickest
_LONGEST = 1024  # characters; our longest keys and signatures need under 100, and base58 costs the square of it

ED25519 = "Ed25519"
P256 = "P-256"
P384 = "P-384"
P521 = "P-521"  # in JSON Web Keys alone: CID 1.0 has no Multikey of it
RSA = "RSA"  # the same, and for verifying alone
_PREFIXES = {ED25519: b"\xed\x01", P256: b"\x80\x24", P384: b"\x81\x24"}  # CID 1.0 §2.2.2, table of key types
_LENGTHS = {ED25519: 32, P256: 33, P384: 49}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: `kind` is one of the names above; `data` its raw bytes: of a curve a compressed point, of RSA PKCS #1."""

    kind: str
    data: bytes


def base58_encode(data: bytes) -> str:
    """Bitcoin's base 58, without a multibase prefix."""
    number = int.from_bytes(data)
    letters: list[str] = []
    while number:
        number, group = divmod(number, _GROUP)
        first, last = divmod(group, len(_PAIRS))
        letters += (_PAIRS[last], _PAIRS[first])
    letters.reverse()
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + "".join(letters).lstrip("1")


def base58_decode(text: str) -> bytes:
    """The inverse; raises `BadMultibase` for a foreign letter or an overlong text."""
    if len(text) > _LONGEST:
        raise BadMultibase
    zeros = len(text) - len(text.lstrip("1"))
    fours = "1" * (-len(text) % 4) + text
    number = 0
    try:
        for start in range(0, len(fours), 4):
            group = _VALUES[fours[start : start + 2]] * len(_PAIRS) + _VALUES[fours[start + 2 : start + 4]]
            number = number * _GROUP + group
    except KeyError:
        raise BadMultibase from None
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def multibase_encode(data: bytes) -> str:
    """`z` and base58btc, as keys and eddsa proof values are written."""
    return "z" + base58_encode(data)


def multibase_encode_url(data: bytes) -> str:
    """`u` and base64url without padding."""
    return "u" + urlsafe_b64encode(data).decode().rstrip("=")


def multibase_decode(text: str) -> bytes:
    """The bytes behind `z…` or `u…`; exactly one spelling is accepted per value."""
    if text.startswith("z"):
        return base58_decode(text[1:])
    if text.startswith("u"):
        return _base64url_decode(text)
    raise BadMultibase


def _base64url_decode(text: str) -> bytes:
    try:
        data = urlsafe_b64decode(text[1:] + "=" * (-(len(text) - 1) % 4))
    except ValueError as error:
        raise BadMultibase from error
    if multibase_encode_url(data) != text:
        raise BadMultibase
    return data


def to_bytes(public: PublicKey) -> bytes:
    """A public key with the prefix that tells its kind: what a Multikey is before it is written as text.

    Raises `BadMultikey` for a kind that has no Multikey.
    """
    if public.kind not in _PREFIXES:
        raise BadMultikey
    return _PREFIXES[public.kind] + public.data


def encode(public: PublicKey) -> str:
    """The Multikey of a public key: `z6Mk…`, `zDn…` (P-256), `z82…` (P-384)."""
    return multibase_encode(to_bytes(public))


def from_bytes(data: bytes) -> PublicKey:
    """The inverse of `to_bytes`; raises `BadMultikey` unless it is a whole key, and a point of its curve where it has one."""
    kind = next((kind for kind, prefix in _PREFIXES.items() if data.startswith(prefix)), None)
    if kind is None or len(data) != len(_PREFIXES[kind]) + _LENGTHS[kind]:
        raise BadMultikey
    public = PublicKey(kind, data[len(_PREFIXES[kind]) :])
    if kind in CURVES:
        _check_point(public)
    return public


def _check_point(public: PublicKey) -> None:
    try:
        point(public.kind, public.data)
    except BadPoint as error:
        raise BadMultikey from error


@lru_cache(maxsize=1_024)
def decode(multikey: str) -> PublicKey:
    """The public key behind a Multikey; raises `BadMultikey` unless it is a whole key of a kind that is known here."""
    try:
        return from_bytes(multibase_decode(multikey))
    except BadMultibase as error:
        raise BadMultikey from error
