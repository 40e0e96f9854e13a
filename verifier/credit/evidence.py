"""The credentials and papers of a case: taken in, checked when the case opens and again when it is decided."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol
from uuid import uuid4

from sqlmodel import Session, col, select

from schemas.credential import Credential
from schemas.dates import write_timestamp
from schemas.outcomes import hours, shown
from schemas.trust_list import Member
from verifier.credit import conditions, reports
from verifier.credit.conditions import Finding
from verifier.credit.errors import UnreadableBadge
from verifier.credit.marks import Original, original_of
from verifier.credit.matching import Candidate
from verifier.credit.once import Use, credited_before
from verifier.credit.tables import Case, CaseEvidence, EvidenceKind
from verifier.errors import NotACredential
from verifier.policy import NETWORK
from verifier.reading import PRESENTATION, receive
from verifier.verdict import Report
from verifier.verification import PresentationVerification, Verification
from verifier.verified import VerifiedCredential


class Stage(StrEnum):
    """At which moment a report was made; one of each is kept."""

    OPENING = "opening"
    DECISION = "decision"
    REVIEW = "review"


class Verifies(Protocol):
    """The verifier, as far as a case needs it."""

    def verify(self, data: bytes, *, now: datetime, seen: datetime | None = None) -> Verification:
        """Judge the credential in `data`."""
        ...

    def verify_presentation(
        self, data: bytes, *, now: datetime, domain: str | None = None, challenge: str | None = None
    ) -> PresentationVerification:
        """Judge a set of credentials, its holder's signature, and each credential in it."""
        ...

    def members(self, now: datetime) -> Sequence[Member]:
        """The organisations of the network; none while its list cannot be relied on."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Examining:
    """One round of checks: by whom, for which learner, when; `number` is the learner's network number."""

    verifier: Verifies
    number: str
    now: datetime


def attach_badge(session: Session, verifier: Verifies, case: Case, data: bytes, now: datetime) -> CaseEvidence:
    """Take a badge into the case. Raises `UnreadableBadge` where the file holds none; a bad badge is taken and shown as bad."""
    digest = f"sha256:{sha256(data).hexdigest()}"
    known = next((one for one in evidence_of(session, case.id) if one.digest == digest), None)
    if known is not None:
        return known
    try:
        found = verifier.verify(data, now=now)
    except NotACredential as error:
        raise UnreadableBadge from error
    credential = found.credential.credential if found.credential else None
    return _keep(
        session,
        case,
        kind=EvidenceKind.BADGE,
        content=data,
        digest=digest,
        title=found.title,
        issuer_name=found.issuer,
        credential=credential.id if credential else "",
        issuer=credential.issuer_id if credential else "",
    )


def attach_paper(session: Session, case: Case, description: str) -> CaseEvidence:
    """Take a paper document into the case; a person will have to see it."""
    return _keep(session, case, kind=EvidenceKind.PAPER, title=description)


def presented(presentation: bytes) -> list[bytes]:
    """The credentials of a presentation that was read before, each as a file of its own; one bound by its holder is such a file."""
    received = receive(presentation, NETWORK)
    if PRESENTATION not in received.types:
        return [presentation]
    held = received.document["verifiableCredential"]
    return [json.dumps(one, ensure_ascii=False).encode() for one in (held if isinstance(held, list) else [held])]


def evidence_of(session: Session, case: str) -> list[CaseEvidence]:
    """What a case rests on, in order."""
    held = select(CaseEvidence).where(CaseEvidence.case == case).order_by(col(CaseEvidence.position))
    return list(session.exec(held))


def drop_all(session: Session, case: str) -> None:
    """Take everything out of a draft."""
    for one in evidence_of(session, case):
        session.delete(one)
    session.flush()


def examine(session: Session, case: Case, held: Iterable[CaseEvidence], examining: Examining, stage: Stage) -> None:
    """Check every credential now and keep the report beside those of the other stages."""
    for one in held:
        if one.kind is EvidenceKind.PAPER:
            _settle(one, conditions.paper_conditions())
            continue
        found = examining.verifier.verify(one.content or b"", now=examining.now, seen=case.submitted_at)
        one.reports = {**(one.reports or {}), stage.value: reports.to_json(found.report)}
        _take(session, case, one, found, examining)
    session.flush()


def settle_by_hand(one: CaseEvidence, proof: str) -> None:
    """Record the proof that a person saw: what was unknown is settled by it."""
    one.proof_seen = proof
    _settle(one, findings_of(one))


def report_of(one: CaseEvidence, stage: Stage) -> Report | None:
    """The report of that stage, None where there was no check."""
    kept = (one.reports or {}).get(stage.value)
    return reports.from_json(kept) if kept else None


def findings_of(one: CaseEvidence) -> dict[str, Finding]:
    """The answers to G1–G7, empty before the first check."""
    return conditions.from_json(one.conditions or {})


def counting(held: Iterable[CaseEvidence]) -> list[CaseEvidence]:
    """The evidence that may be compared."""
    return [one for one in held if one.conditions and conditions.counts(findings_of(one))]


def candidates_of(held: Iterable[CaseEvidence]) -> list[Candidate]:
    """What the evidence that counts says about outcomes."""
    return [
        Candidate(evidence=one.id, source=one.title, passed=not original_kept(one).failed, **outcome)
        for one in counting(held)
        for outcome in (one.shown or {}).get("outcomes", ())
    ]


def original_kept(one: CaseEvidence) -> Original:
    """The overall result that a checked credential states."""
    return Original(**(one.shown or {}).get("overall", {}))


def _keep(session: Session, case: Case, **fields: Any) -> CaseEvidence:
    one = CaseEvidence(id=uuid4().hex, case=case.id, position=len(evidence_of(session, case.id)) + 1, **fields)
    session.add(one)
    session.flush()
    return one


def _take(session: Session, case: Case, one: CaseEvidence, found: Verification, examining: Examining) -> None:
    credential = found.credential.credential if isinstance(found.credential, VerifiedCredential) else None
    if credential is not None:
        one.title, one.issuer_name = found.title or one.title, found.issuer or one.issuer_name
        one.credential, one.issuer = credential.id, credential.issuer_id
        one.shown = _shown(credential)
    used = _used(session, case, one)
    _settle(
        one,
        conditions.conditions_of(found.report, credential, number=examining.number, used=used, now=examining.now),
    )


def _settle(one: CaseEvidence, findings: dict[str, Finding]) -> None:
    settled = conditions.with_proof_seen(findings) if one.proof_seen else findings
    one.conditions = {name: found.to_json() for name, found in settled.items()}


def _shown(credential: Credential) -> dict[str, Any]:
    awarded = credential.awarded_at
    return {
        "outcomes": [
            {
                "code": one.code,
                "url": one.url,
                "name": one.name,
                "level": one.level if one.assessed else None,
                "pointer": one.source_pointer,
            }
            for one in shown(credential)
        ],
        "overall": original_of(credential).to_json(),
        "hours": hours(credential),
        "awarded_at": write_timestamp(awarded) if awarded else "",
    }


def _used(session: Session, case: Case, one: CaseEvidence) -> bool:
    """Whether the same credential counts for the component already (R22)."""
    use = Use(learner=case.learner, component=case.component, credential=one.credential, digest=one.digest)
    return credited_before(session, use, but=case.id)
