"""Selective disclosure (RFC 9901): parts of a JSON object are replaced by digests, and shown by those who hold them.

`conceal` is the issuer's side; `reveal` puts what was disclosed back and tells where each disclosure belongs, for the holder who
chooses among them and for the verifier, who refuses everything that two readers could understand differently.
"""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256, sha384, sha512
from itertools import groupby
from typing import Any, Final

from keys import jwk
from keys.errors.written import BadJwk
from keys.jose.errors import (
    CannotConceal,
    DisclosureForeign,
    DisclosureMalformed,
    DisclosureTwice,
    HashUnknown,
    NameReserved,
)
from schemas.reading import MAX_DEPTH, pointer_to, read_json
from schemas.refusals import Refused, TooDeep

Hash = Callable[[bytes], Any]

HASHES: Final[dict[str, Hash]] = {"sha-256": sha256, "sha-384": sha384, "sha-512": sha512}
DIGESTS, PLACE, ALGORITHM = "_sd", "...", "_sd_alg"
RESERVED: Final = frozenset({DIGESTS, PLACE})
_OPEN: Final = frozenset(
    {"iss", "aud", "nonce", "exp", "nbf", "iat", "cnf", "vct", "vct#integrity", "status", ALGORITHM}
)
"""Claims on which a verifier's own checks rest, so that no holder may leave them out (RFC 9901 §9.7, SD-JWT VC §2.2.2.2)."""
_SALT_BYTES: Final = 16
_OF_AN_OBJECT, _OF_AN_ARRAY = 3, 2


def make_salt() -> str:
    """128 random bits (RFC 9901 §9.3)."""
    return secrets.token_urlsafe(_SALT_BYTES)


def digest(disclosure: str, algorithm: str = "sha-256") -> str:
    """What stands for a disclosure: the hash of its own ASCII text (RFC 9901 §4.2.3)."""
    return jwk.encode(HASHES[algorithm](disclosure.encode()).digest())


# --- the issuer ---------------------------------------------------------------------------------------------------


def conceal(
    claims: Mapping[str, Any], pointers: Iterable[str], *, decoys: int = 0, salt: Callable[[], str] = make_salt
) -> tuple[dict[str, Any], list[str]]:
    """The claims with a digest in the place of each JSON pointer, and the disclosures, innermost first.

    What lies inside of something concealed may be concealed once more. Each object and array that hides something gets `decoys`
    digests of nothing. Raises `CannotConceal`, and `NameReserved` for claims with reserved names of their own.
    """
    _check_names(claims)
    hidden: dict[str, Any] = json.loads(json.dumps(claims))
    disclosures: list[str] = []
    innermost_first = sorted(set(pointers), key=lambda text: (-text.count("/"), text))
    for _, level in groupby(innermost_first, key=lambda text: text.count("/")):
        touched: dict[int, Any] = {}
        for parent, key in [_find(hidden, pointer) for pointer in level]:
            disclosures.append(_hide(parent, key, salt))
            touched[id(parent)] = parent
        for parent in touched.values():
            _finish(parent, decoys, salt)
    return {**hidden, ALGORITHM: "sha-256"}, disclosures


def _check_names(value: Any) -> None:
    if isinstance(value, dict) and (RESERVED | {ALGORITHM}) & value.keys():
        raise NameReserved
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_names(inner)


