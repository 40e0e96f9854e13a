"""The holder's proof: a part of a document with the signatures that belong to it (VC-DI-ECDSA §3.5.6, §3.6.8)."""

from collections.abc import Mapping, Sequence
from typing import Any

from keys.errors.proofs import BaseProofMissing, ProofMalformed, SelectionEmpty
from keys.proofs.reading import proofs_of, without_proofs
from keys.proofs.sd.signed import NAME
from keys.proofs.sd.statements import Statements
from keys.proofs.sd.values import BaseValue, DerivedValue, is_base, numbered
from schemas.loader import BUNDLED, Contexts


def derive(document: Mapping[str, Any], selective: Sequence[str], *, contexts: Contexts = BUNDLED) -> dict[str, Any]:
    """What a holder shows of a document with a base proof: what the issuer made mandatory, and what `selective` points to.

    Other proofs of the document stay behind: they cover the whole. Raises `BaseProofMissing`, `SelectionEmpty`, `SelectionWrong`,
    `SelectionUnsupported`, `ProofMalformed`, and what canonicalising raises.
    """
    proof = next((held for held in proofs_of(document) if is_base_proof(held)), None)
    if proof is None:
        raise BaseProofMissing(pointer="/proof")
    base = BaseValue.read(proof["proofValue"])
    pointers = [*base.mandatory, *selective]
    if not pointers:
        raise SelectionEmpty
    statements = Statements(without_proofs(document), base.label_key, contexts)
    value = derived_value(statements, base, pointers)
    return {**statements.part(pointers), "proof": [{**proof, "proofValue": value.write()}]}


def is_base_proof(proof: Mapping[str, Any]) -> bool:
    """Whether a proof is an issuer's in ecdsa-sd-2023, made for the holder alone."""
    return proof.get("cryptosuite") == NAME and is_base(proof.get("proofValue"))


def derived_value(statements: Statements, base: BaseValue, pointers: Sequence[str]) -> DerivedValue:
    """The part of a base proof that belongs to what `pointers`, the mandatory ones among them, choose."""
    must, shown = statements.made_by(base.mandatory), sorted(statements.made_by(pointers))
    others = [place for place in range(len(statements.lines)) if place not in must]
    if len(others) != len(base.signatures):
        raise ProofMalformed(pointer="/proof/proofValue", field="proofValue")
    signatures = dict(zip(others, base.signatures, strict=True))
    return DerivedValue(
        base.signature,
        base.public,
        [signatures[place] for place in shown if place not in must],
        numbered(statements.labels_of(pointers)),
        [index for index, place in enumerate(shown) if place in must],
    )
