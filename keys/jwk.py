"""JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037): public keys as JSON, one spelling for each, and their thumbprints (RFC 7638)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final

from keys import rsa
from keys.curves import CURVES, compress, coordinates
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors.written import BadJwk, BadMultikey, BadPoint
from keys.multikey import ED25519, P256, P384, P521, RSA, PublicKey
from keys.signer import Signer

ALGORITHMS: Final = {ED25519: "EdDSA", P256: "ES256", P384: "ES384", P521: "ES512", RSA: "RS256"}
"""The one JWS algorithm of each kind of key (RFC 7518 §3.1, RFC 8037 §3.1)."""
_ED25519_LENGTH: Final = 32
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


def read(jwk: object) -> PublicKey:
    """The public key in a JWK that may verify signatures.

    Raises `BadJwk` for kinds that are not known here, points off their curve, second spellings, keys for another use or algorithm,
    and for private keys: one that was published is nobody's.
    """
    if not isinstance(jwk, Mapping) or _PRIVATE & jwk.keys():
        raise BadJwk
    try:
        public = _READERS[str(jwk.get("kty"))](jwk)
    except (KeyError, BadMultikey) as error:
        raise BadJwk from error
    _check_use(jwk, public)
    return public


def write(public: PublicKey) -> dict[str, str]:
    """The JWK of a public key: only what makes the key, in the order of RFC 7638."""
    if public.kind == RSA:
        modulus, exponent = (encode(_shortest(number)) for number in rsa.numbers(public.data))
        return {"e": exponent, "kty": "RSA", "n": modulus}
    if public.kind == ED25519:
        return {"crv": ED25519, "kty": "OKP", "x": encode(public.data)}
    x, y = coordinates(public.kind, public.data)
    return {"crv": public.kind, "kty": "EC", "x": encode(x), "y": encode(y)}


def thumbprint(public: PublicKey) -> str:
    """The SHA-256 thumbprint of a key, base64url (RFC 7638 §3)."""
    return encode(sha256(json.dumps(write(public), separators=(",", ":")).encode()).digest())


def signer(jwk: Mapping[str, Any], method: str) -> Signer:
    """The private key in a JWK, ready to sign as `method`; raises `BadJwk` unless its two halves are one key, and for RSA."""
    public = read({name: value for name, value in jwk.items() if name != "d"})
    secret = decode(jwk.get("d"))
    try:
        found: Signer = (
            Ed25519Signer(secret, method) if public.kind == ED25519 else EcdsaSigner(public.kind, secret, method)
        )
    except (ValueError, BadPoint) as error:
        raise BadJwk from error
    if found.public != public:
        raise BadJwk
    return found


def encode(data: bytes) -> str:
    """base64url without padding (RFC 7515 §2)."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: object) -> bytes:
    """The bytes behind base64url without padding; raises `BadJwk` for any but the one spelling."""
    try:
        data = urlsafe_b64decode(f"{text}===") if isinstance(text, str) else b""
    except ValueError as error:
        raise BadJwk from error
    if not data or encode(data) != text:
        raise BadJwk
    return data


def _read_okp(jwk: Mapping[str, Any]) -> PublicKey:
    data = decode(jwk.get("x"))
    if jwk.get("crv") != ED25519 or len(data) != _ED25519_LENGTH:
        raise BadJwk
    return PublicKey(ED25519, data)


def _read_ec(jwk: Mapping[str, Any]) -> PublicKey:
    kind = str(jwk.get("crv"))
    x, y = decode(jwk.get("x")), decode(jwk.get("y"))
    if {len(x), len(y)} != {CURVES[kind].size}:
        raise BadJwk
    return PublicKey(kind, compress(kind, int.from_bytes(x), int.from_bytes(y)))


def _read_rsa(jwk: Mapping[str, Any]) -> PublicKey:
    modulus, exponent = decode(jwk.get("n")), decode(jwk.get("e"))
    if modulus[0] == 0 or exponent[0] == 0:
        raise BadJwk
    return PublicKey(RSA, rsa.public_bytes(int.from_bytes(modulus), int.from_bytes(exponent)))


_READERS: Final[dict[str, Callable[[Mapping[str, Any]], PublicKey]]] = {
    "OKP": _read_okp,
    "EC": _read_ec,
    "RSA": _read_rsa,
}


def _check_use(jwk: Mapping[str, Any], public: PublicKey) -> None:
    """`use`, `key_ops` and `alg`, where they stand, allow what the key is used for (RFC 7517 §4.2 to §4.4)."""
    operations = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not isinstance(operations, list) or "verify" not in operations:
        raise BadJwk
    if jwk.get("alg", ALGORITHMS[public.kind]) != ALGORITHMS[public.kind]:
        raise BadJwk


def _shortest(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)
