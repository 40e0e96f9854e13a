"""A set of credentials shown by its holder (VCDM 2.0 §4.13, VC-DI §4.4): the set itself; its credentials are judged one by one.

Who shows it and what is shown are two answers: a wallet's signature says nothing about the badges, and the other way round.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from keys.proofs import Secured
from schemas.dates import read_timestamp
from schemas.presentation import Presentation
from schemas.refusals import Refused, TooComplex, Unreadable
from verifier.checks import refusal
from verifier.controllers import Keys
from verifier.nested import alone
from verifier.policy import Policy
from verifier.reading import CREDENTIAL, Received
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
        secured = Secured(received.document, received.digest)
        presentation = _sound(received, secured, policy)
    except Refused as error:
        return Shower((refusal(error),))
    asked = Asked(signer=presentation.holder, now=now, purpose="authentication", domain=domain, challenge=challenge)
    possession = _possession(examine(secured, asked, _SELF_CERTIFIED, policy), asked, policy)
    holder = presentation.holder if possession.outcome is Outcome.PASSED else ""
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
    for index, credential in enumerate(credentials):
        if CREDENTIAL not in credential.types:
            raise Unreadable(pointer=f"/verifiableCredential/{index}", field="type")
    secured.content_hash()
    _ = presentation.holder
    return presentation


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
