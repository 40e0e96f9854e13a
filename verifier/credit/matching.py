"""What a school plans laid against what a learner showed, outcome by outcome (DOMAIN §2.5). Pure; proposes, never decides.

`met` iff a result shows the outcome at the required level or above; `claimed` iff it is only listed, shown too low or doubted;
`absent` else. Personal outcomes are left out (R19). Hours are no criterion (R18).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from schemas.errors import N_
from verifier.credit.facts import Extent
from verifier.credit.said import NOTHING_SAID, Said

LEVELS = {1: N_("стартовый"), 2: N_("базовый"), 3: N_("продвинутый")}
ASSESSMENT_SOURCE = "assessment"


class OutcomeKind(StrEnum):
    """Kinds of planned outcome; personal ones are never put to assessment (R19)."""

    SUBJECT = "subject"
    META = "meta"
    PERSONAL = "personal"


class Finding(StrEnum):
    """How well one planned outcome is shown."""

    MET = "met"
    CLAIMED = "claimed"
    ABSENT = "absent"


class Proposal(StrEnum):
    """What the machine proposes to people."""

    FULL = "full"
    ASSESSMENT = "assessment"
    PARTIAL = "partial"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One planned outcome. `level` 1-3 is what is required; `part` the code of its sub-part."""

    code: str
    name: str
    url: str = ""
    kind: OutcomeKind = OutcomeKind.SUBJECT
    level: int
    required: bool = True
    part: str | None = None
    assessable: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-part of the component with its academic hours."""

    code: str
    title: str
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The component that results are compared with; `hours` are academic hours."""

    hours: int
    outcomes: tuple[Planned, ...]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one credential says about one outcome, `name` being its own words for it.

    `level` is None where nothing shows it; `passed` is the whole module's result.
    """

    evidence: str
    source: str
    code: str
    url: str = ""
    name: str = ""
    level: int | None = None
    passed: bool = True
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the comparison, with where it comes from and why."""

    outcome: Planned
    finding: Finding
    why: Said
    shown: int | None = None
    evidence: str = ""
    pointer: str = ""

    def to_json(self) -> dict[str, Any]:
        """The line as shown, signed and decided on."""
        return {
            "code": self.outcome.code,
            "name": self.outcome.name,
            "level": self.outcome.level,
            "required": self.outcome.required,
            "part": self.outcome.part,
            "finding": str(self.finding),
            "shown": self.shown,
            "evidence": self.evidence,
            "pointer": self.pointer,
            "why": self.why.to_json(),
        }

    @property
    def recognisable(self) -> bool:
        """Whether a foreign outcome may stand for it."""
        return self.outcome.kind is not OutcomeKind.PERSONAL

    @property
    def counts(self) -> bool:
        """Whether the decision depends on the row."""
        return self.outcome.required and self.outcome.kind is not OutcomeKind.PERSONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All lines together with what follows from them."""

    plan: Plan
    rows: tuple[Row, ...]
    credited: tuple[Part, ...] = ()  # by an earlier decision

    @property
    def required(self) -> tuple[Row, ...]:
        """The rows that count."""
        return tuple(row for row in self.rows if row.counts)

    @property
    def missing(self) -> tuple[Row, ...]:
        """The rows that count and are not met."""
        return tuple(row for row in self.required if row.finding is not Finding.MET)

    @property
    def met(self) -> int:
        """How many of the required outcomes are shown."""
        return len(self.required) - len(self.missing)

    @property
    def complete(self) -> bool:
        """Whether everything required is shown; a plan that requires nothing is never complete."""
        return bool(self.required) and not self.missing

    @property
    def percent(self) -> float:
        """The coverage."""
        return 100 * self.met / len(self.required) if self.required else 0.0

    @property
    def closed_parts(self) -> tuple[Part, ...]:
        """Sub-parts whose required outcomes are all shown, those credited before left out."""
        return tuple(part for part in self.plan.parts if self._closed(part) and part not in self.credited)

    @property
    def freed_hours(self) -> int:
        """Hours of the closed sub-parts, or of everything still open when all is shown."""
        return self.open_hours if self.complete else sum(part.hours for part in self.closed_parts)

    @property
    def open_hours(self) -> int:
        """Hours that no earlier decision has freed."""
        return self.plan.hours - sum(part.hours for part in self.credited)

    @property
    def residue_hours(self) -> int:
        """Hours that stay to be studied."""
        return self.open_hours - self.freed_hours

    @property
    def assessable(self) -> bool:
        """Whether there is a gap and the school can assess every one."""
        return bool(self.missing) and all(row.outcome.assessable for row in self.missing)

    def _closed(self, part: Part) -> bool:
        rows = [row for row in self.required if row.outcome.part == part.code]
        return bool(rows) and all(row.finding is Finding.MET for row in rows)


@dataclass(frozen=True, slots=True)
class Proposed:
    """The machine's proposal in one plain paragraph."""

    proposal: Proposal
    paragraph: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What the school's own assessment showed: a level, or None, for each outcome that was assessed."""

    levels: Mapping[str, int | None] = field(default_factory=dict)


