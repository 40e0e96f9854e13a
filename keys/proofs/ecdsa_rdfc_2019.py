"""ecdsa-rdfc-2019: RDFC-1.0, P-256 with SHA-256 or P-384 with SHA-384 (VC-DI-ECDSA §3.2). Holds for documents in JSON-LD."""

from keys.multikey import P256, P384
from keys.proofs import rdfc
from keys.proofs.whole import Whole

SUITE = Whole("ecdsa-rdfc-2019", rdfc, {P256: "sha256", P384: "sha384"})
