"""Days as official documents write them: «27 ноября 2026 г.» (ГОСТ Р 7.0.97-2016, §5.10)."""

from datetime import date

from babel.dates import format_date


def written(day: date | None) -> str:
    """A day in words, "" for none."""
    return format_date(day, "d MMMM y 'г'.", locale="ru") if day else ""
