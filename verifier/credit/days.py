"""Days as official documents write them: «27 ноября 2026 г.» (ГОСТ Р 7.0.97-2016, §5.10), and the school years they belong to."""

from datetime import date

from babel.dates import format_date

FIRST_MONTH_OF_SCHOOL_YEAR = 9


def written(day: date | None) -> str:
    """A day in words, "" for none."""
    return format_date(day, "d MMMM y 'г'.", locale="ru") if day else ""


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
