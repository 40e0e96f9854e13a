"""Years without gaps, groups by code, levels that never exceed the best one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.outcomes import OutcomeShown
from wallet_web.badge import Badge
from wallet_web.portfolio import progress


@pytest.mark.parametrize(
    ("code", "group"), [("МП.П2", "МП.П"), ("МП.Р1", "МП.Р"), ("ИНФ.1", "ИНФ"), ("ОБЗР.1", "ОБЗР")]
)
def test_a_code_names_its_group(code: str, group: str) -> None:
    assert progress.group_of(code) == group


CODES = st.sampled_from(["МП.П1", "МП.П2", "МП.К1", "ИНФ.1", "ИНФ.2", "ФИЗ.1", "X"])
SHOWN = st.lists(st.lists(st.tuples(CODES, st.one_of(st.none(), st.integers(1, 3))), max_size=5), max_size=5)


@given(SHOWN)
def test_the_best_level_counts_and_only_what_was_shown(badges: list[list[tuple[str, int | None]]]) -> None:
    said = [pair for outcomes in badges for pair in outcomes]
    found = progress.groups(
        OutcomeShown(code, code, level, assessed=True, source_pointer="", url="") for code, level in said
    )
    best: dict[str, int] = {}
    for code, level in said:
        if level is not None and "." in code:
            best[code] = max(level, best.get(code, 0))
    assert sum(group.shown for group in found) == len(best)
    for group in found:
        levels = [level for code, level in best.items() if progress.group_of(code) == group.code]
        assert group.level == pytest.approx(sum(levels) / len(levels))
    codes = [group.code for group in found]
    assert codes == sorted(codes, key=lambda code: (code not in progress.UUD, code))


def test_no_badges_no_years() -> None:
    nothing: list[Badge] = []
    assert progress.years(nothing) == []
