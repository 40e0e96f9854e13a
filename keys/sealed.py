"""The network's own signed documents: plain JSON under an eddsa-jcs-2022 proof (trust list, key histories, deposits, …)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keys.did import controller_of
from keys.errors.proofs import ProofInvalid, ProofMalformed
from keys.errors.written import BadDid, BadMultikey
from keys.multikey import decode
from keys.proofs import JCS, Secured, add, check, check_terms, proofs_of
from keys.signer import Signer
from schemas.canonical import jcs
from schemas.reading import read_json


def seal(document: Mapping[str, Any], signer: Signer, now: datetime) -> bytes:
    """The document with the signer's proof, in its canonical bytes."""
    return jcs(add(document, signer, created=now, suite=JCS))


@dataclass(frozen=True, slots=True)
class Opened:
    """A sealed document whose signatures hold. Says nothing of any day: the terms of its proofs are judged at each reading."""

    document: dict[str, Any]
    proofs: tuple[Mapping[str, Any], ...]

    def at(self, now: datetime) -> dict[str, Any]:
        """The document without its proofs, if these serve at `now`; else `ProofInvalid`. Shared: never change it."""
        for proof in self.proofs:
            check_terms(proof, now=now)
        return self.document


def unseal(body: bytes, by: str, multikeys: Collection[str], now: datetime, *, limit: int) -> dict[str, Any]:
    """The document inside, without its proofs, if the DID `by` sealed it with one of `multikeys`.

    Every proof of that DID must hold; at least one must be there. Raises `ProofInvalid` or what reading JSON raises.
    """
    return open_seal(body, by, multikeys, limit=limit).at(now)


def open_seal(body: bytes, by: str, multikeys: Collection[str], *, limit: int) -> Opened:
    """`unseal` without the clock: the same bytes and keys always give the same answer."""
    document = read_json(body, limit=limit)
    own = [proof for proof in proofs_of(document) if _made_by(proof, by)]
    if not own:
        raise ProofInvalid(pointer="/proof")
    secured = Secured(document)
    for proof in own:
        _check(secured, proof, multikeys)
    return Opened(secured.bare, tuple(own))


def _made_by(proof: Mapping[str, Any], did: str) -> bool:
    try:
        return controller_of(str(proof.get("verificationMethod"))) == did
    except BadDid:
        return False


def _check(secured: Secured, proof: Mapping[str, Any], multikeys: Collection[str]) -> None:
    """The key is the fragment of the method, and trusted only because `multikeys` has it."""
    multikey = str(proof["verificationMethod"]).partition("#")[2]
    if multikey not in multikeys:
        raise ProofInvalid(pointer="/proof/verificationMethod")
    try:
        check(secured, proof, decode(multikey))
    except BadMultikey as error:
        raise ProofMalformed(pointer="/proof/verificationMethod", field="verificationMethod") from error
