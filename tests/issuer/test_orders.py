from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuer.describe import achievement_document
from issuer.module import ModuleSpec, Scale, ScaleKind
from issuer.orders import CLOCK_SKEW, faults, tidy
from schemas.achievement import Achievement
from schemas.identity import grouped
from tests.issuer.world import MODULES, NOW, NUMBER, module, order

MARK = module(scale=Scale(kind=ScaleKind.MARK, minimum=2, maximum=5, required=3))


def found(spec: ModuleSpec = MODULES[0], **changes: Any) -> list[tuple[str, str]]:
    achievement = Achievement(achievement_document(spec, id="https://ugu.sever.example/a", version=1))
    return [(fault.code, fault.pointer) for fault in faults(achievement, tidy(order(**changes)), NOW)]


def test_a_sound_order_has_no_faults() -> None:
    assert found() == []
    assert found(MODULES[1], result=None, levels={}) == []
    assert found(MODULES[3], result="4", levels={"МП.П2": 1}, statements={"exam": "сдан"}) == []


@pytest.mark.parametrize(
    ("code", "pointer", "spec", "changes"),
    [
        ("bad-number", "/learner_number", MODULES[0], {"learner_number": "1234"}),
        ("bad-number", "/learner_number", MODULES[0], {"learner_number": NUMBER[:-1] + "*"}),
        ("event-missing", "/event", MODULES[0], {"event": "   "}),
        ("control-character", "/event", MODULES[0], {"event": "ведомость\0"}),
        ("control-character", "/event", MODULES[0], {"event": "ведомость\ud800"}),
        ("event-too-long", "/event", MODULES[0], {"event": "х" * 201}),
        ("result-missing", "/result", MODULES[0], {"result": None}),
        ("result-missing", "/result", MODULES[0], {"result": " "}),
        ("result-not-on-scale", "/result", MODULES[0], {"result": "сто"}),
        ("result-not-on-scale", "/result", MODULES[0], {"result": "101"}),
        ("result-not-on-scale", "/result", MODULES[0], {"result": "-1"}),
        ("result-not-on-scale", "/result", MODULES[0], {"result": "1e2"}),
        ("result-not-on-scale", "/result", MODULES[0], {"result": "٩٠"}),
        ("below-pass", "/result", MODULES[0], {"result": "59.99"}),
        ("below-pass", "/result", MARK, {"result": "2"}),
        ("result-not-whole", "/result", MARK, {"result": "4.5"}),
        ("result-not-needed", "/result", MODULES[1], {"result": "5", "levels": {}}),
        ("unknown-outcome", "/levels/ИП.9", MODULES[0], {"levels": {"ИП.9": 2}}),
        ("level", "/levels/ИП.1", MODULES[0], {"levels": {"ИП.1": 4}}),
        ("unknown-statement", "/statements/exam", MODULES[0], {"statements": {"exam": "да"}}),
        ("statement-missing", "/statements/exam", MODULES[3], {"result": "5", "levels": {}}),
        ("address-incomplete", "/evidence/0/id", MODULES[0], {"evidence_url": "Ф" * 120}),
        ("address-incomplete", "/evidence/0/id", MODULES[0], {"evidence_url": "ugu.sever.example/works/17"}),
        ("address-incomplete", "/evidence/0/id", MODULES[0], {"evidence_url": "https://два слова"}),
        ("future-award", "/awarded_at", MODULES[0], {"awarded_at": NOW + CLOCK_SKEW + timedelta(seconds=1)}),
    ],
)
def test_a_broken_rule_is_named_with_its_place(
    code: str, pointer: str, spec: ModuleSpec, changes: dict[str, Any]
) -> None:
    assert found(spec, **changes) == [(code, pointer)]


def test_all_faults_are_told_at_once() -> None:
    codes = [code for code, _ in found(learner_number="", event="", result="7", levels={"ИП.1": 0})]
    assert codes == ["bad-number", "event-missing", "below-pass", "level"]


@settings(deadline=None)
@given(st.integers(0, 100), st.booleans())
def test_the_pass_mark_alone_decides(points: int, with_comma: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    text = f"{points},0" if with_comma else str(points)
    assert found(result=text) == ([] if points >= 60 else [("below-pass", "/result")])


def test_an_order_is_tidied_before_it_is_kept() -> None:
    made = tidy(
        order(
            learner_number=f" {grouped(NUMBER).lower()} ",
            event="  ведомость\n № 7 ",
            result=" 87,5 ",
            narrative=" да ",
            awarded_at=NOW.replace(microsecond=17),
        )
    )
    assert (made.learner_number, made.event, made.result, made.narrative) == (NUMBER, "ведомость № 7", "87.5", "да")
    assert made.awarded_at == NOW
    assert tidy(made) == made


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_typed_number_raises_anything_but_a_fault(text: str) -> None:
    assert {code for code, _ in found(learner_number=text)} <= {"bad-number"}
