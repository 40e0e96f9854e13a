"""Who has left: nobody signs in for long with an account that is nobody's at any school, organisation or family."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from service.identity import slips, ways
from service.identity.days import in_force
from service.identity.tables import (
    Account,
    AccountRole,
    Companionship,
    Contact,
    Enrolment,
    Guardianship,
    Slip,
)


def block(session: Session, before: datetime) -> int:
    """Close the accounts of those who have had no place, role or ward since `before`; how many that were.

    Whoever never had one, and whoever was given a code since, is left alone.
    """
    day = before.astimezone(UTC).date()
    ended = sa.and_(_ever(), ~_lately(day), ~_has(Slip.account, col(Slip.made_at) >= before))
    found = session.exec(select(Account).where(col(Account.closed_at).is_(None), col(Account.demo).is_(False), ended))
    accounts = list(found)
    for account in accounts:
        account.closed_at = before  # since then it has been nobody's
    session.flush()
    ways.close(session, [account.id for account in accounts])
    return len(accounts)


def forget_sign_in(session: Session, learner: str, now: datetime) -> None:
    """A learner who has left signs in no more: password, mail address, codes and every other way in go.

    A new code of the school lets them in. Whoever works somewhere or acts for somebody keeps the account for that.
    """
    account, day = session.get(Account, learner), now.astimezone(UTC).date()
    if account is None or _is_needed(session, learner, day):
        return
    account.password_hash = None
    session.exec(sa.delete(Contact).where(col(Contact.account) == learner))
    ways.close(session, [learner])
    slips.end(session, learner, now)
    session.flush()


def _is_needed(session: Session, person: str, day: date) -> bool:
    roles = select(AccountRole.account).where(AccountRole.account == person)
    wards = select(Guardianship.person).where(Guardianship.person == person)
    open_roles = session.exec(roles.where(in_force(AccountRole.since, AccountRole.until, day))).first()
    open_wards = session.exec(wards.where(in_force(Guardianship.since, Guardianship.until, day))).first()
    return open_roles is not None or open_wards is not None


def _ever() -> sa.ColumnElement[bool]:
    always = sa.true()
    return sa.or_(*(_has(whose, always) for whose, _ in _BONDS))


def _lately(day: date) -> sa.ColumnElement[bool]:
    return sa.or_(*(_has(whose, sa.or_(until.is_(None), until >= day)) for whose, until in _BONDS))


def _has(whose: Any, which: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(whose == Account.id, which)


_BONDS: tuple[tuple[Any, Any], ...] = (
    (Enrolment.learner, Enrolment.until),
    (Guardianship.person, Guardianship.until),
    (Companionship.person, Companionship.until),
    (AccountRole.account, AccountRole.until),
)
