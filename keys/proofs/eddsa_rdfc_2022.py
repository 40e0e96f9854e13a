"""eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519 (VC-DI-EDDSA §3.2). Holds for documents in JSON-LD."""

from keys.multikey import ED25519
from keys.proofs import rdfc
from keys.proofs.whole import Whole

SUITE = Whole("eddsa-rdfc-2022", rdfc, {ED25519: "sha256"})
