"""The PIN of a link: digits that the reader is told another way, so that a link that strays opens nothing.

Wrong ones are counted on the share itself. After each `STEP` of them the link waits, whatever is typed meanwhile, right or wrong;
after `MOST` it is as dead as a withdrawn one, and only the family can make another.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

from keys import passwords
from wallet_web.tables import Share

SHORTEST, LONGEST = 6, 12
STEP, MOST = 5, 30
WAIT = timedelta(minutes=15)
TERM = timedelta(hours=1)
"""For how long a reader who has said the PIN is not asked again."""
_DIGITS = re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}", re.ASCII)
_RUNS = ("0123456789" * 2, "9876543210" * 2)


def is_good(pin: str) -> bool:
    """Whether a PIN may be chosen: digits, neither one digit over and over nor a run of neighbours. Pure."""
    return _DIGITS.fullmatch(pin) is not None and len(set(pin)) > 1 and not any(pin in run for run in _RUNS)


def hashed(pin: str) -> str:
    """What is kept of a PIN."""
    return passwords.hashed(pin)


def is_shut(share: Share) -> bool:
    """Whether so many wrong ones were typed that the link is dead."""
    return share.pin_misses >= MOST


def waits(share: Share, now: datetime) -> int:
    """For how many minutes no PIN is listened to; 0 when one is. Pure."""
    until = share.pin_waits_until
    return 0 if until is None or until <= now else max(1, -(-int((until - now).total_seconds()) // 60))


def is_right(share: Share, pin: str, now: datetime) -> bool:
    """Whether `pin` opens a share that is held for writing; a wrong one is counted. Never asked while the link waits."""
    if passwords.matches(share.pin_hash, pin if _DIGITS.fullmatch(pin) else ""):
        return True
    share.pin_misses += 1
    if share.pin_misses % STEP == 0:
        share.pin_waits_until = now + WAIT
    return False


def make_pass(secret: bytes, share: Share, now: datetime) -> str:
    """What shows for `TERM` that the PIN was said: the end of that time and an HMAC over it, the share and the hash of its PIN."""
    end = str(int((now + TERM).timestamp()))
    return f"{end}.{_mac(secret, share, end)}"


def is_pass(secret: bytes, share: Share, shown: str, now: datetime) -> bool:
    """Whether `shown` is a pass to this share that is not over."""
    end, _, mac = shown.partition(".")
    plain = end.isascii() and end.isdigit() and len(end) <= len("9999999999")
    right = hmac.compare_digest(mac.encode(), _mac(secret, share, end).encode())
    return right and plain and now < datetime.fromtimestamp(int(end), UTC)


def _mac(secret: bytes, share: Share, end: str) -> str:
    told = f"pass {share.id} {share.pin_hash} {end}".encode()
    return hmac.new(secret, told, hashlib.sha256).hexdigest()