def compare(
    plan: Plan,
    candidates: Collection[Candidate],
    *,
    crosswalk: Mapping[str, Collection[str]] | None = None,
    assessed: Assessed | None = None,
    doubted: Collection[str] = (),
    credited: Collection[str] = (),
) -> Comparison:
    """Lay the candidates against the plan; `credited` are codes of sub-parts that an earlier decision credited.

    `crosswalk` maps the address of a foreign outcome to codes of the plan that the school has accepted for it; `doubted` are codes
    whose level a teacher found unclear.
    """
    rows = (
        _credited(outcome) if outcome.part in credited else _row(outcome, candidates, crosswalk or {})
        for outcome in plan.outcomes
    )
    doubtful = (_doubt(row, doubted) for row in rows)
    return Comparison(
        plan=plan,
        rows=tuple(_assess(row, assessed) for row in doubtful),
        credited=tuple(part for part in plan.parts if part.code in credited),
    )


def lawful_extent(comparison: Comparison, *, partial_allowed: bool = True) -> Extent:
    """The one extent that a comparison carries (T14): full, partial where a sub-part is closed and something stays, else refuse."""
    if comparison.complete:
        return Extent.FULL
    if partial_allowed and comparison.closed_parts and comparison.residue_hours > 0:
        return Extent.PARTIAL
    return Extent.REFUSE


def propose(
    comparison: Comparison,
    *,
    agreed_to_assessment: bool,
    assessment_done: bool = False,
    threshold_percent: float,
    partial_allowed: bool = True,
) -> Proposed:
    """What the machine proposes, and why, in one paragraph (DOMAIN §2.5)."""
    if comparison.complete:
        return Proposed(Proposal.FULL, Said(_FULL, _totals(comparison)))
    if agreed_to_assessment and comparison.assessable and not assessment_done:
        return Proposed(Proposal.ASSESSMENT, Said(_ASSESSMENT, _totals(comparison)))
    extent = lawful_extent(comparison, partial_allowed=partial_allowed)
    if extent is Extent.PARTIAL and comparison.percent >= threshold_percent:
        return Proposed(Proposal.PARTIAL, Said(_PARTIAL, _totals(comparison)))
    offer = comparison.assessable and not assessment_done
    return Proposed(Proposal.REFUSE, Said(_REFUSE_OFFERING if offer else _REFUSE, _totals(comparison)))


_FULL = N_("Показаны все обязательные результаты: {met} из {required}. Часть плана можно зачесть полностью, {hours} ч.")
_ASSESSMENT = N_(
    "Показано обязательных результатов: {met} из {required}. Не хватает: {missing}. "
    "Семья согласна на оценивание, поэтому предлагаем оценить недостающее в школе."
)
_PARTIAL = N_(
    "Показано обязательных результатов: {met} из {required}. Не хватает: {missing}. "
    "Закрыт раздел {parts}: предлагаем зачесть {freed} ч, останется изучить {residue} ч."
)
_REFUSE = N_(
    "Показано обязательных результатов: {met} из {required}. Не хватает: {missing}. Для зачёта этого недостаточно."
)
_REFUSE_OFFERING = N_(
    "Показано обязательных результатов: {met} из {required}. Не хватает: {missing}. Для зачёта этого недостаточно. "
    "Недостающее можно показать на оценивании в школе, если семья согласится."
)


