"""Track N: a participant's result goes into the learner's plan under a contract, without application and commission.

The badge is the carrier. It is verified here and now, and all that an application's badge is asked for is asked of it too (G1–G7);
what nobody can tell is refused, since there is no commission that could look at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from keys.deps import Learner, People
from schemas.credential import Credential
from schemas.errors import BadInput, NotFound
from verifier.credit import marks, plans, reports
from verifier.credit.conditions import Finding, conditions_of
from verifier.credit.errors import NoComponent, UnreadableBadge
from verifier.credit.evidence import Verifies
from verifier.credit.facts import CONDITIONS, Answer, State
from verifier.credit.marks import original_of
from verifier.credit.network import errors, parallel
from verifier.credit.network.contracts import held, programmes_of
from verifier.credit.network.tables import ContractProgramme, NetworkContract, NetworkResult
from verifier.credit.once import Use, credited_before
from verifier.credit.plans import PlanLine
from verifier.credit.policy import policy_of
from verifier.credit.states import FINAL
from verifier.credit.tables import Case, ItemState, PlanItem
from verifier.errors import NotACredential
from verifier.verdict import Report

_REFUSALS: Mapping[str, type[BadInput]] = {
    "G1": errors.BadgeUnsound,
    "G2": errors.ProviderUnlicensed,
    "G3": errors.BadgeNotInForce,
    "G4": errors.OtherLearner,
    "G5": errors.NotCreditable,
    "G6": errors.CreditedBefore,
    "G7": errors.AwardedLater,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What one record is made with: the installation's verifier, people and zone, who records, when."""

    verifier: Verifies
    people: People
    zone: ZoneInfo
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A badge that meets every condition: what was handed in, what it says, how it was judged."""

    content: bytes
    credential: Credential
    report: Report
    findings: Mapping[str, Finding]
    awarded_on: date

    @property
    def digest(self) -> str:
        """Of the very bytes."""
        return _digest(self.content)


def record(
    session: Session, contract: NetworkContract, *, item: str, badge: bytes, recording: Recording
) -> NetworkResult:
    """Write the result that a badge shows into the line `item` of a learner's plan.

    Raises `NoComponent`, `NotOpen`, `FamilyWantsNone`, `UnreadableBadge`, `ProgrammeNotNamed`, `NotInForce`, `StateFinal`,
    `NotPassed` and the errors of the conditions.
    """
    wanted = session.exec(select(PlanItem).where(PlanItem.id == item).with_for_update()).one_or_none()
    if wanted is None or wanted.school != contract.school:
        raise NoComponent(pointer="/item")
    line = plans.line_of(session, item)
    _require_open(session, line, wanted.learner)
    shown = _shown(session, badge, line, wanted.learner, recording)
    programme = _programme(session, contract, shown.credential, line)
    if not held(contract, shown.awarded_on):
        raise errors.NotInForce(pointer="/badge")
    result = _result(session, contract, programme, line, wanted.learner, shown, recording)
    session.add(result)
    plans.credit(
        session, item, mark=result.mark, parts=_parts(programme), hours=result.hours, case=None, now=recording.now
    )
    return result


def take_back(session: Session, result: NetworkResult, *, reason: str, by: str, now: datetime) -> None:
    """Take a record back: the plan is open again, the line stays. Raises `TakenBack`."""
    if result.withdrawn_at is not None:
        raise errors.TakenBack
    programme = session.get_one(ContractProgramme, result.programme)
    plans.reopen(session, result.item, parts=_parts(programme), hours=result.hours, now=now)
    result.withdrawn_by, result.withdrawn_at, result.reason = by, now, reason
    session.flush()


def result_of(session: Session, school: str, result: str) -> NetworkResult:
    """The record of that school, its row held until the transaction ends; or `NotFound`."""
    wanted = select(NetworkResult).where(NetworkResult.id == result, NetworkResult.school == school)
    found = session.exec(wanted.with_for_update(), execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise NotFound
    return found


def results_under(session: Session, contract: NetworkContract) -> list[NetworkResult]:
    """Everything recorded under a contract, the newest first, what was taken back included."""
    wanted = select(NetworkResult).where(NetworkResult.contract == contract.id)
    return list(session.exec(wanted.order_by(col(NetworkResult.recorded_at).desc(), col(NetworkResult.id))))


def standing_of(session: Session, learner: str) -> dict[str, tuple[NetworkResult, NetworkContract]]:
    """What stands in a learner's plans under contracts, by the line of the plan."""
    wanted = (
        select(NetworkResult, NetworkContract)
        .where(NetworkResult.contract == NetworkContract.id)
        .where(NetworkResult.learner == learner, col(NetworkResult.withdrawn_at).is_(None))
        .order_by(col(NetworkResult.recorded_at))
    )
    return {result.item: (result, contract) for result, contract in session.exec(wanted)}


