"""Data Integrity proofs (VC-DI 1.0): add one, read those that are there, check one. One module per cryptosuite."""

from keys.proofs.adding import add, prove
from keys.proofs.checking import check, check_terms
from keys.proofs.reading import chain_of, proofs_of, without_proofs
from keys.proofs.sd.base import add_base
from keys.proofs.sd.disclosure import derive, is_base_proof
from keys.proofs.secured import Secured
from keys.proofs.signatures import Signatures
from keys.proofs.suites import ECDSA_JCS, ECDSA_RDFC, ECDSA_SD, ED25519_2020, JCS, RDFC, suite_name

__all__ = [
    "ECDSA_JCS",
    "ECDSA_RDFC",
    "ECDSA_SD",
    "ED25519_2020",
    "JCS",
    "RDFC",
    "Secured",
    "Signatures",
    "add",
    "add_base",
    "chain_of",
    "check",
    "check_terms",
    "derive",
    "is_base_proof",
    "proofs_of",
    "prove",
    "suite_name",
    "without_proofs",
]
