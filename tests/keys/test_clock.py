"""A clock that goes back signs nothing; one that goes on does, whatever other processes have signed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from keys.clock import TOLERANCE, ClockGuard
from keys.errors.store import ClockMarkDamaged, ClockWentBack
from keys.organisations import rotate, signer_for
from keys.store import KeyStore
from service.database import unit_of_work
from tests.keys.test_organisations import JOINED, register

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "clock"


def test_an_hour_back_is_refused_and_a_minute_forgiven(file: Path) -> None:
    guard = ClockGuard(file)
    assert guard.mark is None
    guard.witness(NOW)
    assert guard.mark == NOW
    guard.witness(NOW - TOLERANCE)
    for back in (TOLERANCE + timedelta(seconds=1), HOUR, timedelta(days=3650)):
        with pytest.raises(ClockWentBack, match="2026-11-20"):
            guard.witness(NOW - back)
    guard.witness(NOW + timedelta(seconds=1))


def test_the_mark_outlives_the_process_and_the_database(file: Path) -> None:
    ClockGuard(file).witness(NOW)
    with pytest.raises(ClockWentBack):
        ClockGuard(file).witness(NOW - HOUR)


def test_processes_see_each_others_marks(file: Path) -> None:
    ours, theirs = ClockGuard(file), ClockGuard(file)
    ours.witness(NOW)
    theirs.witness(NOW + HOUR)
    with pytest.raises(ClockWentBack):
        ours.witness(NOW + timedelta(seconds=10))


def test_a_wrong_mark_is_put_right_by_somebody_who_has_looked(file: Path) -> None:
    guard = ClockGuard(file)
    guard.witness(NOW + timedelta(days=3650))
    with pytest.raises(ClockWentBack):
        guard.witness(NOW)
    guard.accept(NOW)
    guard.witness(NOW)
    ClockGuard(file).witness(NOW)


@pytest.mark.parametrize("content", [b"", b"yesterday", b"\xff", b"2026"])
def test_a_damaged_mark_signs_nothing(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(ClockMarkDamaged):
        ClockGuard(file).witness(NOW)


@given(st.lists(st.integers(-200, 200), min_size=1, max_size=30))
def test_no_signature_is_ever_far_behind_another(tmp_path_factory: pytest.TempPathFactory, steps: list[int]) -> None:
    """A clock that wanders: what is let through never lies more than the tolerance, and the step of the mark, behind."""
    guard = ClockGuard(tmp_path_factory.mktemp("clock") / "clock")
    latest, now = NOW, NOW
    guard.witness(NOW)
    for step in steps:
        now += timedelta(seconds=step)
        try:
            guard.witness(now)
        except ClockWentBack:
            assert now < latest - TOLERANCE + timedelta(seconds=5)
        else:
            assert now >= latest - TOLERANCE - timedelta(seconds=5)
            latest = max(latest, now)


def test_organisations_do_not_sign_while_the_clock_is_behind(engine: Engine, tmp_path: Path) -> None:
    store = KeyStore(tmp_path / "keys", b"a secret of the tests", guard=ClockGuard(tmp_path / "keys" / "clock"))
    with unit_of_work(engine) as session:
        register(session)
        rotate(session, store, "s1", JOINED)
        signer_for(session, store, "s1", NOW)
        with pytest.raises(ClockWentBack):
            signer_for(session, store, "s1", NOW - HOUR)
        assert signer_for(session, store, "s1", NOW + HOUR).multikey
