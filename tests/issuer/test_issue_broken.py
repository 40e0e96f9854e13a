"""What breaks between an order and its badge: a crash, a key, a wallet, a worker; nothing is lost, nothing happens twice."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, NoResultFound

from issuer import issue as issuing
from issuer.errors.orders import (
    OwnOutputWrong,
)
from issuer.signing import ToSign, sign
from issuer.tables import AwardState
from issuer.waiting import LEASE, WITHOUT_WALLET
from keys import organisations
from keys.errors.network import NoActiveKey
from keys.errors.store import KeyStoreError
from keys.proofs import proofs_of
from keys.signer import Signer
from schemas.reading import read_json
from tests.issuer.awarded import LATER, awards, check_invariants
from tests.issuer.world import AWARDER, NOW, NUMBER, World, order


@contextmanager
def failing(world: World, statement: str, when: str) -> Iterator[None]:
    """A trigger that fails one INSERT or UPDATE, chosen by its data: no hook in the code (THREATS §2.4, after Boulder)."""
    event, table = statement.split()
    sqlite = world.engine.dialect.name == "sqlite"
    create = (
        [f"CREATE TRIGGER fault BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'fault'); END"]
        if sqlite
        else [
            "CREATE FUNCTION fault() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'fault'; END $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER fault BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION fault()",
        ]
    )
    with world.engine.begin() as connection:
        for command in create:
            connection.execute(text(command))
    try:
        yield
    finally:
        with world.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER fault" if sqlite else "DROP FUNCTION fault() CASCADE"))


STORAGE_FAULTS = [
    ("INSERT issuer_award", "NEW.event = 'ведомость № 7'"),
    ("INSERT issuer_status_list", "NEW.number = 1"),
    ("UPDATE issuer_award", "NEW.state = 'reserved'"),
    ("UPDATE issuer_award", "NEW.state = 'stored'"),
    ("UPDATE issuer_status_list", "NEW.published_at IS NOT NULL"),
    ("INSERT key_deposit", "NEW.issuer LIKE 'did:web:%'"),
    ("INSERT key_journal", "NEW.event = 'award.made'"),
    ("UPDATE issuer_award", "NEW.state = 'delivered'"),
]


@pytest.mark.parametrize(("statement", "when"), STORAGE_FAULTS, ids=[f"{a} {b}" for a, b in STORAGE_FAULTS])
def test_after_a_failed_write_everything_goes_on_from_what_is_written(world: World, statement: str, when: str) -> None:
    issuer = world.issuer()
    with failing(world, statement, when), pytest.raises((DBAPIError, NoResultFound)):
        issuer.issue(order(), AWARDER, NOW)
    check_invariants(World(world.engine, world.store, world.shelf))
    world.wallets.taken.clear()  # what the rolled back transaction handed over fell with it
    signed = issuer.issue(order(), AWARDER, LATER)
    assert world.wallets.taken == [(NUMBER, signed)]
    check_invariants(world)


def test_a_signer_that_fails_loses_nothing_and_signs_the_same_afterwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, seen = world.issuer(), []

    def dies(task: ToSign) -> bytes:
        seen.append(sign(task))
        raise KeyStoreError

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "sign", dies)
        with pytest.raises(KeyStoreError):
            issuer.issue(order(), AWARDER, NOW)
    [award] = awards(world)
    assert (award.state, award.stored) == (AwardState.RESERVED, None)
    assert [issuer.finish(award.id, LATER)] == seen
    check_invariants(world)


def test_a_wallet_that_fails_gets_the_stored_badge_later(world: World) -> None:
    issuer = world.issuer()
    world.wallets.fails = [KeyStoreError(), RuntimeError()]
    with pytest.raises(RuntimeError):
        issuer.issue(order(), AWARDER, NOW)
    [award] = awards(world)
    assert (award.state, award.delivered_at) == (AwardState.STORED, None)
    assert issuer.finish_waiting(NOW) == 0
    assert issuer.finish_waiting(NOW + LEASE) == 1
    assert world.wallets.taken == [(NUMBER, award.stored)]
    check_invariants(world)


def test_a_learner_without_wallet_gets_the_badge_when_there_is_one(world: World) -> None:
    issuer = world.issuer()
    world.wallets.has_wallet = False
    signed = issuer.issue(order(), AWARDER, NOW)
    assert issuer.finish_waiting(LATER) == 0
    world.wallets.has_wallet = True
    assert issuer.finish_waiting(NOW + WITHOUT_WALLET) == 1
    assert world.wallets.taken == [(NUMBER, signed)]


class Forger:
    """Signs other bytes than it was given."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self.method, self.multikey = signer.method, signer.multikey

    def sign(self, data: bytes) -> bytes:
        return self._signer.sign(data + b"\0")


def test_a_signature_that_does_not_hold_is_never_given_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    issuer, honest = world.issuer(), organisations.signer_for
    with monkeypatch.context() as patched:
        patched.setattr(organisations, "signer_for", lambda *asked: Forger(honest(*asked)))
        with pytest.raises(OwnOutputWrong):
            issuer.issue(order(), AWARDER, NOW)
    [award] = awards(world)
    assert (award.state, award.stored) == (AwardState.RESERVED, None)
    assert world.wallets.taken == []
    issuer.finish(award.id, LATER)
    check_invariants(world)


def test_a_key_changed_between_reservation_and_signature_signs_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, seen = world.issuer(), []

    def overtaken(task: ToSign) -> bytes:
        seen.append(task.signer.method)
        if len(seen) == 1:
            with world.transaction() as session:
                organisations.rotate(session, world.store, "ugu", LATER)
            world.issuer().finish(awards(world)[0].id, LATER)
        return sign(task)

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "sign", overtaken)
        signed = issuer.issue(order(), AWARDER, NOW)
    document = read_json(signed)
    with world.transaction() as session:
        current = organisations.signer_for(session, world.store, "ugu", LATER)
    [proof] = proofs_of(document)
    assert proof["verificationMethod"] == current.method != seen[0]
    assert len(world.wallets.taken) == 1
    check_invariants(world)


def test_a_slow_signer_whose_reservation_was_renewed_starts_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    issuer, methods = world.issuer(), []

    def slow(task: ToSign) -> bytes:
        methods.append(task.signer.method)
        if len(methods) == 1:
            with world.transaction() as session:
                organisations.rotate(session, world.store, "ugu", NOW)
            world.issuer()._reserve(awards(world)[0].id, NOW)  # noqa: SLF001 - another worker, which then dies
        return sign(task)

    monkeypatch.setattr(issuing, "sign", slow)
    [proof] = proofs_of(read_json(issuer.issue(order(), AWARDER, NOW)))
    assert len(set(methods)) == 2
    assert proof["verificationMethod"] == methods[-1]
    check_invariants(world)


def test_without_a_key_an_award_waits(world: World) -> None:
    issuer = world.issuer()
    award_id = issuer.place(order(), AWARDER, NOW)
    with world.transaction() as session:
        [key] = organisations.keys_of(session, "ugu")
        organisations.retire(session, "ugu", key.multikey, NOW)
    with pytest.raises(NoActiveKey):
        issuer.finish(award_id, NOW)
    assert awards(world)[0].state is AwardState.ORDERED
    with world.transaction() as session:
        organisations.rotate(session, world.store, "ugu", LATER)
    issuer.finish(award_id, LATER)
