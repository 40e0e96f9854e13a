"""Lists from file to wallet: every row is issued or rejected, whatever happens on the way; nothing twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import count
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from issuer.batches import desk, outcome
from issuer.batches.errors import BatchStep, OwnBatch
from issuer.batches.running import LEASE, TROUBLED
from issuer.places import take_places
from issuer.tables import AwardState, BatchState, Chunk
from keys import organisations, publish
from keys.actor import Actor, ActorKind
from schemas.identity import grouped
from schemas.reading import read_json
from schemas.spreadsheets import as_csv
from schemas.trust_list import Standing, State
from tests.issuer.awarded import check_invariants
from tests.issuer.lists import EVENT, awards_of, batches, csv_of, enter, good, number, run, seen, started, whole
from tests.issuer.world import AWARDER, METHODIST, NOW, World, entropy, order

FRESH = count(1_000, 10)
LATER = NOW + timedelta(minutes=10)
BAD = [("0000", "70"), (grouped(number(900)), "40"), (grouped(number(901)), "=1+1"), (grouped(number(902)), "70", "x")]


def test_good_and_bad_rows_are_told_apart(world: World) -> None:
    batch = started(world, csv_of([*good(5), *BAD]))
    run(world)
    held = seen(world, batch)
    assert (held.state, held.total, held.issued, held.rejected) == (BatchState.DONE, 9, 5, 4)
    assert (held.started_at, held.ended_at) == (NOW, NOW)
    whole(world, batch)
    with world.transaction() as session:
        told = outcome.first_faults(session, held, 50, str)
    assert [row for row, _ in told] == [7, 8, 9, 10]
    assert told[0][1].startswith("Сетевой номер: ")
    assert world.issuer().finish_waiting(NOW) == 5
    assert {number for number, _ in world.wallets.taken} == {number(place) for place in range(5)}
    check_invariants(world)


def test_badges_of_a_list_are_those_of_the_form(world: World) -> None:
    batch = started(world, csv_of(good(3)))
    run(world)
    alone = read_json(world.issuer().issue(order(event="другое", learner_number=number(50), levels={}), AWARDER, NOW))
    for award in awards_of(world, batch):
        made = read_json(award.stored or b"")
        assert made.keys() == alone.keys()
        assert made["credentialSubject"]["achievement"] == alone["credentialSubject"]["achievement"]
        assert (award.ordered_by, award.event, award.unsigned) == ("awarder", EVENT, None)


def test_the_same_learner_twice_and_an_earlier_award_are_said_and_not_awarded_again(world: World) -> None:
    world.issuer().issue(order(learner_number=number(1), event=EVENT, result="90", levels={}), AWARDER, NOW)
    batch = started(world, csv_of([*good(3), *good(1)]))
    run(world)
    with world.transaction() as session:
        told = session.exec(select(Chunk.faults)).one()
    assert [(fault[0], fault[1]) for fault in told] == [(3, "awarded-before"), (5, "row-twice")]
    again = started(world, csv_of(good(3)))
    run(world)
    assert (seen(world, again).issued, seen(world, again).rejected) == (0, 3)
    whole(world, batch)


def test_the_same_learner_in_two_pieces_is_awarded_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issuer.batches.entering.SIZE", 2)
    batch = started(world, csv_of([*good(3), *good(3)]))
    run(world)
    assert (seen(world, batch).issued, seen(world, batch).rejected) == (3, 3)
    whole(world, batch)


def test_a_dry_run_keeps_nothing_and_says_the_same(world: World) -> None:
    batch = enter(world, csv_of([*good(4), *BAD, *good(1)]))
    with world.transaction() as session:
        desk.check(session, batch)
    run(world)
    held = seen(world, batch)
    assert (held.state, held.checked, held.faulty) == (BatchState.CHECKED, 9, 5)
    assert awards_of(world, batch) == []
    with world.transaction() as session:
        dry = session.exec(select(Chunk.faults)).one()
        desk.submit(session, batch, AWARDER, NOW)
    run(world)
    with world.transaction() as session:
        assert session.exec(select(Chunk.faults)).one() == dry
    whole(world, batch)


def test_what_was_rejected_is_corrected_and_fed_back(world: World) -> None:
    batch = started(world, csv_of([*good(2), (grouped(number(7)), "")]))
    run(world)
    file = b"".join(as_csv(batches(world).rejected(seen(world, batch), str))).decode("utf-8-sig")
    assert "Укажите итоговый результат" in file
    corrected = file.replace(f"{grouped(number(7))};;", f"{grouped(number(7))};77;")
    again = started(world, corrected.encode())
    run(world)
    assert seen(world, again).issued == 1


def test_rows_without_a_number_wait_for_their_learner(world: World) -> None:
    batch = started(world, csv_of([("", "80"), ("", "90"), *good(1)]))
    run(world)
    assert [award.state for award in awards_of(world, batch)] == [AwardState.OFFERED] * 2 + [AwardState.STORED]
    whole(world, batch)
    assert world.issuer().finish_waiting(LATER) == 1


def test_a_second_person_approves_and_who_uploaded_may_not(world: World) -> None:
    with world.transaction() as session:
        desk.settle(session, "ugu", METHODIST, NOW, second_person=True)
    batch = started(world, csv_of(good(2)))
    run(world)
    assert (seen(world, batch).state, awards_of(world, batch)) == (BatchState.WAITING, [])
    command = Actor(kind=ActorKind.COMMAND, person="somebody", memberships=METHODIST.memberships)
    for by in (AWARDER, command):
        with pytest.raises(OwnBatch), world.transaction() as session:
            desk.approve(session, batch, by, NOW)
    with world.transaction() as session:
        desk.approve(session, batch, METHODIST, NOW)
    with pytest.raises(BatchStep), world.transaction() as session:
        desk.approve(session, batch, METHODIST, NOW)
    run(world)
    assert seen(world, batch).approved_by == "methodist"
    whole(world, batch)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(["work", "work", "pause", "resume", "cancel", "claim"]), max_size=14))
def test_every_row_is_issued_or_rejected_whatever_people_do(world: World, acts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("issuer.batches.entering.SIZE", 3)
        batch = started(world, csv_of([*good(7, start=next(FRESH)), *BAD]))
    working, now = batches(world), NOW
    for act in acts:
        now += timedelta(seconds=1)
        with world.transaction() as session:
            if act in {"pause", "resume", "cancel"}:
                with suppress(BatchStep):
                    getattr(desk, act)(session, batch, AWARDER, now)
        if act == "work":
            working.run_once(batch, now)
        if act == "claim":
            working._runner._claim(now, batch)  # noqa: SLF001 - a worker that dies right after this
    with world.transaction() as session:
        if seen(world, batch).state is BatchState.PAUSED:
            desk.resume(session, batch, AWARDER, now)
    run(world, now + LEASE)
    whole(world, batch)


@contextmanager
def failing(world: World, table: str, when: str, event: str = "INSERT") -> Iterator[None]:
    """A fault chosen by data: the database refuses one row (Boulder's trigger)."""
    if world.engine.dialect.name == "sqlite":
        make = [f"CREATE TRIGGER fault BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'chosen'); END"]
        drop = ["DROP TRIGGER fault"]
    else:
        make = [
            "CREATE FUNCTION fault() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'chosen'; END $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER fault BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION fault()",
        ]
        drop = [f"DROP TRIGGER fault ON {table}", "DROP FUNCTION fault()"]
    for statement in make:
        with world.engine.begin() as connection:
            connection.execute(text(statement))
    yield
    for statement in drop:
        with world.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("table", "when", "event"),
    [
        ("key_deposit", "NEW.issuer <> ''", "INSERT"),
        ("key_journal", "NEW.event = 'award.made'", "INSERT"),
        ("issuer_award", "NEW.batch_row = 4", "INSERT"),
        ("issuer_award", "NEW.batch_row = 4 AND NEW.stored IS NOT NULL", "UPDATE"),
    ],
)
def test_a_refused_write_leaves_nothing_half_done(world: World, table: str, when: str, event: str) -> None:
    batch = started(world, csv_of(good(5)))
    with failing(world, table, when, event), suppress(DBAPIError):
        batches(world).run_once(batch, NOW)  # a refused insert of an award is taken for a collision and tried again
    before = {award.batch_row: award.credential_id for award in awards_of(world, batch)}
    assert all(award.stored is None for award in awards_of(world, batch))
    run(world, NOW + LEASE)
    after = {award.batch_row: award.credential_id for award in awards_of(world, batch)}
    assert before.items() <= after.items()
    whole(world, batch)


