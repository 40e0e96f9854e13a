"""A verification: read, gather, judge, in an order in which nothing is asked of strangers before the signature holds.

    receive → format → (network's list, issuer's key) → proof → (status lists, deposits) → everything else

`judge_signature` and `judge` are pure: the same document, material and moment always get the same report.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Self

from keys.fetch import Fetcher
from keys.jose import Token
from keys.proofs import Secured
from schemas.credential import Credential
from schemas.dates import read_timestamp
from schemas.identity import is_about
from schemas.refusals import Refused
from schemas.status_entry import RevocationEntry, StatusEntry
from schemas.trust_list import Member
from verifier import checks, legacy, nested
from verifier.errors import NotACredential, PresentationGiven
from verifier.material import Gathering, Material, Memory, Once, Within
from verifier.policy import NETWORK, Policy
from verifier.presentation import holding, is_bound, judge_set
from verifier.reading import PRESENTATION, Received, receive
from verifier.revocation import judge_revocation
from verifier.signature import Asked, Signature, examine
from verifier.status import ListCopy, judge_status
from verifier.trust import Operator, TrustReading, find_witness
from verifier.verdict import Check, Outcome, Report
from verifier.verification import PresentationVerification, Verification

_DEEPEST: Final = 1  # a record's contents are judged, those of a record in it are not


def judge_signature(
    credential: Credential,
    secured: Secured,
    material: Material,
    policy: Policy,
    now: datetime,
    token: Token | None = None,
) -> Signature:
    """Step 2, and of step 3 whose key it is: all that may be judged before anybody is asked for more."""
    asked = Asked(signer=credential.issuer_id, now=now)
    return examine(secured, asked, material.keys, policy, token)


def judge(
    credential: Credential, content: str, signature: Signature, material: Material, policy: Policy, now: datetime
) -> tuple[Check, ...]:
    """Steps 3 to 10, for a credential whose signature holds; `content` is its content hash."""
    issuer, signed = credential.issuer_id, signed_at(credential, signature)
    awarded = credential.awarded_at or signed
    standing = material.trust.standing(issuer, awarded)
    witness = find_witness(material.deposits, content, issuer, material.seen)
    return (
        checks.check_key(signature, signed, witness, now),
        checks.check_membership(material.trust, standing, witness, now),
        *checks.check_licence(credential, standing),
        checks.check_witness(witness),
        *_check_status(credential, signature, material, policy, now),
        checks.check_schema(credential, in_part=signature.in_part),
        checks.check_dates(credential, policy, now),
        checks.check_kind(credential),
        *checks.check_model(credential),
        *checks.check_whole(signature),
    )


def signed_at(credential: Credential, signature: Signature) -> datetime | None:
    """When the issuer says it signed: the proof's `created`, else the award date."""
    created = (signature.proof or {}).get("created")
    return read_timestamp(created) if isinstance(created, str) else credential.awarded_at


def _check_status(
    credential: Credential, signature: Signature, material: Material, policy: Policy, now: datetime
) -> tuple[Check, ...]:
    """Step 7, all entries together; a list that was not asked cannot be told, and an entry that was not shown neither.

    Remarks follow.
    """
    try:
        entries = credential.statuses
    except Refused as error:
        code = error.code if error.code == "status-unsupported" else "status-entry"
        return (Check("status", Outcome.UNKNOWN, code),)
    if signature.in_part and not entries:
        return (Check("status", Outcome.UNKNOWN, "status-not-shown"),)
    found = [_ask_list(entry, credential, material, policy, now) for entry in entries]
    decisive = checks.together(check for check in found if check.decisive)
    return (decisive, *(check for check in found if not check.decisive))


