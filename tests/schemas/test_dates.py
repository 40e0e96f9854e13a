from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.dates import BadTimestamp, read_timestamp, write_timestamp


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-22T15:00:00+03:00", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("2026-11-22T12:00:00Z", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("2026-11-22T12:00:00.1234567-00:30", datetime(2026, 11, 22, 12, 30, 0, 123456, tzinfo=UTC)),
        ("2026-12-31T24:00:00Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("4023-01-01T00:00:00.001Z", datetime(4023, 1, 1, 0, 0, 0, 1000, tzinfo=UTC)),
        ("0999-01-01T00:00:00+14:00", datetime(998, 12, 31, 10, tzinfo=UTC)),
    ],
)
def test_reads(text: str, instant: datetime) -> None:
    assert read_timestamp(text) == instant
    assert read_timestamp(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-22",
        "2026-11-22T12:00:00",
        "2026-11-22 12:00:00Z",
        "2026-11-22T12:00Z",
        "2026-11-22t12:00:00z",
        "2026-02-30T12:00:00Z",
        "2026-11-22T12:00:60Z",
        "2026-11-22T24:00:01Z",
        "2026-11-22T12:00:00+14:01",
        "2026-11-22T12:00:00.Z",
        "20260-11-22T12:00:00Z",
        "-2026-11-22T12:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T24:00:00Z",
        "٢٠٢٦-11-22T12:00:00Z",
        "Sun, 22 Nov 2026 12:00:00 GMT",
    ],
)
def test_refuses(text: str) -> None:
    with pytest.raises(BadTimestamp):
        read_timestamp(text)


@given(st.datetimes(timezones=st.timezones()))
def test_what_is_written_is_read_again(instant: datetime) -> None:
    try:
        written = write_timestamp(instant)
    except OverflowError:
        return
    assert read_timestamp(written) == instant.astimezone(UTC)


def test_writes_utc() -> None:
    there = timezone(timedelta(hours=3))
    assert write_timestamp(datetime(2026, 11, 22, 15, tzinfo=there)) == "2026-11-22T12:00:00Z"
    assert write_timestamp(datetime(2026, 11, 22, 15, 0, 0, 500, tzinfo=there)) == "2026-11-22T12:00:00.000500Z"


def test_does_not_write_a_time_without_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        write_timestamp(datetime(2026, 11, 22))  # noqa: DTZ001 - the mistake under test
