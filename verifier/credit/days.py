"""Days as official documents write them: «27 ноября 2026 г.» (ГОСТ Р 7.0.97-2016, §5.10), and the school years they belong to."""

from datetime import date

from babel import Locale
from babel.dates import format_date

RUSSIAN = Locale("ru")
FIRST_MONTH_OF_SCHOOL_YEAR = 9


def written(day: date | None) -> str:
    """A day in words, "" for none."""
    return format_date(day, "d MMMM y 'г'.", locale="ru") if day else ""


def counted(number: int, one: str, few: str, many: str) -> str:
    """A number with its noun in the form that Russian asks for: «21 день», «2 дня», «5 дней»."""
    form = {"one": one, "few": few}.get(RUSSIAN.plural_form(number), many)
    return f"{number}\N{NO-BREAK SPACE}{form}"


def term(days: int) -> str:
    """A term in working days: «10 рабочих дней», «1 рабочий день»."""
    return counted(days, "рабочий день", "рабочих дня", "рабочих дней")


def within(days: int) -> str:
    """By when: «в течение 10 рабочих дней», «в течение 1 рабочего дня»."""
    return f"в течение {counted(days, 'рабочего дня', 'рабочих дней', 'рабочих дней')}"


def school_year(day: date) -> str:
    """The school year that a day belongs to, "2026/27"."""
    first = first_day(day).year
    return f"{first}/{(first + 1) % 100:02}"


def first_day(day: date) -> date:
    """The day on which the school year that a day belongs to began."""
    year = day.year if day.month >= FIRST_MONTH_OF_SCHOOL_YEAR else day.year - 1
    return date(year, FIRST_MONTH_OF_SCHOOL_YEAR, 1)


def next_first_day(day: date) -> date:
    """The day on which the next school year begins."""
    return first_day(day).replace(year=first_day(day).year + 1)