def test_a_worker_that_dies_is_taken_over_with_the_same_ids(world: World) -> None:
    batch = started(world, csv_of(good(4)))
    dead = batches(world)._runner  # noqa: SLF001 - a worker that dies between two steps
    claimed = dead._claim(NOW, batch)  # noqa: SLF001
    assert claimed is not None
    assert dead._reserve(claimed, NOW)  # noqa: SLF001
    ids = [award.credential_id for award in awards_of(world, batch)]
    assert run(world, NOW + LEASE / 2) == 0
    run(world, NOW + LEASE)
    assert [award.credential_id for award in awards_of(world, batch)] == ids
    dead._work(claimed, NOW)  # noqa: SLF001 - it was only asleep: what it brings is not taken
    whole(world, batch)


def test_a_key_changed_in_the_middle_signs_the_rest(world: World) -> None:
    batch = started(world, csv_of(good(2)))
    runner = batches(world)._runner  # noqa: SLF001
    claimed = runner._claim(NOW, batch)  # noqa: SLF001
    assert claimed is not None
    runner._reserve(claimed, NOW)  # noqa: SLF001
    with world.transaction() as session:
        organisations.rotate(session, world.store, "ugu", NOW)
        publish.publish_organisation(session, world.shelf, world.store, "ugu", NOW)
        method = organisations.signer_for(session, world.store, "ugu", NOW).method
    run(world, NOW + LEASE)
    for award in awards_of(world, batch):
        assert read_json(award.stored or b"")["proof"][0]["verificationMethod"] == method
    whole(world, batch)


