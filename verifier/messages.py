"""What the JSON door answers: the report with its sentences, and what a stranger may know of the credential."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from verifier.answers import things
from verifier.papers import Paper
from verifier.problems import PROBLEMS
from verifier.shown import Shown
from verifier.verdict import Check, Report
from verifier.verification import PresentationVerification, Verification
from verifier.wording import Translate, advice, explain, next_step, sentence


class CheckAnswer(BaseModel):
    """One check: code, parameters and a standard's problem type for programs, sentence and advice for people."""

    check: str
    outcome: str
    code: str
    params: dict[str, str]
    decisive: bool
    problem: str = ""
    sentence: str
    next: str


class OutcomeAnswer(BaseModel):
    """One outcome; `level` 1-3 where it was shown, null where it is only claimed."""

    code: str
    name: str
    level: int | None
    assessed: bool


class ShownAnswer(BaseModel):
    """The public facts of a badge whose signature holds. `month` is the month of the award in UTC, `2026-11`."""

    title: str
    organisation: str
    claimed_by: str
    month: str
    hours: int | None
    outcomes: list[OutcomeAnswer]


class LinkAnswer(BaseModel):
    """An association of a record by the names it is known under; `relation` as in CLR 2.0."""

    source: str
    relation: str
    target: str


class PaperAnswer(BaseModel):
    """The facts of an endorsement (`about` with its name where it is known here, `comment`) or of a record (`links`)."""

    kind: str
    title: str
    organisation: str
    claimed_by: str
    about: str
    about_name: str
    comment: str
    is_partial: bool
    links: list[LinkAnswer]


class ReportAnswer(BaseModel):
    """A verdict (`valid`, `invalid`, `cannot_tell`) with everything it rests on; `digest` is the SHA-256 of what was judged.

    `endorsements` and `contents` are the answers about the credentials inside.
    """

    verdict: str
    at: datetime
    digest: str
    explanation: str
    advice: str
    checks: list[CheckAnswer]
    shown: ShownAnswer | None = None
    paper: PaperAnswer | None = None
    endorsements: list["ReportAnswer"] = []
    contents: list["ReportAnswer"] = []


class VerificationAnswer(BaseModel):
    """The answer about one credential, or about a presentation (`presentation` tells of the set, `credentials` of each)."""

    credentials: list[ReportAnswer]
    presentation: ReportAnswer | None = None


def answer(found: Verification | PresentationVerification, translate: Translate) -> VerificationAnswer:
    """The answer in the reader's language."""
    if isinstance(found, Verification):
        names = things([found]) if found.endorsements or found.contents else {}  # nothing else speaks of another thing
        return VerificationAnswer(credentials=[_answer(found, names, translate)])
    names = things(found.items)
    items = [_answer(item, names, translate) for item in found.items]
    return VerificationAnswer(credentials=items, presentation=_report(found.report, translate))


def _answer(found: Verification, names: Mapping[str, str], translate: Translate) -> ReportAnswer:
    told = _report(found.report, translate)
    told.shown = _shown(found.shown) if found.shown else None
    told.paper = _paper(found.paper, names) if found.paper else None
    told.endorsements = [_answer(item, names, translate) for item in found.endorsements]
    told.contents = [_answer(item, names, translate) for item in found.contents]
    return told


def _report(report: Report, translate: Translate) -> ReportAnswer:
    return ReportAnswer(
        verdict=str(report.verdict),
        at=report.at,
        digest=report.digest,
        explanation=explain(report, translate),
        advice=advice(report, translate),
        checks=[_check(check, translate) for check in report.checks],
    )


def _paper(paper: Paper, names: Mapping[str, str]) -> PaperAnswer:
    return PaperAnswer(
        kind=paper.kind,
        title=paper.title,
        organisation=paper.organisation,
        claimed_by=paper.claimed_by,
        about=paper.about,
        about_name=names.get(paper.about) or paper.about_name,
        comment=paper.comment,
        is_partial=paper.is_partial,
        links=[LinkAnswer(source=one, relation=how, target=other) for one, how, other in paper.links],
    )


def _check(check: Check, translate: Translate) -> CheckAnswer:
    return CheckAnswer(
        check=check.name,
        outcome=str(check.outcome),
        code=check.code,
        params=dict(check.params),
        decisive=check.decisive,
        problem=PROBLEMS.get(check.code, ""),
        sentence=sentence(check, translate),
        next=next_step(check, translate),
    )


def _shown(shown: Shown) -> ShownAnswer:
    return ShownAnswer(
        title=shown.title,
        organisation=shown.organisation,
        claimed_by=shown.claimed_by,
        month=shown.awarded_at.strftime("%Y-%m") if shown.awarded_at else "",
        hours=shown.hours,
        outcomes=[
            OutcomeAnswer(code=one.code, name=one.name, level=one.level, assessed=one.assessed)
            for one in shown.outcomes
        ],
    )
