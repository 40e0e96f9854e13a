"""ecdsa-jcs-2019: JCS (RFC 8785), P-256 with SHA-256 or P-384 with SHA-384 (VC-DI-ECDSA §3.3). Holds for any JSON document."""

from keys.multikey import P256, P384
from keys.proofs import jcs
from keys.proofs.whole import Whole

SUITE = Whole("ecdsa-jcs-2019", jcs, {P256: "sha256", P384: "sha384"})
