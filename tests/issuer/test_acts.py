"""Suspend, lift, revoke: what the public list says after each, after a crash, and after an older database came back."""

import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, delete, select, update

from issuer import acts, status
from issuer.errors.badges import AlreadyRevoked, AlreadySuspended, NotSuspended, ReasonMissing
from issuer.issue import Issuer
from issuer.lifecycle import ALLOWED, Act, Standing
from issuer.tables import Award, AwardAct, AwardState, StatusList
from keys.ledger import Word
from keys.tables import JournalRow
from schemas.credential import Credential
from schemas.notice import Notice
from schemas.reading import read_json
from schemas.status_entry import StatusEntry
from schemas.status_list import LENGTH
from schemas.status_list import StatusList as PublishedList
from tests.issuer.world import AWARDER, METHODIST, NOW, NUMBER, World, order, place_of

LATER = NOW + timedelta(hours=1)


class CrashError(Exception):
    """The process died here."""


def made(world: World, event: str = "ведомость № 7") -> tuple[str, StatusEntry]:
    issuer = world.issuer()
    award_id = issuer.place(order(event=event), AWARDER, NOW)
    return award_id, place_of(Credential(read_json(issuer.finish(award_id, NOW))))


def do(world: World, act: Act, award_id: str, now: datetime = LATER, issuer: Issuer | None = None) -> None:
    issuer = issuer or world.issuer()
    change = {Act.SUSPEND: issuer.suspend, Act.LIFT: issuer.lift, Act.REVOKE: issuer.revoke}[act]
    with world.transaction() as session:
        change(session, award_id, reason="проверка", by=METHODIST, now=now)


def stands(world: World, award_id: str) -> Standing:
    with world.transaction() as session:
        return acts.standing(session, session.get_one(Award, award_id), LATER)


def is_set(world: World, entry: StatusEntry, ending: str = "") -> bool:
    path = entry.list_url.removeprefix("https://ugu.sever.example/") + ending
    return PublishedList(read_json(world.shelf.get(path) or b"")).bits().get(entry.index)


def test_a_suspended_badge_is_not_in_force_and_a_lifted_one_is(world: World) -> None:
    award_id, entry = made(world)
    do(world, Act.SUSPEND, award_id)
    assert (stands(world, award_id), is_set(world, entry)) == (Standing.SUSPENDED, True)
    assert is_set(world, entry, "-suspension") is True
    do(world, Act.LIFT, award_id)
    assert (stands(world, award_id), is_set(world, entry)) == (Standing.VALID, False)
    assert is_set(world, entry, "-suspension") is False


def test_the_list_names_its_suspensions_only_while_there_are_any(world: World) -> None:
    award_id, entry = made(world)
    path = entry.list_url.removeprefix("https://ugu.sever.example/")

    def named() -> object:
        return read_json(world.shelf.get(path) or b"").get("relatedResource")

    assert named() is None
    assert world.shelf.get(f"{path}-suspension") is None
    do(world, Act.SUSPEND, award_id)
    assert named() is not None
    do(world, Act.REVOKE, award_id)
    assert named() is None
    assert (is_set(world, entry), is_set(world, entry, "-suspension")) == (True, False)


def test_every_act_has_its_reason_its_row_in_the_history_and_in_the_journal(world: World) -> None:
    award_id, _ = made(world)
    for act in (Act.SUSPEND, Act.LIFT, Act.REVOKE):
        with pytest.raises(ReasonMissing), world.transaction() as session:
            acts.revoke(session, world.shelf, world.store, award_id, reason=" ", by=METHODIST, now=NOW)
        do(world, act, award_id, LATER + timedelta(minutes=list(Act).index(act)))
    with world.transaction() as session:
        rows = acts.history(session, award_id)
        journal = session.exec(select(JournalRow).where(JournalRow.item == award_id).order_by(col(JournalRow.number)))
        assert [row.event for row in journal][1:] == ["award.suspended", "award.lifted", "award.revoked"]
    assert [(row.act, row.by, row.reason) for row in rows] == [
        (act, "methodist", "проверка") for act in ("suspend", "lift", "revoke")
    ]


