"""The comparison against the modules and components of DOMAIN §3.3 and §3.4."""

from collections.abc import Iterable

import pytest

from verifier.credit.facts import Extent
from verifier.credit.matching import (
    Assessed,
    Candidate,
    Comparison,
    Finding,
    OutcomeKind,
    Part,
    Plan,
    Planned,
    Proposal,
    Proposed,
    compare,
    lawful_extent,
    propose,
)

THRESHOLD = 60.0


def module(name: str, level: int, shown: str, listed: str = "", *, passed: bool = True) -> list[Candidate]:
    """What one badge says: outcomes shown at the module's level, and outcomes only listed."""
    return [
        *(Candidate(evidence=name, source=name, code=code, level=level, passed=passed) for code in shown.split()),
        *(Candidate(evidence=name, source=name, code=code, passed=passed) for code in listed.split()),
    ]


def plan(hours: int, required: str, optional: str = "", parts: Iterable[tuple[str, int, str]] = ()) -> Plan:
    """A component: `required` is "ИНФ.1:3 …" with levels."""
    part_of = {code: part for part, _, codes in parts for code in codes.split()}
    wanted = [one.split(":") for one in required.split()]
    return Plan(
        hours=hours,
        outcomes=(
            *(Planned(code=code, name=code, level=int(level), part=part_of.get(code)) for code, level in wanted),
            *(Planned(code=code, name=code, level=1, required=False) for code in optional.split()),
        ),
        parts=tuple(Part(part, part, length) for part, length, _ in parts),
    )


M01 = module("M01", 3, "ИНФ.1 ИНФ.2 МП.П1 МП.Р1")
M02 = module("M02", 2, "ТЕХ.2 МП.К2 МП.Р2")
M03 = module("M03", 2, "ТЕХ.1 МП.П3")
M05 = module("M05", 3, "ФИЗ.1 ФИЗ.2 МП.П2")
M06 = module("M06", 2, "БИО.1 БИО.2 МП.П2")
M07 = module("M07", 1, "ФИН.1")
M08 = module("M08", 3, "ИП.1 ИП.2 ИП.3 ИП.4 МП.П2 МП.П3")
M09 = module("M09", 2, "ОБЗР.1")
M11 = module("M11", 2, "МП.Р2", "ПРОФ.1 ПРОФ.2")
M12 = module("M12", 1, "", "МП.К2")
P1 = plan(68, "ИНФ.1:3 ИНФ.2:3 ИНФ.3:2", "ИНФ.4", [("1.1", 48, "ИНФ.1 ИНФ.2"), ("1.2", 20, "ИНФ.3")])
P2 = plan(34, "ИП.1:2 ИП.2:2 ИП.3:2 ИП.4:2", "МП.П3")
P3 = plan(12, "ТЕХ.1:2")
P4 = plan(68, "ФИЗ.1:3 ФИЗ.2:3", "МП.П2")
P5 = plan(34, "БИО.1:2 БИО.2:2", "МП.П2")
P6 = plan(17, "ФИН.1:1 ФИН.2:1")
P7 = plan(34, "ТЕХ.2:2", "МП.К2")
P8 = plan(10, "ОБЗР.1:2")
P9 = plan(72, "ПРОФ.1:2 ПРОФ.2:2")


def proposed(found: Comparison, *, agreed: bool = True, done: bool = False, partial: bool = True) -> Proposed:
    return propose(
        found,
        agreed_to_assessment=agreed,
        assessment_done=done,
        threshold_percent=THRESHOLD,
        partial_allowed=partial,
    )


def marks(found: Comparison) -> str:
    return " ".join(f"{row.outcome.code}={row.finding}" for row in found.required)


@pytest.mark.parametrize(
    ("scenario", "module_", "component", "agreed", "findings", "proposal"),
    [
        ("Sc 1", M08, P2, False, "ИП.1=met ИП.2=met ИП.3=met ИП.4=met", Proposal.FULL),
        ("Sc 2", M01, P1, True, "ИНФ.1=met ИНФ.2=met ИНФ.3=absent", Proposal.ASSESSMENT),
        ("Sc 2 without assessment", M01, P1, False, "ИНФ.1=met ИНФ.2=met ИНФ.3=absent", Proposal.PARTIAL),
        ("Sc 3", M02, P7, False, "ТЕХ.2=met", Proposal.FULL),
        ("Sc 4", M03, P3, False, "ТЕХ.1=met", Proposal.FULL),
        ("Sc 5", M07, P6, False, "ФИН.1=met ФИН.2=absent", Proposal.REFUSE),
        ("Sc 6", M06, P5, False, "БИО.1=met БИО.2=met", Proposal.FULL),
        ("Sc 7", M05, P4, False, "ФИЗ.1=met ФИЗ.2=met", Proposal.FULL),
        ("Sc 9", M11, P9, True, "ПРОФ.1=claimed ПРОФ.2=claimed", Proposal.ASSESSMENT),
        ("Sc 9 without assessment", M11, P9, False, "ПРОФ.1=claimed ПРОФ.2=claimed", Proposal.REFUSE),
        ("Sc 11", M09, P8, False, "ОБЗР.1=met", Proposal.FULL),
        ("a foreign module", M12, P2, True, "ИП.1=absent ИП.2=absent ИП.3=absent ИП.4=absent", Proposal.ASSESSMENT),
        ("two modules together", [*M07, *M08], P6, False, "ФИН.1=met ФИН.2=absent", Proposal.REFUSE),
    ],
)
def test_the_scenarios(
    scenario: str, module_: list[Candidate], component: Plan, *, agreed: bool, findings: str, proposal: Proposal
) -> None:
    found = compare(component, module_)
    assert marks(found) == findings, scenario
    assert proposed(found, agreed=agreed).proposal is proposal, scenario


