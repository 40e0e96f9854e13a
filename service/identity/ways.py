"""All ways into an account at once: whether there is one, and what ends when somebody has lost theirs or is to come in no more."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from service.identity.passkeys.tables import Passkey
from service.identity.providers.tables import ProviderLink
from service.identity.tables import Account, BrowserSession


def close(session: Session, accounts: Collection[str]) -> None:
    """End the sessions, passkeys and links to providers of these accounts; a password is not touched."""
    for table in (BrowserSession, Passkey, ProviderLink):
        session.exec(sa.delete(table).where(col(table.account).in_(accounts)))


def shut(session: Session, account: Account) -> None:
    """End every way into an account, the password too; only a new code opens it."""
    account.password_hash = None
    close(session, [account.id])
    session.flush()


def any_into(session: Session, account: Account) -> bool:
    """Whether its owner can come in: with a password, a passkey or through a provider."""
    others = (
        session.exec(select(table).where(table.account == account.id)).first() for table in (Passkey, ProviderLink)
    )
    return account.password_hash is not None or any(one is not None for one in others)
