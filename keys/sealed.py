"""The network's own signed documents: plain JSON under an eddsa-jcs-2022 proof (trust list, key histories, deposits, …)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from keys.did import controller_of
from keys.errors import BadDid, BadMultikey, ProofInvalid, ProofMalformed
from keys.multikey import decode
from keys.proofs import JCS, add, check, check_terms, proofs_of, without_proofs
from keys.signer import Signer
from schemas.canonical import jcs
from schemas.reading import read_json


def seal(document: Mapping[str, Any], signer: Signer, now: datetime) -> bytes:
    """The document with the signer's proof, in its canonical bytes."""
    return jcs(add(document, signer, created=now, suite=JCS))


def unseal(body: bytes, by: str, multikeys: Collection[str], now: datetime, *, limit: int) -> dict[str, Any]:
    """The document inside, without its proofs, if the DID `by` sealed it with one of `multikeys`.

    Every proof of that DID must hold; at least one must be there. Raises `ProofInvalid` or what reading JSON raises.
    """
    document = read_json(body, limit=limit)
    own = [proof for proof in proofs_of(document) if _made_by(proof, by)]
    if not own:
        raise ProofInvalid(pointer="/proof")
    for proof in own:
        _check(document, proof, multikeys, now)
    return without_proofs(document)


def _made_by(proof: Mapping[str, Any], did: str) -> bool:
    try:
        return controller_of(str(proof.get("verificationMethod"))) == did
    except BadDid:
        return False


def _check(document: Mapping[str, Any], proof: Mapping[str, Any], multikeys: Collection[str], now: datetime) -> None:
    """The key is the fragment of the method, and trusted only because `multikeys` has it."""
    multikey = str(proof["verificationMethod"]).partition("#")[2]
    if multikey not in multikeys:
        raise ProofInvalid(pointer="/proof/verificationMethod")
    try:
        check(document, proof, decode(multikey))
    except BadMultikey as error:
        raise ProofMalformed(pointer="/proof/verificationMethod", field="verificationMethod") from error
    check_terms(proof, now=now)
