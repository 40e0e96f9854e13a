from typing import Any

import pytest

from issuer.errors import BadModule
from issuer.lint import lint_achievement
from issuer.module import NOT_CREDITABLE, RESULT_TYPES, Scale, ScaleKind, Statement, achievement_document, check_module
from schemas.achievement import Achievement
from tests.issuer.world import MODULES, module, outcome

ADDRESS = "https://ugu.sever.example/orgs/ugu/achievements/m08-2"


def described(**changes: Any) -> Achievement:
    return Achievement(achievement_document(module(**changes), id=ADDRESS, version=2))


@pytest.mark.parametrize("spec", MODULES, ids=lambda spec: spec.code)
def test_the_example_modules_are_sound(spec: Any) -> None:
    check_module(spec)
    assert lint_achievement(achievement_document(spec, id=ADDRESS, version=1)) == ()


def test_every_outcome_is_listed_and_only_assessed_ones_have_a_rubric() -> None:
    achievement = described()
    assert [alignment.code for alignment in achievement.alignments] == ["ИП.1", "МП.П2", "ИП.9"]
    rubrics = [found for found in achievement.result_descriptions if found.kind == "RubricCriterionLevel"]
    assert [rubric.alignments[0].code for rubric in rubrics] == ["ИП.1", "МП.П2"]
    assert all([step.name for step in rubric.levels] == ["стартовый", "базовый", "продвинутый"] for rubric in rubrics)
    assert all(rubric.required_level == f"{rubric.id}-level-3" for rubric in rubrics)


def test_ids_stand_under_the_address_of_the_achievement() -> None:
    ids = [found.id for found in described(statements=(Statement("exam", "Экзамен"),)).result_descriptions]
    assert ids == [*(f"{ADDRESS}#result-{n}" for n in (1, 2, 3, 4)), f"{ADDRESS}#statement-exam"]


def test_hours_and_pass_mark_are_written_as_text() -> None:
    overall, volume = described().result_descriptions[:2]
    assert (overall.kind, overall.value_min, overall.value_max, overall.required_value) == (
        "RawScore",
        "0",
        "100",
        "60",
    )
    assert (volume.kind, volume.name, volume.required_value) == ("ext:Hours", "Объём, академических часов", "34")


@pytest.mark.parametrize("kind", [ScaleKind.PASS, ScaleKind.PARTICIPATION])
def test_a_scale_without_numbers_is_a_status(kind: ScaleKind) -> None:
    overall = described(scale=Scale(kind=kind)).result_descriptions[0]
    assert (overall.kind, overall.value_min, overall.required_value) == ("Status", None, None)


def test_every_kind_of_scale_has_a_type_of_the_standard() -> None:
    assert set(RESULT_TYPES) == set(ScaleKind)


def test_form_level_and_what_is_not_for_credit_are_tags() -> None:
    assert described().tags == ["форма: смешанная", "уровень: 3"]
    assert NOT_CREDITABLE in described(creditable=False).tags


def test_a_module_without_outcomes_has_no_empty_list() -> None:
    assert "alignment" not in described(outcomes=()).document


@pytest.mark.parametrize(
    ("pointer", "change"),
    [
        ("/code", {"code": "м 08"}),
        ("/code", {"code": ""}),
        ("/name", {"name": " "}),
        ("/name", {"name": "х" * 201}),
        ("/description", {"description": ""}),
        ("/criteria", {"criteria": "\n"}),
        ("/hours", {"hours": 0}),
        ("/level", {"level": 4}),
        ("/scale", {"scale": Scale(kind=ScaleKind.POINTS, minimum=0, maximum=100, required=101)}),
        ("/scale", {"scale": Scale(kind=ScaleKind.MARK)}),
        ("/scale", {"scale": Scale(kind=ScaleKind.PASS, required=1)}),
        ("/outcomes", {"outcomes": (outcome("ИП.1"), outcome("ИП.1"))}),
        ("/statements", {"statements": (Statement("exam", "А"), Statement("exam", "Б"))}),
        ("/statements", {"statements": (Statement("Экзамен", "А"),)}),
    ],
)
def test_a_particular_that_breaks_a_rule_is_named(pointer: str, change: dict[str, Any]) -> None:
    with pytest.raises(BadModule) as refused:
        check_module(module(**change))
    assert refused.value.pointer == pointer
