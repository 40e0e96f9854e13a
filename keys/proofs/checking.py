"""Checking a proof (VC-DI §4.4): the signature, and apart from it the terms under which it was given."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from keys import ed25519
from keys.errors import (
    BadMultibase,
    ChallengeWrong,
    ContextMismatch,
    DomainWrong,
    ProofExpired,
    ProofMalformed,
    ProofTooEarly,
    PurposeWrong,
    SuiteUnknown,
)
from keys.multikey import ED25519, PublicKey, multibase_decode
from keys.proofs.secured import Secured
from keys.proofs.suites import find_suite
from schemas.dates import BadTimestamp, read_timestamp

_FIELDS = ("type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue")
_SKEW = timedelta(minutes=5)


def check(document: Mapping[str, Any] | Secured, proof: Mapping[str, Any], public: PublicKey) -> None:
    """Raise `ProofInvalid` unless `proof`, one of those of the document, was made over it with the key `public`.

    A document whose proofs are checked one by one is given as `Secured`, so that it is canonicalised once.

    Says nothing about whose key that is, or what it may sign. May also raise what canonicalising raises.
    """
    secured = document if isinstance(document, Secured) else Secured(document)
    _check_shape(proof)
    _check_contexts(secured.document, proof)
    chosen = find_suite(proof["cryptosuite"])
    if public.kind != ED25519:
        raise SuiteUnknown(suite=f"{chosen.NAME}, {public.kind}")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    signature = _signature(proof["proofValue"])
    signed = chosen.hash_data(secured.digest(chosen, proof), options, secured.document.get("@context"))
    ed25519.verify(public.data, signature, signed)


def check_terms(
    proof: Mapping[str, Any],
    *,
    now: datetime,
    purpose: str = "assertionMethod",
    domain: str | None = None,
    challenge: str | None = None,
) -> None:
    """Raise `ProofInvalid` unless the proof serves `purpose`, is in its time, and answers what was asked (where anything was)."""
    if proof.get("proofPurpose") != purpose:
        raise PurposeWrong(pointer="/proof/proofPurpose")
    created, expires = _moment(proof, "created"), _moment(proof, "expires")
    if created is not None and created > now + _SKEW:
        raise ProofTooEarly(pointer="/proof/created")
    if expires is not None and expires <= now:
        raise ProofExpired(pointer="/proof/expires")
    if domain is not None and domain not in _several(proof.get("domain")):
        raise DomainWrong(pointer="/proof/domain")
    if challenge is not None and proof.get("challenge") != challenge:
        raise ChallengeWrong(pointer="/proof/challenge")


def _check_shape(proof: Mapping[str, Any]) -> None:
    for name in _FIELDS:
        if not isinstance(proof.get(name), str):
            raise ProofMalformed(pointer=f"/proof/{name}", field=name)
    if proof["type"] != "DataIntegrityProof":
        raise ProofMalformed(pointer="/proof/type", field="type")


def _check_contexts(document: Mapping[str, Any], proof: Mapping[str, Any]) -> None:
    """Contexts in a proof must be those of the document.

    Stricter than VC-DI-EDDSA, where eddsa-jcs-2022 lets a document gain contexts after signing (§3.3.2) and eddsa-rdfc-2022 takes
    no notice of the proof's own (§3.2.5): either way something would be read that nobody signed (THREATS V8).
    """
    if "@context" in proof and proof["@context"] != document.get("@context"):
        raise ContextMismatch(pointer="/proof/@context")


def _signature(value: str) -> bytes:
    """Both suites write signatures in base58btc only (VC-DI-EDDSA §2.2.1)."""
    if not value.startswith("z"):
        raise ProofMalformed(pointer="/proof/proofValue", field="proofValue")
    try:
        signature = multibase_decode(value)
    except BadMultibase as error:
        raise ProofMalformed(pointer="/proof/proofValue", field="proofValue") from error
    if len(signature) != ed25519.SIGNATURE_LENGTH:
        raise ProofMalformed(pointer="/proof/proofValue", field="proofValue")
    return signature


def _moment(proof: Mapping[str, Any], name: str) -> datetime | None:
    if name not in proof:
        return None
    try:
        return read_timestamp(str(proof[name]))
    except BadTimestamp as error:
        raise ProofMalformed(pointer=f"/proof/{name}", field=name) from error


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
