"""Data Integrity proofs (VC-DI 1.0): add one, read those that are there, check one. One module per cryptosuite."""

from keys.proofs.adding import add
from keys.proofs.checking import check, check_terms
from keys.proofs.reading import proofs_of, without_proofs
from keys.proofs.suites import JCS, RDFC

__all__ = ["JCS", "RDFC", "add", "check", "check_terms", "proofs_of", "without_proofs"]
