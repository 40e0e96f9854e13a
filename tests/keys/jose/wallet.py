"""Keys and documents that the tests of tokens share; nothing is random."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from keys import jwk
from keys.curves import CURVES
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.multikey import ED25519, P521
from keys.signer import Signer

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ISSUER = "did:web:ugu.sever.example"
METHOD = f"{ISSUER}#key-1"
KINDS = (ED25519, *CURVES)


def make(kind: str, method: str = METHOD, *, seed: int = 1) -> Signer:
    """The key that a kind and a number always give."""
    if kind == ED25519:
        return Ed25519Signer(bytes([seed]) * 32, method)
    size = CURVES[kind].size
    return EcdsaSigner(kind, (bytes([0]) if kind == P521 else b"") + bytes([seed]) * (size - (kind == P521)), method)


def badge(**changes: Any) -> dict[str, Any]:
    """A credential with what every profile asks for; one of `changes` that is None is taken away."""
    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:2c6f1c2e-9f5f-4b43-8f8b-0d6c5f6b7a11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Северный открытый университет"},
        "validFrom": "2026-11-20T10:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:0a1b2c3d-0000-4000-8000-000000000001",
            "type": ["AchievementSubject"],
            "achievement": {"id": "https://ugu.sever.example/a/1", "type": ["Achievement"], "name": "Проект"},
        },
    }
    return {name: value for name, value in (document | changes).items() if value is not None}


def raw(header: Mapping[str, Any] | str, payload: Mapping[str, Any] | str, signer: Signer) -> str:
    """A token that a forger wrote: whatever header and payload, well signed."""
    parts = [part if isinstance(part, str) else json.dumps(part) for part in (header, payload)]
    signed = ".".join(jwk.encode(part.encode()) for part in parts)
    return f"{signed}.{jwk.encode(signer.sign(signed.encode()))}"