def test_the_holder_is_told_in_the_same_transaction(world: World) -> None:
    told: list[tuple[str, Notice, str]] = []
    issuer = world.issuer(
        tell=lambda _session, number, _badge, notice, reason, _now: told.append((number, notice, reason))
    )
    award_id, _ = made(world)
    do(world, Act.SUSPEND, award_id, issuer=issuer)
    do(world, Act.REVOKE, award_id, issuer=issuer)
    assert told == [(NUMBER, Notice.SUSPENDED, "проверка"), (NUMBER, Notice.REVOKED, "проверка")]


def test_an_act_that_does_not_fit_changes_nothing(world: World) -> None:
    award_id, entry = made(world)
    before = world.shelf.get("status/ugu-1")
    with pytest.raises(NotSuspended):
        do(world, Act.LIFT, award_id)
    do(world, Act.SUSPEND, award_id)
    with pytest.raises(AlreadySuspended):
        do(world, Act.SUSPEND, award_id)
    do(world, Act.REVOKE, award_id)
    for act in (Act.SUSPEND, Act.LIFT, Act.REVOKE):
        with pytest.raises(AlreadyRevoked):
            do(world, act, award_id)
    assert is_set(world, entry) is True
    assert before != world.shelf.get("status/ugu-1")


def test_a_long_random_history_agrees_with_the_table(world: World) -> None:
    """Whatever is done in whatever order: the table decides what is possible, the list shows what came of it (THREATS I11)."""
    draw = random.Random("lifecycle")  # noqa: S311 - the same history in every run
    badges = [made(world, f"ведомость № {n}") for n in range(4)]
    model = dict.fromkeys((award_id for award_id, _ in badges), Standing.VALID)
    becomes = {Act.SUSPEND: Standing.SUSPENDED, Act.LIFT: Standing.VALID, Act.REVOKE: Standing.REVOKED}
    for step in range(40):
        award_id, act = draw.choice(list(model)), draw.choice([Act.SUSPEND, Act.LIFT] * 5 + [Act.REVOKE])
        try:
            do(world, act, award_id, LATER + timedelta(minutes=step))
        except (AlreadyRevoked, AlreadySuspended, NotSuspended):
            assert act not in ALLOWED[model[award_id]]
        else:
            assert act in ALLOWED[model[award_id]]
            model[award_id] = becomes[act]
        for badge, entry in badges:
            assert stands(world, badge) is model[badge]
            assert is_set(world, entry) is (model[badge] is not Standing.VALID)
    assert set(model.values()) > {Standing.REVOKED}


def crash_after(world: World, act: Act, award_id: str) -> None:
    """The act is done and public, and the process dies before its transaction commits."""
    issuer = world.issuer()
    change = {Act.SUSPEND: issuer.suspend, Act.LIFT: issuer.lift, Act.REVOKE: issuer.revoke}[act]
    with pytest.raises(CrashError), world.transaction() as session:  # noqa: PT012 - the crash comes after the act
        change(session, award_id, reason="проверка", by=METHODIST, now=LATER)
        raise CrashError


def test_what_was_public_stays_out_of_force_though_the_commit_was_lost(world: World) -> None:
    award_id, entry = made(world)
    crash_after(world, Act.REVOKE, award_id)
    assert stands(world, award_id) is Standing.VALID
    world.issuer().refresh_lists(LATER + status.REFRESH)
    assert is_set(world, entry) is True
    do(world, Act.REVOKE, award_id)
    assert (stands(world, award_id), is_set(world, entry)) == (Standing.REVOKED, True)


