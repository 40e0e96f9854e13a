"""What the JSON doors take and give."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from verifier.credit.events import Event
from verifier.credit.facts import Extent, State
from verifier.credit.network import recording
from verifier.credit.network.parallel import standing_of as standing_choices
from verifier.credit.plans import PlanLine, plan_of
from verifier.credit.tables import Track, Wish
from verifier.credit.view import CaseView


class Application(BaseModel):
    """An application from any wallet: a signed presentation, the line of the plan and what the family asks for.

    The presentation's proof names as `challenge` the id given in `component`, as `domain` the school's DID.
    """

    model_config = ConfigDict(extra="forbid")

    component: str = Field(max_length=32, description="Id of the component in the learner's plan.")
    wish: Wish
    assessment_agreed: bool = False
    presentation: dict[str, Any]


class Act(BaseModel):
    """One act: the version of the case that was seen, for a decision the digest of what was seen, and the fields of its form."""

    model_config = ConfigDict(extra="forbid")

    version: int
    shown: str = ""
    fields: dict[str, str | bool | int | list[str]] = Field(default_factory=dict)


class RowAnswer(BaseModel):
    """One line of the comparison; `why` is in the reader's language, `source` a JSON pointer into the credential."""

    code: str
    name: str
    level: int
    required: bool
    finding: str
    shown: int | None
    evidence: str
    source: str
    why: str


class EvidenceAnswer(BaseModel):
    """One credential or paper of the case; `conditions` answers G1 to G7."""

    id: str
    kind: str
    title: str
    issuer: str
    digest: str
    verdict: str
    conditions: dict[str, str]


class StepAnswer(BaseModel):
    """One step of the history."""

    event: Event
    state: State
    at: datetime
    party: str
    reason: str
    document: str | None


class PlanAnswer(BaseModel):
    """The line of the learner's plan that the case is about; hours are academic hours."""

    id: str
    code: str
    title: str
    hours: int
    year: str
    state: str
    mark: str | None
    freed_hours: int


class PlanLineAnswer(PlanAnswer):
    """A line with the track of its result: an application, a contract, none by the family's choice, or nothing yet ("")."""

    parts: list[str]
    track: Track | Literal[""]
    case: str | None


class LearnerPlan(BaseModel):
    """All lines of a learner's plans, the newest school year first."""

    lines: list[PlanLineAnswer]


class CaseAnswer(BaseModel):
    """A case as the visitor sees it. `may` lists the acts open to the visitor now; a decision carries `shown`."""

    id: str
    number: str | None
    school: str
    learner: str
    plan: PlanAnswer
    state: State
    version: int
    shown: str
    wish: Wish | None
    assessment_agreed: bool
    deadline: date | None
    overdue: bool
    proposal: str
    extent: Extent | None
    parts: list[str]
    mark: str | None
    decided_on: date | None
    rows: list[RowAnswer]
    evidence: list[EvidenceAnswer]
    steps: list[StepAnswer]
    documents: list[str]
    may: list[Event]


def answer(view: CaseView) -> CaseAnswer:
    """The case in the reader's language."""
    work, case = view.work, view.work.case
    return CaseAnswer(
        id=case.id,
        number=case.number,
        school=case.school,
        learner=case.learner,
        plan=_plan(work.line),
        state=case.state,
        version=case.version,
        shown=work.shown_digest(),
        wish=case.wish,
        assessment_agreed=case.assessment_agreed,
        deadline=case.deadline,
        overdue=view.overdue,
        proposal=str(work.proposed.proposal),
        extent=case.extent,
        parts=case.parts,
        mark=case.mark,
        decided_on=case.decided_on,
        rows=_rows(view),
        evidence=_evidence(view),
        steps=_steps(view),
        documents=[one.id for one in view.readable],
        may=list(view.allowed),
    )


def learner_plan(session: Session, learner: str) -> LearnerPlan:
    """A learner's plans as data."""
    recorded, parallel = recording.standing_of(session, learner), standing_choices(session, learner)
    return LearnerPlan(
        lines=[
            PlanLineAnswer(
                **_plan(line).model_dump(),
                parts=list(line.credited_parts),
                case=line.case,
                track=_track(line, recorded=line.item in recorded, parallel=line.item in parallel),
            )
            for line in plan_of(session, learner)
        ]
    )


def _track(line: PlanLine, *, recorded: bool, parallel: bool) -> Track | Literal[""]:
    if line.case:
        return Track.APPLICATION
    if recorded:
        return Track.NETWORK
    return Track.PARALLEL if parallel else ""


def _plan(line: PlanLine) -> PlanAnswer:
    return PlanAnswer(
        id=line.item,
        code=line.code,
        title=line.title,
        hours=line.hours,
        year=line.year,
        state=str(line.state),
        mark=line.mark,
        freed_hours=line.freed_hours,
    )


def _rows(view: CaseView) -> list[RowAnswer]:
    return [
        RowAnswer(
            code=row.outcome.code,
            name=row.outcome.name,
            level=row.outcome.level,
            required=row.outcome.required,
            finding=str(row.finding),
            shown=row.shown,
            evidence=row.evidence,
            source=row.pointer,
            why=row.why.words(view.translate),
        )
        for row in view.work.comparison.rows
    ]


def _evidence(view: CaseView) -> list[EvidenceAnswer]:
    return [
        EvidenceAnswer(
            id=one.id,
            kind=str(one.kind),
            title=one.title,
            issuer=one.issuer,
            digest=one.digest,
            verdict=shown.verdict,
            conditions={name: found["answer"] for name, found in (one.conditions or {}).items()},
        )
        for one, shown in zip(view.work.evidence, view.evidence, strict=True)
    ]


def _steps(view: CaseView) -> list[StepAnswer]:
    return [
        StepAnswer(
            event=step.event,
            state=step.target,
            at=step.at,
            party=str(step.party),
            reason=step.reason,
            document=step.document,
        )
        for step in view.history
        if view.may_see(step)
    ]
