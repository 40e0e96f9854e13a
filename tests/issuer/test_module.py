from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.describe import achievement_document, source_document, spec_of
from issuer.errors.catalogue import BadModule
from issuer.lint import lint_achievement
from issuer.module import (
    NOT_CREDITABLE,
    RESULT_TYPES,
    Form,
    ModuleSpec,
    OutcomeRef,
    Scale,
    ScaleKind,
    Source,
    Statement,
    TextLicence,
    check_module,
)
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


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    kind = draw(st.sampled_from(ScaleKind))
    if RESULT_TYPES[kind] == "Status":
        return Scale(kind=kind)
    minimum, required, maximum = sorted(draw(st.lists(st.integers(0, 200), min_size=3, max_size=3)))
    return Scale(kind=kind, minimum=minimum, required=required, maximum=maximum)


@st.composite
def outcomes(draw: st.DrawFn) -> OutcomeRef:
    assessed = draw(st.booleans())
    return OutcomeRef(
        code=draw(TEXTS),
        name=draw(TEXTS),
        url=f"https://cpo.sever.example/items/{draw(st.integers(1, 9))}",
        framework=draw(TEXTS),
        assessed=assessed,
        level=draw(st.sampled_from([None, 1, 2])) if assessed else None,
        seen=draw(st.tuples(TEXTS | st.just(""), TEXTS, TEXTS)) if assessed else ("", "", ""),
    )


@given(
    st.builds(
        ModuleSpec,
        organisation=st.just("ugu"),
        code=st.just("m08"),
        name=TEXTS,
        description=TEXTS,
        criteria=TEXTS,
        hours=st.integers(1, 2000),
        form=st.sampled_from(Form),
        level=st.just(3),
        scale=scales(),
        outcomes=st.lists(outcomes(), max_size=5, unique_by=lambda one: one.code).map(tuple),
        kind=st.sampled_from(["MicroCredential", "Badge"]),
        creditable=st.booleans(),
        source=st.none() | st.builds(Source, id=st.just("did:web:kol.sever.example"), name=TEXTS),
        statements=st.lists(TEXTS, max_size=3).map(
            lambda names: tuple(Statement(f"fact-{n}", name) for n, name in enumerate(names))
        ),
        credits=st.none() | st.integers(1, 120).map(lambda halves: halves / 2),
        licence=st.none() | st.sampled_from(TextLicence),
        term_months=st.none() | st.integers(1, 120),
        responsible=st.none() | st.just("person"),
    )
)
def test_what_was_said_of_a_module_is_read_back_from_its_achievement(spec: ModuleSpec) -> None:
    source = None if spec.source is None else source_document(spec.source)
    document = achievement_document(spec, id=ADDRESS, version=2)
    read = spec_of(document, "ugu", source, term_months=spec.term_months, responsible=spec.responsible)
    assert read == spec


@pytest.mark.parametrize(
    ("pointer", "change"),
    [
        ("/form", {"form": Form.SHORT, "hours": 17}),
        ("/form", {"form": Form.MEDIUM, "hours": 16}),
        ("/credits", {"credits": 0.25}),
        ("/credits", {"credits": 61.0}),
        ("/term_months", {"term_months": 0}),
        ("/outcomes", {"outcomes": tuple(outcome(f"ИП.{n}") for n in range(61))}),
        ("/statements", {"statements": tuple(Statement(f"fact-{n}", "А") for n in range(11))}),
    ],
)
def test_limits_of_form_credits_term_and_lists(pointer: str, change: dict[str, Any]) -> None:
    with pytest.raises(BadModule) as refused:
        check_module(module(**change))
    assert refused.value.pointer == pointer


def test_sixteen_hours_are_a_short_course_and_seventeen_a_medium_one() -> None:
    check_module(module(form=Form.SHORT, hours=16))
    check_module(module(form=Form.MEDIUM, hours=17))