def test_while_the_trust_list_is_silent_a_list_waits_and_says_so(world: World) -> None:
    batch = started(world, csv_of(good(2)))
    run(world, NOW, batches(world, trust=lambda _did, _moment: Standing(state=State.UNKNOWN)))
    assert (seen(world, batch).trouble, awards_of(world, batch)) == ("standing-unknown", [])
    run(world, NOW + TROUBLED)
    assert seen(world, batch).trouble == ""
    whole(world, batch)


def test_the_server_counts_what_a_list_is_made_of_after_its_first_piece(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 1 if world.engine.dialect.name == "postgresql" else 0
    monkeypatch.setattr("issuer.batches.entering.SIZE", 2)
    before = analysed(world)
    batch = started(world, csv_of(good(6)))
    run(world)
    assert analysed(world) == before + looks
    whole(world, batch)


def analysed(world: World) -> int:
    """How often somebody had the table of awards looked over; SQLite is never asked to."""
    if world.engine.dialect.name != "postgresql":
        return 0
    asked = "select analyze_count from pg_stat_user_tables where relname = 'issuer_award'"
    with world.engine.connect() as connection:
        return int(connection.exec_driver_sql(asked).scalar_one())


def test_three_workers_share_a_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issuer.batches.entering.SIZE", 10)
    batch = started(world, csv_of([*good(90), *BAD]))
    start = Barrier(3)

    def work(_: int) -> None:
        start.wait()
        working = batches(world)
        for step in range(20):
            working.run_once(batch, NOW + timedelta(seconds=2 * step))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    run(world, NOW + LEASE * 2)
    assert seen(world, batch).issued == 90
    whole(world, batch)


def test_sixty_four_threads_take_places_at_once(world: World) -> None:
    """Each piece writes its places down while it holds the list, so none is given twice; a narrow draw makes collisions certain."""
    batch = enter(world, csv_of(good(1)))
    with world.transaction() as session:
        first = session.get_one(Chunk, (batch, 0))
        session.add_all(Chunk(**{**first.model_dump(), "number": piece}) for piece in range(1, 65))
    start = Barrier(64)

    def take(piece: int) -> list[int]:
        drawn = entropy(f"{piece}")
        start.wait()
        with world.transaction() as session:
            taken = take_places(
                session, "ugu", 20, lambda length: narrow(drawn(32) * (length // 32 + 1))[:length], world.shelf.ledger
            )
            chunk = session.get_one(Chunk, (batch, piece))
            chunk.status_list, chunk.places = taken.status_list, taken.indexes
            return taken.indexes

    with ThreadPoolExecutor(64) as pool:
        taken = [index for indexes in pool.map(take, range(1, 65)) for index in indexes]
    assert len(taken) == len(set(taken)) == 64 * 20


def narrow(drawn: bytes) -> bytes:
    """Bytes of indexes among the first 4,096 alone."""
    return bytes((0, byte & 15, byte)[place % 3] for place, byte in enumerate(drawn))


def test_progress_costs_the_same_however_long_the_list(world: World) -> None:
    batch = started(world, csv_of(good(3)))
    asked: list[str] = []
    event.listen(world.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    seen(world, batch)
    assert len([statement for statement in asked if "FROM issuer_batch" in statement]) == 1
    assert not [statement for statement in asked if "issuer_award" in statement or "chunk" in statement]
