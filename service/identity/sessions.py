"""Sessions in browsers: a random id in a cookie, its SHA-256 here, an end by idleness and an end whatever happens.

The token against forged forms (CSRF) is derived from the cookie's id: only our own pages can tell it, and there is nothing
to keep.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from service.identity.tables import Account, BrowserSession

TOUCH = timedelta(minutes=5)
"""How exactly idleness is measured; reading a page writes at most this often."""
ENTROPY = 32


@dataclass(frozen=True, slots=True)
class Term:
    """How long sessions last."""

    idle: timedelta
    whole: timedelta


def token_from(entropy: bytes) -> str:
    """A session id for the cookie, out of 256 random bits."""
    return entropy.hex()


def digest(token: str) -> str:
    """What is kept of a session id."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf(token: str) -> str:
    """The form token that belongs to a session."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


def start(session: Session, account: str, token: str, now: datetime, term: Term) -> None:
    """Begin a session under a new id; sessions that are over are cleared away on the way."""
    session.exec(sa.delete(BrowserSession).where(col(BrowserSession.expires_at) <= now))
    session.add(
        BrowserSession(digest=digest(token), account=account, started_at=now, seen_at=now, expires_at=now + term.whole)
    )
    session.flush()


def find(session: Session, token: str, now: datetime, term: Term) -> tuple[BrowserSession, Account] | None:
    """The session with that id and its account, unless it has ended or the account is closed."""
    found = session.exec(
        select(BrowserSession, Account).join(Account).where(BrowserSession.digest == digest(token))
    ).first()
    if found is None:
        return None
    row, account = found
    over = now >= row.expires_at or now - row.seen_at >= term.idle
    return None if over or account.closed_at is not None else (row, account)


def needs_touch(row: BrowserSession, now: datetime) -> bool:
    """Whether it is time to write down that the session is alive."""
    return now - row.seen_at >= TOUCH


def touch(session: Session, row: BrowserSession, now: datetime) -> None:
    """Write down that the session is alive."""
    alive = sa.update(BrowserSession).where(col(BrowserSession.digest) == row.digest).values(seen_at=now)
    session.exec(alive)


def end(session: Session, token: str) -> None:
    """End one session."""
    session.exec(sa.delete(BrowserSession).where(col(BrowserSession.digest) == digest(token)))


def end_all(session: Session, account: str) -> None:
    """End every session of an account."""
    session.exec(sa.delete(BrowserSession).where(col(BrowserSession.account) == account))
