"""The school's own answer to a credited result (T19): a badge "credit recognised" for the component or for each credited sub-part.

Beside the school's result stand the original one and the hours of both, as statements, and the random reference by which the
school finds the line in its register. The order's number and day are never in it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from schemas.award import AwardOrder, Claims
from schemas.errors import N_
from verifier.credit import evidence, register
from verifier.credit.facts import Extent
from verifier.credit.marks import NO_MARK
from verifier.credit.matching import Finding, Plan
from verifier.credit.plans import PlanLine
from verifier.credit.tables import CaseEvidence
from verifier.credit.work import Work

KIND = "ext:CreditRecognition"
STATEMENTS: tuple[tuple[str, str], ...] = (
    ("original-result", N_("Результат у партнёра")),
    ("original-hours", N_("Объём у партнёра, академических часов")),
    ("original-source", N_("Где получен результат")),
    ("credited-result", N_("Зачтено школой с результатом")),
    ("credited-hours", N_("Зачтено по плану, академических часов")),
    ("reference", N_("Случайный номер записи в реестре школы")),
)
LONGEST_CODE: Final = 48  # of an achievement
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*"
)  # «1.1»; such numbers stay apart when dots become hyphens
PASSED = "зачтено"
UNKNOWN = "не указано"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """An achievement that the school publishes once to confirm credits: with `STATEMENTS`, its outcomes assessed, scale pass."""

    code: str
    title: str
    hours: int
    outcomes: tuple[str, ...]


def recognitions_of(line: PlanLine) -> tuple[Recognition, ...]:
    """The recognitions of a component: of the whole, and of each sub-part."""
    return recognitions_for(line.recognition, line.title, line.plan)


def recognitions_for(code: str, title: str, plan: Plan) -> tuple[Recognition, ...]:
    """The same for what a component asks for; `code` is that of the whole."""
    whole = Recognition(
        code=code,
        title=title,
        hours=plan.hours,
        outcomes=tuple(one.code for one in plan.outcomes if one.required),
    )
    parts = (
        Recognition(
            code=part_code(code, part.code),
            title=f"{title}: {part.title}",
            hours=part.hours,
            outcomes=tuple(one.code for one in plan.outcomes if one.required and one.part == part.code),
        )
        for part in plan.parts
    )
    return (whole, *parts)


def part_code(recognition: str, part: str) -> str:
    """The achievement code of a sub-part's recognition, another one for every sub-part of a component.

    Numbers like «1.1» can be read in it; any other becomes a digest, so that «1-1» is not taken for it.
    """
    code = f"{recognition}-{part.replace('.', '-')}"
    if _PLAIN.fullmatch(part) and len(code) <= LONGEST_CODE:
        return code
    return f"{recognition}-{sha256(part.encode()).hexdigest()[:8]}"


def orders_of(work: Work, now: datetime) -> list[AwardOrder]:
    """What the school orders from its issuer when the case is closed."""
    return [_order(work, one, now) for one in confirming(work)]


def confirming(work: Work) -> list[Recognition]:
    """The recognitions that confirm what was decided."""
    whole, *parts = recognitions_of(work.line)
    if work.case.extent is Extent.FULL:
        return [whole]
    wanted = {part_code(work.line.recognition, part) for part in work.case.parts}
    return [one for one in parts if one.code in wanted]


def _order(work: Work, recognition: Recognition, now: datetime) -> AwardOrder:
    rows = [row for row in work.comparison.rows if row.outcome.code in recognition.outcomes]
    return AwardOrder(
        organisation=work.case.school,
        achievement=recognition.code,
        plan=_claims(work.line.plan, recognition),
        learner_number=work.learner.number,
        event=f"credit:{work.case.id}:{work.case.instance}",
        awarded_at=now,
        levels={row.outcome.code: row.shown for row in rows if row.shown and row.finding is Finding.MET},
        statements=_statements(work, recognition, {row.evidence for row in rows}),
    )


def _claims(plan: Plan, recognition: Recognition) -> Claims:
    """What the badge says of the plan that was decided by, which may have changed since."""
    wanted = [one for one in plan.outcomes if one.code in recognition.outcomes]
    return Claims(
        outcomes=frozenset((one.code, one.name, one.url) for one in wanted),
        hours=recognition.hours,
        level=min((one.level for one in wanted), default=None),
    )


def _statements(work: Work, recognition: Recognition, used: set[str]) -> dict[str, str]:
    sources = [one for one in work.evidence if one.id in used]
    result = PASSED if work.case.mark in {None, NO_MARK} else str(work.case.mark)
    return {
        "original-result": _joined([evidence.original_kept(one).text(PASSED) for one in sources]),
        "original-hours": _joined([_hours(one) for one in sources]),
        "original-source": _joined([_source(one) for one in sources]),
        "credited-result": result,
        "credited-hours": str(recognition.hours),
        "reference": _reference(work),
    }


def _reference(work: Work) -> str:
    """The reference of the decision in the register; only the school can look it up there."""
    line = register.standing(work.session, work.case.id)
    return line.reference if line else UNKNOWN


def _hours(one: CaseEvidence) -> str:
    found = (one.shown or {}).get("hours")
    return "" if found is None else str(found)


def _source(one: CaseEvidence) -> str:
    return f"{one.issuer_name}: {one.title}" if one.issuer_name else one.title


def _joined(texts: list[str]) -> str:
    """All of them; a statement is never empty, because a badge leaves nothing of its kind unsaid."""
    return "; ".join(text for text in texts if text) or UNKNOWN
