"""Which algorithm a signature was made with: the key says it, never the message that came with it (THREATS V7)."""

from keys import ecdsa, ed25519, rsa
from keys.errors.written import KeyKindUnknown
from keys.multikey import ED25519, P256, P384, P521, RSA, PublicKey

LENGTHS = {ED25519: 64, P256: 64, P384: 96, P521: 132}
"""How many bytes a raw signature has, by the kind of its key; of RSA as many as its modulus."""


def verify(public: PublicKey, signature: bytes, data: bytes) -> None:
    """Raise unless `signature` is a raw one of `data` under the key `public`.

    Raises what `keys.ed25519`, `keys.ecdsa` and `keys.rsa` raise; `KeyKindUnknown` for a key that signs in another way.
    """
    if public.kind == ED25519:
        ed25519.verify(public.data, signature, data)
    elif public.kind in {P256, P384, P521}:
        ecdsa.verify(public, signature, data)
    elif public.kind == RSA:
        rsa.verify(public.data, signature, data)
    else:
        raise KeyKindUnknown(kind=public.kind)
