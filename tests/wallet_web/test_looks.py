"""Who looked: the same looks of one reader within a short time are told as one, and none is lost."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wallet_web.looks import NEAR, Look, Visited, together

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
READERS = st.sampled_from(["", "deputy", "secretary"])
WHATS = st.sampled_from(["Открыли дело", "Открыли карточку"])


@st.composite
def _looks(draw: st.DrawFn) -> list[Look]:
    """A journal's looks, newest first."""
    seconds = draw(st.lists(st.integers(0, 3600), max_size=30))
    return [look(second, draw(READERS), draw(WHATS)) for second in sorted(seconds, reverse=True)]


def look(second: int, reader: str = "deputy", what: str = "Открыли дело") -> Look:
    return Look(NOON + timedelta(seconds=second), what, reader.upper(), "s1", reader)


def key(one: Look) -> tuple[str, str]:
    return one.reader, one.what


@given(_looks())
def test_no_look_is_lost_and_none_is_told_twice(looks: list[Look]) -> None:
    assert Counter(one for each in together(looks) for one in each.looks) == Counter(looks)


@given(_looks())
def test_what_is_told_as_one_is_the_same_of_one_reader_within_a_short_time(looks: list[Look]) -> None:
    for each in together(looks):
        assert len({key(one) for one in each.looks}) == 1
        assert each.newest.at - each.looks[-1].at <= NEAR
        assert list(each.looks) == sorted(each.looks, key=lambda one: one.at, reverse=True)
        assert each.newest.reader or len(each.looks) == 1  # two strangers may have had one link


@given(_looks())
def test_the_lines_stand_newest_first_and_are_as_few_as_can_be(looks: list[Look]) -> None:
    lines = together(looks)
    assert all(later.newest.at >= earlier.newest.at for later, earlier in pairwise(lines))
    for kind in {key(one) for one in looks if one.reader}:
        same = [each for each in lines if key(each.newest) == kind]
        assert all(later.newest.at - earlier.newest.at > NEAR for later, earlier in pairwise(same))


def test_another_reader_in_between_does_not_divide_them() -> None:
    looks = [look(200), look(130, "secretary"), look(100), look(-200)]
    assert counts(together(looks)) == [("deputy", 2), ("secretary", 1), ("deputy", 1)]


def counts(lines: Sequence[Visited]) -> list[tuple[str, int]]:
    return [(each.newest.reader, len(each.looks)) for each in lines]
