"""Moments on paper: in the municipality's zone, to the minute, with the zone named."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from service.times import Times

LATE = datetime(2026, 11, 27, 22, 30, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "language", "told"),
    [
        ("Europe/Moscow", "ru", "28.11.2026, 01:30 (Москва, UTC+3)"),
        ("Europe/Moscow", "en", "28.11.2026, 01:30 (Moscow, UTC+3)"),
        ("Asia/Kolkata", "en", "28.11.2026, 04:00 (Kolkata, UTC+5:30)"),
        ("America/St_Johns", "ru", "27.11.2026, 19:00 (Сент-Джонс, UTC\N{MINUS SIGN}3:30)"),
        ("UTC", "ru", "27.11.2026, 22:30 (UTC)"),
    ],
)
def test_a_minute_names_its_zone(zone: str, language: str, told: str) -> None:
    assert Times(ZoneInfo(zone), language).minute(LATE) == told


def test_a_day_is_the_day_of_the_municipality() -> None:
    assert Times(ZoneInfo("Europe/Moscow"), "ru").day(LATE) == "28.11.2026"
    assert Times(ZoneInfo("UTC"), "ru").day(LATE) == "27.11.2026"


def test_moments_of_one_minute_are_told_apart_by_their_seconds() -> None:
    assert Times(ZoneInfo("Europe/Moscow"), "en").second(LATE) == "28.11.2026, 01:30:59"