def test_a_lift_whose_commit_was_lost_leaves_the_badge_suspended(world: World) -> None:
    award_id, entry = made(world)
    do(world, Act.SUSPEND, award_id)
    crash_after(world, Act.LIFT, award_id)
    world.issuer().refresh_lists(LATER + status.REFRESH)
    assert (stands(world, award_id), is_set(world, entry)) == (Standing.SUSPENDED, True)
    do(world, Act.LIFT, award_id)
    assert (stands(world, award_id), is_set(world, entry)) == (Standing.VALID, False)


def test_an_act_whose_list_cannot_be_written_has_not_happened(world: World, tmp_path: Path) -> None:
    award_id, entry = made(world)
    kept = world.shelf.get("status/ugu-1") or b""
    place = tmp_path / "public" / "status" / "ugu-1"
    place.unlink()
    (place / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match="ugu-1"):
        do(world, Act.REVOKE, award_id)
    shutil.rmtree(place)
    world.shelf.put("status/ugu-1", kept)
    assert stands(world, award_id) is Standing.VALID
    world.issuer().refresh_lists(LATER + status.REFRESH)
    assert is_set(world, entry) is False


def go_back(world: World, award_ids: list[str], *, forget_lists: bool = False) -> None:
    """The database as it was before these awards were made."""
    with world.transaction() as session:
        session.exec(delete(AwardAct).where(col(AwardAct.award).in_(award_ids)))
        session.exec(delete(Award).where(col(Award.id).in_(award_ids)))
        if forget_lists:
            session.exec(delete(StatusList))


def test_an_older_database_forgets_no_revocation(world: World) -> None:
    award_id, entry = made(world)
    do(world, Act.REVOKE, award_id)
    with world.transaction() as session:
        session.exec(update(Award).values(revoked_at=None, revoked_by=None))
    assert stands(world, award_id) is Standing.VALID
    world.issuer().refresh_lists(LATER + status.REFRESH)
    assert is_set(world, entry) is True


def test_an_older_database_hands_out_no_place_twice_and_keeps_unknown_bits(world: World) -> None:
    draws = iter([5, 5, 9, 7])
    issuer = world.issuer(entropy=lambda length: next(draws).to_bytes(3) if length == 3 else world.entropy(length))
    lost = issuer.place(order(), AWARDER, NOW)
    issuer.finish(lost, NOW)
    do(world, Act.REVOKE, lost, issuer=issuer)
    go_back(world, [lost], forget_lists=True)
    fresh = place_of(Credential(read_json(issuer.issue(order(event="ведомость № 8"), AWARDER, NOW))))
    assert fresh.index == 9
    lost_entry = StatusEntry(id="", purpose="revocation", index=5, list_url=fresh.list_url)
    assert (is_set(world, fresh), is_set(world, lost_entry)) == (False, True)


def test_a_full_list_of_real_size_is_followed_by_the_next_without_end(world: World) -> None:
    made(world)
    for number in (1, 2, 3):
        world.shelf.ledger.note(f"ugu-{number}", Word.TAKEN, range(LENGTH))
        _, entry = made(world, f"ведомость № {number + 10}")
        assert entry.list_url.endswith(f"/status/ugu-{number + 1}")
        assert is_set(world, entry) is False


def test_a_revoked_badge_that_waits_for_its_wallet_is_not_delivered_any_more(world: World) -> None:
    world.wallets.has_wallet = False
    award_id, _ = made(world)
    do(world, Act.REVOKE, award_id)
    world.wallets.has_wallet = True
    assert world.issuer().finish_waiting(LATER + timedelta(days=2)) == 0
    world.issuer().finish(award_id, LATER)
    assert world.wallets.taken == []


def test_no_place_is_signed_before_it_is_remembered_outside(world: World) -> None:
    award_id = world.issuer().place(order(), AWARDER, NOW)
    world.issuer().finish(award_id, NOW)
    with world.transaction() as session:
        award = session.get_one(Award, award_id)
    assert award.state is AwardState.DELIVERED
    assert world.shelf.ledger.marks(award.status_list or "").taken == {award.status_index}
