"""Judging by the verifier itself, for people who belong to no network: everything but what a network asks beyond the standards.

Some vectors of the W3C are signed by another than their issuer; nowhere else may such a credential be taken for anybody's.
"""

from dataclasses import dataclass
from datetime import datetime

from keys.errors.proofs import ProofInvalid
from keys.proofs import Secured, proofs_of
from schemas.credential import Credential
from schemas.loader import Contexts
from service.conformance.lists import Lists
from service.network import NOBODY
from service.vc_api.problems import faults
from verifier import checks
from verifier.controllers import Keys, controller
from verifier.policy import Policy
from verifier.reading import receive
from verifier.signature import Asked, examine
from verifier.verdict import Check, Report
from verifier.verify import Verifier

_NETWORKS_OWN = frozenset({"membership", "status-not-shown"})
_FOREIGN = "proof-foreign"
_SELF_CERTIFIED = Keys(network=None, complete=False, documents={})


@dataclass(frozen=True, slots=True)
class Judging:
    """Holds the verifier of this mode."""

    verifier: Verifier

    @classmethod
    def make(cls, contexts: Contexts, lists: Lists) -> "Judging":
        """With the contexts of the suites, asking nobody but our own status lists."""
        return cls(Verifier(lists, f"did:web:{NOBODY}", (), policy=Policy(contexts=contexts)))

    def credential(self, data: bytes, now: datetime) -> list[Check]:
        """What is wrong with a credential; nothing where it is to be accepted. Raises `NotACredential`."""
        report = self.verifier.verify(data, now=now).report
        proof = report.check("proof")
        if proof is not None and proof.code == _FOREIGN:
            return _wrong(self._whoever_signed(data, now))
        return _wrong(report)

    def presentation(self, data: bytes, now: datetime, *, domain: str | None, challenge: str | None) -> list[Check]:
        """What is wrong with a presentation or any credential in it. Raises `NotACredential`."""
        found = self.verifier.verify_presentation(data, now=now, domain=domain, challenge=challenge)
        return [*_wrong(found.report), *(check for item in found.items for check in _wrong(item.report))]

    def _whoever_signed(self, data: bytes, now: datetime) -> Report:
        """The judgement with the key's own controller in the place of the issuer."""
        policy = self.verifier.policy
        received = receive(data, policy)
        credential = Credential(received.document)
        secured = Secured(received.document, received.digest, policy.contexts)
        signed = examine(secured, Asked(signer=_signer(secured), now=now), _SELF_CERTIFIED, policy)
        found = (
            checks.check_format(credential, secured)[0],
            *signed.checks,
            checks.check_dates(credential, policy, now),
        )
        return Report(checks=found, at=now, digest=received.digest)


def _signer(secured: Secured) -> str:
    try:
        methods = [proof.get("verificationMethod") for proof in proofs_of(secured.document)]
    except ProofInvalid:
        return ""
    return next((controller(method) for method in methods if isinstance(method, str)), "")


def _wrong(report: Report) -> list[Check]:
    return [check for check in faults(report) if _NETWORKS_OWN.isdisjoint((check.name, check.code))]
