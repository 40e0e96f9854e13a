"""ecdsa-sd-2023: RDFC-1.0 statement by statement, SHA-256, P-256 (VC-DI-ECDSA §3.4-3.6). Checks what a holder shows.

Proofs are made in `keys.proofs.sd`: by the issuer with `add_base`, by the holder with `derive`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from keys import ecdsa
from keys.errors.proofs import ProofMalformed, SignatureWrong
from keys.multikey import P256, PublicKey
from keys.proofs.sd.signed import NAME, configuration_hash, signed_data
from keys.proofs.sd.statements import relabelled
from keys.proofs.sd.values import DerivedValue
from keys.proofs.secured import Secured
from schemas.canonical import label
from schemas.canonical.nquads import read_nquads


class EcdsaSd:
    """A suite whose proofs cover each statement for itself."""

    name = NAME
    kinds: Collection[str] = frozenset({P256})

    def check(self, secured: Secured, proof: Mapping[str, Any], public: PublicKey) -> None:
        """Raise `ProofInvalid` unless every statement of the document is the issuer's and none that must be shown is missing.

        `BaseProofShown` for a proof that nobody has derived from yet. The issuer's signature comes first: without it, a forger
        could have thousands of others checked.
        """
        if "previousProof" in proof:
            raise ProofMalformed(pointer="/proof/previousProof", field="previousProof")
        value = DerivedValue.read(proof["proofValue"])
        options = {name: held for name, held in proof.items() if name != "proofValue"}
        mandatory, others = parted(lines_shown(secured, value), value)
        configuration = configuration_hash(options, secured.document.get("@context"), secured.contexts)
        ecdsa.verify(public, value.signature, signed_data(configuration, value.public, mandatory))
        for line, signature in zip(others, value.signatures, strict=True):
            ecdsa.verify(value.public, signature, line.encode())


def lines_shown(secured: Secured, value: DerivedValue) -> list[str]:
    """The statements of what is shown, under the labels that the issuer signed (§3.5.9)."""
    labelling, names = label(secured.bare, contexts=secured.contexts), value.names()
    if set(labelling.labels.values()) != names.keys():
        raise SignatureWrong
    return relabelled(read_nquads(labelling.text.decode()), names)


def parted(lines: list[str], value: DerivedValue) -> tuple[list[str], list[str]]:
    """The statements that must be shown, and the others, one signature for each."""
    places = frozenset(value.mandatory)
    if any(place >= len(lines) for place in places) or len(lines) - len(places) != len(value.signatures):
        raise SignatureWrong
    return [lines[place] for place in value.mandatory], [
        line for place, line in enumerate(lines) if place not in places
    ]


SUITE = EcdsaSd()
