"""Places of lists and the ledger: what an older copy of the database has forgotten is handed out to nobody."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlmodel import Session, select

from issuer.batches.running import LEASE
from issuer.lifecycle import ends_at
from issuer.places import take_places
from issuer.tables import AchievementVersion, AwardState
from keys.ledger import Word
from schemas.credential import Credential
from schemas.reading import read_json
from schemas.status_list import LENGTH
from tests.issuer.lists import awards_of, batches, csv_of, good, run, started, whole
from tests.issuer.world import AWARDER, NOW, World, order, place_of


class PowerCutError(Exception):
    """The process died here."""


def lost(_session: Session, _digests: Sequence[str], _did: str, _now: datetime) -> None:
    raise PowerCutError


def test_no_place_that_the_ledger_knows_is_given_to_a_list(world: World) -> None:
    used = place_of(Credential(read_json(world.issuer().issue(order(), AWARDER, NOW)))).index
    known, free = (used + 1) % LENGTH, (used + 2) % LENGTH
    world.shelf.ledger.note("ugu-1", Word.TAKEN, [known])
    draws = iter([used, known, free])
    with world.transaction() as session:
        taken = take_places(session, "ugu", 1, lambda _: next(draws).to_bytes(3), world.shelf.ledger)
    assert (taken.status_list, taken.indexes) == ("ugu-1", [free])


def test_a_list_that_the_ledger_knows_as_full_is_followed_by_the_next(world: World) -> None:
    world.issuer().issue(order(), AWARDER, NOW)
    world.shelf.ledger.note("ugu-1", Word.TAKEN, range(LENGTH))
    batch = started(world, csv_of(good(3)))
    run(world)
    assert {award.status_list for award in awards_of(world, batch)} == {"ugu-2"}
    whole(world, batch)


def test_places_of_a_list_are_in_the_ledger_before_anything_leaves_the_house(world: World) -> None:
    batch = started(world, csv_of(good(4)))
    with pytest.raises(PowerCutError):
        run(world, workers=batches(world, deposit_all=lost))
    reserved = awards_of(world, batch)
    assert {award.state for award in reserved} == {AwardState.RESERVED}
    places = {award.status_index for award in reserved}
    assert world.shelf.ledger.marks("ugu-1").taken == places
    run(world, NOW + LEASE * 2)
    assert {award.status_index for award in awards_of(world, batch)} == places
    assert world.shelf.ledger.marks("ugu-1").taken == places
    whole(world, batch)


def test_badges_of_a_list_end_as_their_achievement_says(world: World) -> None:
    with world.transaction() as session:
        session.exec(select(AchievementVersion).where(AchievementVersion.code == "m08")).one().term_months = 12
    batch = started(world, csv_of(good(3)))
    run(world)
    made = [Credential(read_json(award.stored or b"")) for award in awards_of(world, batch)]
    assert [badge.valid_until for badge in made] == [ends_at(NOW, 12)] * 3
