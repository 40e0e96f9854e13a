"""JSON Web Signatures in their compact form (RFC 7515), over joserfc, with one spelling, one reading and no choice for the message.

The algorithm is that of the key; a header that names another is refused, and so is everything with which a token could bring its
own key or its own rules (RFC 8725; THREATS V7).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Final

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedKeyOperationError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from keys import algorithms, jwk
from keys.errors.proofs import SignatureWrong
from keys.errors.written import BadJwk
from keys.jose.errors import (
    AlgorithmNone,
    AlgorithmSymmetric,
    AlgorithmUnknown,
    AlgorithmWrong,
    CriticalUnknown,
    HeaderMalformed,
    JwsMalformed,
    JwsTooLarge,
    KeyInHeader,
    PayloadUnencoded,
)
from keys.multikey import PublicKey
from keys.signer import Signer
from schemas.errors import TooLarge
from schemas.reading import read_json
from schemas.refusals import NotJson, Refused

LIMIT: Final = 32 * 1024 * 1024
_HEADER_BYTES: Final = 8_192
_SIGNATURE_LETTERS: Final = 2_048
_PARTS: Final = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)", re.ASCII)
_ALGORITHMS: Final = frozenset(jwk.ALGORITHMS.values())
_OTHER_PAYLOAD: Final = frozenset({"b64", "enc", "zip"})
_KEYS: Final = frozenset({"jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256"})
_TEXTS: Final = frozenset({"alg", "kid", "typ", "cty"})


@dataclass(frozen=True, slots=True)
class Jws:
    """A compact JWS taken apart; nothing is known yet of who signed it."""

    text: str
    header: Mapping[str, Any]
    payload: bytes


def parse(text: str, *, limit: int = LIMIT) -> Jws:
    """The parts of a compact JWS. Raises `JwsTooLarge`, `JwsMalformed`, and `HeaderMalformed` for a member that stands twice."""
    if len(text) > limit:
        raise JwsTooLarge
    parts = _PARTS.fullmatch(text)
    if parts is None or len(parts[3]) > _SIGNATURE_LETTERS:
        raise JwsMalformed
    header, payload = _decode(parts[1]), _decode(parts[2])
    if parts[3]:
        _decode(parts[3])
    return Jws(text, _read_header(header), payload)


def check_header(header: Mapping[str, Any], *, own_key: bool = False) -> None:
    """Raise unless a header keeps to what every profile allows; `own_key` says that `jwk` may stand there and prove nothing."""
    if not all(isinstance(header[name], str) for name in _TEXTS & header.keys()) or "alg" not in header:
        raise HeaderMalformed
    if "crit" in header:
        raise CriticalUnknown
    if _OTHER_PAYLOAD & header.keys():
        raise PayloadUnencoded
    if (_KEYS - {"jwk"} if own_key else _KEYS) & header.keys():
        raise KeyInHeader
    _check_algorithm(header["alg"])


def verify(signed: Jws, public: PublicKey) -> None:
    """Raise unless the key `public` signed exactly this, with its own algorithm.

    `AlgorithmWrong` where the header names another one, `SignatureWrong` and `KeyWeak` as `keys.algorithms.verify`, and what
    `check_header` raises.
    """
    check_header(signed.header, own_key=True)
    algorithm = jwk.ALGORITHMS[public.kind]
    if signed.header["alg"] != algorithm:
        raise AlgorithmWrong
    try:
        jws.deserialize_compact(signed.text, _key(public), registry=_Registry(_OfKey(public)))
    except JoseError as error:
        raise SignatureWrong from error


def sign(header: Mapping[str, Any], payload: Mapping[str, Any], signer: Signer) -> str:
    """The compact JWS of a JSON object: `alg` is put into the header from the key."""
    protected = {"alg": jwk.ALGORITHMS[signer.public.kind], **header}
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(protected, body, _key(signer.public), registry=_Registry(_OfSigner(signer)))


class _OfKey(jws.JWSAlgModel):  # type: ignore[name-defined,misc]  # joserfc means it for use and does not list it
    """The algorithm of one public key, as joserfc asks for it; the arithmetic is that of `keys.algorithms`."""

    def __init__(self, public: PublicKey) -> None:
        self.name = jwk.ALGORITHMS[public.kind]
        self.key_type = jwk.write(public)["kty"]
        self.public = public

    def sign(self, msg: bytes, key: Any) -> bytes:  # noqa: ARG002 - as joserfc asks
        raise UnsupportedKeyOperationError("a public key signs nothing")

    def verify(self, msg: bytes, sig: bytes, key: Any) -> bool:  # noqa: ARG002 - the key is ours already
        algorithms.verify(self.public, sig, msg)
        return True


class _OfSigner(_OfKey):
    """The same with a private key, wherever it is kept."""

    def __init__(self, signer: Signer) -> None:
        super().__init__(signer.public)
        self.signer = signer

    def sign(self, msg: bytes, key: Any) -> bytes:  # noqa: ARG002 - the key is the signer's
        return self.signer.sign(msg)


class _Registry(jws.JWSRegistry):
    """joserfc's checks of the header and sizes, for one algorithm alone; unknown members are passed over (RFC 7515 §4)."""

    max_header_length: ClassVar[int] = 2 * _HEADER_BYTES  # type: ignore[misc]
    max_payload_length: ClassVar[int] = LIMIT  # type: ignore[misc]
    max_signature_length: ClassVar[int] = _SIGNATURE_LETTERS  # type: ignore[misc]

    def __init__(self, algorithm: _OfKey) -> None:
        super().__init__(algorithms=[algorithm.name], strict_check_header=False)
        self.algorithms = {algorithm.name: algorithm}


@lru_cache(maxsize=256)
def _key(public: PublicKey) -> ECKey | OKPKey | RSAKey:
    written: Any = jwk.write(public)
    kinds: dict[str, type[ECKey | OKPKey | RSAKey]] = {"EC": ECKey, "OKP": OKPKey, "RSA": RSAKey}
    return kinds[written["kty"]].import_key(written)


def _check_algorithm(named: str) -> None:
    if named.lower() == "none":
        raise AlgorithmNone
    if named.upper().startswith("HS"):
        raise AlgorithmSymmetric
    if named not in _ALGORITHMS:
        raise AlgorithmUnknown(algorithm=named[:20] if named.isascii() and named.isprintable() else "?")


def _decode(part: str) -> bytes:
    try:
        return jwk.decode(part)
    except BadJwk as error:
        raise JwsMalformed from error


def _read_header(data: bytes) -> dict[str, Any]:
    try:
        return read_json(data, limit=_HEADER_BYTES)
    except TooLarge as error:
        raise JwsTooLarge from error
    except NotJson as error:
        raise JwsMalformed from error
    except Refused as error:
        raise HeaderMalformed from error
