"""Passwords of people who sign in: ten characters or more, kept as `keys.passwords` keeps them."""

from keys.passwords import hashed, matches, outdated
from service.identity.errors import WeakPassword

SHORTEST = 10

__all__ = ["SHORTEST", "hash_password", "matches", "outdated"]


def hash_password(password: str) -> str:
    """The hash to keep; raises `WeakPassword` below ten characters."""
    if len(password) < SHORTEST:
        raise WeakPassword(length=SHORTEST)
    return hashed(password)
