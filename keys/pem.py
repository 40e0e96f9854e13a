"""Public keys in PEM, as Open Badges 2.0 publishes them (RFC 7468 §13): RSA for RS256, for verifying what others signed."""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from keys import rsa
from keys.errors import BadMultikey
from keys.multikey import RSA, PublicKey


def read(text: str) -> PublicKey:
    """The RSA key in a PEM text; raises `BadMultikey` for another kind, a private key, and one that is too short or unsound."""
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnicodeEncodeError) as error:
        raise BadMultikey from error
    if not isinstance(key, RSAPublicKey):
        raise BadMultikey
    numbers = key.public_numbers()
    return PublicKey(RSA, rsa.public_bytes(numbers.n, numbers.e))
