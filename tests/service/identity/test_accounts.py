from datetime import UTC, date, datetime, timedelta

import pytest
from argon2 import Type, extract_parameters
from sqlalchemy import Engine
from sqlmodel import Session, select

from keys.actor import Membership, Role
from service.database import reading, unit_of_work
from service.identity import accounts, attempts, passwords, sessions
from service.identity.errors import LoginTaken, TooManyAttempts, WeakPassword
from service.identity.guests import Door
from service.identity.sessions import Term
from service.identity.tables import Account, BrowserSession

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TERM = Term(idle=timedelta(hours=2), whole=timedelta(hours=12))
PASSWORD = "тундра и морошка"


@pytest.fixture
def house(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        accounts.add_account(session, id="olga", login="Olga", name="Ветрова Ольга Петровна", password=PASSWORD)
        sessions.start(session, "olga", "token-1", NOW, TERM)
    return engine


def found(session: Session, token: str, now: datetime) -> str | None:
    known = sessions.find(session, token, now, TERM)
    return known[1].id if known is not None else None


def test_passwords_are_kept_as_argon2id_as_rfc_9106_asks() -> None:
    parameters = extract_parameters(passwords.hash_password(PASSWORD))
    assert parameters.type is Type.ID
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (65_536, 3, 4)
    assert (parameters.salt_len, parameters.hash_len) == (16, 32)


def test_a_password_is_long_enough() -> None:
    with pytest.raises(WeakPassword):
        passwords.hash_password("123456789")


def test_a_password_lets_in_only_its_own_account(house: Engine) -> None:
    with unit_of_work(house) as session:
        assert accounts.check_password(session, " OLGA ", PASSWORD) is not None
        assert accounts.check_password(session, "olga", "тундра и Морошка") is None
        assert accounts.check_password(session, "nobody", PASSWORD) is None


def test_an_account_without_a_password_lets_in_nobody(house: Engine) -> None:
    with unit_of_work(house) as session:
        accounts.add_account(session, id="l1", name="Ветрова Алина Игоревна")
        assert accounts.check_password(session, "l1", "") is None
        assert accounts.check_password(session, "l1", "nobody has this password") is None


def test_a_login_is_taken_once(house: Engine) -> None:
    with pytest.raises(LoginTaken), unit_of_work(house) as session:
        accounts.add_account(session, id="other", login="OLGA", name="Другая")


def test_roles_have_terms(house: Engine) -> None:
    secretary = Membership("s1", Role.SECRETARY)
    with unit_of_work(house) as session:
        accounts.grant(session, "olga", secretary, since=date(2026, 9, 1), until=date(2026, 12, 31))
        days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 31), date(2027, 1, 1))
        held = [accounts.memberships(session, "olga", day) for day in days]
        assert held == [frozenset(), {secretary}, {secretary}, frozenset()]


def test_a_session_id_is_kept_only_as_its_hash(house: Engine) -> None:
    with reading(house) as session:
        [row] = session.exec(select(BrowserSession)).all()
        assert row.digest != "token-1"
        assert len(row.digest) == 64
        assert found(session, "token-1", NOW) == "olga"
        assert found(session, row.digest, NOW) is None


def test_a_session_ends_when_nobody_uses_it(house: Engine) -> None:
    with reading(house) as session:
        assert found(session, "token-1", NOW + timedelta(minutes=119)) == "olga"
        assert found(session, "token-1", NOW + timedelta(minutes=120)) is None


def test_a_session_in_use_ends_all_the_same(house: Engine) -> None:
    now = NOW
    for _ in range(12):
        with unit_of_work(house) as session:
            known = sessions.find(session, "token-1", now, TERM)
            assert known is not None
            sessions.touch(session, known[0], now)
        now += timedelta(minutes=60)
    with reading(house) as session:
        assert found(session, "token-1", NOW + timedelta(hours=12)) is None


def test_the_end_of_a_session_is_its_end(house: Engine) -> None:
    with unit_of_work(house) as session:
        sessions.end(session, "token-1")
        assert found(session, "token-1", NOW) is None


def test_a_new_password_ends_every_session(house: Engine) -> None:
    with unit_of_work(house) as session:
        account = session.get(Account, "olga")
        assert account is not None
        accounts.set_password(session, account, "морошка и тундра")
        assert found(session, "token-1", NOW) is None
        assert accounts.check_password(session, "olga", "морошка и тундра") is not None


def test_a_closed_account_is_shut_at_once(house: Engine) -> None:
    with unit_of_work(house) as session:
        account = session.get(Account, "olga")
        assert account is not None
        accounts.close(session, account, NOW)
        assert found(session, "token-1", NOW) is None
        assert accounts.check_password(session, "olga", PASSWORD) is None


def test_sessions_that_are_over_are_cleared_away(house: Engine) -> None:
    with unit_of_work(house) as session:
        sessions.start(session, "olga", "token-2", NOW + timedelta(hours=13), TERM)
        assert len(session.exec(select(BrowserSession)).all()) == 1


def test_invented_people_stay_outside_of_a_real_installation(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        accounts.add_account(session, id="l1", name="Ветрова Алина Игоревна", demo=True)
        sessions.start(session, "l1", "token", NOW, TERM)
        real, demo = Door(term=TERM, demo=False), Door(term=TERM, demo=True)
        assert real.recognise(session, "token", NOW, NOW.date()).session is None
        assert demo.recognise(session, "token", NOW, NOW.date()).actor.person == "l1"


def test_csrf_tokens_belong_to_their_session() -> None:
    assert sessions.csrf("a") == sessions.csrf("a")
    assert sessions.csrf("a") != sessions.csrf("b")
    assert "a" * 64 not in sessions.csrf("a" * 64)


def test_guessing_one_account_is_slow(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        for place in range(attempts.PER_ACCOUNT):
            attempts.check(session, "olga", f"192.0.2.{place}", NOW)
            attempts.note_failure(session, "Olga", f"192.0.2.{place}", NOW)
        with pytest.raises(TooManyAttempts) as refusal:
            attempts.check(session, "olga ", "198.51.100.1", NOW + timedelta(minutes=5))
        assert refusal.value.params == {"minutes": 10}
        attempts.check(session, "petr", "198.51.100.1", NOW)
        attempts.check(session, "olga", "198.51.100.1", NOW + attempts.WINDOW)


def test_guessing_from_one_address_is_slow(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        for place in range(attempts.PER_ADDRESS):
            attempts.note_failure(session, f"person-{place}", "192.0.2.1", NOW)
        with pytest.raises(TooManyAttempts):
            attempts.check(session, "honest", "192.0.2.1", NOW)
        attempts.check(session, "honest", "192.0.2.2", NOW)


def test_getting_in_clears_the_count(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        for _ in range(attempts.PER_ACCOUNT):
            attempts.note_failure(session, "olga", "192.0.2.1", NOW)
        attempts.forget(session, "Olga")
        attempts.check(session, "olga", "192.0.2.1", NOW)
