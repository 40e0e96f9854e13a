"""Taking a secured document apart: its proofs, and what each of them covers."""

from collections.abc import Mapping
from typing import Any

from keys.errors import ProofMalformed, ProofMissing


def proofs_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every proof of a document in its order: one object or a proof set. Raises `ProofMissing`, `ProofMalformed`."""
    held: Any = document.get("proof")
    proofs: list[Any] = held if isinstance(held, list) else [held]
    if held is None or not proofs:
        raise ProofMissing(pointer="/proof")
    if not all(isinstance(proof, dict) for proof in proofs):
        raise ProofMalformed(pointer="/proof", field="proof")
    return proofs


def without_proofs(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document that a proof of a set covers."""
    return {name: value for name, value in document.items() if name != "proof"}


def covered(document: Mapping[str, Any], proof: Mapping[str, Any]) -> dict[str, Any]:
    """What `proof` covers: the bare document, and in a chain the earlier proofs that it names (VC-DI §4.5)."""
    if "previousProof" not in proof:
        return without_proofs(document)
    named = proof["previousProof"]
    names: list[Any] = named if isinstance(named, list) else [named]
    if not names or not all(isinstance(name, str) for name in names):
        raise ProofMalformed(pointer="/proof/previousProof", field="previousProof")
    earlier = [held for held in proofs_of(document) if held.get("id") in names]
    if sorted(held["id"] for held in earlier) != sorted(set(names)):
        raise ProofMalformed(pointer="/proof/previousProof", field="previousProof")
    return {**without_proofs(document), "proof": earlier}
