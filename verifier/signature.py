"""Steps 2 and 3 of a verification: which proofs count, whether they hold, whose keys they were made with.

At least one proof by the credential's own issuer in a known cryptosuite must hold; any such proof that does not hold fails the
credential; proofs by others and in other suites are reported and not counted (THREATS V9).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keys.errors import ProofInvalid
from keys.proofs import Secured, check_terms, proofs_of
from schemas.refusals import Refused
from verifier.controllers import FoundKey, Keys, controller
from verifier.pointers import safe_pointer
from verifier.policy import Policy
from verifier.verdict import Check, Outcome


@dataclass(frozen=True, slots=True)
class Signature:
    """What the proofs came to. `proof` and `key` are those that hold, both None where none does."""

    checks: tuple[Check, ...]
    proof: Mapping[str, Any] | None = None
    key: FoundKey | None = None

    @property
    def holds(self) -> bool:
        """Whether the issuer signed exactly this document."""
        return self.proof is not None


@dataclass(frozen=True, slots=True)
class _Judged:
    check: Check
    counts: bool
    proof: Mapping[str, Any]
    key: FoundKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a proof must answer to: who should have signed, when it is read, for what, and (presentations) to whom."""

    signer: str
    now: datetime
    purpose: str = "assertionMethod"
    domain: str | None = None
    challenge: str | None = None


def examine(secured: Secured, asked: Asked, keys: Keys, policy: Policy) -> Signature:
    """Judge every proof of a document and take the answers together."""
    try:
        held = proofs_of(secured.document)
    except ProofInvalid as error:
        return Signature((_refused(error),))
    if len(held) > policy.proofs:
        return Signature((Check("proof", Outcome.FAILED, "proof-too-many"),))
    return _together([_judge(secured, proof, asked, keys, policy) for proof in held])


def _together(judged: list[_Judged]) -> Signature:
    """A failure of a counted proof, else the first that holds, else why nothing could be told, else why nothing counts."""
    counted = {one.check.outcome: one for one in reversed(judged) if one.counts}
    if Outcome.FAILED not in counted and Outcome.PASSED in counted:
        one = counted[Outcome.PASSED]
        return Signature((one.check, *_unread(judged)), one.proof, one.key)
    telling = [counted[outcome] for outcome in (Outcome.FAILED, Outcome.UNKNOWN) if outcome in counted]
    unknown = [one for one in judged if one.check.outcome is Outcome.UNKNOWN]
    return Signature(((telling or unknown or judged)[0].check,))


def _unread(judged: list[_Judged]) -> tuple[Check, ...]:
    """A remark where further proofs were found and not counted."""
    if all(one.counts for one in judged):
        return ()
    return (Check("other_proofs", Outcome.UNKNOWN, "proofs-unread", decisive=False),)


def _judge(secured: Secured, proof: Mapping[str, Any], asked: Asked, keys: Keys, policy: Policy) -> _Judged:
    method = proof.get("verificationMethod")
    if not isinstance(method, str):
        return _Judged(Check("proof", Outcome.FAILED, "proof-malformed"), counts=True, proof=proof)
    if controller(method) != asked.signer:
        return _Judged(Check("proof", Outcome.FAILED, "proof-foreign"), counts=False, proof=proof)
    suite = proof.get("cryptosuite")
    if proof.get("type") != "DataIntegrityProof" or not isinstance(suite, str) or suite not in policy.suites:
        return _Judged(Check("proof", Outcome.UNKNOWN, "proof-suite"), counts=False, proof=proof)
    key = keys.find(method)
    return _Judged(_hold(secured, proof, key, asked, keys), counts=True, proof=proof, key=key)


def _hold(secured: Secured, proof: Mapping[str, Any], key: FoundKey, asked: Asked, keys: Keys) -> Check:
    try:
        check_terms(proof, now=asked.now, purpose=asked.purpose, domain=asked.domain, challenge=asked.challenge)
        if key.public is None:
            return key.check
        keys.signatures.check(secured, proof, key.public)
    except (ProofInvalid, Refused) as error:
        return _refused(error)
    return Check("proof", Outcome.PASSED, "signature-holds", {"suite": str(proof["cryptosuite"])})


def _refused(error: ProofInvalid | Refused) -> Check:
    code = error.code if isinstance(error, ProofInvalid) else "proof-malformed"
    return Check("proof", Outcome.FAILED, code, {"pointer": safe_pointer(error.pointer)} if error.pointer else {})