def _find(claims: dict[str, Any], pointer: str) -> tuple[Any, str | int]:
    """The object or array that holds the place, and the place's name or number in it."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    if not steps or pointer[0] != "/" or (len(steps) == 1 and steps[0] in _OPEN):
        raise CannotConceal(place=pointer)
    value: Any = claims
    try:
        for step in steps[:-1]:
            value = value[_key(value, step)]
        key = _key(value, steps[-1])
        _ = value[key]
    except (KeyError, IndexError, TypeError, ValueError):
        raise CannotConceal(place=pointer) from None
    return value, key


def _key(value: Any, step: str) -> str | int:
    if isinstance(value, dict):
        return step
    if isinstance(value, list) and (step == "0" or (step.isdecimal() and step[0] != "0")):
        return int(step)
    raise KeyError(step)


def _hide(parent: Any, key: Any, salt: Callable[[], str]) -> str:
    """Put the digest of a new disclosure in the place of a value."""
    named = [key] if isinstance(parent, dict) else []
    written = json.dumps([salt(), *named, parent[key]], ensure_ascii=False, separators=(",", ":"))
    disclosure = jwk.encode(written.encode())
    if isinstance(parent, dict):
        del parent[key]
        parent.setdefault(DIGESTS, []).append(digest(disclosure))
    else:
        parent[key] = {PLACE: digest(disclosure)}
    return disclosure


def _finish(parent: Any, decoys: int, salt: Callable[[], str]) -> None:
    """Add digests of nothing; digests of an object are sorted, so that their order tells nothing (RFC 9901 §4.2.4.1)."""
    empty = [digest(salt()) for _ in range(decoys)]
    if isinstance(parent, dict):
        parent[DIGESTS] = sorted([*parent[DIGESTS], *empty])
    else:
        parent += [{PLACE: one} for one in empty]


# --- whoever reads it ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Revealed:
    """What the disclosures came to.

    `places` tells where in the claims each disclosure stands, `hidden` how many are not shown, `emptied` which objects
    and arrays are empty because of it.
    """

    claims: dict[str, Any]
    places: dict[str, str]
    hidden: int
    emptied: Collection[str] = frozenset()

    @property
    def shown(self) -> dict[str, Any]:
        """The claims without what shows nothing any more: JSON-LD knows no empty object and no empty array."""
        return self.claims if not self.emptied else _kept(self.claims, "", self.emptied) or {}


@dataclass(slots=True)
class _Reading:
    """One pass over the claims: what is still to be found, what was found where, every digest that was met, what is left empty."""

    held: dict[str, tuple[str, list[Any]]]
    places: dict[str, str] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)
    emptied: set[str] = field(default_factory=set)

    def take(self, digest_found: object, pointer: str, length: int) -> list[Any] | None:
        """The disclosure behind a digest, None where it is not shown; it must be of the kind that belongs there."""
        if not isinstance(digest_found, str):
            raise DisclosureMalformed(pointer=pointer)
        self.met[digest_found] += 1
        if self.met[digest_found] > 1:
            raise DisclosureTwice(pointer=pointer)
        if digest_found not in self.held:
            return None
        parts = self.held[digest_found][1]
        if len(parts) != length:
            raise DisclosureMalformed(pointer=pointer)
        return parts


def reveal(payload: Mapping[str, Any], disclosures: Iterable[str]) -> Revealed:
    """The claims with what was disclosed in its places (RFC 9901 §7.1).

    Raises `HashUnknown`, `DisclosureMalformed`, `DisclosureTwice`, `DisclosureForeign`, `NameReserved`, and `TooDeep`.
    """
    algorithm = payload.get(ALGORITHM, "sha-256")
    if not isinstance(algorithm, str) or algorithm not in HASHES:
        raise HashUnknown
    given = list(disclosures)
    reading = _Reading({digest(text, algorithm): (text, _read(text)) for text in given})
    if len(reading.held) < len(given):
        raise DisclosureTwice
    claims = _open(reading, {name: value for name, value in payload.items() if name != ALGORITHM}, "", 0)
    unused = reading.held.keys() - reading.met.keys()
    if unused:
        raise DisclosureForeign
    return Revealed(claims, reading.places, len(reading.met) - len(reading.held), reading.emptied)


def _read(disclosure: str) -> list[Any]:
    """A salt, a name where it is a member of an object, and a value."""
    try:
        held = read_json(b'{"":' + jwk.decode(disclosure) + b"}", limit=len(disclosure) + 5)
    except (BadJwk, Refused) as error:
        raise DisclosureMalformed from error
    parts = held.get("")
    if len(held) != 1 or not isinstance(parts, list) or len(parts) not in {_OF_AN_ARRAY, _OF_AN_OBJECT}:
        raise DisclosureMalformed
    if not all(isinstance(part, str) for part in parts[:-1]):
        raise DisclosureMalformed
    if len(parts) == _OF_AN_OBJECT and parts[1] in RESERVED:
        raise NameReserved
    return parts


def _open(reading: _Reading, value: Any, pointer: str, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise TooDeep(pointer=pointer, limit=MAX_DEPTH)
    if isinstance(value, dict):
        return _open_object(reading, value, pointer, depth)
    if isinstance(value, list):
        return _open_array(reading, value, pointer, depth)
    return value


def _open_object(reading: _Reading, value: dict[str, Any], pointer: str, depth: int) -> dict[str, Any]:
    digests = value.get(DIGESTS, [])
    if PLACE in value or not isinstance(digests, list):
        raise NameReserved(pointer=pointer)
    plain = {name: held for name, held in value.items() if name != DIGESTS}
    found = {name: _open(reading, held, pointer_to(pointer, name), depth + 1) for name, held in plain.items()}
    for one in digests:
        parts = reading.take(one, pointer, _OF_AN_OBJECT)
        if parts is None:
            continue
        name = parts[1]
        if name in found:
            raise DisclosureTwice(pointer=pointer)
        if not pointer and name in _OPEN:
            raise NameReserved
        place = pointer_to(pointer, name)
        reading.places[place] = reading.held[one][0]
        found[name] = _open(reading, parts[2], place, depth + 1)
    if digests and not found:
        reading.emptied.add(pointer)
    return found


def _open_array(reading: _Reading, value: list[Any], pointer: str, depth: int) -> list[Any]:
    found: list[Any] = []
    for held in value:
        place = f"{pointer}/{len(found)}"
        if not isinstance(held, dict) or PLACE not in held:
            found.append(_open(reading, held, place, depth + 1))
            continue
        if len(held) != 1:
            raise NameReserved(pointer=place)
        parts = reading.take(held[PLACE], place, _OF_AN_ARRAY)
        if parts is not None:
            reading.places[place] = reading.held[held[PLACE]][0]
            found.append(_open(reading, parts[1], place, depth + 1))
    if value and not found:
        reading.emptied.add(pointer)
    return found


def _kept(value: Any, pointer: str, emptied: Collection[str]) -> Any:
    """The value without what is empty because something was left out of it; None where that is all of it."""
    if isinstance(value, dict):
        inner = {name: _kept(held, pointer_to(pointer, name), emptied) for name, held in value.items()}
        left: Any = {name: held for name, held in inner.items() if held is not None or value[name] is None}
    elif isinstance(value, list):
        cells = [(held, _kept(held, f"{pointer}/{place}", emptied)) for place, held in enumerate(value)]
        left = [kept for held, kept in cells if kept is not None or held is None]
    else:
        return value
    return None if not left and (value or pointer in emptied) else left
