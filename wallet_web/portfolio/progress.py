"""What a portfolio adds up to: by school year, by group of outcomes, by component of the study plan. Pure.

Only badges that hold today count; what a learner says of themselves has no outcomes and no hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from schemas.errors import N_
from schemas.outcomes import OutcomeShown
from verifier.credit.days import school_year
from verifier.credit.matching import Comparison
from verifier.credit.plans import PlanLine
from wallet_web.badge import Badge

UUD: Mapping[str, str] = {
    "МП.П": N_("Познавательные УУД"),
    "МП.К": N_("Коммуникативные УУД"),
    "МП.Р": N_("Регулятивные УУД"),
}
SUBJECTS: Mapping[str, str] = {
    "ИНФ": N_("Информатика"),
    "ФИЗ": N_("Физика"),
    "БИО": N_("Биология"),
    "ТЕХ": N_("Труд (технология)"),
    "ИП": N_("Индивидуальный проект"),
    "ФИН": N_("Финансовая грамотность"),
    "ОБЗР": N_("Основы безопасности"),
    "ПРОФ": N_("Профессия"),
}


@dataclass(frozen=True, slots=True)
class Year:
    """One school year: how many badges were awarded, of how many hours."""

    name: str
    badges: int
    hours: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group of outcomes: how many were shown, the mean of the best levels."""

    code: str
    shown: int
    level: float


@dataclass(frozen=True, slots=True)
class Covered:
    """One component of the plan: how many of its required outcomes are shown."""

    line: PlanLine
    met: int
    required: int


def years(badges: Iterable[Badge]) -> list[Year]:
    """School years from the first with a badge to the last, those between included."""
    found: dict[str, list[int]] = defaultdict(list)
    for badge in badges:
        at = badge.credential.awarded_at if badge.credential is not None else None
        if at is not None:
            found[school_year(at.date())].append(badge.hours or 0)
    if not found:
        return []
    first, last = int(min(found)[:4]), int(max(found)[:4])
    names = [f"{year}/{(year + 1) % 100:02}" for year in range(first, last + 1)]
    return [Year(name, len(found.get(name, [])), sum(found.get(name, []))) for name in names]


def groups(outcomes: Iterable[OutcomeShown]) -> list[Group]:
    """Groups of outcomes that were shown at a level, УУД first, then subjects by code."""
    best: dict[str, int] = {}
    for outcome in outcomes:
        if outcome.level is not None and "." in outcome.code:
            best[outcome.code] = max(outcome.level, best.get(outcome.code, 0))
    levels: dict[str, list[int]] = defaultdict(list)
    for code, level in best.items():
        levels[group_of(code)].append(level)
    ordered = sorted(levels, key=lambda code: (code not in UUD, code))
    return [Group(code, len(levels[code]), fmean(levels[code])) for code in ordered]


def group_of(code: str) -> str:
    """The group that an outcome's code names: `МП.П2` → `МП.П`, `ИНФ.1` → `ИНФ`."""
    head, _, tail = code.partition(".")
    return f"{head}.{tail[:1]}" if head == "МП" else head


def group_name(code: str) -> str:
    """A group in words, to be translated; its code where the catalogue knows no name."""
    return UUD.get(code) or SUBJECTS.get(code) or code


def covered(lines: Sequence[PlanLine], compare: Iterable[Comparison]) -> list[Covered]:
    """How far each component's required outcomes are shown."""
    return [
        Covered(line, comparison.met, len(comparison.required)) for line, comparison in zip(lines, compare, strict=True)
    ]
