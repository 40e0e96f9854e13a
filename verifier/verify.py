"""A verification: read, gather, judge, in an order in which nothing is asked of strangers before the signature holds.

    receive → format → (network's list, issuer's key) → proof → (status lists, deposits) → everything else

`judge_signature` and `judge` are pure: the same document, material and moment always get the same report.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from keys.fetch import Fetcher
from keys.proofs import Secured
from schemas.credential import Credential
from schemas.dates import read_timestamp
from schemas.refusals import Refused
from verifier import checks
from verifier.errors import NotACredential, PresentationGiven
from verifier.material import Gathering, Material, Memory, Once
from verifier.policy import NETWORK, Policy
from verifier.presentation import contents, judge_set
from verifier.reading import PRESENTATION, Received, receive
from verifier.shown import Shown, facts
from verifier.signature import Asked, Signature, examine
from verifier.status import ListCopy, judge_status
from verifier.trust import Operator, TrustReading, find_witness
from verifier.verdict import Check, Outcome, Report, Verdict
from verifier.verified import VerifiedCredential, admit


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The answer about one credential. `credential` travels on, `shown` is what a page may say of it.

    Both are there only for a badge that can be read and whose signature and key hold; whether it is valid, the report says.
    """

    report: Report
    credential: VerifiedCredential | None = None
    shown: Shown | None = None

    @property
    def verdict(self) -> Verdict:
        """The report in one word."""
        return self.report.verdict

    @property
    def title(self) -> str:
        """The achievement's name, "" where nothing may be shown."""
        return self.shown.title if self.shown else ""

    @property
    def issuer(self) -> str:
        """Who answers for it: the network's name, else the one it gives itself; "" where nothing may be shown."""
        return (self.shown.organisation or self.shown.claimed_by) if self.shown else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationVerification:
    """The answer about a set of credentials. `report` is about the set: whole, and signed by its holder.

    `holder` is the DID that signed it, "" where none did; `items` are the answers about the credentials, in their order.
    """

    report: Report
    holder: str
    items: tuple[Verification, ...]


def judge_signature(
    credential: Credential, secured: Secured, material: Material, policy: Policy, now: datetime
) -> Signature:
    """Step 2, and of step 3 whose key it is: all that may be judged before anybody is asked for more."""
    asked = Asked(signer=credential.issuer_id, now=now)
    return examine(secured, asked, material.keys, policy)


def judge(
    credential: Credential, content: str, signature: Signature, material: Material, policy: Policy, now: datetime
) -> tuple[Check, ...]:
    """Steps 3 to 10, for a credential whose signature holds; `content` is its content hash."""
    issuer, signed = credential.issuer_id, signed_at(credential, signature)
    awarded = credential.awarded_at or signed
    witness = find_witness(material.deposits, content, issuer, material.seen)
    return (
        checks.check_key(signature, signed, witness, now),
        checks.check_membership(material.trust, issuer, awarded, witness, now),
        checks.check_licence(material.trust, issuer, awarded),
        checks.check_witness(witness),
        _check_status(credential, signature, material, policy, now),
        checks.check_schema(credential, in_part=signature.in_part),
        checks.check_dates(credential, policy, now),
        *checks.check_kind(credential),
        *checks.check_whole(signature),
    )


def signed_at(credential: Credential, signature: Signature) -> datetime | None:
    """When the issuer says it signed: the proof's `created`, else the award date."""
    created = (signature.proof or {}).get("created")
    return read_timestamp(created) if isinstance(created, str) else credential.awarded_at


def _check_status(
    credential: Credential, signature: Signature, material: Material, policy: Policy, now: datetime
) -> Check:
    """Step 7, all entries together; a list that was not asked cannot be told, and an entry that was not shown neither."""
    try:
        entries = credential.statuses
    except Refused as error:
        code = error.code if error.code == "status-unsupported" else "status-entry"
        return Check("status", Outcome.UNKNOWN, code)
    if signature.in_part and not entries:
        return Check("status", Outcome.UNKNOWN, "status-not-shown")
    nothing, issuer = ListCopy(body=None), credential.issuer_id
    return checks.together(
        judge_status(entry, material.lists.get(entry.list_url, nothing), issuer, material.keys, policy, now)
        for entry in entries
    )


