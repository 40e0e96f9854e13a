"""Keys that live as long as the process: one of each kind, each its own did:key."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from keys.did import did_key, verification_method
from keys.ecdsa import EcdsaSigner, make_secret
from keys.ed25519 import Ed25519Signer
from keys.multikey import ED25519, P256, P384
from keys.proofs import ECDSA_JCS, ECDSA_RDFC, ECDSA_SD, JCS, RDFC
from keys.signer import Signer
from service.conformance.errors import NoSuchKey

KINDS = {RDFC: (ED25519,), JCS: (ED25519,), ECDSA_RDFC: (P256, P384), ECDSA_JCS: (P256, P384), ECDSA_SD: (P256,)}


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys by their kind."""

    signers: Mapping[str, Signer]

    @classmethod
    def make(cls) -> Self:
        """New keys."""
        seed, p256, p384 = secrets.token_bytes(32), make_secret(P256), make_secret(P384)
        return cls(
            {
                ED25519: Ed25519Signer(seed, _method(Ed25519Signer(seed, ""))),
                P256: EcdsaSigner(P256, p256, _method(EcdsaSigner(P256, p256, ""))),
                P384: EcdsaSigner(P384, p384, _method(EcdsaSigner(P384, p384, ""))),
            }
        )

    def signer(self, suite: str, kind: str | None) -> Signer:
        """The key for a cryptosuite, of `kind` where there is a choice; raises `NoSuchKey`."""
        kinds = KINDS.get(suite, ())
        wanted = kind or next(iter(kinds), "")
        if wanted not in kinds:
            raise NoSuchKey(suite=suite[:80], kind=wanted[:80])
        return self.signers[wanted]

    def did(self, kind: str) -> str:
        """Who a key signs as."""
        return did_key(self.signers[kind].multikey)


def _method(signer: Signer) -> str:
    return verification_method(did_key(signer.multikey), signer.multikey)