def open_lines(session: Session, contract: NetworkContract, people: People) -> list[tuple[PlanLine, Learner]]:
    """The lines of plans that a result under the contract may go into, with their learners, by name."""
    components = {programme.component for programme in programmes_of(session, contract)}
    wanted = select(PlanItem).where(
        PlanItem.school == contract.school,
        col(PlanItem.component).in_(components),
        PlanItem.state != ItemState.CREDITED,
    )
    enrolled = {learner.id: learner for learner in people.roster(contract.school)}
    lines = [
        (plans.line_of(session, item.id), enrolled[item.learner])
        for item in session.exec(wanted).all()
        if item.learner in enrolled
    ]
    return sorted(lines, key=lambda pair: (pair[1].name, pair[0].title))


def _require_open(session: Session, line: PlanLine, learner: str) -> None:
    if line.state_final:
        raise errors.StateFinal(pointer="/item")
    if line.item in parallel.standing_of(session, learner):
        raise errors.FamilyWantsNone(pointer="/item")
    under_way = select(Case.id).where(Case.item == line.item, col(Case.state).not_in([*FINAL, State.DRAFT]))
    if line.state is ItemState.CREDITED or session.exec(under_way).first() is not None:
        raise errors.NotOpen(pointer="/item")


def _shown(session: Session, badge: bytes, line: PlanLine, learner: str, recording: Recording) -> Shown:
    """The badge, if every condition is plainly met and its result is a pass."""
    try:
        found = recording.verifier.verify(badge, now=recording.now)
    except NotACredential as error:
        raise UnreadableBadge(pointer="/badge") from error
    credential = found.credential.credential if found.credential else None
    name = credential.id if credential else ""
    use = Use(learner=learner, component=line.component, credential=name, digest=_digest(badge))
    number, used = recording.people.learner(learner).number, credited_before(session, use)
    findings = conditions_of(found.report, credential, number=number, used=used, now=recording.now)
    unmet = next((name for name in CONDITIONS if findings[name].answer is not Answer.PASSED), None)
    if unmet is not None:
        raise _refusal(unmet, findings[unmet])
    if credential is None or credential.awarded_at is None:
        raise errors.BadgeUnsound(pointer="/badge")
    if original_of(credential).failed:
        raise errors.NotPassed(pointer="/badge")
    return Shown(
        content=badge,
        credential=credential,
        report=found.report,
        findings=findings,
        awarded_on=credential.awarded_at.astimezone(recording.zone).date(),
    )


def _refusal(condition: str, finding: Finding) -> BadInput:
    kind = errors.StateFinal if finding.code == "state-final" else _REFUSALS[condition]
    return kind(pointer="/badge")


def _programme(
    session: Session, contract: NetworkContract, credential: Credential, line: PlanLine
) -> ContractProgramme:
    """The programme of the contract that the badge is about and that stands for this line of the plan, as the line is now."""
    open_parts = {"", *(part.code for part in line.plan.parts)} - set(line.credited_parts)
    codes = {credential.achievement.id, credential.achievement.code} - {""}
    for programme in programmes_of(session, contract):
        same = (programme.provider, programme.component) == (credential.issuer_id, line.component)
        if same and programme.code in codes and programme.part in open_parts:
            return programme
    raise errors.ProgrammeNotNamed(pointer="/badge")


def _result(
    session: Session,
    contract: NetworkContract,
    programme: ContractProgramme,
    line: PlanLine,
    learner: str,
    shown: Shown,
    recording: Recording,
) -> NetworkResult:
    original = original_of(shown.credential)
    policy = policy_of(session, contract.school, shown.awarded_on)
    return NetworkResult(
        id=uuid4().hex,
        school=contract.school,
        learner=learner,
        item=line.item,
        contract=contract.id,
        programme=programme.id,
        content=shown.content,
        digest=shown.digest,
        credential=shown.credential.id,
        title=programme.title,
        awarded_on=shown.awarded_on,
        original=original.to_json(),
        report=reports.to_json(shown.report),
        conditions={name: found.to_json() for name, found in shown.findings.items()},
        mark=marks.offered([original], policy) or marks.NO_MARK,
        hours=_hours(line, programme),
        recorded_by=recording.by,
        recorded_at=recording.now,
    )


def _parts(programme: ContractProgramme) -> list[str]:
    return [programme.part] if programme.part else []


def _hours(line: PlanLine, programme: ContractProgramme) -> int:
    """What is no longer studied: the part, or what was still open of the component."""
    hours = {part.code: part.hours for part in line.plan.parts}
    return hours[programme.part] if programme.part else line.hours - sum(hours[part] for part in line.credited_parts)


def _digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"
