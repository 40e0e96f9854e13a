"""A school's year as people look at it: every day with what it is, month by month, and what the state made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from schemas.errors import N_
from verifier.credit.calendar import WorkingDays, holiday_on, transfers


class DayKind(StrEnum):
    """What a day is, and by whose word."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MOVED_OFF = "moved_off"
    MOVED_WORKING = "moved_working"
    OWN_OFF = "own_off"
    OWN_WORKING = "own_working"


KINDS: Mapping[DayKind, str] = {
    DayKind.WORKING: N_("рабочий день"),
    DayKind.WEEKEND: N_("выходной"),
    DayKind.HOLIDAY: N_("праздник"),
    DayKind.MOVED_OFF: N_("выходной, перенесён государством"),
    DayKind.MOVED_WORKING: N_("рабочий, выходной перенесён государством"),
    DayKind.OWN_OFF: N_("выходной, объявила школа"),
    DayKind.OWN_WORKING: N_("рабочий, объявила школа"),
}
OFF = frozenset({DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.MOVED_OFF, DayKind.OWN_OFF})
_NAMED = frozenset({DayKind.HOLIDAY, DayKind.MOVED_OFF, DayKind.MOVED_WORKING})


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `name` is what is celebrated, `instead` the day whose place a transfer takes."""

    day: date
    kind: DayKind
    name: str = ""
    instead: date | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """One month: `weeks` from Monday to Sunday, None where a day belongs to another month."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def working(self) -> int:
        """How many days the school works."""
        return sum(day is not None and day.kind not in OFF for week in self.weeks for day in week)


@dataclass(frozen=True, slots=True)
class StateDays:
    """Days in a row that the state made what they are for one reason."""

    first: date
    last: date
    about: Day


def months_of(days: WorkingDays, year: int) -> list[Month]:
    """The twelve months of a year. Raises `YearUnknown`."""
    return [_month(days, date(year, number, 1)) for number in range(1, 13)]


def state_days(days: WorkingDays, year: int) -> list[StateDays]:
    """The holidays and the transfers of a year, in order, whatever the school declared. Raises `YearUnknown`."""
    state = replace(days, changed={})
    named = [one for day in _days(date(year, 1, 1), date(year, 12, 31)) if (one := day_of(state, day)).kind in _NAMED]
    runs = [list(run) for _, run in groupby(named, lambda one: (one.kind, one.name, one.instead))]
    return [StateDays(run[0].day, run[-1].day, run[0]) for run in runs]


def day_of(days: WorkingDays, day: date) -> Day:
    """What a day is. Raises `YearUnknown`."""
    works, instead = days.is_working(day), transfers(day.year)
    if day in days.changed:
        return Day(day, DayKind.OWN_WORKING if works else DayKind.OWN_OFF)
    if name := holiday_on(day):
        return Day(day, DayKind.HOLIDAY, name)
    if not works:
        return Day(day, DayKind.MOVED_OFF, instead=instead[day]) if day in instead else Day(day, DayKind.WEEKEND)
    given_up = next((off for off, replaced in instead.items() if replaced == day), None)
    return Day(day, DayKind.MOVED_WORKING, instead=given_up) if given_up else Day(day, DayKind.WORKING)


def _month(days: WorkingDays, first: date) -> Month:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    cells = [None] * first.weekday() + [day_of(days, day) for day in _days(first, last)]
    cells += [None] * (-len(cells) % 7)
    return Month(first, tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7)))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
