"""Codes on slips: an award waits for its learner as long as it takes, is signed for them, and is everybody's only once."""

from typing import Any

import pytest
from sqlmodel import Session, select

from issuer.errors.badges import OfferForAnother, OfferTwice, OfferUnknown, OfferUsed
from issuer.errors.orders import NotAllowedToAward
from issuer.offers import Offers
from issuer.tables import AwardState, Offer
from keys import organisations, publish
from schemas.credential import Credential
from schemas.identity import matches
from schemas.reading import read_json
from tests.issuer.lists import awards_of, csv_of, number, run, started, whole
from tests.issuer.world import AWARDER, NOW, World, person

FAMILY = person("guardian")


def number_of(_session: Session, learner: str, _now: Any) -> str:
    return number(int(learner))


def offers(world: World) -> Offers:
    return Offers(
        engine=world.engine,
        issuer=world.issuer(),
        secret=bytes(32),
        number_of=number_of,
        draw=lambda address: f"<svg>{address}</svg>",
        public_url="https://zachetka.example",
    )


def offered(world: World, rows: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """A list that was run, and the codes of its slips."""
    batch = started(world, csv_of(rows))
    run(world)
    with world.transaction() as session:
        offers(world).make(session, batch)
        offers(world).make(session, batch)
        return batch, [slip.code for slip in offers(world).slips(session, batch, 60, 0)]


def test_a_code_is_brought_and_the_badge_is_the_learners(world: World) -> None:
    batch, [code, other] = offered(world, [("", "80"), ("", "90")])
    signed = offers(world).claim(code.lower().replace("-", " "), "5", FAMILY, NOW)
    assert matches(Credential(read_json(signed)), number(5))
    assert world.wallets.taken == [(number(5), signed)]
    assert offers(world).claim(code, "5", FAMILY, NOW) == signed
    assert len(world.wallets.taken) == 1
    with pytest.raises(OfferUsed):
        offers(world).claim(code, "6", FAMILY, NOW)
    with pytest.raises(OfferTwice):
        offers(world).claim(other, "5", FAMILY, NOW)
    assert [award.state for award in awards_of(world, batch)] == [AwardState.DELIVERED, AwardState.OFFERED]
    whole(world, batch)


def test_a_badge_with_a_number_is_only_for_that_number(world: World) -> None:
    world.wallets.has_wallet = False
    batch, [code] = offered(world, [(number(3), "80")])
    stored = awards_of(world, batch)[0].stored
    with pytest.raises(OfferForAnother):
        offers(world).claim(code, "4", FAMILY, NOW)
    world.wallets.has_wallet = True
    assert offers(world).claim(code, "3", FAMILY, NOW) == stored


def test_a_code_that_cannot_be_used_now_keeps_waiting(world: World) -> None:
    batch, [code] = offered(world, [("", "80")])
    with world.transaction() as session:
        organisations.leave(session, "ugu", NOW)
        publish.publish_trust_list(session, world.shelf, world.store, "cpo", NOW)
    with pytest.raises(NotAllowedToAward):
        offers(world).claim(code, "5", FAMILY, NOW)
    [award] = awards_of(world, batch)
    assert (award.state, award.refusal) == (AwardState.OFFERED, "")
    with world.transaction() as session:
        assert session.exec(select(Offer.claimed_at)).all() == [None]


def test_what_is_no_code_opens_nothing(world: World) -> None:
    offered(world, [("", "80")])
    for code in ("", "x", number(7), "0" * 27, "\0"):
        with pytest.raises(OfferUnknown):
            offers(world).claim(code, "5", FAMILY, NOW)


def test_the_database_holds_no_code_and_the_picture_nothing_else(world: World) -> None:
    _, [code] = offered(world, [("", "80")])
    with world.transaction() as session:
        [offer] = session.exec(select(Offer)).all()
    assert code.replace("-", "") not in str(offer.model_dump())
    assert offers(world).qr(code) == f"<svg>https://zachetka.example/offers/{code}</svg>"
    assert str(AWARDER.person) not in code