def _ask_list(
    entry: StatusEntry | RevocationEntry, credential: Credential, material: Material, policy: Policy, now: datetime
) -> Check:
    copy = material.lists.get(entry.list_url, ListCopy(body=None))
    if isinstance(entry, RevocationEntry):
        return judge_revocation(entry, copy, credential)
    return judge_status(entry, copy, credential.issuer_id, material.keys, policy, now)


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
        named = Operator(did=operator, pinned=tuple(pinned))
        self.gathering = Gathering(fetcher=fetcher, operator=named, policy=policy, memory=Memory(edition=edition))

    @property
    def policy(self) -> Policy:
        """What is allowed, and how much."""
        return self.gathering.policy

    @property
    def memory(self) -> Memory:
        """What is remembered from one credential to the next."""
        return self.gathering.memory

    def sharing(self, lookups: int) -> "Verifier":
        """The same, asking for each address once and for at most so many: for many credentials of one question."""
        operator = self.gathering.operator
        shared = Verifier(self.gathering.fetcher, operator.did, operator.pinned)
        shared.gathering = self.gathering.through(Once(Within(self.gathering.fetcher, lookups)))
        return shared

    def verify(self, data: bytes, *, now: datetime, seen: datetime | None = None, recipient: str = "") -> Verification:
        """Judge the credential in `data` (JSON, a signed text, or a PNG or SVG that carries one) as of `now`.

        `seen` is when a member of the network first had it, a witness of its date; `recipient` an address or number of whoever is
        said to have earned it. Raises `NotACredential` where nothing can be read, and its kind `PresentationGiven` for a set of
        credentials.
        """
        try:
            received = receive(data, self.policy)
        except NotACredential:
            old = legacy.recognise(data, self.policy)
            if old is None:
                raise
            return _judge_old(old, self.gathering.fetcher, now, recipient)
        if PRESENTATION in received.types:
            raise PresentationGiven
        known = holding(received, self.policy, now)
        return _Asking.about(self.gathering, now, seen=seen, recipient=recipient, also=known).verify(received)

    def members(self, now: datetime) -> list[Member]:
        """The organisations of the network by name; none while its list cannot be relied on."""
        reading = self.gathering.network(now)
        known = reading.list.members.values() if reading.list is not None and reading.current else ()
        return sorted(known, key=lambda member: member.name)

    def verify_presentation(
        self, data: bytes, *, now: datetime, domain: str | None = None, challenge: str | None = None
    ) -> PresentationVerification:
        """Judge a presentation and every credential in it; a credential that its holder has bound to a request is a set of one.

        `domain` and `challenge` are what was asked of the holder, where anything was; an answer to a challenge must be fresh.
        Holders are known by did:key. Raises `NotACredential` where no presentation can be read.
        """
        received = receive(data, self.policy)
        if received.refusal is None and PRESENTATION not in received.types and not is_bound(received):
            raise NotACredential
        found = judge_set(received, self.policy, now, domain=domain, challenge=challenge)
        report = Report(checks=found.checks, at=now, digest=received.digest)
        if not found.held:
            return PresentationVerification(report=report, holder="", items=())
        shared = self.gathering.through(Once(self.gathering.fetcher))
        asked = _Asking.about(shared, now, trust=shared.network(now))
        items = [asked.verify(one) for one in found.held]
        return PresentationVerification(report=report, holder=found.holder, items=tuple(items))


