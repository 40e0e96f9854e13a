"""Checking a proof (VC-DI §4.4): the signature, and apart from it the terms under which it was given."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from keys.errors.proofs import (
    ChallengeWrong,
    ContextMismatch,
    DomainWrong,
    ProofExpired,
    ProofMalformed,
    ProofTooEarly,
    PurposeWrong,
    SuiteUnknown,
)
from keys.multikey import PublicKey
from keys.proofs.secured import Secured
from keys.proofs.suites import DATA_INTEGRITY, suite_of
from schemas.dates import BadTimestamp, read_timestamp

_FIELDS = ("type", "verificationMethod", "proofPurpose", "proofValue")
_SKEW = timedelta(minutes=5)


def check(document: Mapping[str, Any] | Secured, proof: Mapping[str, Any], public: PublicKey) -> None:
    """Raise `ProofInvalid` unless `proof`, one of those of the document, was made over it with the key `public`.

    A document whose proofs are checked one by one is given as `Secured`, so that it is canonicalised once.

    Says nothing about whose key that is, or what it may sign. May also raise what canonicalising raises.
    """
    secured = document if isinstance(document, Secured) else Secured(document)
    _check_shape(proof)
    _check_contexts(secured.document, proof)
    chosen = suite_of(proof)
    if public.kind not in chosen.kinds:
        raise SuiteUnknown(suite=f"{chosen.name}, {public.kind}")
    chosen.check(secured, proof, public)


def check_terms(
    proof: Mapping[str, Any],
    *,
    now: datetime,
    purpose: str = "assertionMethod",
    domain: str | Collection[str] | None = None,
    challenge: str | None = None,
) -> None:
    """Raise `ProofInvalid` unless the proof serves `purpose`, is in its time, and answers what was asked (where anything was).

    Several domains are a set: the proof must name just those that were asked, in whatever order (VC-DI §4.4).
    """
    if proof.get("proofPurpose") != purpose:
        raise PurposeWrong(pointer="/proof/proofPurpose")
    created, expires = _moment(proof, "created"), _moment(proof, "expires")
    if created is not None and created > now + _SKEW:
        raise ProofTooEarly(pointer="/proof/created")
    if expires is not None and expires <= now:
        raise ProofExpired(pointer="/proof/expires")
    if domain is not None and _names(proof.get("domain")) != _names(domain):
        raise DomainWrong(pointer="/proof/domain")
    if challenge is not None and proof.get("challenge") != challenge:
        raise ChallengeWrong(pointer="/proof/challenge")


def _check_shape(proof: Mapping[str, Any]) -> None:
    """The fields that every proof has (VC-DI §2.1), and the one that names its cryptosuite, if it is of that sort."""
    for name in _FIELDS:
        if not isinstance(proof.get(name), str):
            raise ProofMalformed(pointer=f"/proof/{name}", field=name)
    if isinstance(proof.get("cryptosuite"), str) != (proof["type"] == DATA_INTEGRITY):
        raise ProofMalformed(pointer="/proof/cryptosuite", field="cryptosuite")


def _check_contexts(document: Mapping[str, Any], proof: Mapping[str, Any]) -> None:
    """Contexts in a proof must be those of the document.

    Stricter than VC-DI-EDDSA, where eddsa-jcs-2022 lets a document gain contexts after signing (§3.3.2) and eddsa-rdfc-2022 takes
    no notice of the proof's own (§3.2.5): either way something would be read that nobody signed (THREATS V8).
    """
    if "@context" in proof and proof["@context"] != document.get("@context"):
        raise ContextMismatch(pointer="/proof/@context")


def _moment(proof: Mapping[str, Any], name: str) -> datetime | None:
    if name not in proof:
        return None
    try:
        return read_timestamp(str(proof[name]))
    except BadTimestamp as error:
        raise ProofMalformed(pointer=f"/proof/{name}", field=name) from error


def _names(value: object) -> set[str]:
    """The texts of a text or a list of texts; empty for anything else."""
    held = value if isinstance(value, Collection) and not isinstance(value, str | Mapping) else [value]
    return {name for name in held if isinstance(name, str)} if all(isinstance(name, str) for name in held) else set()
