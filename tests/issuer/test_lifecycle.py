"""The table of standings and acts, held against its meaning; ends of terms."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer import lifecycle
from issuer.errors.badges import (
    AlreadyRevoked,
    AlreadySuspended,
    BadgeExpired,
    BeingCorrected,
    NotSuspended,
    NotYetSigned,
)
from issuer.lifecycle import ALLOWED, SIGNED, Act, Standing, ends_at, standing
from issuer.tables import Award, AwardState
from tests.issuer.world import NOW

PAST = NOW - timedelta(days=1)


def award(state: AwardState = AwardState.DELIVERED, **facts: Any) -> Award:
    return Award(state=state, **facts)


ROWS = [
    (award(AwardState.ORDERED), None, None, Standing.MAKING),
    (award(AwardState.RESERVED), None, None, Standing.MAKING),
    (award(AwardState.OFFERED), None, None, Standing.OFFERED),
    (award(AwardState.REFUSED), None, None, Standing.REFUSED),
    (award(AwardState.STORED), None, None, Standing.VALID),
    (award(), None, NOW + timedelta(seconds=1), Standing.VALID),
    (award(), None, NOW, Standing.EXPIRED),
    (award(suspended_at=PAST), None, None, Standing.SUSPENDED),
    (award(suspended_at=PAST), None, PAST, Standing.SUSPENDED),
    (award(), award(AwardState.ORDERED), None, Standing.BEING_CORRECTED),
    (award(suspended_at=PAST), award(AwardState.RESERVED), None, Standing.BEING_CORRECTED),
    (award(), award(AwardState.REFUSED), None, Standing.VALID),
    (award(revoked_at=PAST), award(), None, Standing.CORRECTED),
    (award(revoked_at=PAST), award(AwardState.REFUSED), None, Standing.REVOKED),
    (award(revoked_at=PAST, suspended_at=PAST), None, PAST, Standing.REVOKED),
]


@pytest.mark.parametrize(("given_award", "correction", "until", "expected"), ROWS)
def test_what_an_award_is_worth(
    given_award: Award, correction: Award | None, until: datetime | None, expected: Standing
) -> None:
    assert standing(given_award, correction, until, NOW) is expected


REFUSALS = [
    (Standing.MAKING, Act.REVOKE, NotYetSigned),
    (Standing.OFFERED, Act.CORRECT, NotYetSigned),
    (Standing.REFUSED, Act.SUSPEND, NotYetSigned),
    (Standing.VALID, Act.LIFT, NotSuspended),
    (Standing.SUSPENDED, Act.SUSPEND, AlreadySuspended),
    (Standing.EXPIRED, Act.SUSPEND, BadgeExpired),
    (Standing.EXPIRED, Act.LIFT, NotSuspended),
    (Standing.BEING_CORRECTED, Act.REVOKE, BeingCorrected),
    (Standing.CORRECTED, Act.CORRECT, AlreadyRevoked),
    (Standing.REVOKED, Act.REVOKE, AlreadyRevoked),
    (Standing.REVOKED, Act.LIFT, AlreadyRevoked),
]


@pytest.mark.parametrize(("found", "act", "error"), REFUSALS)
def test_an_act_that_is_not_in_the_table_has_its_own_reason(found: Standing, act: Act, error: type[Exception]) -> None:
    with pytest.raises(error):
        lifecycle.require(found, act)


@given(found=st.sampled_from(Standing), act=st.sampled_from(Act))
def test_the_table_alone_decides(found: Standing, act: Act) -> None:
    try:
        lifecycle.require(found, act)
    except (AlreadyRevoked, AlreadySuspended, BadgeExpired, BeingCorrected, NotSuspended, NotYetSigned):
        assert act not in ALLOWED[found]
    else:
        assert act in ALLOWED[found]


def test_a_revocation_is_the_end() -> None:
    assert ALLOWED[Standing.REVOKED] == ALLOWED[Standing.CORRECTED] == frozenset()
    assert all(Act.LIFT not in acts for found, acts in ALLOWED.items() if found is not Standing.SUSPENDED)
    assert set(ALLOWED) == set(Standing)
    unsigned = {AwardState.ORDERED, AwardState.OFFERED, AwardState.RESERVED, AwardState.REFUSED}
    assert set(AwardState) - SIGNED == unsigned


@pytest.mark.parametrize(
    ("awarded", "months", "ends"),
    [
        ("2026-11-20", 12, "2027-11-20"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-08-31", 25, "2028-09-30"),
    ],
)
def test_a_term_is_counted_in_calendar_months(awarded: str, months: int, ends: str) -> None:
    found = ends_at(datetime.fromisoformat(awarded).replace(tzinfo=UTC), months)
    assert found == datetime.fromisoformat(ends).replace(tzinfo=UTC)
    assert ends_at(NOW, None) is None


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)), st.integers(1, 240))  # noqa: DTZ001
def test_a_term_always_ends_later(awarded: datetime, months: int) -> None:
    start = awarded.replace(tzinfo=UTC)
    ends = ends_at(start, months)
    assert ends is not None
    assert ends.day <= start.day
    assert (ends.year - start.year) * 12 + ends.month - start.month == months
