"""Rules about the results of an unsigned credential."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from issuer.lint.faults import HoursMissing, LintFault, NotPassed, WrongResult
from issuer.lint.matter import Matter
from issuer.module import STATEMENT_TYPE
from schemas.attestation import KIND as ATTESTATION
from schemas.outcomes import HOURS, RUBRIC


def described(matter: Matter) -> Iterator[LintFault]:
    """OB 3.0 App. B, Result: it names a description of its own achievement, and a level that this description has."""
    known = {entry.get("id"): entry for entry in _maps(matter.achievement.get("resultDescription"))}
    for index, result in enumerate(_maps(matter.subject.get("result"))):
        description = known.get(result.get("resultDescription"))
        level = result.get("achievedLevel")
        if description is None or (level is not None and level not in _level_ids(description)):
            yield WrongResult(pointer=f"/credentialSubject/result/{index}")


def outcomes_answered(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §2.5: an outcome that the module assesses is shown at a level by a result bound to it."""
    answered = {result.get("resultDescription") for result in _results(matter) if result.get("achievedLevel")}
    for index, description in enumerate(_maps(matter.achievement.get("resultDescription"))):
        if description.get("resultType") == RUBRIC and description.get("id") not in answered:
            yield WrongResult(pointer=f"/credentialSubject/achievement/resultDescription/{index}")


def passed(matter: Matter) -> Iterator[LintFault]:
    """OB 3.0 App. B, `requiredValue`: the overall result reaches it; a pass / fail scale says Completed."""
    besides = {HOURS, STATEMENT_TYPE, RUBRIC}
    for description in _maps(matter.achievement.get("resultDescription")):
        if description.get("resultType") in besides:
            continue
        result = _result_for(matter, description)
        enough = result.get("status") == "Completed" or _reaches(result.get("value"), description.get("requiredValue"))
        if not enough:
            yield NotPassed(pointer="/credentialSubject/result")


def hours(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §6 Hours: academic hours, a whole number above zero, as the achievement promises them; an attestation has none."""
    if matter.achievement.get("achievementType") == ATTESTATION:
        return
    for description in _maps(matter.achievement.get("resultDescription")):
        if description.get("resultType") == HOURS:
            value = str(_result_for(matter, description).get("value"))
            if value != description.get("requiredValue") or not value.isdecimal() or int(value) < 1:
                yield HoursMissing(pointer="/credentialSubject/result")
            return
    yield HoursMissing(pointer="/credentialSubject/achievement/resultDescription")


def _results(matter: Matter) -> list[Mapping[str, Any]]:
    return _maps(matter.subject.get("result"))


def _result_for(matter: Matter, description: Mapping[str, Any]) -> Mapping[str, Any]:
    found = (result for result in _results(matter) if result.get("resultDescription") == description.get("id"))
    return next(found, {})


def _maps(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _level_ids(description: Mapping[str, Any]) -> set[object]:
    return {level.get("id") for level in _maps(description.get("rubricCriterionLevel"))}


def _reaches(value: object, required: object) -> bool:
    try:
        return Decimal(str(value)) >= Decimal(str(required))
    except InvalidOperation:
        return False
