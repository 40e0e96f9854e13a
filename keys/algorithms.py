"""Which algorithm a signature was made with: the key says it, never the message that came with it (THREATS V7)."""

from keys import ecdsa, ed25519
from keys.errors import KeyKindUnknown
from keys.multikey import ED25519, P256, P384, PublicKey

LENGTHS = {ED25519: 64, P256: 64, P384: 96}
"""How many bytes a raw signature has, by the kind of its key."""


def verify(public: PublicKey, signature: bytes, data: bytes) -> None:
    """Raise unless `signature` is a raw one of `data` under the key `public`: what `keys.ed25519` and `keys.ecdsa` raise.

    `KeyKindUnknown` for a key that signs in another way.
    """
    if public.kind == ED25519:
        ed25519.verify(public.data, signature, data)
    elif public.kind in {P256, P384}:
        ecdsa.verify(public, signature, data)
    else:
        raise KeyKindUnknown(kind=public.kind)
