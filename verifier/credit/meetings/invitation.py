"""A meeting as a file for the calendar of its members (iCalendar, RFC 5545). No learner is in it: calendars are synced anywhere."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from verifier.credit.meetings.tables import Meeting, MeetingState
from verifier.credit.meetings.telling import named

MEDIA = "text/calendar; charset=utf-8"
LASTS = timedelta(hours=1)
LINE = 75  # octets, RFC 5545 §3.1
PRODUCT = "-//Zachetka//meetings//RU"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def invitation(meeting: Meeting, *, host: str, school: str, href: str) -> bytes:
    """The file; a later version of the same meeting replaces the earlier one in a calendar (§3.8.7.4)."""
    off = meeting.state is MeetingState.CANCELLED
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"METHOD:{'CANCEL' if off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{meeting.id}@{host}",
        f"SEQUENCE:{meeting.version - 1}",
        f"DTSTAMP:{_moment(meeting.changed_at)}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.starts_at + LASTS)}",
        f"SUMMARY:{_text(named(meeting))}",
        f"LOCATION:{_text(f'{school}, {meeting.place}')}",
        f"URL:{href}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _moment(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _folded(line: str) -> Iterable[str]:
    """The line in pieces of at most 75 octets, never through a letter; the later ones begin with a space."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
