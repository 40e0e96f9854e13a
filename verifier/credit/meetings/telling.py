"""What is told about a meeting: notices, and the head of its papers. Russian, the language of record; no learner is named."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from verifier.credit.days import written
from verifier.credit.meetings.tables import Meeting

COMMISSION = "Заседание комиссии по зачёту результатов"


def when(meeting: Meeting, zone: ZoneInfo) -> str:
    """«2 декабря 2026 г., 15:00, кабинет 12»."""
    local = meeting.starts_at.astimezone(zone)
    return f"{written(local.date())}, {local:%H:%M}, {meeting.place}"


def named(meeting: Meeting) -> str:
    """The meeting by its number."""
    return f"{COMMISSION} № {meeting.number}"


def called(meeting: Meeting, zone: ZoneInfo, cases: int) -> str:
    """The notice of a new meeting."""
    return f"{named(meeting)}: {when(meeting, zone)}. Заявлений в повестке: {cases}."


def moved(meeting: Meeting, zone: ZoneInfo, cases: int) -> str:
    """The notice of a change."""
    return f"{named(meeting)} изменено: {when(meeting, zone)}. Заявлений в повестке: {cases}. Причина: {meeting.reason}"


def left_out(meeting: Meeting, zone: ZoneInfo) -> str:
    """The notice to somebody who is not invited any more."""
    return f"{named(meeting)} ({when(meeting, zone)}) пройдёт без вашего участия. Причина: {meeting.reason}"


def cancelled(meeting: Meeting, zone: ZoneInfo) -> str:
    """The notice that there will be none."""
    return f"{named(meeting)} ({when(meeting, zone)}) отменено. Причина: {meeting.reason}"


def heading(meeting: Meeting, zone: ZoneInfo, names: Sequence[str]) -> tuple[str, ...]:
    """What stands once above all cases of the agenda."""
    return (held(meeting, zone), f"Приглашены: {'; '.join(names)}.")


def held(meeting: Meeting, zone: ZoneInfo) -> str:
    """What a protocol says of the meeting, and the family's extract from it too."""
    return f"Заседание № {meeting.number}: {when(meeting, zone)}."


def attended(names: Sequence[str]) -> str:
    """What the protocol says of who came."""
    return f"Присутствовали: {'; '.join(names)}."
