"""RSA with PKCS #1 v1.5 and SHA-256 (RFC 8017 §8.2, RS256), for verifying what others signed; we make no such keys.

A modulus of 2048 to 8192 bits (NIST SP 800-131A; above that a signature costs its reader too much), an odd public exponent from
65537 to under 2^64 (FIPS 186-5 §5.1; what OpenSSL takes with long moduli).
"""

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from keys.errors.proofs import SignatureWrong
from keys.errors.written import BadMultikey

_BITS: Final = range(2048, 8193)
_EXPONENTS: Final = range(65537, 2**64, 2)


def public_bytes(modulus: int, exponent: int) -> bytes:
    """The key of two numbers as PKCS #1 DER; raises `BadMultikey` for one that is too short, too long or unsound."""
    if modulus.bit_length() not in _BITS or exponent not in _EXPONENTS or modulus % 2 == 0:
        raise BadMultikey
    try:
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError as error:
        raise BadMultikey from error
    return key.public_bytes(Encoding.DER, PublicFormat.PKCS1)


def numbers(public: bytes) -> tuple[int, int]:
    """The modulus and the exponent of a key that `public_bytes` wrote."""
    found = _key(public).public_numbers()
    return found.n, found.e


def verify(public: bytes, signature: bytes, data: bytes) -> None:
    """Raise `SignatureWrong` unless `signature` is one of `data` under the key `public`."""
    key = _key(public)
    if len(signature) != (key.key_size + 7) // 8:
        raise SignatureWrong
    try:
        key.verify(signature, data, PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise SignatureWrong from error


@lru_cache(maxsize=256)
def _key(public: bytes) -> rsa.RSAPublicKey:
    try:
        key = load_der_public_key(public)
    except ValueError as error:
        raise SignatureWrong from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise SignatureWrong
    return key
