"""A set of credentials shown by its holder (VCDM 2.0 §4.13, VC-DI §4.4): the set itself; its credentials are judged one by one.

Who shows it and what is shown are two answers: a wallet's signature says nothing about the badges, and the other way round.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from keys.proofs import Secured
from schemas.data_model import check_presentation
from schemas.dates import read_timestamp
from schemas.presentation import Presentation
from schemas.refusals import Refused, TooComplex
from verifier.checks import refusal
from verifier.controllers import Keys, controller
from verifier.nested import alone
from verifier.policy import Policy
from verifier.reading import Received
from verifier.signature import Asked, Signature, examine
from verifier.verdict import Check, Outcome

_CODES = {
    "proof-missing": "possession-missing",
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
    """What was found about the set: its checks, who signed it ("" where nobody did), what is in it."""

    checks: tuple[Check, ...]
    holder: str = ""
    presentation: Presentation | None = None


def judge_set(
    received: Received, policy: Policy, now: datetime, *, domain: str | None = None, challenge: str | None = None
) -> Shower:
    """Whether the set is whole and its holder's own key signed it, for `domain` and `challenge` where they were asked. Pure."""
    try:
        secured = Secured(received.document, received.digest, policy.contexts)
        presentation = _sound(received, secured, policy)
    except Refused as error:
        return Shower((refusal(error),))
    shower = presentation.holder or _named_by_proof(presentation)
    asked = Asked(signer=shower, now=now, purpose="authentication", domain=domain, challenge=challenge)
    possession = _possession(examine(secured, asked, _SELF_CERTIFIED, policy), asked, policy)
    holder = shower if possession.outcome is Outcome.PASSED else ""
    return Shower((Check("format", Outcome.PASSED, "format-ok"), possession), holder, presentation)


def contents(presentation: Presentation, policy: Policy) -> Iterator[Received]:
    """Each credential of the set as if it had come alone."""
    for credential in presentation.credentials:
        yield alone(credential.document, policy)


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
