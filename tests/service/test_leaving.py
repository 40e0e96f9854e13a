"""The worker erases the wallets of families who have left: badges, the learner's key, the way in; and says so in the journal."""

from datetime import timedelta

from sqlmodel import select

from keys.actor import Actor, ActorKind
from keys.tables import JournalRow
from service.database import unit_of_work
from service.identity import accounts, contacts, slips
from service.identity.leaving import forget_sign_in
from service.identity.people import Roll
from service.identity.tables import Account, BrowserSession
from service.jobs import ROUNDS
from tests.service.house import PASSWORD, START, House
from wallet_web.leaving import closing
from wallet_web.present import holder_name, holder_of

ERASE = next(one.act for one in ROUNDS if one.name == "wallets.erase")
GONE = START + closing.GRACE


def leave(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        owner = Roll(session, START.date()).learner("l1")
        by = Actor(kind=ActorKind.PERSON, person="olga", wards=frozenset({"l1"}))
        closing.ask(session, owner, by, START)


def test_the_worker_erases_when_the_time_has_come_and_once(house: House) -> None:
    leave(house)
    holder_of(house.parts.store, "l1")
    key = house.parts.settings.key_folder / f"{holder_name('l1')}.key"
    assert ERASE(house.parts, GONE - timedelta(minutes=1)) == 0
    assert key.exists()
    assert ERASE(house.parts, GONE) == 1
    assert ERASE(house.parts, GONE) == 0
    assert not key.exists()
    with unit_of_work(house.parts.engine) as session:
        assert closing.is_erased(session, "l1")
        assert [row.learner for row in session.exec(select(JournalRow)) if row.event == "leaving.erased"] == ["l1"]
        assert session.get_one(Account, "l1").password_hash is None


def test_whoever_works_somewhere_or_acts_for_somebody_signs_in_as_before(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        forget_sign_in(session, "olga", START)
        assert session.get_one(Account, "olga").password_hash is not None
        forget_sign_in(session, "nobody", START)


def test_the_way_in_is_forgotten_until_the_school_gives_a_code(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        account = session.get_one(Account, "l1")
        accounts.set_password(session, account, PASSWORD)
        contacts.enter(session, "l1", "l1@example.ru", START)
        old = slips.make(session, "l1", "s1", "secretary", START, bytes)
        forget_sign_in(session, "l1", START)
        assert contacts.address_of(session, "l1") == ""
        assert session.exec(select(BrowserSession).where(BrowserSession.account == "l1")).all() == []
        assert slips.standing(session, "l1").ended_at == START  # type: ignore[union-attr]
        new = slips.make(session, "l1", "s1", "secretary", START, lambda size: bytes([1] * size))
        assert new != old
        slips.use(session, new, "alina", PASSWORD, START)
        assert session.get_one(Account, "l1").password_hash is not None
