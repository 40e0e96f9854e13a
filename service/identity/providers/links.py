"""Who has linked their account here with one at the provider: once, by themselves, and never because of a name or an address."""

import hashlib
import hmac
from datetime import datetime

from sqlmodel import Session, select

from service.identity.providers.errors import LinkedAlready, SubjectTaken, SubjectUnknown
from service.identity.providers.tables import ProviderLink
from service.identity.tables import Account


def digest(secret: bytes, issuer: str, subject: str) -> str:
    """What is kept of a person at a provider; subjects are often short numbers, so without the secret they could be tried out."""
    return hmac.new(secret, f"{issuer}\0{subject}".encode(), hashlib.sha256).hexdigest()


def of(session: Session, account: str) -> ProviderLink | None:
    """The link of an account."""
    return session.exec(select(ProviderLink).where(ProviderLink.account == account)).first()


def check_free(session: Session, account: str) -> None:
    """Raise `LinkedAlready` when the account has a link."""
    if of(session, account) is not None:
        raise LinkedAlready


def link(session: Session, account: str, known: str, provider: str, now: datetime) -> None:
    """From now on the account can be entered through the provider. Raises `LinkedAlready`, `SubjectTaken`."""
    check_free(session, account)
    if session.get(ProviderLink, known) is not None:
        raise SubjectTaken(provider=provider)
    session.add(ProviderLink(digest=known, account=account, linked_at=now))
    session.flush()


def unlink(session: Session, account: str) -> bool:
    """The account cannot be entered that way any more; whether it could."""
    found = of(session, account)
    if found is not None:
        session.delete(found)
        session.flush()
    return found is not None


def enter(session: Session, known: str, provider: str, now: datetime) -> Account:
    """The open account that is linked. Raises `SubjectUnknown`, also where it is closed."""
    found = session.get(ProviderLink, known)
    account = session.get(Account, found.account) if found is not None else None
    if found is None or account is None or account.closed_at is not None:
        raise SubjectUnknown(provider=provider)
    found.used_at = now
    session.flush()
    return account
