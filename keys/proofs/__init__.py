"""Data Integrity proofs (VC-DI 1.0): add one, read those that are there, check one. One module per cryptosuite."""

from keys.proofs.adding import add, prove
from keys.proofs.checking import check, check_terms
from keys.proofs.reading import proofs_of, without_proofs
from keys.proofs.secured import Secured
from keys.proofs.signatures import Signatures
from keys.proofs.suites import ECDSA_JCS, ECDSA_RDFC, JCS, RDFC

__all__ = [
    "ECDSA_JCS",
    "ECDSA_RDFC",
    "JCS",
    "RDFC",
    "Secured",
    "Signatures",
    "add",
    "check",
    "check_terms",
    "proofs_of",
    "prove",
    "without_proofs",
]
