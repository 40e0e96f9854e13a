"""A badge is awarded in the edition that says what was decided, though the description has changed since."""

from dataclasses import replace

import pytest

from issuer import catalogue
from issuer.editions import claims_of, may_award
from issuer.errors.orders import EditionMissing, NotPublished
from issuer.module import ModuleSpec
from schemas.credential import Credential
from schemas.reading import read_json
from tests.issuer.world import AWARDER, METHODIST, NOW, World, module, order

FIRST = module()
LONGER = replace(FIRST, hours=68)


def test_the_edition_of_the_plan_decided_by_is_awarded_and_no_other(world: World) -> None:
    with world.transaction() as session:
        world.offer(session, LONGER)
    issuer = world.issuer()
    decided = issuer.issue(order(plan=claims_of(FIRST)), AWARDER, NOW)
    today = issuer.issue(order(event="другое", plan=claims_of(LONGER)), AWARDER, NOW)
    unasked = issuer.issue(order(event="третье"), AWARDER, NOW)
    assert [edition_of(badge) for badge in (decided, today, unasked)] == ["1", "2", "2"]


def test_an_edition_with_corrected_words_is_taken_before_the_older_one(world: World) -> None:
    with world.transaction() as session:
        world.offer(session, replace(FIRST, criteria="Защитить исследование перед комиссией."))
        world.offer(session, LONGER)
    assert edition_of(world.issuer().issue(order(plan=claims_of(FIRST)), AWARDER, NOW)) == "2"


def test_what_no_edition_says_is_not_awarded(world: World) -> None:
    with pytest.raises(EditionMissing):
        world.issuer().issue(order(plan=claims_of(LONGER)), AWARDER, NOW)


def test_an_edition_that_people_took_out_of_use_is_awarded_no_more(world: World) -> None:
    with world.transaction() as session:
        catalogue.retire(session, catalogue.published(session, "ugu", "m08").id, METHODIST, NOW)
    with pytest.raises(NotPublished):
        world.issuer().issue(order(plan=claims_of(FIRST)), AWARDER, NOW)
    with world.transaction() as session:
        world.offer(session, LONGER)
    with pytest.raises(EditionMissing):
        world.issuer().issue(order(plan=claims_of(FIRST)), AWARDER, NOW)


def test_whether_an_edition_could_be_awarded_is_known_before_anything_is_ordered(world: World) -> None:
    def ready(code: str = "m08", spec: ModuleSpec = FIRST) -> bool:
        with world.transaction() as session:
            return may_award(session, "ugu", code, claims_of(spec))

    assert (ready(), ready(spec=LONGER), ready(code="m99")) == (True, False, False)
    with world.transaction() as session:
        world.offer(session, LONGER)
    assert (ready(), ready(spec=LONGER)) == (True, True)
    with world.transaction() as session:
        catalogue.retire(session, catalogue.published(session, "ugu", "m08").id, METHODIST, NOW)
    assert (ready(), ready(spec=LONGER)) == (False, False)


def edition_of(badge: bytes) -> str:
    document = Credential(read_json(badge)).document
    return str(document["credentialSubject"]["achievement"]["version"])
