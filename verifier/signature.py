"""Steps 2 and 3 of a verification: which proofs count, whether they hold, whose keys they were made with.

At least one proof by the credential's own issuer in a known cryptosuite must hold; any such proof that does not hold fails the
credential; proofs by others and in other suites are reported and not counted (THREATS V9). A proof that rests on earlier ones
(VC-DI §4.5) holds only if those hold too, whoever made them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keys.errors.proofs import ProofInvalid
from keys.jose import Token, verify
from keys.proofs import ECDSA_SD, Secured, chain_of, check_terms, is_base_proof, proofs_of, suite_name
from schemas.refusals import Refused
from verifier import tokens
from verifier.controllers import ASSERTION, FoundKey, Keys, controller
from verifier.pointers import safe_pointer
from verifier.policy import Policy
from verifier.verdict import Check, Outcome


@dataclass(frozen=True, slots=True)
class Signature:
    """What the proofs came to. `proof` and `key` are those that hold, both None where none does.

    `in_part` says that the document is a part that its holder chose: what is not in it may still be in the whole.
    """

    checks: tuple[Check, ...]
    proof: Mapping[str, Any] | None = None
    key: FoundKey | None = None
    in_part: bool = False

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
    purpose: str = ASSERTION
    domain: str | None = None
    challenge: str | None = None


_UNREAD = (Check("other_proofs", Outcome.UNKNOWN, "proofs-unread", decisive=False),)


def methods_named(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The verification methods that the proofs of a document name, as far as they can be read."""
    try:
        held = proofs_of(document)
    except ProofInvalid:
        return ()
    return tuple(method for proof in held if isinstance(method := proof.get("verificationMethod"), str))


def examine(secured: Secured, asked: Asked, keys: Keys, policy: Policy, token: Token | None = None) -> Signature:
    """Judge every proof of a document and take the answers together; of one that came in a `token`, its signature alone."""
    if token is not None:
        return _of_token(token, asked, keys, policy)
    try:
        held = proofs_of(secured.document)
    except ProofInvalid as error:
        return Signature((_refused(error),))
    if len(held) > policy.proofs:
        return Signature((Check("proof", Outcome.FAILED, "proof-too-many"),))
    whole_first = sorted(held, key=lambda proof: suite_name(proof) == ECDSA_SD)
    return _together([_judge(secured, proof, asked, keys, policy) for proof in whole_first])


def _together(judged: list[_Judged]) -> Signature:
    """A failure of a counted proof, else the first that holds, else why nothing could be told, else why nothing counts."""
    counted = {one.check.outcome: one for one in reversed(judged) if one.counts}
    if Outcome.FAILED not in counted and Outcome.PASSED in counted:
        one = counted[Outcome.PASSED]
        in_part = suite_name(one.proof) == ECDSA_SD
        return Signature((one.check, *_unread(judged)), one.proof, one.key, in_part)
    telling = [counted[outcome] for outcome in (Outcome.FAILED, Outcome.UNKNOWN) if outcome in counted]
    unknown = [one for one in judged if one.check.outcome is Outcome.UNKNOWN]
    return Signature(((telling or unknown or judged)[0].check,))


def _unread(judged: list[_Judged]) -> tuple[Check, ...]:
    """A remark where further proofs were found and not counted."""
    if all(one.counts for one in judged):
        return ()
    return _UNREAD


def _judge(secured: Secured, proof: Mapping[str, Any], asked: Asked, keys: Keys, policy: Policy) -> _Judged:
    method = proof.get("verificationMethod")
    if not isinstance(method, str):
        return _Judged(Check("proof", Outcome.FAILED, "proof-malformed"), counts=True, proof=proof)
    if controller(method) != asked.signer:
        return _Judged(Check("proof", Outcome.FAILED, "proof-foreign"), counts=False, proof=proof)
    unread = _unreadable(proof, policy)
    if unread:
        return _Judged(Check("proof", Outcome.UNKNOWN, unread), counts=False, proof=proof)
    key = keys.find(method, asked.purpose)
    check = _hold(secured, proof, key, asked, keys)
    if check.outcome is Outcome.PASSED and "previousProof" in proof:
        check = _rest(secured, proof, asked, keys, policy) or check
    return _Judged(check, counts=True, proof=proof, key=key)


def _of_token(token: Token, asked: Asked, keys: Keys, policy: Policy) -> Signature:
    """The signature of a token, in the words of a proof: `created` is its `iat`, its own proofs inside count for nothing."""
    try:
        tokens.check_terms(token, asked.now, policy.skew, domain=asked.domain, challenge=asked.challenge)
        key = tokens.find_key(token, asked.signer, asked.purpose, keys)
        if key.public is None:
            return Signature((key.check,))
        verify(token, key.public)
    except ProofInvalid as error:
        return Signature((_refused(error),))
    holds = Check("proof", Outcome.PASSED, "token-holds", {"suite": tokens.form(token)})
    return Signature((holds, *_inside(token)), tokens.proof_of(token), key, in_part=token.hidden > 0)


def _inside(token: Token) -> tuple[Check, ...]:
    return _UNREAD if "proof" in token.document else ()


def _unreadable(proof: Mapping[str, Any], policy: Policy) -> str:
    """Why a proof says nothing here: a suite that does not count, or one for the holder's eyes; "" where it does."""
    if suite_name(proof) not in policy.suites:
        return "proof-suite"
    return "proof-base" if is_base_proof(proof) else ""


def _rest(secured: Secured, proof: Mapping[str, Any], asked: Asked, keys: Keys, policy: Policy) -> Check | None:
    """What is wrong with a proof that `proof` rests on: a failure before what cannot be told; None where all hold."""
    try:
        earlier = chain_of(secured.document, proof)
    except ProofInvalid as error:
        return _refused(error)
    checks = [_earlier(secured, one, asked, keys, policy) for one in earlier]
    outcomes = {check.outcome for check in checks}
    if Outcome.FAILED in outcomes:
        return Check("proof", Outcome.FAILED, "proof-previous")
    return Check("proof", Outcome.UNKNOWN, "proof-previous-unread") if Outcome.UNKNOWN in outcomes else None


def _earlier(secured: Secured, proof: Mapping[str, Any], asked: Asked, keys: Keys, policy: Policy) -> Check:
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or _unreadable(proof, policy):
        return Check("proof", Outcome.UNKNOWN, "proof-suite")
    return _hold(secured, proof, keys.find(method, asked.purpose), asked, keys)


def _hold(secured: Secured, proof: Mapping[str, Any], key: FoundKey, asked: Asked, keys: Keys) -> Check:
    try:
        check_terms(proof, now=asked.now, purpose=asked.purpose, domain=asked.domain, challenge=asked.challenge)
        if key.public is None:
            return key.check
        keys.signatures.check(secured, proof, key.public)
    except (ProofInvalid, Refused) as error:
        return _refused(error)
    return Check("proof", Outcome.PASSED, "signature-holds", {"suite": suite_name(proof)})


def _refused(error: ProofInvalid | Refused) -> Check:
    code = error.code if isinstance(error, ProofInvalid) else "proof-malformed"
    return Check("proof", Outcome.FAILED, code, {"pointer": safe_pointer(error.pointer)} if error.pointer else {})
