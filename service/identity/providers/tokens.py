"""What an ID token proves: pure, and nothing that the token says of itself is taken for granted (OpenID Connect Core §3.1.3.7).

`at_hash` is not looked at: the access token beside it is thrown away unused.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from keys import jwk
from keys.errors.written import BadJwk
from keys.jose import jws
from keys.jose.jws import Jws
from keys.multikey import PublicKey
from schemas.errors import ZachetkaError
from schemas.reading import read_json
from service.identity.providers.errors import ProviderUntrue

LIMIT: Final = 65_536
SKEW: Final = timedelta(minutes=1)
OLDEST: Final = timedelta(minutes=10)
_SUBJECT_MOST: Final = 255
_TYPES: Final = frozenset({"JWT", "jwt", "application/jwt"})
KeySet = Mapping[str, PublicKey]


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose token it must be, for whom, and in answer to which question."""

    issuer: str
    client: str
    nonce: str


def read_keys(document: Mapping[str, Any]) -> KeySet:
    """The keys of a JWK set that may sign, by their names; those of kinds that are not known here are passed over."""
    found: dict[str, PublicKey] = {}
    keys = document.get("keys")
    for written in keys if isinstance(keys, list) else []:
        try:
            found[str(written.get("kid", "")) if isinstance(written, dict) else ""] = jwk.read(written)
        except BadJwk:
            continue
    return found


def key_named(text: str) -> str:
    """What a token calls its key, "" where it does not. Raises `ProviderUntrue`."""
    return str(_parse(text).header.get("kid", ""))


def subject_of(text: str, keys: KeySet, expected: Expected, now: datetime) -> str:
    """Whom the provider says has signed in there: to us, just now, under one of its keys. Raises `ProviderUntrue`."""
    signed = _parse(text)
    claims = _verified(signed, keys)
    _check_parties(claims, expected)
    _check_times(claims, now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise ProviderUntrue(reason="nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _SUBJECT_MOST or not subject.isascii():
        raise ProviderUntrue(reason="sub")
    return subject


def _parse(text: str) -> Jws:
    try:
        return jws.parse(text, limit=LIMIT)
    except ZachetkaError as error:
        raise ProviderUntrue(reason=error.code) from error


def _verified(signed: Jws, keys: KeySet) -> dict[str, Any]:
    """The payload, signed by one of `keys` with that key's own algorithm: a header cannot choose (RFC 8725 §3.1)."""
    if signed.header.get("typ", "JWT") not in _TYPES:
        raise ProviderUntrue(reason="typ")
    try:
        jws.check_header(signed.header)
        jws.verify(signed, _key_of(signed, keys))
        return read_json(signed.payload, limit=LIMIT)
    except ProviderUntrue:
        raise
    except ZachetkaError as error:
        raise ProviderUntrue(reason=error.code) from error


def _key_of(signed: Jws, keys: KeySet) -> PublicKey:
    """The key that the token names; it may leave the name out where there is one key alone (§10.1)."""
    name = signed.header.get("kid")
    known = keys.get(str(name)) if name is not None else next(iter(keys.values()), None) if len(keys) == 1 else None
    if known is None:
        raise ProviderUntrue(reason="key")
    return known


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise ProviderUntrue(reason="iss")
    said = claims.get("aud")
    audience = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    if expected.client not in audience:
        raise ProviderUntrue(reason="aud")
    authorized = claims.get("azp", expected.client if len(audience) == 1 else None)
    if authorized != expected.client:
        raise ProviderUntrue(reason="azp")


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    at = now.timestamp()
    expires, issued = _number(claims, "exp"), _number(claims, "iat")
    if expires <= at - SKEW.total_seconds():
        raise ProviderUntrue(reason="exp")
    if not at - OLDEST.total_seconds() < issued <= at + SKEW.total_seconds():
        raise ProviderUntrue(reason="iat")
    if "nbf" in claims and _number(claims, "nbf") > at + SKEW.total_seconds():
        raise ProviderUntrue(reason="nbf")


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProviderUntrue(reason=name)
    return float(value)
