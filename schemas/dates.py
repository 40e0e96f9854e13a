"""Instants as credentials write them: XSD dateTimeStamp, a zone always named (VCDM 2.0 §4.9)."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from schemas.errors import N_
from schemas.refusals import Refused

_STAMP: Final = re.compile(
    r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])T"
    r"(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])(?:\.(?P<fraction>[0-9]+))?|24:00:00(?:\.0+)?)"
    r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))",
    re.ASCII,
)

_USUAL: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", re.ASCII)


class BadTimestamp(Refused):
    """Not an XSD dateTimeStamp, or outside of the years 1 to 9999. Params: `text`."""

    code = "bad-timestamp"
    sentence = N_(
        "Дата «{text}» записана не по стандарту: нужны день, время и часовой пояс. Попросите организацию выдать файл заново."
    )


def read_timestamp(text: str, *, pointer: str = "") -> datetime:
    """The instant in UTC; fractions are cut at microseconds. Raises `BadTimestamp`.

    >>> read_timestamp("2026-11-22T15:00:00+03:00")
    datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.timezone.utc)
    """
    if _USUAL.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise BadTimestamp(pointer=pointer, text=text[:40]) from None
    match = _STAMP.fullmatch(text)
    if match is None:
        raise BadTimestamp(pointer=pointer, text=text[:40])
    try:
        day = datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=_zone(match["zone"]))
        return (day + _clock(match)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadTimestamp(pointer=pointer, text=text[:40]) from None


def write_timestamp(instant: datetime) -> str:
    """The instant as `2026-11-22T12:00:00Z`, with microseconds only where there are any. A naive one is a `ValueError`."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    utc = instant.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat()}Z"


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return timezone(-offset if text[0] == "-" else offset)


def _clock(match: re.Match[str]) -> timedelta:
    if match["hour"] is None:
        return timedelta(days=1)
    return timedelta(
        hours=int(match["hour"]),
        minutes=int(match["minute"]),
        seconds=int(match["second"]),
        microseconds=int((match["fraction"] or "0")[:6].ljust(6, "0")),
    )
