"""eddsa-jcs-2022: JCS (RFC 8785), SHA-256, Ed25519 (VC-DI-EDDSA §3.3). Holds for any JSON document."""

from keys.multikey import ED25519
from keys.proofs import jcs
from keys.proofs.whole import Whole

SUITE = Whole("eddsa-jcs-2022", jcs, {ED25519: "sha256"})
