"""A set of credentials shown by its holder (VCDM 2.0 §4.13, VC-DI §4.4): the set itself; its credentials are judged one by one.

Who shows it and what is shown are two answers: a wallet's signature says nothing about the badges, and the other way round.
"""

from dataclasses import dataclass
from datetime import datetime

from keys.did import did_jwk
from keys.errors.proofs import ProofInvalid
from keys.jose import check_binding
from keys.jose.errors import TokenInvalid
from keys.proofs import Secured
from schemas.data_model import check_presentation
from schemas.dates import read_timestamp
from schemas.presentation import Presentation
from schemas.refusals import Refused, TooComplex
from verifier.checks import refusal
from verifier.controllers import Keys, controller
from verifier.policy import Policy
from verifier.reading import Received, receive_inner
from verifier.signature import Asked, Signature, examine
from verifier.verdict import Check, Outcome

_CODES = {
    "proof-missing": "possession-missing",
    "kb-missing": "possession-missing",
    "proof-foreign": "possession-foreign",
    "proof-purpose": "possession-purpose",
    "proof-domain": "proof-domain",
    "proof-challenge": "proof-challenge",
}
_SELF_CERTIFIED = Keys(
    network=None, complete=False, documents={}
)  # holders are known by did:key, so nothing is fetched


@dataclass(frozen=True, slots=True)
class Shower:
    """What was found about the set: its checks, who signed it ("" where nobody did), what it holds, each as if come alone."""

    checks: tuple[Check, ...]
    holder: str = ""
    held: tuple[Received, ...] = ()


def judge_set(
    received: Received, policy: Policy, now: datetime, *, domain: str | None = None, challenge: str | None = None
) -> Shower:
    """Whether the set is whole and its holder's own key signed it, for `domain` and `challenge` where they were asked. Pure."""
    if is_bound(received):
        return _judge_bound(received, policy, now, domain, challenge)
    try:
        secured = Secured(received.document, received.digest, policy.contexts)
        presentation = _sound(received, secured, policy)
    except (Refused, TokenInvalid) as error:
        return Shower((refusal(error),))
    shower = presentation.holder or _named_by_proof(presentation)
    asked = Asked(signer=shower, now=now, purpose="authentication", domain=domain, challenge=challenge)
    signed = examine(secured, asked, _SELF_CERTIFIED, policy, received.token)
    possession = _possession(signed, asked, policy)
    holder = shower if possession.outcome is Outcome.PASSED else ""
    held = tuple(receive_inner(one.document, policy) for one in presentation.credentials)
    return Shower((Check("format", Outcome.PASSED, "format-ok"), possession), holder, held)


def is_bound(received: Received) -> bool:
    """Whether it is one credential, bound by its holder to whoever it is shown to."""
    return received.token is not None and received.token.binding is not None


def holding(
    received: Received, policy: Policy, now: datetime, *, domain: str | None = None, challenge: str | None = None
) -> tuple[Check, ...]:
    """Whether the holder to whose key a credential was issued signed what is shown of it; nothing without a key binding.

    An answer to a challenge is signed just now (RFC 9901 §7.3, THREATS V11).
    """
    token = received.token
    if token is None or token.binding is None:
        return ()
    age = policy.skew if challenge is not None else None
    try:
        check_binding(token, now=now, age=age, audience=domain, nonce=challenge)
    except ProofInvalid as error:
        return (Check("possession", Outcome.FAILED, _CODES.get(error.code, "possession-broken")),)
    return (Check("possession", Outcome.PASSED, "possession-shown"),)


def _judge_bound(
    received: Received, policy: Policy, now: datetime, domain: str | None, challenge: str | None
) -> Shower:
    """A set of one: nothing else is around it."""
    [possession] = holding(received, policy, now, domain=domain, challenge=challenge)
    public = received.token.holder_key if received.token and possession.outcome is Outcome.PASSED else None
    return Shower((possession,), did_jwk(public) if public else "", (received,))


def _sound(received: Received, secured: Secured, policy: Policy) -> Presentation:
    """A presentation within the limits, whole under safe JSON-LD, of credentials and nothing else."""
    if received.refusal is not None:
        raise received.refusal
    presentation = Presentation(received.document)
    credentials = presentation.credentials
    if len(credentials) > policy.presented:
        raise TooComplex(pointer="/verifiableCredential", what="credentials", limit=policy.presented)
    check_presentation(received.document)
    secured.content_hash()
    return presentation


def _named_by_proof(presentation: Presentation) -> str:
    """Whose key a set without a named holder says it was signed with."""
    methods = (proof.get("verificationMethod") for proof in presentation.proofs)
    return next((controller(method) for method in methods if isinstance(method, str)), "")


def _possession(signature: Signature, asked: Asked, policy: Policy) -> Check:
    """Whether the holder's own key signed the set; an answer to a challenge is signed just now (THREATS V11)."""
    if signature.proof is None:
        found = signature.checks[0]
        if found.outcome is Outcome.UNKNOWN:
            return Check("possession", Outcome.UNKNOWN, "possession-unknown")
        return Check("possession", Outcome.FAILED, _CODES.get(found.code, "possession-broken"))
    if asked.challenge is not None and not _fresh(signature.proof.get("created"), asked.now, policy):
        return Check("possession", Outcome.FAILED, "presentation-old")
    return Check("possession", Outcome.PASSED, "possession-shown")


def _fresh(created: object, now: datetime, policy: Policy) -> bool:
    return isinstance(created, str) and now - read_timestamp(created) <= policy.skew
