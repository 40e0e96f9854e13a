"""Working days against the facts of DOMAIN §6."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.credit.calendar import WorkingDays
from verifier.credit.errors import YearUnknown

ZONE = ZoneInfo("Europe/Moscow")
DAYS = WorkingDays(zone=ZONE)
SIX = WorkingDays(zone=ZONE, six_day_week=True)


@pytest.mark.parametrize("day", range(1, 10))
def test_the_january_holidays_of_2026_last_until_the_ninth(day: int) -> None:
    assert not DAYS.is_working(date(2026, 1, day))


@pytest.mark.parametrize(
    "day",
    ["02-23", "03-09", "05-01", "05-11", "06-12", "11-04", "12-31", "11-07", "11-08"],
)
def test_days_off_in_2026(day: str) -> None:
    assert not DAYS.is_working(date.fromisoformat(f"2026-{day}"))


@pytest.mark.parametrize("day", ["01-12", "03-10", "05-12", "11-03", "11-05", "12-30"])
def test_working_days_in_2026(day: str) -> None:
    assert DAYS.is_working(date.fromisoformat(f"2026-{day}"))


def test_a_six_day_week_works_on_saturdays_that_are_no_holidays() -> None:
    assert SIX.is_working(date(2026, 11, 7))
    assert not SIX.is_working(date(2026, 11, 8))
    assert not SIX.is_working(date(2026, 5, 9))


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        ("2026-11-09", 3, "2026-11-12"),
        ("2026-11-06", 1, "2026-11-09"),  # a Friday: the term starts on Monday
        ("2026-11-03", 1, "2026-11-05"),  # over Unity Day
        ("2026-12-30", 1, "2027-01-11"),  # over New Year into the next year's calendar
        ("2026-04-30", 10, "2026-05-18"),  # both May holidays
        ("2026-11-07", 0, "2026-11-09"),  # never ends on a day off
    ],
)
def test_terms(start: str, days: int, ends: str) -> None:
    assert DAYS.after(date.fromisoformat(start), days) == date.fromisoformat(ends)


def test_a_term_in_calendar_days_moves_to_the_next_working_day() -> None:
    assert DAYS.after_calendar(date(2026, 11, 9), 30) == date(2026, 12, 9)
    assert DAYS.after_calendar(date(2026, 10, 5), 30) == date(2026, 11, 5)


def test_a_year_without_a_calendar_is_an_error_and_no_guess() -> None:
    with pytest.raises(YearUnknown, match="2041"):
        DAYS.is_working(date(2041, 6, 3))
    with pytest.raises(YearUnknown):
        DAYS.after(date(2027, 12, 30), 5)
    entered = WorkingDays(zone=ZONE, entered=frozenset({2041}), changed={date(2041, 6, 3): False})
    assert not entered.is_working(date(2041, 6, 3))
    assert entered.is_working(date(2041, 6, 4))


def test_the_school_s_own_days_go_before_the_state_s() -> None:
    own = WorkingDays(zone=ZONE, changed={date(2026, 11, 7): True, date(2026, 11, 9): False})
    assert own.is_working(date(2026, 11, 7))
    assert own.after(date(2026, 11, 7), 1) == date(2026, 11, 10)


def test_a_day_begins_at_the_school_s_midnight() -> None:
    late = datetime(2026, 11, 9, 21, 30, tzinfo=UTC)
    assert DAYS.local(late) == date(2026, 11, 10)


@given(start=st.dates(date(2026, 1, 1), date(2027, 11, 1)), days=st.integers(0, 20), six=st.booleans())
def test_a_term_never_ends_on_a_day_off_and_never_grows_shorter(start: date, days: int, *, six: bool) -> None:
    school = SIX if six else DAYS
    ends = school.after(start, days)
    assert school.is_working(ends)
    assert ends >= start + timedelta(days=days)
    assert school.between(start, ends) in {days, days + 1}  # one more only where the term had to move off a day off
    assert school.after(start, days + 1) > ends or days == 0
