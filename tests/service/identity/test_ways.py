"""Sessions, passkeys and links with a provider end together."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from service.database import unit_of_work
from service.identity import accounts, guardians, leaving, sessions, slips
from service.identity.passkeys import keeping
from service.identity.passkeys.ceremony import NewPasskey
from service.identity.passkeys.tables import Passkey
from service.identity.providers import links
from service.identity.providers.tables import ProviderLink
from service.identity.tables import Account, BrowserSession
from tests.service.house import PASSWORD, START, House

TERM = sessions.Term(idle=timedelta(hours=2), whole=timedelta(hours=12))
LATER = START + timedelta(days=900)


def new_password(session: Session) -> None:
    accounts.set_password(session, session.get_one(Account, "olga"), "морошка и тундра")


def new_code(session: Session) -> None:
    slips.make(session, "olga", "s1", "deputy", START, lambda size: bytes(range(size)))


def closing(session: Session) -> None:
    accounts.close(session, session.get_one(Account, "olga"), START)


def leaving_school(session: Session) -> None:
    guardians.end(session, "l1", "olga", "решение суда", "deputy", START, START.date())
    assert leaving.block(session, LATER) == 1


def forgotten(session: Session) -> None:
    guardians.end(session, "l1", "olga", "решение суда", "deputy", START, START.date())
    leaving.forget_sign_in(session, "olga", START)


def held(session: Session, account: str) -> list[int]:
    tables = (BrowserSession, Passkey, ProviderLink)
    return [len(session.exec(select(table).where(table.account == account)).all()) for table in tables]


def let_in(session: Session, account: str, now: datetime = START) -> None:
    sessions.start(session, account, f"token of {account}", now, TERM)
    keeping.add(session, account, NewPasskey(f"of {account}", b"key", 0), b"handle", "Телефон", now)
    links.link(session, account, f"digest of {account}", "Единый вход", now)


@pytest.mark.parametrize("end", [new_password, new_code, closing, leaving_school, forgotten])
def test_every_way_in_ends(plain: House, end: Callable[[Session], None]) -> None:
    with unit_of_work(plain.parts.engine) as session:
        let_in(session, "olga")
        let_in(session, "deputy")
        end(session)
        assert held(session, "olga") == [0, 0, 0]
        assert held(session, "deputy") == [1, 1, 1]


def test_a_new_code_ends_the_password_too_unless_the_old_ways_are_to_stay(plain: House) -> None:
    with unit_of_work(plain.parts.engine) as session:
        let_in(session, "olga")
        slips.make(session, "olga", "s1", "deputy", START, lambda size: bytes(range(size)), keep=True)
        assert held(session, "olga") == [1, 1, 1]
        assert accounts.check_password(session, "olga", PASSWORD) is not None
        slips.make(session, "olga", "s1", "deputy", START, lambda size: bytes(reversed(range(size))))
        assert accounts.check_password(session, "olga", PASSWORD) is None