def _totals(comparison: Comparison) -> dict[str, str | int]:
    return {
        "met": comparison.met,
        "required": len(comparison.required),
        "missing": ", ".join(row.outcome.code for row in comparison.missing),
        "parts": ", ".join(part.code for part in comparison.closed_parts),
        "hours": comparison.plan.hours,
        "freed": comparison.freed_hours,
        "residue": comparison.residue_hours,
    }


def _row(outcome: Planned, candidates: Iterable[Candidate], crosswalk: Mapping[str, Collection[str]]) -> Row:
    if outcome.kind is OutcomeKind.PERSONAL:
        why = Said(N_("Личностные результаты не оценивают и не сопоставляют."))
        return Row(outcome=outcome, finding=Finding.ABSENT, why=why)
    named = [one for one in candidates if one.code == outcome.code or outcome.code in crosswalk.get(one.url, ())]
    fitting = [one for one in named if _same(outcome, one) or outcome.code in crosswalk.get(one.url, ())]
    if fitting:
        return _found(outcome, max(fitting, key=lambda one: (one.passed, one.level or 0)))
    if named:
        why = Said(
            N_("В «{source}» есть такой код, но он из другого перечня результатов."), {"source": named[0].source}
        )
        return Row(outcome=outcome, finding=Finding.ABSENT, why=why)
    return Row(outcome=outcome, finding=Finding.ABSENT, why=Said(N_("В приложенных значках этого результата нет.")))


def _credited(outcome: Planned) -> Row:
    return Row(outcome=outcome, finding=Finding.MET, shown=outcome.level, why=Said(N_("Этот раздел зачтён раньше.")))


def _same(outcome: Planned, candidate: Candidate) -> bool:
    return outcome.url == candidate.url or not outcome.url or not candidate.url


def _found(outcome: Planned, best: Candidate) -> Row:
    said: dict[str, str | int] = {"source": best.source, "needed": LEVELS[outcome.level]}
    shown = best.level if best.passed else None
    row = Row(
        outcome=outcome,
        finding=Finding.CLAIMED,
        why=NOTHING_SAID,
        shown=shown,
        evidence=best.evidence,
        pointer=best.pointer,
    )
    if not best.passed:
        return replace(row, why=Said(N_("Модуль «{source}» не пройден: итог ниже проходного."), said))
    if shown is None:
        return replace(
            row, why=Said(N_("Модуль «{source}» называет этот результат, но отдельно его не оценивал."), said)
        )
    said["level"] = LEVELS[shown]
    if shown < outcome.level:
        why = Said(N_("Показан на уровне «{level}», а план требует «{needed}»: «{source}»."), said)
        return replace(row, why=why)
    return replace(row, finding=Finding.MET, why=Said(N_("Показан на уровне «{level}»: «{source}»."), said))


def _doubt(row: Row, doubted: Collection[str]) -> Row:
    if row.outcome.code not in doubted or row.finding is not Finding.MET:
        return row
    return replace(row, finding=Finding.CLAIMED, why=Said(N_("Учитель счёл уровень неясным: нужно оценивание.")))


def _assess(row: Row, assessed: Assessed | None) -> Row:
    if assessed is None or row.outcome.code not in assessed.levels or row.finding is Finding.MET:
        return row
    level = assessed.levels[row.outcome.code]
    own = replace(row, shown=level, evidence=ASSESSMENT_SOURCE, pointer="")
    if level is None:
        return replace(own, why=Said(N_("На оценивании в школе результат не показан.")))
    said: dict[str, str | int] = {"level": LEVELS[level], "needed": LEVELS[row.outcome.level]}
    if level < row.outcome.level:
        why = Said(N_("На оценивании в школе показан уровень «{level}», а план требует «{needed}»."), said)
        return replace(own, finding=Finding.CLAIMED, why=why)
    return replace(own, finding=Finding.MET, why=Said(N_("Показан на оценивании в школе, уровень «{level}»."), said))
