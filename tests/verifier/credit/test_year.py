"""A school's year as people look at it: what each day is, by whose word, against the decrees of four years."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from verifier.credit.calendar import WorkingDays, holiday_on, transfers
from verifier.credit.errors import YearUnknown
from verifier.credit.year import OFF, DayKind, day_of, months_of, state_days

DAYS = WorkingDays(zone=ZoneInfo("Europe/Moscow"))
OWN = WorkingDays(zone=DAYS.zone, changed={date(2026, 11, 4): True, date(2026, 11, 10): False})
YEARS = (2024, 2025, 2026, 2027)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-11-03", DayKind.WORKING),
        ("2026-11-07", DayKind.WEEKEND),
        ("2026-11-04", DayKind.HOLIDAY),
        ("2026-05-09", DayKind.HOLIDAY),
        ("2026-05-11", DayKind.MOVED_OFF),
        ("2026-12-31", DayKind.MOVED_OFF),
        ("2027-02-20", DayKind.MOVED_WORKING),
        ("2024-12-28", DayKind.MOVED_WORKING),
    ],
)
def test_what_a_day_is(day: str, kind: DayKind) -> None:
    assert day_of(DAYS, date.fromisoformat(day)).kind is kind


def test_the_school_s_word_goes_before_the_state_s() -> None:
    assert day_of(OWN, date(2026, 11, 4)).kind is DayKind.OWN_WORKING
    assert day_of(OWN, date(2026, 11, 10)).kind is DayKind.OWN_OFF
    assert state_days(OWN, 2026) == state_days(DAYS, 2026)


def test_the_transfers_of_2027_are_named_by_the_days_they_stand_for() -> None:
    assert transfers(2027) == {
        date(2027, 2, 22): date(2027, 2, 20),
        date(2027, 5, 3): date(2027, 5, 1),
        date(2027, 5, 10): date(2027, 5, 9),
        date(2027, 6, 14): date(2027, 6, 12),
        date(2027, 11, 5): date(2027, 1, 2),
        date(2027, 12, 31): date(2027, 1, 3),
    }
    assert day_of(DAYS, date(2027, 2, 20)).instead == date(2027, 2, 22)
    assert holiday_on(date(2027, 5, 9)) == "День Победы"
    assert holiday_on(date(2027, 5, 10)) == ""


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_year_is_drawn_once_and_off_just_where_nobody_works(year: int) -> None:
    drawn = [day for month in months_of(DAYS, year) for week in month.weeks for day in week if day is not None]
    assert [one.day.toordinal() for one in drawn] == list(
        range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    )
    assert all((one.kind in OFF) != DAYS.is_working(one.day) for one in drawn)
    assert all(
        day is None or day.day.weekday() == place
        for month in months_of(DAYS, year)
        for week in month.weeks
        for place, day in enumerate(week)
    )


def test_working_days_of_the_months_of_2026() -> None:
    """The production calendar of 2026 for a week of five days."""
    assert [month.working for month in months_of(DAYS, 2026)] == [15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22]


def test_days_of_one_reason_stand_together() -> None:
    first = state_days(DAYS, 2026)[:3]
    assert [(one.first.day, one.last.day) for one in first] == [(1, 6), (7, 7), (8, 8)]


def test_a_year_that_is_not_decreed_is_not_drawn() -> None:
    with pytest.raises(YearUnknown):
        months_of(DAYS, 2041)
