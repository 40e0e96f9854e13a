"""The file for calendars: what RFC 5545 asks of it, and nobody's name in it."""

from datetime import UTC, datetime
from typing import Any

from verifier.credit.meetings.invitation import invitation
from verifier.credit.meetings.tables import Meeting, MeetingState

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def file(**changes: Any) -> str:
    given: dict[str, Any] = {
        "id": "m1",
        "school": "s1",
        "year": "2026/27",
        "number": 3,
        "state": MeetingState.PLANNED,
        "starts_at": AT,
        "place": "кабинет 12; второй этаж, направо",
        "changed_by": "secretary",
        "changed_at": datetime(2026, 11, 9, 8, 30, tzinfo=UTC),
    }
    meeting = Meeting(**(given | changes))
    made = invitation(meeting, host="s1.sever.example", school="МБОУ «Школа № 1»", href="https://z.example/m1")
    return made.decode()


def unfolded(text: str) -> dict[str, str]:
    lines = text.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line)


def test_a_calendar_can_read_it() -> None:
    text = file()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    found = unfolded(text)
    assert (found["DTSTART"], found["DTEND"]) == ("20261110T120000Z", "20261110T130000Z")
    assert found["UID"] == "m1@s1.sever.example"
    assert found["LOCATION"] == "МБОУ «Школа № 1»\\, кабинет 12\\; второй этаж\\, направо"
    assert (found["STATUS"], found["SEQUENCE"]) == ("CONFIRMED", "0")


def test_a_change_replaces_and_a_cancelled_meeting_goes() -> None:
    assert unfolded(file(version=3))["SEQUENCE"] == "2"
    found = unfolded(file(state=MeetingState.CANCELLED, version=4))
    assert (found["METHOD"], found["STATUS"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", "3")


def test_a_place_cannot_begin_a_line_of_its_own() -> None:
    text = file(place="каб. 1\r\nATTENDEE:mailto:x@y.example")
    assert not [line for line in text.split("\r\n") if line.startswith("ATTENDEE")]
