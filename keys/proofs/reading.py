"""Taking a secured document apart: its proofs, and what each of them covers."""

from collections.abc import Mapping
from typing import Any

from keys.errors.proofs import ProofMalformed, ProofMissing


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
    return {**without_proofs(document), "proof": previous_of(document, proof)}


def previous_of(document: Mapping[str, Any], proof: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The proofs of the document that `proof` names as earlier ones; `ProofMalformed` where one is missing or there twice."""
    named = proof.get("previousProof", [])
    names: list[Any] = named if isinstance(named, list) else [named]
    malformed = ProofMalformed(pointer="/proof/previousProof", field="previousProof")
    if not all(isinstance(name, str) for name in names) or (not names and "previousProof" in proof):
        raise malformed
    earlier = [held for held in proofs_of(document) if held.get("id") in names]
    if sorted(held["id"] for held in earlier) != sorted(set(names)):
        raise malformed
    return earlier


def chain_of(document: Mapping[str, Any], proof: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every proof that `proof` rests on, near or far, each once; `ProofMalformed` where it rests on itself."""
    found: list[dict[str, Any]] = []
    pending = previous_of(document, proof)
    while pending:
        held = pending.pop()
        if held is proof:
            raise ProofMalformed(pointer="/proof/previousProof", field="previousProof")
        if not any(held is known for known in found):
            found.append(held)
            pending += previous_of(document, held)
    return found
