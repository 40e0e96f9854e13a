"""The learner's network number and its hashed form in a credential (ARCHITECTURE §5.9, OB 3.0 §9.3).

A number is 128 random bits: 26 characters of Crockford's base 32 and one check character, printed in groups. A credential
carries only its salted hash, so that a badge names nobody and the home school can still tell whose it is.
"""

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Any, Final

from schemas.errors import N_, BadInput

if TYPE_CHECKING:
    from schemas.credential import Credential

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE: Final = str.maketrans("OILАВЕКМНОРСТХУ", "011ABEKMH0PCTXY")  # typed by hand, also on a Russian keyboard
_BYTES: Final = 16
_CHARACTERS: Final = 26
_GROUP: Final = 4
_STORED: Final = re.compile(f"[{_ALPHABET}]{{{_CHARACTERS + 1}}}")
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)}
_FIELD: Final = 0b100101  # x^5 + x^2 + 1: arithmetic of the check character, the field of 32 elements
_TIMES_X: Final = tuple(value << 1 ^ (_FIELD if value & 0b10000 else 0) for value in range(32))
_PREFIX: Final = "sha256$"
_HASHES: Final = frozenset({"sha256", "md5"})
IDENTITY_TYPE: Final = "ext:networkNumber"


class BadNumber(BadInput):
    """Not a network number: mistyped, cut off or something else."""

    code = "bad-number"
    sentence = N_(
        "Такого сетевого номера не бывает. Сверьте его с карточкой ученика: 27 знаков, пробелы и дефисы не важны."
    )


def number_from(entropy: bytes) -> str:
    """The network number made of 16 random bytes, in the form that is stored and hashed."""
    if len(entropy) != _BYTES:
        raise ValueError("a network number is made of 16 bytes")
    value = int.from_bytes(entropy)
    digits = [value >> (5 * place) & 31 for place in range(_CHARACTERS - 1, -1, -1)]
    return "".join(_ALPHABET[digit] for digit in (*digits, _check(digits)))


def normalise(text: str) -> str:
    """The stored form of a number as people type it; raises `BadNumber`.

    Case, spaces and any dashes do not matter; O is 0, I and L are 1, and Cyrillic letters count as the Latin ones they
    look like. Any one wrong character and any two swapped ones are noticed.
    """
    number = text if _STORED.fullmatch(text) else _typed(text)
    digits = [_VALUES.get(character, -1) for character in number]
    if min(digits) < 0 or digits[0] > 7 or _check(digits[:-1]) != digits[-1]:  # noqa: PLR2004 - 128 bits leave 3 for the first
        raise BadNumber
    return number


def _typed(text: str) -> str:
    kept = "".join(character for character in text.upper() if character.isalnum())
    number = kept.translate(_LOOKS_LIKE)
    rest = [character for character in text if not character.isalnum()]
    if len(number) != _CHARACTERS + 1 or not all(_separates(character) for character in rest):
        raise BadNumber
    return number


def grouped(number: str) -> str:
    """The number as it is printed and shown: groups of four."""
    return "-".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def identifier(number: str, salt: str) -> dict[str, Any]:
    """The `IdentityObject` of a learner in one credential; `salt` is fresh for each.

    `type` is a string and not an array, as the published schema demands of this one class.
    """
    return {
        "type": "IdentityObject",
        "identityHash": _PREFIX + _digest(number, salt),
        "identityType": IDENTITY_TYPE,
        "hashed": True,
        "salt": salt,
    }


def matches(credential: "Credential", number: str) -> bool:
    """Whether the credential was awarded to the holder of this network number; a mistyped one is simply no match."""
    try:
        wanted = normalise(number)
    except BadNumber:
        return False
    return any(_is_hash_of(identity, wanted) for identity in credential.identifiers)


def is_about(credential: "Credential", value: str) -> bool:
    """Whether any identity in the credential, hashed or open, is this value: an address, a number (OB 3.0 §9.3)."""
    return any(_is_value(identity, value) for identity in credential.identifiers)


def _is_value(identity: dict[str, Any], value: str) -> bool:
    if identity.get("hashed") is False:
        return identity.get("identityHash") == value
    return _is_hash_of(identity, value)


def names(identity_hash: str, value: str, salt: str) -> bool:
    """Whether a hashed identity is that of `value` (OB 3.0 §9.3, OB 2.0 IdentityHash): `sha256$…` or `md5$…` in hexadecimal.

    MD5 is read because the standard allows it; a second value with the same salted hash is still out of anybody's reach.
    """
    algorithm, _, digest = identity_hash.lower().partition("$")
    if algorithm not in _HASHES:
        return False
    wanted = hashlib.new(algorithm, (value + salt).encode(), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(digest.encode(), wanted.encode())


def _is_hash_of(identity: dict[str, Any], number: str) -> bool:
    hashed, salt = identity.get("identityHash"), identity.get("salt", "")
    if identity.get("hashed") is not True or not isinstance(hashed, str) or not isinstance(salt, str):
        return False
    return names(hashed, number, salt)


def _digest(number: str, salt: str) -> str:
    return hashlib.sha256((number + salt).encode()).hexdigest()


def _separates(character: str) -> bool:
    return character.isspace() or character in "-‐‑‒–—−_.·"


def _check(digits: list[int]) -> int:
    """The value of the digits as a polynomial at x, so that one wrong digit or two swapped ones always change it."""
    value = 0
    for digit in digits:
        value = _TIMES_X[value ^ digit]
    return value
