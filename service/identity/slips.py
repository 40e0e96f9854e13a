"""One-time codes on paper: how the school lets people in the first time, and again when they have lost their way (THREATS W8).

MADE ─used once, in time─▶ USED
  └─ a newer one, or the school ─▶ ENDED

A code is asked for because access was lost or stolen. So whatever opened the account before opens nothing from the moment
the code is made, unless whoever makes it says that the old ways are to stay until the code is used.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from schemas.identity import BadNumber, grouped, normalise, number_from
from service.identity import accounts, ways
from service.identity.errors import SlipWorthless
from service.identity.tables import Account, Slip

TERM = timedelta(days=30)
INVITED = timedelta(days=7)
_BYTES = 16

Entropy = Callable[[int], bytes]


def make(
    session: Session,
    account: str,
    organisation: str,
    by: str,
    now: datetime,
    entropy: Entropy,
    *,
    term: timedelta = TERM,
    keep: bool = False,
) -> str:
    """A code for an account, as it is printed. Older ones are worth nothing now, nor is any way in unless it is to be kept."""
    end(session, account, now)
    if not keep:
        ways.shut(session, session.get_one(Account, account))
    code = number_from(entropy(_BYTES))
    session.add(
        Slip(
            digest=digest(code),
            account=account,
            organisation=organisation,
            made_by=by,
            made_at=now,
            expires_at=now + term,
        )
    )
    session.flush()
    return grouped(code)


def end(session: Session, account: str, now: datetime, by: str | None = None) -> None:
    """Make every code of an account that is still good worth nothing; if `by` is given, those alone that this person made."""
    open_ = update(Slip).where(col(Slip.account) == account, col(Slip.used_at).is_(None), col(Slip.ended_at).is_(None))
    if by is not None:
        open_ = open_.where(col(Slip.made_by) == by)
    session.exec(open_.values(ended_at=now))


def find(session: Session, code: str, now: datetime, *, lock: bool = False) -> tuple[Slip, Account]:
    """The slip and the account of a code that still works. Raises `SlipWorthless`, whatever is wrong with it."""
    try:
        return _find(session, digest(normalise(code)), now, lock=lock)
    except BadNumber as error:
        raise SlipWorthless from error


def _find(session: Session, kept: str, now: datetime, *, lock: bool) -> tuple[Slip, Account]:
    wanted = select(Slip, Account).join(Account).where(Slip.digest == kept)
    found = session.exec(wanted.with_for_update(of=Slip) if lock else wanted).first()
    if found is None or found[0].used_at is not None or found[0].ended_at is not None or found[0].expires_at <= now:
        raise SlipWorthless
    if found[1].closed_at is not None:
        raise SlipWorthless
    return found[0], found[1]


def use(session: Session, code: str, login: str, password: str, now: datetime) -> Account:
    """Give the account the name and the password that its owner chose; the code is used up.

    Raises `SlipWorthless`, `LoginMissing`, `LoginTaken`, `WeakPassword`; then the code still works.
    """
    slip, account = find(session, code, now, lock=True)
    accounts.rename_login(session, account, login)
    accounts.set_password(session, account, password)
    slip.used_at = now
    session.flush()
    return account


def spend(session: Session, kept: str, now: datetime) -> Account:
    """Use up the code of which `kept` is the digest, for an owner who comes in another way: an older password opens nothing now.

    Raises `SlipWorthless`.
    """
    slip, account = _find(session, kept, now, lock=True)
    ways.shut(session, account)
    slip.used_at = now
    session.flush()
    return account


def digest(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def standing(session: Session, account: str) -> Slip | None:
    """The newest code of an account, whatever became of it."""
    wanted = select(Slip).where(Slip.account == account).order_by(col(Slip.made_at).desc())
    return session.exec(wanted).first()


def forget(session: Session, before: datetime) -> int:
    """Delete what is kept of codes that were made before; how many that were. None of them works any more."""
    old = delete(Slip).where(col(Slip.made_at) < before, col(Slip.expires_at) < before + TERM)
    return session.exec(old).rowcount
