"""Sixty, thirty and seven days before its end a key is spoken of, and at its end it signs no more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from keys.errors.network import KeyDatesWrong, KeyExpired, NoActiveKey
from keys.expiry import DAYS, alarms
from keys.organisations import announce, due_key, keys_of, retire, rotate, signer_for
from keys.store import KeyStore
from keys.tables import KeyState, OrganisationKey
from service.database import unit_of_work
from tests.keys.test_organisations import JOINED, register

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def key(state: KeyState = KeyState.ACTIVE, *, begins: datetime = JOINED, ends: datetime | None) -> OrganisationKey:
    return OrganisationKey(id="k", organisation="s1", multikey="z6Mk", state=state, valid_from=begins, valid_until=ends)


@pytest.mark.parametrize(
    ("left", "days", "step"),
    [
        (60 * DAY - timedelta(seconds=1), 59, 60),
        (30 * DAY, 30, 60),
        (30 * DAY - timedelta(seconds=1), 29, 30),
        (7 * DAY - timedelta(seconds=1), 6, 7),
        (timedelta(seconds=1), 0, 7),
        (timedelta(0), 0, 0),
        (-DAY, 0, 0),
    ],
)
def test_an_alarm_says_how_long_there_is(left: timedelta, days: int, step: int) -> None:
    [alarm] = alarms([key(ends=NOW + left)], NOW)
    assert (alarm.days, alarm.step, alarm.ended) == (days, step, step == 0)


def test_there_is_nothing_to_say_of_other_keys() -> None:
    quiet = [key(ends=None), key(ends=NOW + 60 * DAY)]
    done = [key(state, ends=NOW) for state in (KeyState.RETIRED, KeyState.COMPROMISED, KeyState.ANNOUNCED)]
    assert alarms([*quiet, *done], NOW) == []


def test_a_successor_that_comes_in_time_is_named() -> None:
    ending = key(ends=NOW + 10 * DAY)
    late = key(KeyState.ANNOUNCED, begins=NOW + 11 * DAY, ends=None)
    intime = key(KeyState.ANNOUNCED, begins=NOW + 9 * DAY, ends=None)
    assert alarms([ending, late], NOW)[0].next_from is None
    assert alarms([ending, late, intime], NOW)[0].next_from == NOW + 9 * DAY


@given(st.integers(-10, 100))
def test_the_nearer_the_end_the_lower_the_step(days: int) -> None:
    found = alarms([key(ends=NOW + days * DAY)], NOW)
    assert bool(found) is (days < max(DAYS))
    if found:
        assert found[0].step == (0 if days <= 0 else min(step for step in DAYS if days < step))


def test_a_key_whose_term_is_over_signs_nothing(engine: Engine, store: KeyStore) -> None:
    with unit_of_work(engine) as session:
        register(session)
        first = rotate(session, store, "s1", JOINED, NOW)
        assert signer_for(session, store, "s1", NOW - DAY).multikey == first.multikey
        with pytest.raises(KeyExpired):
            signer_for(session, store, "s1", NOW)
        rotate(session, store, "s1", NOW + DAY)
        assert [held.valid_until for held in keys_of(session, "s1")] == [NOW, None]
        retire(session, "s1", keys_of(session, "s1")[1].multikey, NOW + 2 * DAY)
        with pytest.raises(NoActiveKey) as refused:
            signer_for(session, store, "s1", NOW + 2 * DAY)
        assert not isinstance(refused.value, KeyExpired)


def test_an_announced_key_waits_for_its_day(engine: Engine, store: KeyStore) -> None:
    with unit_of_work(engine) as session:
        register(session)
        rotate(session, store, "s1", JOINED)
        coming = announce(session, store, "s1", NOW, NOW + 365 * DAY)
        assert due_key(session, "s1", NOW - DAY) is None
        assert due_key(session, "s1", NOW) == coming
        assert due_key(session, "s1", NOW + 365 * DAY) is None
        assert rotate(session, store, "s1", NOW).multikey == coming.multikey
        with pytest.raises(KeyDatesWrong):
            announce(session, store, "s1", NOW + DAY, NOW + DAY)
