"""Where a person wants to be told by mail; they alone enter it, see it and take it away."""

from datetime import datetime

from sqlmodel import Session

from service.addresses import is_address
from service.identity.errors import BadAddress
from service.identity.tables import Account, Contact


def address_of(session: Session, account: str) -> str:
    """The person's mail address, "" for none or for a closed account."""
    owner, found = session.get(Account, account), session.get(Contact, account)
    return found.email if found and owner and owner.closed_at is None else ""


def enter(session: Session, account: str, email: str, now: datetime) -> None:
    """Keep an address, or with "" forget it. Raises `BadAddress`."""
    wanted, known = email.strip(), session.get(Contact, account)
    if wanted:
        if not is_address(wanted):
            raise BadAddress(pointer="/email")
        session.merge(Contact(account=account, email=wanted, entered_at=now))
    elif known:
        session.delete(known)
    session.flush()
