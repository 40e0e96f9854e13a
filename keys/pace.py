"""How often one address may do something: counted in memory, for a while, and for no more addresses than fit."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from schemas.errors import N_, TooOften

MOST_KNOWN = 10_000
_NETWORK = 64  # bits of an IPv6 address that one subscriber is given


class TooFast(TooOften):
    """One address asks more than its share; `minutes` until it is heard again."""

    code = "too-fast"
    sentence = N_("С вашего адреса слишком много запросов. Подождите {minutes} мин. и повторите.")


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `limit` notes of one address within `window`; who is at the limit is refused until the oldest one is over."""

    limit: int
    window: timedelta
    _noted: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def check(self, address: str, now: datetime) -> None:
        """Raise `TooFast` when the address has used up its share."""
        with self._lock:
            noted = self._noted.get(subscriber(address))
            if noted is None:
                return
            self._forget(noted, now)
            if len(noted) >= self.limit:
                raise TooFast(minutes=max(1, -(-int((noted[0] + self.window - now).total_seconds()) // 60)))

    def note(self, address: str, now: datetime) -> None:
        """Count one. The address that was quiet for longest is forgotten where there are too many."""
        key = subscriber(address)
        with self._lock:
            self._noted.setdefault(key, deque(maxlen=self.limit)).append(now)
            self._noted.move_to_end(key)
            if len(self._noted) > MOST_KNOWN:
                self._noted.popitem(last=False)

    def take(self, address: str, now: datetime) -> None:
        """`check`, then `note`."""
        self.check(address, now)
        self.note(address, now)

    def _forget(self, noted: deque[datetime], now: datetime) -> None:
        while noted and noted[0] <= now - self.window:
            noted.popleft()


def subscriber(address: str) -> str:
    """Whom an address stands for: itself, or the /64 that an IPv6 address is one of."""
    try:
        read = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(read, IPv6Address) and read.ipv4_mapped is None:
        return str(ip_network((read, _NETWORK), strict=False))
    return str(read)
