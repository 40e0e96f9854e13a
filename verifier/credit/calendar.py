"""Working days: the production calendar of the Russian Federation, corrected by the school. A year without one is an error.

Days are counted as art. 191 and 193 of the Civil Code say: a term starts on the day after the event, and where its last day is not
a working day it ends on the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays
from holidays.countries.russia import RussiaStaticHolidays

from schemas.errors import N_
from verifier.credit.errors import YearUnknown

SATURDAY, SUNDAY = 5, 6
# by year: month and day of a day off, and of the one it replaces
_DECREED = cast("Mapping[int, Sequence[tuple[int, int, int, int]]]", RussiaStaticHolidays.special_public_holidays)
_PUBLISHED = frozenset(_DECREED)
HOLIDAYS: Mapping[tuple[int, int], str] = {
    **{(1, day): N_("Новогодние каникулы") for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): N_("Рождество Христово"),
    (2, 23): N_("День защитника Отечества"),
    (3, 8): N_("Международный женский день"),
    (5, 1): N_("Праздник Весны и Труда"),
    (5, 9): N_("День Победы"),
    (6, 12): N_("День России"),
    (11, 4): N_("День народного единства"),
}
"""The holidays by month and day (art. 112 of the Labour Code)."""


@cache
def _year(year: int) -> HolidayBase:
    return country_holidays("RU", years=[year], expand=False)


def holiday_on(day: date) -> str:
    """What is celebrated on a day, "" where nothing is."""
    return HOLIDAYS.get((day.month, day.day), "")


@cache
def transfers(year: int) -> Mapping[date, date]:
    """The days off that stand for others: those of the year's decree, and those after a holiday on a weekend (art. 112)."""
    found = {date(year, *pair[:2]): date(year, *pair[2:]) for pair in _DECREED.get(year, ())}
    for day in sorted(_year(year).keys() - found.keys()):
        if not holiday_on(day):
            found[day] = _holiday_before(day)
    return found


def _holiday_before(day: date) -> date:
    while not (holiday_on(day) and day.weekday() >= SATURDAY):
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """One school's calendar. `changed` says of a single day whether it is worked, against whatever the state's calendar says.

    `entered` are years that the school entered whole: they need not be published.
    """

    zone: ZoneInfo
    six_day_week: bool = False
    changed: Mapping[date, bool] = field(default_factory=dict)
    entered: frozenset[int] = frozenset()

    def local(self, moment: datetime) -> date:
        """The day on which `moment` falls at the school."""
        return moment.astimezone(self.zone).date()

    def require(self, year: int) -> None:
        """Raise `YearUnknown` for a year without a calendar."""
        if year not in _PUBLISHED | self.entered:
            raise YearUnknown(year=year)

    def is_working(self, day: date) -> bool:
        """Whether the school works on `day`; raises `YearUnknown`."""
        self.require(day.year)
        if day in self.changed:
            return self.changed[day]
        state = _year(day.year)
        if day.weekday() == SUNDAY or (day.weekday() == SATURDAY and not self.six_day_week):
            return day in state.weekend_workdays
        return day not in state

    def on_or_after(self, day: date) -> date:
        """`day`, or the next working day."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def after(self, start: date, working_days: int) -> date:
        """The last day of a term of so many working days that an event on `start` set off."""
        day = start
        for _ in range(working_days):
            day = self.on_or_after(day + timedelta(days=1))
        return self.on_or_after(day)

    def after_calendar(self, start: date, days: int) -> date:
        """The last day of a term counted in calendar days."""
        return self.on_or_after(start + timedelta(days=days))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not later."""
        days = (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, days + 1))