class Verifier:
    """Judges credentials. Holds no clock and no secrets; safe to share between threads.

    `operator` is the DID of the organisation that seals the network's list, `pinned` its Multikeys. `edition` is the newest
    edition of that list known before: an older one is a roll-back.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        operator: str,
        pinned: Collection[str],
        *,
        policy: Policy = NETWORK,
        edition: int = 0,
    ) -> None:
        self.policy = policy
        self.memory = Memory(edition=edition)
        named = Operator(did=operator, pinned=tuple(pinned))
        self.gathering = Gathering(fetcher=fetcher, operator=named, policy=policy, memory=self.memory)

    def verify(self, data: bytes, *, now: datetime, seen: datetime | None = None) -> Verification:
        """Judge the credential in `data` (JSON, or a PNG or SVG that carries one) as of `now`.

        `seen` is when a member of the network first had it, a witness of its date. Raises `NotACredential` where nothing can
        be read, and its kind `PresentationGiven` for a set of credentials.
        """
        received = receive(data, self.policy)
        if PRESENTATION in received.types:
            raise PresentationGiven
        return _verify(received, self.gathering, now=now, seen=seen, trust=None)

    def verify_presentation(
        self, data: bytes, *, now: datetime, domain: str | None = None, challenge: str | None = None
    ) -> PresentationVerification:
        """Judge a presentation and every credential in it.

        `domain` and `challenge` are what was asked of the holder, where anything was; an answer to a challenge must be fresh.
        Holders are known by did:key. Raises `NotACredential` where no presentation can be read.
        """
        received = receive(data, self.policy)
        if received.refusal is None and PRESENTATION not in received.types:
            raise NotACredential
        found = judge_set(received, self.policy, now, domain=domain, challenge=challenge)
        report = Report(checks=found.checks, at=now, digest=received.digest)
        if found.presentation is None:
            return PresentationVerification(report=report, holder="", items=())
        shared = replace(self.gathering, fetcher=Once(self.gathering.fetcher))
        trust = shared.network(now)
        each = contents(found.presentation, self.policy)
        items = [_verify(one, shared, now=now, seen=None, trust=trust) for one in each]
        return PresentationVerification(report=report, holder=found.holder, items=tuple(items))


def _verify(
    received: Received, gathering: Gathering, *, now: datetime, seen: datetime | None, trust: TrustReading | None
) -> Verification:
    """The steps of the module's heading; `trust` is the network's list where it was got for another credential just now."""
    if received.refusal is not None:
        return _stopped(received, now, checks.refusal(received.refusal))
    credential, policy = Credential(received.document), gathering.policy
    secured = Secured(received.document, received.digest, policy.contexts)
    sound, content = checks.check_format(credential, secured)
    if sound.outcome is not Outcome.PASSED:
        return _stopped(received, now, sound)
    material = gathering.before_signature(trust or gathering.network(now), credential)
    signature = judge_signature(credential, secured, material, policy, now)
    if not signature.holds:
        return _stopped(received, now, sound, *signature.checks, *_stranger(credential, signature, material))
    material = gathering.after_signature(material, credential, signed_at(credential, signature), now, seen)
    rest = judge(credential, content, signature, material, policy, now)
    report = Report(checks=(sound, *signature.checks, *rest), at=now, digest=received.digest)
    gathering.remember(report, material, now)
    return _finished(report, credential, material)


def _stopped(received: Received, now: datetime, *found: Check) -> Verification:
    return Verification(report=Report(checks=found, at=now, digest=received.digest))


def _stranger(credential: Credential, signature: Signature, material: Material) -> tuple[Check, ...]:
    """Where the signature cannot be told: that the network knows nobody of that name, if so. More would be hearsay."""
    untold = all(check.outcome is Outcome.UNKNOWN for check in signature.checks)
    known = material.trust.list is None or credential.issuer_id in material.trust.list.members
    if known or not untold or not material.trust.current:
        return ()
    return (Check("membership", Outcome.UNKNOWN, "member-unknown"),)


def _finished(report: Report, credential: Credential, material: Material) -> Verification:
    """What may travel on: a badge that can be read, and not under a key that was not the issuer's to use."""
    key = report.check("key")
    shown = facts(credential, material.trust.list) if checks.is_badge(credential) else None
    if shown is None or key is None or key.outcome is Outcome.FAILED:
        return Verification(report=report)
    return Verification(report=report, credential=admit(credential, report), shown=shown)
