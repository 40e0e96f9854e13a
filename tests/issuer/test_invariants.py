"""Whatever is damaged is found and named; a sound world has no breach."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from issuer.invariants import RULES, Breach, check_invariants
from issuer.lifecycle import Act
from issuer.tables import Award, AwardState
from keys import journal
from keys.deposits import deposit
from keys.ledger import Word
from schemas.reading import read_json
from tests.issuer.test_acts import do, made
from tests.issuer.test_corrections import correct
from tests.issuer.world import AWARDER, METHODIST, NOW, World, module, order

LATER = NOW + timedelta(hours=2)


def breaches(world: World) -> set[Breach]:
    with world.transaction() as session:
        return set(check_invariants(session, world.shelf, LATER))


def rules(world: World) -> set[str]:
    return {breach.rule for breach in breaches(world)}


def busy(world: World) -> str:
    """A world in which everything has happened; the id of an award that holds."""
    first, _ = made(world)
    do(world, Act.SUSPEND, made(world, "№ 2")[0])
    do(world, Act.REVOKE, made(world, "№ 3")[0])
    correct(world, made(world, "№ 4")[0])
    lifted, _ = made(world, "№ 5")
    do(world, Act.SUSPEND, lifted)
    do(world, Act.LIFT, lifted)
    world.issuer().place(order(event="№ 6"), AWARDER, NOW)
    with world.transaction() as session:
        world.offer(session, module(criteria="Другие условия."))
    return first


def test_a_busy_world_is_sound(world: World) -> None:
    busy(world)
    assert breaches(world) == set()


def forge(session: Session, award: Award) -> None:
    del session
    award.stored = (award.stored or b"").replace(b'"value":"87"', b'"value":"99"')


def unsign(session: Session, award: Award) -> None:
    del session
    award.stored = None


def other_key(session: Session, award: Award) -> None:
    del session
    award.method = "did:web:ugu.sever.example#z6Mkother"


def lose_journal(session: Session, award: Award) -> None:
    session.execute(text("delete from key_journal where item = :id"), {"id": award.id})


def lose_deposit(session: Session, award: Award) -> None:
    session.execute(text("delete from key_deposit where digest = :id"), {"id": award.content_hash})


def move(session: Session, award: Award) -> None:
    del session
    award.status_index = (award.status_index or 0) ^ 1


def forget_revocation(session: Session, award: Award) -> None:
    del session
    award.revoked_at = None


def deliver_nothing(session: Session, award: Award) -> None:
    del session
    award.delivered_at = None


DAMAGE: list[tuple[Callable[[Session, Award], None], set[str]]] = [
    (forge, {"bytes"}),
    (unsign, {"state"}),
    (other_key, {"key"}),
    (lose_journal, {"journal"}),
    (lose_deposit, {"deposit"}),
    (move, {"place"}),
    (deliver_nothing, {"state"}),
]


@pytest.mark.parametrize(("damage", "expected"), DAMAGE, ids=[row[0].__name__ for row in DAMAGE])
def test_damage_is_found_and_named(world: World, damage: Callable[[Session, Award], None], expected: set[str]) -> None:
    award_id, _ = made(world)
    with world.transaction() as session:
        damage(session, session.get_one(Award, award_id))
    assert breaches(world) == {Breach(rule, award_id) for rule in expected}


def test_a_revocation_that_the_database_forgot_is_named(world: World) -> None:
    award_id, _ = made(world)
    do(world, Act.REVOKE, award_id)
    with world.transaction() as session:
        forget_revocation(session, session.get_one(Award, award_id))
    assert breaches(world) == {Breach("bit", award_id)}
    do(world, Act.REVOKE, award_id)
    assert breaches(world) == set()


def test_an_award_that_the_database_forgot_is_named_by_its_witnesses(world: World) -> None:
    made(world)
    with world.transaction() as session:
        award = session.exec(select(Award)).one()
        digest, award_id = award.content_hash, award.id
        session.delete(award)
    assert breaches(world) == {Breach("journal-alone", award_id), Breach("deposit-alone", digest)}


def test_what_only_witnesses_know_is_named(world: World) -> None:
    made(world)
    digest = f"sha256:{'0' * 64}"
    with world.transaction() as session:
        deposit(session, digest, "did:web:ugu.sever.example", NOW)
        deposit(session, f"sha256:{'1' * 64}", "did:web:elsewhere.example", NOW)
        journal.append(session, at=NOW, event="award.made", actor_kind="person", item="nobody")
    assert breaches(world) == {Breach("deposit-alone", digest), Breach("journal-alone", "nobody")}


def test_a_list_that_is_not_the_databases_is_named(world: World) -> None:
    award_id, entry = made(world)
    with world.transaction() as session:
        session.get_one(Award, award_id).suspended_at = NOW
    assert breaches(world) == {Breach("list", "ugu-1")}
    world.shelf.put("status/ugu-1", b"{}")
    assert rules(world) == {"list"}
    world.shelf.ledger.note("ugu-1", Word.SET, [entry.index ^ 1])
    assert breaches(world) == {Breach("list", "ugu-1"), Breach("bit", f"ugu-1#{entry.index ^ 1}")}


def test_two_versions_in_force_are_named(world: World) -> None:
    old_id, _ = made(world)
    fresh = correct(world, old_id)
    with world.transaction() as session:
        session.get_one(Award, old_id).revoked_at = None
    assert Breach("correction", fresh) in breaches(world)


def test_a_published_achievement_that_was_changed_is_named(world: World) -> None:
    document = read_json(world.shelf.get("orgs/ugu/achievements/m08-1") or b"")
    assert document["name"]
    world.shelf.put("orgs/ugu/achievements/m08-1", b"{}")
    assert breaches(world) == {Breach("achievement", "ugu/m08-1")}


def test_an_award_refused_without_a_reason_is_named(world: World) -> None:
    award_id = world.issuer().place(order(), METHODIST, NOW)
    with world.transaction() as session:
        session.get_one(Award, award_id).state = AwardState.REFUSED
    assert breaches(world) == {Breach("state", award_id)}


def test_every_rule_has_its_sentence() -> None:
    assert set(RULES) >= {rule for _, expected in DAMAGE for rule in expected}
    assert all(RULES.values())
