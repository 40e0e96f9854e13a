"""Keys whose end is near: pure, so that a page, a command and the worker say the same of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from keys.tables import KeyState, OrganisationKey

DAYS: Final = (60, 30, 7)  # before its end a key is spoken of, more urgently each time


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAlarm:
    """One key in use that ends soon or has ended.

    `days` are whole days left; `step` is the entry of `DAYS` that it is within, 0 at its end; `next_from` is when an announced
    key takes its place, where one does in time.
    """

    organisation: str
    multikey: str
    ends: datetime
    days: int
    step: int
    next_from: datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing can be signed any more."""
        return self.step == 0


def alarms(keys: Iterable[OrganisationKey], now: datetime) -> list[KeyAlarm]:
    """What is to be said of `keys` at `now`, the most urgent first."""
    held = list(keys)
    found = [_alarm(key, held, now) for key in held if key.state is KeyState.ACTIVE]
    return sorted((alarm for alarm in found if alarm is not None), key=lambda alarm: alarm.ends)


def _alarm(key: OrganisationKey, held: list[OrganisationKey], now: datetime) -> KeyAlarm | None:
    if key.valid_until is None:
        return None
    days = (key.valid_until - now).days
    within = [limit for limit in DAYS if days < limit]
    if not within:
        return None
    return KeyAlarm(
        organisation=key.organisation,
        multikey=key.multikey,
        ends=key.valid_until,
        days=max(days, 0),
        step=0 if key.valid_until <= now else min(within),
        next_from=_successor(key, held),
    )


def _successor(key: OrganisationKey, held: list[OrganisationKey]) -> datetime | None:
    """When the next announced key of the same organisation comes, if before this one ends."""
    mine = [other for other in held if other.organisation == key.organisation and other.state is KeyState.ANNOUNCED]
    times = [other.valid_from for other in mine if key.valid_until is None or other.valid_from <= key.valid_until]
    return min(times, default=None)
