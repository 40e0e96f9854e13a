import json
from pathlib import Path
from typing import TypedDict

import pytest
from sqlalchemy import Engine

from keys.shelf import Shelf
from keys.store import KeyStore
from schemas.errors import NotFound
from service.database import unit_of_work
from tests.campus import Campus
from tests.stores import open_store
from tests.wallet_web.family import entry, teenager
from verifier.pictures import Pictures
from verifier.verdict import Verdict
from wallet_web.errors import NothingChosen
from wallet_web.present import holder_of
from wallet_web.wallet import Wallet


class Terms(TypedDict):
    """For whom and for which question."""

    domain: str
    challenge: str


ASKED: Terms = {"domain": "https://s1.sever.example", "challenge": "0123456789abcdef0123456789abcdef"}

NOTHING = Shelf(Path("/nowhere"))


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return open_store(tmp_path / "keys")


def test_a_presentation_verifies_for_its_receiver_alone(sqlite: Engine, store: KeyStore) -> None:
    campus = Campus()
    house = campus.join("ugu", licence="Л-030")
    wallet = Wallet(campus.verifier, store, Pictures(NOTHING), public_url="https://zachetka.example")
    subject = teenager()
    with unit_of_work(sqlite) as session:
        badges = [entry(session, subject, document=house.award(title=title)) for title in ("а", "б", "в")]
        chosen = [badge.id for badge in badges]
        shown = wallet.present(session, subject.id, chosen, now=campus.now, **ASKED)
    answer = campus.verify_presentation(shown, **ASKED)
    assert answer.report.verdict is Verdict.VALID
    assert answer.holder == holder_of(store, subject.id).method.partition("#")[0]
    assert answer.holder.startswith("did:key:z6Mk")
    assert [item.verdict for item in answer.items] == [Verdict.VALID] * 3
    assert [item.title for item in answer.items] == ["а", "б", "в"]
    for wrong in ({"domain": "https://s2.sever.example"}, {"challenge": "f" * 32}):
        assert campus.verify_presentation(shown, **(ASKED | wrong)).report.verdict is Verdict.INVALID


def test_a_presentation_that_was_changed_does_not_verify(store: KeyStore, sqlite: Engine) -> None:
    campus = Campus()
    house = campus.join("ugu", licence="Л-030")
    wallet = Wallet(campus.verifier, store, Pictures(NOTHING), public_url="https://zachetka.example")
    subject = teenager()
    with unit_of_work(sqlite) as session:
        badge = entry(session, subject, document=house.award())
        shown = json.loads(wallet.present(session, subject.id, [badge.id], now=campus.now, **ASKED))
    shown["verifiableCredential"].append(json.loads(house.award()))
    assert campus.verify_presentation(json.dumps(shown).encode(), **ASKED).report.verdict is Verdict.INVALID


def test_a_dozen_badges_fits_into_one_presentation(store: KeyStore, sqlite: Engine) -> None:
    campus = Campus()
    house = campus.join("ugu", licence="Л-030")
    wallet = Wallet(campus.verifier, store, Pictures(NOTHING), public_url="https://zachetka.example")
    subject = teenager()
    with unit_of_work(sqlite) as session:
        badges = [entry(session, subject, document=house.award()) for _ in range(12)]
        shown = wallet.present(session, subject.id, [one.id for one in badges], now=campus.now, **ASKED)
    answer = campus.verify_presentation(shown, **ASKED)
    assert answer.report.verdict is Verdict.VALID
    assert len(answer.items) == 12


def test_the_key_stays_the_learners_own(store: KeyStore) -> None:
    one, other = teenager(), teenager()
    assert holder_of(store, one.id).method == holder_of(store, one.id).method
    assert holder_of(store, one.id).method != holder_of(store, other.id).method


def test_nothing_and_nobody_elses_badge_is_presented(store: KeyStore, sqlite: Engine) -> None:
    campus = Campus()
    wallet = Wallet(campus.verifier, store, Pictures(NOTHING), public_url="https://zachetka.example")
    subject, other = teenager(), teenager()
    with unit_of_work(sqlite) as session:
        foreign = entry(session, other, document=b"{}")
        with pytest.raises(NothingChosen):
            wallet.present(session, subject.id, [], now=campus.now, **ASKED)
        with pytest.raises(NotFound):
            wallet.present(session, subject.id, [foreign.id], now=campus.now, **ASKED)
