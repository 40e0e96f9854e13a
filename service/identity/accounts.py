"""Accounts: who may sign in, and what they are to which organisation."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, select

from keys.actor import Membership, Role
from service.identity import passwords, ways
from service.identity.days import in_force
from service.identity.errors import LoginMissing, LoginTaken
from service.identity.tables import Account, AccountRole

BEGINNING = date(2000, 1, 1)
LOGIN_MOST = 128


def add_account(
    session: Session,
    *,
    id: str,  # noqa: A002 - it is the id
    name: str,
    password: str | None = None,
    memberships: Iterable[Membership] = (),
    login: str | None = None,
    demo: bool = False,
    since: date = BEGINNING,
) -> Account:
    """Make an account with its roles from `since` on; `login` is the id unless given. A learner's account has the learner's id.

    Raises `LoginTaken`, `WeakPassword`.
    """
    wanted = _normal(login or id)
    if session.exec(select(Account).where(Account.login == wanted)).first() is not None:
        raise LoginTaken
    kept = passwords.hash_password(password) if password is not None else None
    account = Account(id=id, login=wanted, name=name, password_hash=kept, demo=demo)
    session.add(account)
    session.flush()
    for membership in memberships:
        grant(session, id, membership, since=since)
    return account


def grant(session: Session, account: str, membership: Membership, *, since: date, until: date | None = None) -> None:
    """Give a role in an organisation, or change its term."""
    session.merge(
        AccountRole(
            account=account, organisation=membership.organisation, role=membership.role, since=since, until=until
        )
    )
    session.flush()


def memberships(session: Session, account: str, day: date) -> frozenset[Membership]:
    """The roles a person holds on a day."""
    held = select(AccountRole).where(
        AccountRole.account == account, in_force(AccountRole.since, AccountRole.until, day)
    )
    return frozenset(Membership(row.organisation, row.role) for row in session.exec(held))


def holders(session: Session, organisation: str, role: Role, day: date) -> list[Account]:
    """Who holds a role in an organisation on a day, by name."""
    held = (
        select(Account)
        .join(AccountRole)
        .where(AccountRole.organisation == organisation, AccountRole.role == role)
        .where(in_force(AccountRole.since, AccountRole.until, day))
        .order_by(Account.name)
    )
    return list(session.exec(held))


def find(session: Session, login: str) -> Account | None:
    """The open account with that name for signing in."""
    account = session.exec(select(Account).where(Account.login == _normal(login))).first()
    return account if account is not None and account.closed_at is None else None


def check_password(session: Session, login: str, password: str) -> Account | None:
    """The account, if the password is its own; takes the same time for unknown names. Renews an outdated hash."""
    account = find(session, login)
    kept = account.password_hash if account is not None else None
    if not passwords.matches(kept, password) or account is None or kept is None:
        return None
    if passwords.outdated(kept):
        account.password_hash = passwords.hash_password(password)
    return account


def rename_login(session: Session, account: Account, login: str) -> None:
    """Change the name by which a person signs in. Raises `LoginMissing`, `LoginTaken`."""
    wanted = _normal(login)
    if not wanted or len(wanted) > LOGIN_MOST or not wanted.isprintable():
        raise LoginMissing(pointer="/login", limit=LOGIN_MOST)
    taken = session.exec(select(Account).where(Account.login == wanted, Account.id != account.id)).first()
    if taken is not None:
        raise LoginTaken(pointer="/login")
    account.login = wanted
    session.flush()


def set_password(session: Session, account: Account, password: str) -> None:
    """Change the password; whoever is in, or has another way in, is out. Raises `WeakPassword`."""
    account.password_hash = passwords.hash_password(password)
    ways.close(session, [account.id])


def close(session: Session, account: Account, now: datetime) -> None:
    """Nobody signs in with this account any more; what it did stays on record."""
    account.closed_at = now
    ways.close(session, [account.id])


def _normal(login: str) -> str:
    return login.strip().casefold()
