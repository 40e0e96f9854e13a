"""Public keys in PEM, as Open Badges 2.0 publishes them (RFC 7468 §13), for verifying what others signed."""

from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from keys import rsa
from keys.errors.written import BadMultikey
from keys.multikey import ED25519, P256, P384, RSA, PublicKey

_CURVES: Final = {"secp256r1": P256, "secp384r1": P384}


def read(text: str) -> PublicKey:
    """The RSA, P-256, P-384 or Ed25519 key in a PEM text.

    Raises `BadMultikey` for another kind, a private key, and one that is too short or unsound.
    """
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnicodeEncodeError) as error:
        raise BadMultikey from error
    if isinstance(key, RSAPublicKey):
        numbers = key.public_numbers()
        return PublicKey(RSA, rsa.public_bytes(numbers.n, numbers.e))
    if isinstance(key, Ed25519PublicKey):
        return PublicKey(ED25519, key.public_bytes_raw())
    if isinstance(key, EllipticCurvePublicKey) and key.curve.name in _CURVES:
        return PublicKey(_CURVES[key.curve.name], key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
    raise BadMultikey
