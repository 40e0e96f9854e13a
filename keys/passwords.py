"""Secrets that people remember: Argon2id, as RFC 9106 recommends for machines with little memory (64 MiB, 3 passes, 4 lanes)."""

from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, salt_len=16, type=Type.ID)


def hashed(secret: str) -> str:
    """The Argon2id hash to keep."""
    return _HASHER.hash(secret)


def matches(kept: str | None, secret: str) -> bool:
    """Whether `secret` is the one that was hashed; takes as long when there is none."""
    try:
        _HASHER.verify(kept or _nobodys(), secret)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether the hash was made with other settings than today's and should be made anew."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """A hash that no account has: an unknown name costs the same time as a known one."""
    return _HASHER.hash("nobody has this password")
