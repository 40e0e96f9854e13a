from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import pace
from keys.pace import Pace, TooFast, subscriber

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
WINDOW = timedelta(minutes=15)


@given(st.lists(st.integers(0, 3600), min_size=1, max_size=60))
def test_never_more_than_the_limit_within_any_window_and_never_fewer(seconds: list[int]) -> None:
    held, allowed = Pace(5, WINDOW), list[datetime]()
    for moment in sorted(NOW + timedelta(seconds=each) for each in seconds):
        if len([one for one in allowed if one > moment - WINDOW]) < 5:
            held.take("198.51.100.7", moment)
            allowed.append(moment)
        else:
            with pytest.raises(TooFast) as refusal:
                held.take("198.51.100.7", moment)
            assert 1 <= int(str(refusal.value.params["minutes"])) <= 15


def test_each_address_has_its_own_share_and_an_ipv6_subscriber_has_one() -> None:
    held = Pace(1, WINDOW)
    held.take("198.51.100.7", NOW)
    held.take("198.51.100.8", NOW)
    held.take("2001:db8:1:2::3", NOW)
    with pytest.raises(TooFast):
        held.take("2001:db8:1:2:ffff::4", NOW)
    held.take("2001:db8:1:3::3", NOW)
    assert subscriber("::ffff:198.51.100.7") != subscriber("::ffff:198.51.100.8")


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KNOWN", 3)
    held = Pace(1, WINDOW)
    for number in range(5):
        held.note(f"198.51.100.{number}", NOW)
    held.check("198.51.100.0", NOW)
    with pytest.raises(TooFast):
        held.check("198.51.100.4", NOW)
