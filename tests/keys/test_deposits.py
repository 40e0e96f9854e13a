"""Deposits: hashes that witness a date, taken in once, listed by day under the operator's seal."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from keys import deposits, proofs
from keys.deposits import DepositList, content_hash, deposit, deposits_of
from keys.did import verification_method
from keys.ed25519 import Ed25519Signer
from keys.errors.published import BadDigest, DepositListInvalid
from keys.sealed import unseal
from service.database import unit_of_work

ISSUER = "did:web:ugu.sever.example"
OPERATOR = "did:web:cpo.sever.example"
BADGE = json.loads((Path(__file__).parents[1] / "vectors" / "proofs" / "badge-rdfc.json").read_text())["signed"]


def digest(number: int) -> str:
    return f"sha256:{number:064x}"


def test_the_content_hash_ignores_proofs_and_nothing_else() -> None:
    held = content_hash(BADGE)
    assert held == "sha256:" + held.removeprefix("sha256:")
    assert len(held) == 71
    assert content_hash(proofs.without_proofs(BADGE)) == held
    assert content_hash({**BADGE, "name": "Другое"}) != held


def test_a_deposit_is_dated_once(session: Session, now: datetime) -> None:
    first = deposit(session, digest(1), ISSUER, now)
    again = deposit(session, digest(1), ISSUER, now + timedelta(days=1))
    assert (again.deposited_at, again.day) == (first.deposited_at, first.day) == (now, date(2026, 11, 22))


def test_the_day_is_the_day_in_utc(session: Session) -> None:
    late = datetime(2026, 11, 23, 1, 30, tzinfo=timezone(timedelta(hours=3)))
    assert deposit(session, digest(1), ISSUER, late).day == date(2026, 11, 22)


NO_HASHES = ["", "sha256:", digest(1)[:-1], digest(1) + "0", digest(10).upper(), "md5:" + "0" * 64, digest(1) + "\n"]


def test_what_is_no_hash_is_refused(session: Session, now: datetime) -> None:
    for text in NO_HASHES:
        with pytest.raises(BadDigest):
            deposit(session, text, ISSUER, now)


def test_deposits_at_once_keep_one_row(engine: Engine, now: datetime) -> None:
    def bring() -> None:
        with unit_of_work(engine) as session:
            deposit(session, digest(7), ISSUER, now)

    threads = [Thread(target=bring) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with unit_of_work(engine) as session:
        assert [held.digest for held in deposits_of(session, now.date())] == [digest(7)]


def test_many_at_once_leave_what_lies_here_as_it_is(session: Session, now: datetime) -> None:
    deposit(session, digest(1), OPERATOR, now)
    deposits.deposit_all(session, [], ISSUER, now)
    for moment in (now, now + timedelta(days=1)):
        deposits.deposit_all(session, [digest(2), digest(1), digest(2)], ISSUER, moment, received=True)
    held = {one.digest: (one.issuer, one.received) for one in deposits_of(session, now.date())}
    assert held == {digest(1): (OPERATOR, False), digest(2): (ISSUER, True)}
    assert deposits_of(session, date(2026, 11, 23)) == []
    with pytest.raises(BadDigest):
        deposits.deposit_all(session, [digest(3), NO_HASHES[-1]], ISSUER, now)


def test_who_brings_the_same_in_another_order_waits_and_finds_it_there(engine: Engine, now: datetime) -> None:
    failed: list[Exception] = []

    def bring(digests: list[str]) -> None:
        try:
            for _ in range(20):
                with unit_of_work(engine) as session:
                    deposits.deposit_all(session, digests, ISSUER, now)
        except Exception as error:  # noqa: BLE001 - told below, in the test's own thread
            failed.append(error)

    many = [digest(number) for number in range(100)]
    threads = [Thread(target=bring, args=(order,)) for order in (many, many[::-1], many[50:] + many[:50])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with unit_of_work(engine) as session:
        assert {held.digest for held in deposits_of(session, now.date())} == set(many)


def test_the_list_of_a_day_witnesses_what_came_in_on_it(session: Session, now: datetime) -> None:
    multikey = Ed25519Signer(bytes(32), "").multikey
    operator = Ed25519Signer(bytes(32), verification_method(OPERATOR, multikey))
    for number, at in enumerate((now, now - timedelta(hours=1), now - timedelta(days=1))):
        deposit(session, digest(number), ISSUER, at)
    body = deposits.compose(OPERATOR, now.date(), deposits_of(session, now.date()), operator, now)
    document = unseal(body, OPERATOR, [multikey], now, limit=65536)
    assert [item["digest"] for item in document["deposits"]] == [digest(1), digest(0)]
    held = DepositList.read(document)
    assert held.witnessed(digest(0), ISSUER) == now
    assert held.witnessed(digest(1), ISSUER) == now - timedelta(hours=1)
    assert held.witnessed(digest(2), ISSUER) is None  # came in on another day
    assert held.witnessed(digest(0), OPERATOR) is None  # somebody else's
    assert deposits.path(held.day) == "deposits/2026-11-22"


def entry(**changed: object) -> dict[str, Any]:
    return {"digest": digest(1), "issuer": ISSUER, "at": "2026-11-22T09:00:00Z", **changed}


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "TrustList"},
        {"day": "22.11.2026"},
        {"day": None},
        {"deposits": None},
        {"deposits": [7]},
        {"deposits": [{}]},
        {"deposits": [entry(at="2026-11-22")]},
        {"deposits": [entry(at=7)]},
        {"deposits": [entry(at="2026-11-21T23:59:59Z")]},  # dated back into another day
        {"deposits": [entry(at="2026-11-23T00:00:00Z")]},
    ],
)
def test_a_malformed_list_is_refused(changed: dict[str, object]) -> None:
    whole = {"type": "DepositList", "day": "2026-11-22", "deposits": [entry()]}
    assert DepositList.read(whole).witnessed(digest(1), ISSUER) == datetime(2026, 11, 22, 9, tzinfo=UTC)
    with pytest.raises(DepositListInvalid):
        DepositList.read({**whole, **changed})
