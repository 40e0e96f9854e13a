"""The drill with a copy that is older than what happened since: nothing that others have seen falls back (THREATS W5, W12)."""

from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from sqlmodel import select

from issuer.invariants import RULES
from issuer.tables import Award
from keys import organisations, publish
from keys.actor import Actor, ActorKind
from keys.errors.published import JournalCutOff, NothingLost
from schemas.reading import read_json
from service import erasing
from service.copies.errors import KeysOfAnother, NotEmpty
from service.database import reading, unit_of_work
from service.doctor import ERASED, Doctor
from service.identity.people import Roll
from service.jobs import ROUNDS
from service.keeping import COMMAND
from tests.service.copies.world import Place, World, award, breaches, faults, revoke, verdicts
from tests.service.house import START
from wallet_web.leaving import closing
from wallet_web.present import holder_name, holder_of

ERASE = next(one.act for one in ROUNDS if one.name == "wallets.erase")
LATER = START + timedelta(days=2)
GONE = START + closing.GRACE
FILES = ("keys", "public", "public-ledger", "erased")


def lose_the_database(world: World, place: Place, *kept: str) -> None:
    """The folders are still there, the database is not."""
    for name in kept:
        if (world.parts.settings.data / name).is_dir():
            copytree(world.parts.settings.data / name, place.settings.data / name)


def leave_for_good(world: World) -> None:
    """The learner's wallet is closed, and erased when the time has come."""
    with unit_of_work(world.parts.engine) as session:
        by = Actor(kind=ActorKind.PERSON, person="olga", wards=frozenset({"l1"}))
        closing.ask(session, Roll(session, START.date()).learner("l1"), by, START)
    assert ERASE(world.parts, GONE) == 1


def test_what_was_revoked_since_stays_revoked_and_is_named(world: World, place: Place) -> None:
    old = world.copy()
    revoked = revoke(world.parts, "№ 3")
    seen = {name: world.parts.shelf.get(f"status/{name}") for name in world.parts.shelf.names("status")}
    lose_the_database(world, place, *FILES)
    back = place.back(old, keep_published=True)
    assert {name: back.shelf.get(f"status/{name}") for name in back.shelf.names("status")} == seen
    assert verdicts(back)[revoked][0] == "invalid"
    assert f"{revoked}: {RULES['bit']}" in faults(back)["Вручения и их списки"].faults
    assert back.issuer.refresh_lists(LATER) > 0
    assert verdicts(back, LATER)[revoked][0] == "invalid"
    with reading(back.engine) as session:
        assert session.get_one(Award, revoked).revoked_at is None
    revoke(back, "№ 3", LATER)
    assert RULES["bit"] not in str(faults(back, LATER))
    back.engine.dispose()


def test_no_place_of_a_list_is_handed_out_twice(plain: World) -> None:
    old, place = plain.copy(), plain.place()
    for number in range(4, 8):
        award(plain.parts, f"№ {number}")
    [ledger] = plain.parts.shelf.ledger.names()
    taken = set(plain.parts.shelf.ledger.marks(ledger).taken)
    lose_the_database(plain, place, *FILES)
    back = place.back(old, keep_published=True)
    assert back.shelf.ledger.marks(ledger).taken == taken
    award(back, "после возврата")
    with reading(back.engine) as session:
        fresh = session.exec(select(Award.status_index).where(Award.event == "после возврата")).one()
    assert fresh not in taken
    back.engine.dispose()


def test_trust_list_and_keys_that_were_made_since_stay(plain: World) -> None:
    old, place = plain.copy(), plain.place()
    parts = plain.parts
    with unit_of_work(parts.engine) as session:
        organisations.rotate(session, parts.store, "kol", START)
        publish.publish_organisation(session, parts.shelf, parts.store, "kol", START)
        publish.publish_trust_list(session, parts.shelf, parts.store, "cpo", START)
    lose_the_database(plain, place, *FILES)
    before = parts.shelf.get("trust"), parts.shelf.get("orgs/kol/keys")
    back = place.back(old, keep_published=True)
    assert (back.shelf.get("trust"), back.shelf.get("orgs/kol/keys")) == before
    with unit_of_work(back.engine) as session:
        publish.publish_trust_list(session, back.shelf, back.store, "cpo", START)
    assert read_json(back.shelf.get("trust") or b"")["version"] == read_json(before[0] or b"")["version"] + 1
    back.engine.dispose()


def test_a_folder_that_has_fallen_back_itself_gets_the_newer_edition_of_the_copy(plain: World) -> None:
    """The copy is newer than the folders: of each document the newer one is there afterwards."""
    place = plain.place()
    lose_the_database(plain, place, *FILES)
    parts, here = plain.parts, place.settings.data
    revoked = revoke(parts, "№ 3", LATER)
    with unit_of_work(parts.engine) as session:
        publish.publish_trust_list(session, parts.shelf, parts.store, "cpo", LATER)
    (here / "public" / "orgs" / "s1" / "did.json").unlink()
    back = place.back(plain.copy(), keep_published=True)
    assert back.shelf.get("trust") == parts.shelf.get("trust")
    assert back.shelf.get("orgs/s1/did.json") == parts.shelf.get("orgs/s1/did.json")
    assert verdicts(back, LATER)[revoked][0] == "invalid"
    assert breaches(back, LATER) == []
    back.engine.dispose()


