from typing import Any

import pytest

from schemas.credential import Credential
from schemas.outcomes import OverallResult, hours, overall, shown

from .badges import ACHIEVEMENT, alignment, badge, result

GOAL = "/credentialSubject/achievement"


def with_results(*results: dict[str, Any]) -> Credential:
    document = badge()
    document["credentialSubject"]["result"] = list(results)
    if not results:
        del document["credentialSubject"]["result"]
    return Credential(document)


def levels(credential: Credential) -> dict[str, tuple[int | None, bool]]:
    return {outcome.code: (outcome.level, outcome.assessed) for outcome in shown(credential)}


def test_an_own_level_a_whole_pass_and_a_claim() -> None:
    first, second, third = shown(Credential(badge()))
    assert (first.code, first.level, first.assessed, first.source_pointer) == (
        "ИП.1",
        3,
        True,
        "/credentialSubject/result/2",
    )
    assert (second.level, second.assessed, second.source_pointer) == (2, True, "/credentialSubject/result/0")
    assert (third.level, third.assessed, third.source_pointer) == (None, False, f"{GOAL}/alignment/2")
    assert third.url.endswith("/items/3")
    assert Credential(badge()).outcome_levels() == [first, second, third]


def test_without_a_pass_nothing_is_shown_but_own_levels() -> None:
    own = result(1, achievedLevel=f"{ACHIEVEMENT}#result-1-level-1")
    assert levels(with_results(result(4, value="59"), own)) == {
        "ИП.1": (1, True),
        "ИП.2": (None, True),
        "МП.П3": (None, False),
    }
    assert levels(with_results()) == {"ИП.1": (None, True), "ИП.2": (None, True), "МП.П3": (None, False)}


@pytest.mark.parametrize("members", [{"status": "Failed"}, {"status": "InProgress"}, {"value": "3"}])
def test_an_own_result_without_a_completed_level_shows_nothing_even_with_a_pass(members: dict[str, str]) -> None:
    level = {"achievedLevel": f"{ACHIEVEMENT}#result-1-level-3"} if "status" in members else {}
    found = levels(with_results(result(4, value="100"), result(1, **members, **level)))
    assert found["ИП.1"] == (None, True)
    assert found["ИП.2"] == (2, True)


def test_the_best_of_several_results_counts() -> None:
    steps = [result(1, achievedLevel=f"{ACHIEVEMENT}#result-1-level-{step}") for step in (1, 3, 2)]
    outcome = shown(with_results(*steps))[0]
    assert (outcome.level, outcome.source_pointer) == (3, "/credentialSubject/result/1")


def test_a_level_of_another_outcome_is_not_taken() -> None:
    assert levels(with_results(result(1, achievedLevel=f"{ACHIEVEMENT}#result-2-level-3")))["ИП.1"] == (None, True)


def test_a_result_that_names_no_scale_belongs_to_its_level() -> None:
    bare = {"type": ["Result"], "achievedLevel": f"{ACHIEVEMENT}#result-2-level-2"}
    found = levels(with_results(bare))
    assert (found["ИП.1"], found["ИП.2"]) == ((None, True), (2, True))


def test_outcomes_named_by_a_result_alone_are_claimed() -> None:
    extra = {**result(4, value="87"), "alignment": [alignment("БИО.1", 9)]}
    assert levels(with_results(extra))["БИО.1"] == (None, False)


def test_outcomes_named_by_a_scale_alone_are_assessed() -> None:
    document = badge()
    del document["credentialSubject"]["achievement"]["alignment"]
    assert levels(Credential(document)) == {"ИП.1": (3, True), "ИП.2": (2, True)}


def test_hours() -> None:
    assert hours(Credential(badge())) == 34
    for wrong in ("34,5", "много", "-1", "1e999999999"):
        assert hours(with_results(result(5, value=wrong))) is None
    assert hours(with_results()) is None


def test_the_overall_result_keeps_its_scale() -> None:
    expected = OverallResult(
        value="87",
        minimum="0",
        maximum="100",
        required="60",
        passed=True,
        kind="RawScore",
        source_pointer="/credentialSubject/result/0",
    )
    assert overall(Credential(badge())) == expected
    assert overall(with_results()) is None


@pytest.mark.parametrize(
    ("scale", "members", "passed"),
    [
        ({"resultType": "RawScore", "requiredValue": "60"}, {"value": "60"}, True),
        ({"resultType": "RawScore", "requiredValue": "60"}, {"value": "59.9"}, False),
        ({"resultType": "Percent", "requiredValue": "70%"}, {"value": "71,5 %"}, True),
        ({"resultType": "LetterGrade", "requiredValue": "3"}, {"value": "5"}, True),
        ({"resultType": "LetterGrade", "requiredValue": "3"}, {"value": "2"}, False),
        ({"resultType": "LetterGrade", "requiredValue": "C", "allowedValue": ["D", "C", "B"]}, {"value": "B"}, True),
        ({"resultType": "LetterGrade", "requiredValue": "C", "allowedValue": ["D", "C", "B"]}, {"value": "D"}, False),
        ({"resultType": "LetterGrade", "requiredValue": "C"}, {"value": "A"}, False),
        ({"resultType": "Status"}, {"status": "Completed"}, True),
        ({"resultType": "Status"}, {"status": "Failed"}, False),
        ({"resultType": "RawScore", "requiredValue": "60"}, {"value": "100", "status": "Withdrew"}, False),
        ({"resultType": "RawScore", "requiredValue": "60"}, {"status": "Completed"}, False),
        ({"resultType": "RawScore"}, {"value": "100"}, False),
    ],
)
def test_a_pass_is_told_only_where_the_credential_establishes_it(
    scale: dict[str, Any],
    members: dict[str, str],
    passed: bool,  # noqa: FBT001 - expected value
) -> None:
    document = badge()
    descriptions = document["credentialSubject"]["achievement"]["resultDescription"]
    descriptions[0] = {"id": f"{ACHIEVEMENT}#result-4", "type": ["ResultDescription"], "name": "Итог", **scale}
    document["credentialSubject"]["result"] = [result(4, **members)]
    found = overall(Credential(document))
    assert found is not None
    assert found.passed is passed


def test_statements_and_forecasts_are_no_overall_result() -> None:
    for kind in ("ext:Statement", "PredictedScore"):
        document = badge()
        document["credentialSubject"]["achievement"]["resultDescription"][0]["resultType"] = kind
        assert overall(Credential(document)) is None
