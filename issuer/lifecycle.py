"""What may be done with an award: one pure table, standing × act. Everything that is not in it is refused with its own reason."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from issuer.errors.badges import (
    AlreadyRevoked,
    AlreadySuspended,
    BadgeExpired,
    BeingCorrected,
    NotSuspended,
    NotYetSigned,
)
from issuer.tables import Award, AwardState
from schemas.errors import Conflict

SIGNED = frozenset({AwardState.STORED, AwardState.DELIVERED})


class Standing(StrEnum):
    """What an award is worth at a moment."""

    MAKING = "making"  # ordered, not signed yet
    OFFERED = "offered"  # waits until its learner enters a code
    REFUSED = "refused"
    VALID = "valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    BEING_CORRECTED = "being_corrected"  # its correction waits for a signature
    CORRECTED = "corrected"  # a newer version took its place
    REVOKED = "revoked"


class Act(StrEnum):
    """What people do with a signed award."""

    SUSPEND = "suspend"
    LIFT = "lift"
    CORRECT = "correct"
    REVOKE = "revoke"


ALLOWED: Mapping[Standing, frozenset[Act]] = {
    Standing.MAKING: frozenset(),
    Standing.OFFERED: frozenset(),
    Standing.REFUSED: frozenset(),
    Standing.VALID: frozenset({Act.SUSPEND, Act.CORRECT, Act.REVOKE}),
    Standing.SUSPENDED: frozenset({Act.LIFT, Act.CORRECT, Act.REVOKE}),
    Standing.EXPIRED: frozenset({Act.CORRECT, Act.REVOKE}),
    Standing.BEING_CORRECTED: frozenset(),
    Standing.CORRECTED: frozenset(),
    Standing.REVOKED: frozenset(),
}
_REASONS: Mapping[Standing, type[Conflict]] = {
    Standing.MAKING: NotYetSigned,
    Standing.OFFERED: NotYetSigned,
    Standing.REFUSED: NotYetSigned,
    Standing.VALID: NotSuspended,
    Standing.SUSPENDED: AlreadySuspended,
    Standing.EXPIRED: BadgeExpired,
    Standing.BEING_CORRECTED: BeingCorrected,
    Standing.CORRECTED: AlreadyRevoked,
    Standing.REVOKED: AlreadyRevoked,
}
_UNSIGNED: Mapping[AwardState, Standing] = {
    AwardState.REFUSED: Standing.REFUSED,
    AwardState.OFFERED: Standing.OFFERED,
}


def standing(award: Award, correction: Award | None, until: datetime | None, now: datetime) -> Standing:
    """What `award` is worth at `now`; `correction` is the award that replaces it, `until` the end of its term."""
    if award.state not in SIGNED:
        return _UNSIGNED.get(award.state, Standing.MAKING)
    if award.revoked_at is not None:
        made = correction is not None and correction.state in SIGNED
        return Standing.CORRECTED if made else Standing.REVOKED
    if correction is not None and correction.state is not AwardState.REFUSED:
        return Standing.BEING_CORRECTED
    if award.suspended_at is not None:
        return Standing.SUSPENDED
    return Standing.EXPIRED if until is not None and until <= now else Standing.VALID


def require(found: Standing, act: Act) -> None:
    """Raise unless `act` is allowed.

    `NotYetSigned`, `AlreadyRevoked`, `AlreadySuspended`, `NotSuspended`, `BadgeExpired`, `BeingCorrected`.
    """
    if act not in ALLOWED[found]:
        raise NotSuspended if act is Act.LIFT and found is Standing.EXPIRED else _REASONS[found]


def ends_at(awarded_at: datetime, months: int | None) -> datetime | None:
    """When a badge awarded at that moment ends: `months` calendar months later, on the last day of a shorter month; None: never."""
    if months is None:
        return None
    years, month = divmod(awarded_at.month - 1 + months, 12)
    year = awarded_at.year + years
    day = min(awarded_at.day, monthrange(year, month + 1)[1])
    return awarded_at.replace(year=year, month=month + 1, day=day, microsecond=0)
