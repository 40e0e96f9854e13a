from pathlib import Path

import pytest

from keys import organisations
from keys.did import did_web
from schemas.trust_list import State
from service.bridges import DEPOSITS, Bridges
from service.database import open_engine, reading, unit_of_work
from service.network import has_operator, operator_of
from service.parts import SecretMissing, assemble, open_store
from service.settings import Settings
from service.tasks import take
from tests.service.house import START, House


@pytest.fixture
def bridges(plain: House) -> Bridges:
    return Bridges(verifier=plain.parts.verifier, zone=plain.settings.zone, clock=plain.clock, mails=False)


def test_the_operator_is_one_of_our_own(plain: House) -> None:
    found = operator_of(plain.settings, plain.parts.engine)
    with reading(plain.parts.engine) as session:
        [key] = organisations.keys_of(session, "cpo")
        assert has_operator(session, plain.settings)
    assert (found.did, tuple(found.pinned)) == (did_web("cpo.sever.example"), (key.multikey,))


def test_lists_sealed_with_an_earlier_key_stay_good_and_with_a_compromised_one_do_not(plain: House) -> None:
    with unit_of_work(plain.parts.engine) as session:
        [old] = [key.multikey for key in organisations.keys_of(session, "cpo")]
        new = organisations.rotate(session, plain.parts.store, "cpo", START).multikey
    assert set(operator_of(plain.settings, plain.parts.engine).pinned) == {old, new}
    with unit_of_work(plain.parts.engine) as session:
        organisations.compromise(session, "cpo", old, START, START)
    assert set(operator_of(plain.settings, plain.parts.engine).pinned) == {new}


def test_the_operator_is_elsewhere(plain: House) -> None:
    settings = plain.settings.model_copy(update={"operator_host": "cpo.other.example", "operator_keys": ("z6Mk",)})
    found = operator_of(settings, plain.parts.engine)
    assert (found.did, tuple(found.pinned)) == (did_web("cpo.other.example"), ("z6Mk",))


def test_nobody_is_known_yet(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path)
    for engine in (None, open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")):
        assert not operator_of(settings, engine).pinned


def test_an_empty_installation_can_be_composed(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path, demo=True)
    parts = assemble(settings)
    assert parts.verifier.gathering.network(START).list is None
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


def test_a_real_installation_needs_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing):
        open_store(Settings(_env_file=None, data=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_issuer_hears_from_the_network_who_may_award(plain: House, bridges: Bridges) -> None:
    assert bridges.trust(did_web("kol.sever.example"), START).state is State.UNLICENSED
    assert bridges.trust(did_web("nobody.sever.example"), START).state is State.UNKNOWN
    (plain.settings.data / "public" / "trust").unlink()
    assert bridges.trust(did_web("kol.sever.example"), START).state is State.UNKNOWN


def test_the_issuer_hears_the_names_it_must_keep_out(plain: House, bridges: Bridges) -> None:
    with reading(plain.parts.engine) as session:
        number = bridges.people(session, START).learner("l1").number
        assert bridges.names(session, number) == ["Ветрова", "Алина", "Игоревна"]
        assert bridges.names(session, "nobody's") == []


def test_a_deposit_asks_for_its_day_to_be_published_once(plain: House, bridges: Bridges) -> None:
    with unit_of_work(plain.parts.engine) as session:
        for digit in "01":
            bridges.deposit(session, f"sha256:{digit * 64}", did_web("kol.sever.example"), START)
    taken = take(plain.parts.engine, START)
    assert taken is not None
    assert (taken.kind, taken.item) == (DEPOSITS, "2026-11-22")
    assert take(plain.parts.engine, START) is None