def test_what_was_erased_since_is_erased_again(world: World, place: Place) -> None:
    holder_of(world.parts.store, "l1")
    old = world.copy()
    leave_for_good(world)
    lose_the_database(world, place, *FILES)
    back = place.back(old, keep_published=True)
    key = place.settings.key_folder / f"{holder_name('l1')}.key"
    assert key.exists()
    [told] = faults(back)["Стёртые зачётные книжки"].faults
    assert told == ERASED.format(learner="l1", day=f"{GONE:%d.%m.%Y}")
    assert erasing.erase_again(back, GONE) == 1
    assert not key.exists()
    assert "Стёртые зачётные книжки" not in faults(back)
    with reading(back.engine) as session:
        assert closing.is_erased(session, "l1")
    assert erasing.erase_again(back, GONE) == 0
    back.engine.dispose()


def test_a_list_of_what_was_erased_is_kept_when_everything_else_is_lost(plain: World) -> None:
    old, place = plain.copy(), plain.place()
    leave_for_good(plain)
    lose_the_database(plain, place, "erased")
    back = place.back(old)
    assert ERASE(back, GONE) == 1
    assert [one.learner for one in erasing.list_of(place.settings).read()] == ["l1"]
    back.engine.dispose()


def test_a_copy_that_knows_of_the_erasing_erases_nothing_and_whoever_came_back_keeps_what_is_new(plain: World) -> None:
    leave_for_good(plain)
    with unit_of_work(plain.parts.engine) as session:
        closing.come_back(session, "l1", "olga", GONE)
    back = plain.place().back(plain.copy())
    assert erasing.erase_again(back, GONE) == 0
    with reading(back.engine) as session:
        assert not closing.is_erased(session, "l1")
    back.engine.dispose()


def test_two_leavings_that_the_database_has_forgotten(plain: World) -> None:
    old, place = plain.copy(), plain.place()
    leave_for_good(plain)
    with unit_of_work(plain.parts.engine) as session:
        closing.come_back(session, "l1", "olga", GONE)
        by = Actor(kind=ActorKind.PERSON, person="olga", wards=frozenset({"l1"}))
        closing.ask(session, Roll(session, START.date()).learner("l1"), by, GONE)
    assert ERASE(plain.parts, GONE + closing.GRACE) == 1
    lose_the_database(plain, place, *FILES)
    back = place.back(old, keep_published=True)
    assert erasing.erase_again(back, GONE + closing.GRACE) == 2
    with reading(back.engine) as session:
        assert closing.is_erased(session, "l1")
        assert len(closing.all_of(session, "l1")) == 2
    back.engine.dispose()


@pytest.mark.parametrize("kept", ["keys", "public", "public-ledger"])
def test_without_the_word_for_it_nothing_is_brought_upon_what_is_there(plain: World, kept: str) -> None:
    place = plain.place()
    lose_the_database(plain, place, kept)
    with pytest.raises(NotEmpty, match=kept):
        place.taken(plain.copy())
    assert not (place.settings.data / "zachetka.sqlite").exists()


@pytest.mark.parametrize("there", ["zachetka.sqlite", "zachetka.sqlite-wal"])
def test_never_upon_a_database(plain: World, there: str) -> None:
    place = plain.place()
    place.settings.data.mkdir()
    (place.settings.data / there).write_bytes(b"somebody's work")
    with pytest.raises(NotEmpty):
        place.taken(plain.copy(), keep_published=True)
    assert [path.name for path in place.settings.data.iterdir()] == [there]


def test_keys_of_another_installation_are_never_mixed_in(plain: World, tmp_path: Path) -> None:
    place = plain.place()
    lose_the_database(plain, place, *FILES)
    header = place.settings.key_folder / "store.json"
    header.write_bytes(header.read_bytes().replace(b'"format": 1', b'"format":  1'))
    with pytest.raises(KeysOfAnother):
        place.taken(plain.copy(), keep_published=True)
    assert not (place.settings.data / "zachetka.sqlite").exists()
    assert [path.name for path in tmp_path.rglob("*.returning")] == []


def test_a_lost_end_of_the_journal_is_a_fault_until_a_person_gives_it_up(world: World, place: Place) -> None:
    old = world.copy()
    revoke(world.parts, "№ 3")
    with unit_of_work(world.parts.engine) as session:
        publish.publish_checkpoint(session, world.parts.shelf, world.parts.store, START)
    stated = world.parts.shelf.get(publish.CHECKPOINT) or b""
    number = read_json(stated)["number"]
    lose_the_database(world, place, *FILES)
    back = place.back(old, keep_published=True)
    assert faults(back)["Журнал"].faults
    with unit_of_work(back.engine) as session, pytest.raises(JournalCutOff):
        publish.publish_checkpoint(session, back.shelf, back.store, LATER)
    with unit_of_work(back.engine) as session:
        assert publish.resume_journal(session, back.shelf, back.store, LATER, COMMAND) == number
    assert "Журнал" not in faults(back, LATER)
    assert back.shelf.get(f"journal/given-up/{number}") == stated
    [told] = [one.remarks for one in Doctor(back, LATER).examine() if one.subject == "Журнал"]
    assert [str(number) in remark for remark in told] == [True]
    with unit_of_work(back.engine) as session:
        publish.publish_checkpoint(session, back.shelf, back.store, LATER)
        with pytest.raises(NothingLost):
            publish.resume_journal(session, back.shelf, back.store, LATER, COMMAND)
    back.engine.dispose()
