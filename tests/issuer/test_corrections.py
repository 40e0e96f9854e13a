"""A badge with an error: signed anew under its id, the old one revoked with it, never before, and only once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from issuer import acts
from issuer.errors.badges import AlreadyRevoked, BeingCorrected, NothingCorrected
from issuer.errors.orders import AwardExists, BelowPass, ShownChanged
from issuer.lifecycle import Act, Standing
from issuer.tables import Award, AwardState
from keys.errors.store import KeyStoreError
from keys.tables import JournalRow
from schemas.award import AwardOrder
from schemas.credential import Credential
from schemas.notice import Notice
from schemas.reading import read_json
from schemas.validate import validate
from tests.issuer.awarded import check_invariants
from tests.issuer.test_acts import CrashError, do, is_set, made, stands
from tests.issuer.world import AWARDER, METHODIST, NOW, World, module, order, place_of
from wallet_web.receive import sameness

LATER = NOW + timedelta(hours=1)


def said(**changes: Any) -> AwardOrder:
    return order(**{"event": "приказ № 3 об исправлении", "result": "91", **changes})


def correct(world: World, award_id: str, **changes: Any) -> str:
    issuer = world.issuer()
    fresh = issuer.correct(award_id, said(**changes), reason="описка в ведомости", by=METHODIST, now=LATER)
    issuer.finish(fresh, LATER)
    return fresh


def read(world: World, award_id: str) -> tuple[Award, Credential]:
    with world.transaction() as session:
        award = session.get_one(Award, award_id)
    return award, Credential(read_json(award.stored or b""))


def test_a_correction_takes_the_place_of_the_badge(world: World) -> None:
    old_id, entry = made(world)
    fresh_id = correct(world, old_id)
    (old, before), (fresh, after) = read(world, old_id), read(world, fresh_id)
    assert after.id == before.id
    assert sameness(after, fresh.stored or b"") == sameness(before, old.stored or b"")
    assert (before.valid_from, after.valid_from) == (NOW, LATER)
    assert before.awarded_at == after.awarded_at == NOW
    assert after.results[0].value == "91"
    validate(after.document)
    assert is_set(world, entry) is True
    assert is_set(world, place_of(after)) is False
    assert place_of(after).index != entry.index
    assert (fresh.replaces, old.revocation_reason, old.revoked_by) == (old_id, "описка в ведомости", "methodist")
    assert (stands(world, old_id), stands(world, fresh_id)) == (Standing.CORRECTED, Standing.VALID)
    check_invariants(world)


def test_a_correction_keeps_the_version_the_badge_was_made_from(world: World) -> None:
    old_id, _ = made(world)
    with world.transaction() as session:
        world.offer(session, module(criteria="Другие условия."))
    fresh, badge = read(world, correct(world, old_id))
    assert fresh.version == read(world, old_id)[0].version
    assert "Другие" not in badge.achievement.criteria


def test_a_correction_can_be_corrected(world: World) -> None:
    first, _ = made(world)
    second = correct(world, first)
    third = correct(world, second, result="92", event="приказ № 4")
    badges = [read(world, award_id)[1] for award_id in (first, second, third)]
    assert len({badge.id for badge in badges}) == 1
    moments = [badge.valid_from for badge in badges if badge.valid_from]
    assert moments == sorted(set(moments))
    assert [is_set(world, place_of(badge)) for badge in badges] == [True, True, False]
    check_invariants(world)


def test_a_suspended_badge_is_corrected_and_its_correction_is_in_force(world: World) -> None:
    old_id, _ = made(world)
    do(world, Act.SUSPEND, old_id)
    assert stands(world, correct(world, old_id)) is Standing.VALID
    assert stands(world, old_id) is Standing.CORRECTED


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"result": "87"}, NothingCorrected),
        ({"event": "ведомость № 7"}, AwardExists),
        ({"event": " "}, Exception),
        ({"result": "12"}, BelowPass),
    ],
)
def test_a_correction_that_cannot_be_leaves_the_badge_alone(
    world: World, changes: dict[str, Any], error: type[Exception]
) -> None:
    old_id, entry = made(world)
    with pytest.raises(error):
        correct(world, old_id, **changes)
    assert (stands(world, old_id), is_set(world, entry)) == (Standing.VALID, False)


def test_an_occasion_that_led_to_another_award_corrects_nothing(world: World) -> None:
    old_id, _ = made(world)
    made(world, "ведомость № 8")
    with pytest.raises(AwardExists):
        correct(world, old_id, event="ведомость № 8")


def test_a_revoked_badge_is_not_corrected_and_a_corrected_one_not_again(world: World) -> None:
    old_id, _ = made(world)
    correct(world, old_id)
    with pytest.raises(AlreadyRevoked):
        correct(world, old_id, result="93", event="приказ № 5")
    other, _ = made(world, "ведомость № 8")
    do(world, Act.REVOKE, other)
    with pytest.raises(AlreadyRevoked):
        correct(world, other)


def test_until_the_correction_is_stored_the_badge_holds(world: World) -> None:
    """The process dies between the order and the signature; a worker goes on."""
    old_id, entry = made(world)
    issuer = world.issuer()
    fresh = issuer.correct(old_id, said(), reason="описка", by=METHODIST, now=LATER)
    assert (stands(world, old_id), is_set(world, entry)) == (Standing.BEING_CORRECTED, False)
    for act in (Act.REVOKE, Act.SUSPEND):
        with pytest.raises(BeingCorrected):
            do(world, act, old_id)
    assert world.issuer().finish_waiting(LATER) == 1
    assert (stands(world, old_id), stands(world, fresh)) == (Standing.CORRECTED, Standing.VALID)
    check_invariants(world)


def test_the_old_one_and_the_new_one_change_together(world: World) -> None:
    """The transaction that stores the correction is lost: the badge still holds, and the next try makes both."""
    old_id, _ = made(world)

    def fail(*_: object) -> None:
        raise CrashError

    issuer = world.issuer(deposit=fail)
    fresh = issuer.correct(old_id, said(), reason="описка", by=METHODIST, now=LATER)
    with pytest.raises(CrashError):
        issuer.finish(fresh, LATER)
    assert stands(world, old_id) is Standing.BEING_CORRECTED
    world.issuer().finish(fresh, LATER)
    assert (stands(world, old_id), stands(world, fresh)) == (Standing.CORRECTED, Standing.VALID)


def test_a_correction_refused_before_its_signature_is_taken_up_again(world: World) -> None:
    old_id, _ = made(world)
    issuer = world.issuer()
    fresh = issuer.correct(old_id, said(), reason="описка", by=METHODIST, now=LATER)
    with world.transaction() as session:
        session.get_one(Award, fresh).state = AwardState.REFUSED
    assert stands(world, old_id) is Standing.VALID
    again = correct(world, old_id, result="95", event="приказ № 4")
    assert again == fresh
    assert read(world, fresh)[1].results[0].value == "95"


def test_the_holder_hears_of_it_after_the_wallet_has_the_new_one(world: World) -> None:
    told: list[Notice] = []
    old_id, _ = made(world)
    issuer = world.issuer(tell=lambda *given: told.append(given[3]))
    issuer.finish(issuer.correct(old_id, said(), reason="описка", by=METHODIST, now=LATER), LATER)
    assert told == [Notice.CORRECTED]
    assert len(world.wallets.taken) == 2
    with world.transaction() as session:
        rows = session.exec(select(JournalRow.event).where(JournalRow.item == old_id)).all()
        assert acts.latest_reason(acts.history(session, old_id), Act.CORRECT) == "описка"
    assert rows[-1] == "award.corrected"


def test_delivery_that_fails_does_not_undo_a_correction(world: World) -> None:
    old_id, _ = made(world)
    world.wallets.fails = [KeyStoreError()]
    fresh = world.issuer().correct(old_id, said(), reason="описка", by=METHODIST, now=LATER)
    with pytest.raises(KeyStoreError):
        world.issuer().finish(fresh, LATER)
    assert stands(world, old_id) is Standing.CORRECTED
    world.issuer().finish(fresh, LATER)
    assert len(world.wallets.taken) == 2


def test_what_is_signed_is_what_was_seen(world: World) -> None:
    old_id, _ = made(world)
    trial = world.issuer().preview_correction(old_id, said(), LATER)
    with pytest.raises(ShownChanged):
        world.issuer().correct(old_id, said(result="92"), reason="описка", by=AWARDER, now=LATER, shown=trial.digest)
    assert world.issuer().correct(old_id, said(), reason="описка", by=AWARDER, now=LATER, shown=trial.digest)
