"""What the JSON door answers: the report with its sentences, and what a stranger may know of the credential."""

from datetime import datetime

from pydantic import BaseModel

from verifier.shown import Shown
from verifier.verdict import Check, Report
from verifier.verify import PresentationVerification, Verification
from verifier.wording import Translate, advice, explain, next_step, sentence


class CheckAnswer(BaseModel):
    """One check: code and parameters for programs, sentence and advice for people."""

    check: str
    outcome: str
    code: str
    params: dict[str, str]
    decisive: bool
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


class ReportAnswer(BaseModel):
    """A verdict (`valid`, `invalid`, `cannot_tell`) with everything it rests on; `digest` is the SHA-256 of what was judged."""

    verdict: str
    at: datetime
    digest: str
    explanation: str
    advice: str
    checks: list[CheckAnswer]
    shown: ShownAnswer | None = None


class VerificationAnswer(BaseModel):
    """The answer about one credential, or about a presentation (`presentation` tells of the set, `credentials` of each)."""

    credentials: list[ReportAnswer]
    presentation: ReportAnswer | None = None


def answer(found: Verification | PresentationVerification, translate: Translate) -> VerificationAnswer:
    """The answer in the reader's language."""
    if isinstance(found, Verification):
        return VerificationAnswer(credentials=[_report(found.report, translate, found.shown)])
    items = [_report(item.report, translate, item.shown) for item in found.items]
    return VerificationAnswer(credentials=items, presentation=_report(found.report, translate, None))


def _report(report: Report, translate: Translate, shown: Shown | None) -> ReportAnswer:
    return ReportAnswer(
        verdict=str(report.verdict),
        at=report.at,
        digest=report.digest,
        explanation=explain(report, translate),
        advice=advice(report, translate),
        checks=[_check(check, translate) for check in report.checks],
        shown=_shown(shown) if shown else None,
    )


def _check(check: Check, translate: Translate) -> CheckAnswer:
    told = {"sentence": sentence(check, translate), "next": next_step(check, translate)}
    return CheckAnswer.model_validate({**check.to_json(), **told})


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
