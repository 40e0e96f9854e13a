"""What begins with one browser and ends with its answer: once, within minutes, in the same session (THREATS V11, W7).

The browser holds a random handle in a cookie. Whatever nobody else may guess is derived from it: the challenge for a passkey;
state, nonce and verifier of a sign-in elsewhere. The database knows the handle's SHA-256 alone, so a copy of it answers nothing.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from service.identity import sessions
from service.identity.errors import HandshakeOver
from service.identity.tables import Handshake, Purpose

TERM = timedelta(minutes=5)
ENTROPY = 32


def begin(
    session: Session,
    purpose: Purpose,
    token: str,
    now: datetime,
    entropy: Callable[[int], bytes],
    path: str = "/",
    *,
    slip: str = "",
) -> str:
    """A handle for the browser whose session is `token` ("" without one); handshakes that are over are cleared away."""
    session.exec(sa.delete(Handshake).where(col(Handshake.expires_at) <= now))
    handle = entropy(ENTROPY).hex()
    begun = Handshake(
        digest=sessions.digest(handle),
        purpose=purpose,
        session=_bound(token),
        path=path,
        expires_at=now + TERM,
        slip=slip,
    )
    session.add(begun)
    session.flush()
    return handle


def finish(session: Session, handle: str, purposes: Collection[Purpose], token: str, now: datetime) -> Handshake:
    """What was begun, used up from now on. Raises `HandshakeOver` when it is not this one's, or not any more."""
    digest = sessions.digest(handle)
    begun = session.get(Handshake, digest)
    if begun is None or begun.purpose not in purposes or begun.session != _bound(token) or begun.expires_at <= now:
        raise HandshakeOver
    session.expunge(begun)
    if session.exec(sa.delete(Handshake).where(col(Handshake.digest) == digest)).rowcount != 1:
        raise HandshakeOver  # somebody finished it at the same moment
    return begun


def derive(handle: str, what: str) -> bytes:
    """32 bytes for one use, which only who holds the handle can tell."""
    return hmac.new(handle.encode(), what.encode(), hashlib.sha256).digest()


def _bound(token: str) -> str:
    return sessions.digest(token) if token else ""
