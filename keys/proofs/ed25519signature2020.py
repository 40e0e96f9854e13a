"""Ed25519Signature2020: RDFC-1.0, SHA-256, Ed25519, as proofs were called before cryptosuites. It is read here and no longer made.

The proof's type is the suite; `https://w3id.org/security/suites/ed25519-2020/v1` among the document's contexts gives it its
meaning.
"""

from keys.multikey import ED25519
from keys.proofs import rdfc
from keys.proofs.whole import Whole

SUITE = Whole("Ed25519Signature2020", rdfc, {ED25519: "sha256"})
