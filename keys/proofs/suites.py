"""The suites by name: the cryptosuites of Data Integrity, and an older sort of proof that is its own suite."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from keys.errors.proofs import SuiteUnknown
from keys.multikey import PublicKey
from keys.proofs import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ecdsa_sd_2023,
    ed25519signature2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)
from keys.proofs.secured import Secured
from keys.proofs.whole import Whole

RDFC = eddsa_rdfc_2022.SUITE.name
JCS = eddsa_jcs_2022.SUITE.name
ECDSA_RDFC = ecdsa_rdfc_2019.SUITE.name
ECDSA_JCS = ecdsa_jcs_2019.SUITE.name
ECDSA_SD = ecdsa_sd_2023.SUITE.name
ED25519_2020 = ed25519signature2020.SUITE.name
DATA_INTEGRITY = "DataIntegrityProof"


class Suite(Protocol):
    """What a proof of one sort is checked by."""

    @property
    def name(self) -> str:
        """As the proof names it."""
        ...

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of keys it takes (`keys.multikey`)."""
        ...

    def check(self, secured: Secured, proof: Mapping[str, Any], public: PublicKey) -> None:
        """Raise `ProofInvalid` unless `proof`, of sound shape, was made over the document with `public`, a key of its kinds."""
        ...


_WHOLE: dict[str, Whole] = {
    module.SUITE.name: module.SUITE for module in (eddsa_rdfc_2022, eddsa_jcs_2022, ecdsa_rdfc_2019, ecdsa_jcs_2019)
}


_SUITES: dict[str, Suite] = {**_WHOLE, ECDSA_SD: ecdsa_sd_2023.SUITE}
_OLDER: dict[str, Suite] = {ED25519_2020: ed25519signature2020.SUITE}


def find_suite(name: str) -> Whole:
    """The cryptosuite of that name that signs documents whole, or `SuiteUnknown`."""
    if name not in _WHOLE:
        raise SuiteUnknown(suite=name[:80])
    return _WHOLE[name]


def suite_name(proof: Mapping[str, Any]) -> str:
    """What a proof says it was made by: its cryptosuite, or its type if that is of an older sort; "?" for anything else."""
    kind = proof.get("type")
    name = proof.get("cryptosuite") if kind == DATA_INTEGRITY else kind
    return name if isinstance(name, str) and (kind == DATA_INTEGRITY or name in _OLDER) else "?"


def suite_of(proof: Mapping[str, Any]) -> Suite:
    """The suite that a proof names, or `SuiteUnknown`."""
    name = suite_name(proof)
    known = _SUITES if proof.get("type") == DATA_INTEGRITY else _OLDER
    if name not in known:
        raise SuiteUnknown(suite=name[:80])
    return known[name]
