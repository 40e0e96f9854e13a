"""What the issuer's own key signs in ecdsa-sd-2023 (VC-DI-ECDSA §3.5.1, §3.6.6)."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

from keys.multikey import PublicKey, to_bytes
from keys.proofs import rdfc
from schemas.loader import Contexts

NAME: Final = "ecdsa-sd-2023"


def configuration_hash(options: Mapping[str, Any], context: object, contexts: Contexts) -> bytes:
    """SHA-256 of the canonical proof configuration."""
    return sha256(rdfc.configuration(options, context, "sha256", contexts)).digest()


def signed_data(configuration: bytes, public: PublicKey, mandatory: Iterable[str]) -> bytes:
    """The hash of the proof configuration, the proof's own public key, the hash of the statements that must be shown."""
    return configuration + to_bytes(public) + sha256("".join(mandatory).encode()).digest()
