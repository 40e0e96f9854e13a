"""Guessing is slow: failed sign-ins are counted per account name and per address, for a quarter of an hour."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from service.identity.errors import TooManyAttempts
from service.identity.tables import FailedSignIn

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 100  # a school stands behind one address


def check(session: Session, login: str, address: str, now: datetime) -> None:
    """Raise `TooManyAttempts` when the name or the address has failed too often lately."""
    for subject, limit in ((_account(login), PER_ACCOUNT), (_address(address), PER_ADDRESS)):
        lately = FailedSignIn.subject == subject, FailedSignIn.at > now - WINDOW
        count, first = session.exec(select(func.count(), func.min(FailedSignIn.at)).where(*lately)).one()
        if count >= limit:
            raise TooManyAttempts(minutes=_minutes_until(first + WINDOW, now))


def note_failure(session: Session, login: str, address: str, now: datetime) -> None:
    """Count a refused attempt; old ones are forgotten on the way."""
    session.exec(sa.delete(FailedSignIn).where(col(FailedSignIn.at) <= now - WINDOW))
    for subject in (_account(login), _address(address)):
        session.add(FailedSignIn(id=uuid4().hex, subject=subject, at=now))
    session.flush()


def forget(session: Session, login: str) -> None:
    """The person got in: their own count starts anew."""
    session.exec(sa.delete(FailedSignIn).where(col(FailedSignIn.subject) == _account(login)))


def _account(login: str) -> str:
    return _hash(("account", login.strip().casefold()))


def _address(address: str) -> str:
    return _hash(("address", address))


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _minutes_until(end: datetime, now: datetime) -> int:
    return max(1, -(-int((end - now).total_seconds()) // 60))