def test_sc_2_after_the_assessment() -> None:
    shown = compare(P1, M01, assessed=Assessed(levels={"ИНФ.3": 2}))
    assert proposed(shown, done=True).proposal is Proposal.FULL
    assert lawful_extent(shown) is Extent.FULL
    failed = compare(P1, M01, assessed=Assessed(levels={"ИНФ.3": None}))
    assert proposed(failed, done=True).proposal is Proposal.PARTIAL
    assert lawful_extent(failed) is Extent.PARTIAL
    assert [part.code for part in failed.closed_parts] == ["1.1"]
    assert (failed.freed_hours, failed.residue_hours) == (48, 20)


def test_sc_9_after_the_assessment() -> None:
    found = compare(P9, M11, assessed=Assessed(levels={"ПРОФ.1": 2, "ПРОФ.2": 3}))
    assert proposed(found, done=True).proposal is Proposal.FULL


def test_a_level_too_low_is_only_a_claim() -> None:
    found = compare(plan(10, "ИНФ.1:3"), module("M", 2, "ИНФ.1"))
    assert marks(found) == "ИНФ.1=claimed"
    assert found.rows[0].shown == 2
    assert "продвинутый" in found.rows[0].why.words(str)


def test_a_module_that_was_not_passed_shows_nothing() -> None:
    found = compare(P3, module("M03", 2, "ТЕХ.1", passed=False))
    assert marks(found) == "ТЕХ.1=claimed"
    assert "не пройден" in found.rows[0].why.words(str)


def test_the_best_of_several_badges_counts() -> None:
    found = compare(P3, [*module("weak", 1, "ТЕХ.1"), *M03, *module("listed", 1, "", "ТЕХ.1")])
    assert (found.rows[0].evidence, found.rows[0].finding) == ("M03", Finding.MET)


def test_a_doubted_row_goes_back_to_a_claim_and_can_be_assessed() -> None:
    doubted = compare(P3, M03, doubted=["ТЕХ.1"])
    assert proposed(doubted).proposal is Proposal.ASSESSMENT
    shown = compare(P3, M03, doubted=["ТЕХ.1"], assessed=Assessed(levels={"ТЕХ.1": 2}))
    assert shown.complete


def test_personal_outcomes_are_neither_matched_nor_counted() -> None:
    personal = Planned(code="Л.1", name="Л.1", level=1, kind=OutcomeKind.PERSONAL)
    found = compare(Plan(hours=12, outcomes=(*P3.outcomes, personal)), [*M03, *module("M", 3, "Л.1")])
    assert found.complete
    assert len(found.required) == 1


def test_a_plan_that_requires_nothing_is_never_full() -> None:
    found = compare(plan(12, "", "ТЕХ.1"), M03)
    assert lawful_extent(found) is Extent.REFUSE
    assert proposed(found, agreed=False).proposal is Proposal.REFUSE


def test_the_same_code_in_another_catalogue_is_another_outcome() -> None:
    planned = Plan(hours=1, outcomes=(Planned(code="А.1", name="А.1", url="https://one.example/1", level=1),))
    shown = Candidate(evidence="e", source="e", code="А.1", url="https://two.example/1", level=3)
    assert marks(compare(planned, [shown])) == "А.1=absent"
    crossed = compare(planned, [shown], crosswalk={"https://two.example/1": {"А.1"}})
    assert marks(crossed) == "А.1=met"


def test_a_standing_recognition_leads_from_a_foreign_code() -> None:
    shown = Candidate(evidence="e", source="e", code="PY.1", url="https://two.example/py", level=2)
    assert marks(compare(P3, [shown], crosswalk={"https://two.example/py": {"ТЕХ.1"}})) == "ТЕХ.1=met"


def test_partial_credit_needs_the_threshold_and_the_school_s_leave() -> None:
    third = plan(60, "А.1:1 А.2:1 А.3:1", parts=[("1", 20, "А.1"), ("2", 40, "А.2 А.3")])
    found = compare(third, module("M", 1, "А.1"))
    assert proposed(found, agreed=False).proposal is Proposal.REFUSE
    assert lawful_extent(found) is Extent.PARTIAL
    assert lawful_extent(found, partial_allowed=False) is Extent.REFUSE
    two_thirds = compare(third, module("M", 1, "А.2 А.3"))
    assert proposed(two_thirds, agreed=False).proposal is Proposal.PARTIAL
    assert proposed(two_thirds, agreed=False, partial=False).proposal is Proposal.REFUSE


def test_gaps_that_the_school_cannot_assess_are_not_offered_for_assessment() -> None:
    rigid = Plan(hours=9, outcomes=(Planned(code="А.1", name="А.1", level=1, assessable=False),))
    found = compare(rigid, [])
    assert proposed(found).proposal is Proposal.REFUSE
    assert "оценивании" not in proposed(found).paragraph.words(str)
    assert "оценивании" in proposed(compare(P3, []), agreed=False).paragraph.words(str)


def test_a_sub_part_credited_before_is_met_and_frees_no_hours_again() -> None:
    found = compare(P1, module("M", 2, "ИНФ.3"), credited=["1.1"])
    assert found.complete
    assert (found.open_hours, found.freed_hours, found.residue_hours) == (20, 20, 0)
    nothing_new = compare(P1, [], credited=["1.1"])
    assert nothing_new.closed_parts == ()
    assert lawful_extent(nothing_new) is Extent.REFUSE


def test_every_row_says_where_it_comes_from_and_why() -> None:
    for candidates in (M01, M12, [], module("M", 1, "ИНФ.1")):
        for row in compare(P1, candidates).rows:
            assert row.why.words(str).endswith(".")
            assert bool(row.evidence) == (row.finding is not Finding.ABSENT)
