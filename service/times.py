"""Moments as people of the municipality read them, where no page's filters are at hand: on paper and in what is taken along."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from service.rendering import DATE_LOCALES


@dataclass(frozen=True, slots=True)
class Times:
    """Implements `keys.deps.Times` for one municipality and one reader's language."""

    zone: ZoneInfo
    language: str

    def day(self, moment: datetime) -> str:
        """28.11.2026."""
        return moment.astimezone(self.zone).strftime("%d.%m.%Y")

    def minute(self, moment: datetime) -> str:
        """28.11.2026, 14:05 (Москва, UTC+3)."""
        local = moment.astimezone(self.zone)
        return f"{local.strftime('%d.%m.%Y, %H:%M')} ({self._zone_at(local)})"

    def second(self, moment: datetime) -> str:
        """28.11.2026, 14:05:09."""
        return moment.astimezone(self.zone).strftime("%d.%m.%Y, %H:%M:%S")

    def _zone_at(self, local: datetime) -> str:
        """The zone's name and how far it is from UTC; UTC itself has no place."""
        offset = f"UTC{_hours(local)}"
        if self.zone.key in {"UTC", "Etc/UTC"}:
            return offset
        place = get_timezone_location(self.zone, locale=DATE_LOCALES[self.language], return_city=True)
        return f"{place}, {offset}"


def _hours(local: datetime) -> str:
    """+3, −3:30, nothing for none."""
    offset = local.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    if not minutes:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"
