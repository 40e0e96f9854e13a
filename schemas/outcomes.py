"""What a credential says about outcomes, hours and the overall result, read from Open Badges 3.0 fields alone.

The encoding: an achievement lists its outcomes as `alignment`. An outcome is *assessed* if a result description of the type
RubricCriterionLevel is aligned to its code; a result whose `achievedLevel` is one of that description's levels shows the
outcome at that level. Where the credential carries no result of its own for an assessed outcome, a pass of the whole module
shows it at the description's required level (DOMAIN §2.5). Everything else listed is only claimed: no level.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from schemas.achievement import Alignment, ResultDescription, RubricLevel

if TYPE_CHECKING:
    from schemas.credential import Credential, Result

RUBRIC: Final = "RubricCriterionLevel"
HOURS: Final = "ext:Hours"
_HOURS: Final = re.compile(r"[0-9]{1,5}", re.ASCII)
_WHOLE: Final = frozenset(
    {
        "GradePointAverage",
        "LetterGrade",
        "Percent",
        "PerformanceLevel",
        "RawScore",
        "Result",
        "RubricScore",
        "ScaledScore",
        "Status",
    }
)  # OB 3.0 ResultType without forecasts, rubrics of single outcomes and extensions
_COMPLETED: Final = "Completed"


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """One outcome of a credential. `level` 1-3 is what was shown, None where it is only claimed.

    `source_pointer` leads to the statement this rests on: a result, the overall result, or the bare alignment.
    """

    code: str
    name: str
    level: int | None
    assessed: bool
    source_pointer: str
    url: str


@dataclass(frozen=True, slots=True)
class OverallResult:
    """The result of the whole module in its own scale, as written. `passed` only where the credential establishes it."""

    value: str | None
    minimum: str | None
    maximum: str | None
    required: str | None
    passed: bool
    kind: str = ""
    source_pointer: str = ""


def shown(credential: "Credential") -> list[OutcomeShown]:
    """Every outcome that the credential names, in its order, each code once."""
    descriptions = credential.achievement.result_descriptions
    results = credential.results
    whole = overall(credential)
    named = [
        *credential.achievement.alignments,
        *(alignment for description in descriptions for alignment in description.alignments),
        *(alignment for result in results for alignment in result.alignments),
    ]
    first = {alignment.code: alignment for alignment in reversed(named) if alignment.code}
    ordered = dict.fromkeys(alignment.code for alignment in named if alignment.code)
    return [_outcome(first[code], descriptions, results, whole) for code in ordered]


def hours(credential: "Credential") -> int | None:
    """The volume in academic hours."""
    for description, result in _measured(credential):
        if description.kind == HOURS and result.value is not None:
            return int(result.value) if _HOURS.fullmatch(result.value) else None
    return None


def overall(credential: "Credential") -> OverallResult | None:
    """The result of the whole module: the first one on a published scale that is not bound to an outcome."""
    for description, result in _measured(credential):
        if description.kind in _WHOLE and not description.alignments:
            return OverallResult(
                value=result.value,
                minimum=description.value_min,
                maximum=description.value_max,
                required=description.required_value,
                passed=_passed(description, result),
                kind=description.kind,
                source_pointer=result.pointer,
            )
    return None


def _measured(credential: "Credential") -> "list[tuple[ResultDescription, Result]]":
    descriptions = {description.id: description for description in credential.achievement.result_descriptions}
    return [
        (descriptions[result.description_id], result)
        for result in credential.results
        if result.description_id in descriptions
    ]


def _outcome(
    alignment: Alignment, descriptions: list[ResultDescription], results: "list[Result]", whole: OverallResult | None
) -> OutcomeShown:
    rubrics = [
        description
        for description in descriptions
        if description.kind == RUBRIC and any(target.code == alignment.code for target in description.alignments)
    ]
    own = [
        (rubric.level(result.achieved_level), result)
        for rubric in rubrics
        for result in results
        if _is_about(result, rubric)
    ]
    level, source = None, alignment.pointer
    if own:
        level, source = _best(own)
    elif rubrics and whole is not None and whole.passed:
        level, source = _required(rubrics[0]), whole.source_pointer
    return OutcomeShown(alignment.code, alignment.name, level, bool(rubrics), source, alignment.url)


def _is_about(result: "Result", rubric: ResultDescription) -> bool:
    """A result belongs to the description it names; one that names none, to that of its level."""
    return (
        result.description_id == rubric.id if result.description_id else rubric.level(result.achieved_level) is not None
    )


def _best(own: "list[tuple[RubricLevel | None, Result]]") -> tuple[int | None, str]:
    """The highest level of an outcome's own results; a result that is not completed shows nothing."""
    reached = [
        (step.level, result.pointer)
        for step, result in own
        if step is not None and step.level is not None and result.status in {None, _COMPLETED}
    ]
    return max(reached) if reached else (None, own[0][1].pointer)


def _required(rubric: ResultDescription) -> int | None:
    step = rubric.level(rubric.required_level)
    return step.level if step else None


def _passed(description: ResultDescription, result: "Result") -> bool:
    if result.status not in {None, _COMPLETED}:
        return False
    if description.required_value is None:
        return result.status == _COMPLETED
    return result.value is not None and _reaches(result.value, description.required_value, description.allowed_values)


def _reaches(value: str, required: str, allowed: tuple[str, ...]) -> bool:
    """Whether a value is at least the required one: as numbers, else by the order of the allowed values (low to high)."""
    number, threshold = _number(value), _number(required)
    if number is not None and threshold is not None:
        return number >= threshold
    return value in allowed and required in allowed and allowed.index(value) >= allowed.index(required)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().removesuffix("%").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