@dataclass(frozen=True, slots=True)
class _Asking:
    """What the verifications of one question have in common.

    `strangers` is how the material of endorsements is got, `trust` the network's list where it was got for another credential just
    now, `also` what is known of this one already, `depth` how many documents are around it.
    """

    gathering: Gathering
    strangers: Gathering
    allowance: nested.Allowance
    now: datetime
    seen: datetime | None = None
    recipient: str = ""
    trust: TrustReading | None = None
    also: tuple[Check, ...] = ()
    depth: int = 0

    @classmethod
    def about(cls, gathering: Gathering, now: datetime, **known: Any) -> Self:
        """A question of its own, with what may be spent on it."""
        policy = gathering.policy
        asking = Once(Within(gathering.fetcher, policy.nested_lookups))
        return cls(gathering, gathering.through(asking), nested.Allowance(policy.nested), now, **known)

    def verify(self, received: Received) -> Verification:
        """The steps of the module's heading."""
        gathering, policy, now = self.gathering, self.gathering.policy, self.now
        if received.refusal is not None:
            return _stopped(received, now, checks.refusal(received.refusal), *self.also)
        credential = Credential(received.document)
        secured = Secured(received.document, received.digest, policy.contexts)
        sound, content = checks.check_format(credential, secured)
        if sound.outcome is not Outcome.PASSED:
            return _stopped(received, now, sound, *self.also)
        material = gathering.before_signature(self.trust or gathering.network(now), credential, received.token)
        signature = judge_signature(credential, secured, material, policy, now, received.token)
        if not signature.holds:
            found = (*signature.checks, *_stranger(credential, signature, material), *self.also)
            return _stopped(received, now, sound, *found)
        material = gathering.after_signature(material, credential, signed_at(credential, signature), now, self.seen)
        found = (sound, *signature.checks, *judge(credential, content, signature, material, policy, now), *self.also)
        gathering.remember(Report(checks=found, at=now, digest=received.digest), material, now)
        return self._around(received, credential, signature, material, found)

    def _around(
        self,
        received: Received,
        credential: Credential,
        signature: Signature,
        material: Material,
        found: tuple[Check, ...],
    ) -> Verification:
        """The answer about a credential whose own checks are `found`, with those about what is inside of it."""
        if not self.recipient and not nested.holds_others(credential, received.text):
            return _finished(Report(checks=found, at=self.now, digest=received.digest), credential, material)
        inner = replace(self, trust=material.trust, seen=None, recipient="", also=(), depth=self.depth + 1)
        said, endorsing = inner.endorsements(credential, in_part=signature.in_part)
        held, kept = inner.contents(credential)
        whose = checks.check_recipient(self.recipient, partial(is_about, credential))
        report = Report(checks=(*found, *said, *held, *whose), at=self.now, digest=received.digest)
        answer = _finished(report, credential, material)
        return replace(answer, endorsements=endorsing, contents=kept)

    def endorsements(
        self, credential: Credential, *, in_part: bool
    ) -> tuple[tuple[Check, ...], tuple[Verification, ...]]:
        """Who vouches for a credential, each answer worked out by itself, and what they come to."""
        policy = self.gathering.policy
        try:
            found = nested.endorsements(credential, policy)
        except Refused as error:
            return (nested.check_unreadable(error),), ()
        most = self.allowance.take(min(len(found), policy.endorsements))
        said, answers = nested.judge_endorsements(
            found,
            most,
            lambda one, known: replace(self, gathering=self.strangers, also=known).verify(one),
            in_part=in_part,
        )
        return said, answers

    def contents(self, credential: Credential) -> tuple[tuple[Check, ...], tuple[Verification, ...]]:
        """What is in a record, each credential judged by itself; a record in another one stays closed."""
        if not nested.is_record(credential):
            return (), ()
        if self.depth > _DEEPEST:
            return (nested.CLOSED,), ()
        try:
            held = nested.contents(credential, self.gathering.policy)
        except Refused as error:
            return (nested.check_contents(error),), ()
        shared = self.gathering.through(Once(self.gathering.fetcher))
        return (), tuple(replace(self, gathering=shared).verify(one.received) for one in held)


def _judge_old(old: legacy.Old, fetcher: Fetcher, now: datetime, recipient: str) -> Verification:
    """The answer about a badge of Open Badges 2.0; nothing of it travels on."""
    found, paper_of = legacy.judge(old, legacy.gather(old, Once(fetcher)), now, recipient)
    return Verification(report=Report(checks=found, at=now, digest=old.digest), old=paper_of)


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
    """What may travel on: not what stands under a key that was not the issuer's to use."""
    key = report.check("key")
    if key is None or key.outcome is Outcome.FAILED:
        return Verification(report=report)
    return Verification(report=report, signed=credential, network=material.trust.list)
