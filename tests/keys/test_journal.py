"""The journal: whatever is done to a row is found, and the row is named; on both databases."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from keys import journal
from keys.did import did_key, verification_method
from keys.ed25519 import Ed25519Signer
from keys.errors.published import JournalCutOff
from keys.journal import Checkpoint, Fault, FaultKind, append, checkpoint, examine, keeper, row_digest, verify
from keys.store import KeyStore
from keys.tables import JournalRow
from service.database import reading, unit_of_work

AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
KEY = Ed25519Signer(bytes(32), "").multikey
SIGNER = Ed25519Signer(bytes(32), verification_method(did_key(KEY), KEY))
FIELDS = ["event", "actor_kind", "person", "organisation", "learner", "item", "previous", "digest"]


def write(session: Session, count: int) -> None:
    for number in range(count):
        append(
            session,
            at=AT + timedelta(seconds=number),
            event="award.made",
            actor_kind="person",
            person=f"person-{number}",
            organisation="s1",
            learner=None if number % 2 else "L1",
            item=f"award-{number}",
        )


def chain(count: int) -> list[JournalRow]:
    """A whole journal in memory."""
    rows: list[JournalRow] = []
    for number in range(1, count + 1):
        row = JournalRow(
            number=number,
            at=AT + timedelta(seconds=number),
            event="award.made",
            actor_kind="person",
            person=f"person-{number}",
            organisation="s1",
            learner=None,
            item=f"award-{number}",
            previous=rows[-1].digest if rows else "0" * 64,
            digest="",
        )
        row.digest = row_digest(row)
        rows.append(row)
    return rows


def copy(rows: list[JournalRow]) -> list[JournalRow]:
    return [JournalRow(**row.model_dump()) for row in rows]


WHOLE = chain(12)
END = [Checkpoint(12, WHOLE[-1].digest)]
places = st.integers(0, len(WHOLE) - 1)


def test_a_whole_journal_has_no_faults() -> None:
    assert verify(WHOLE, END) == []
    assert verify(WHOLE, [Checkpoint(5, WHOLE[4].digest), *END]) == []
    assert verify([], []) == []


@given(places, st.sampled_from(FIELDS), st.data())
def test_a_changed_field_is_found_and_its_row_named(place: int, field: str, data: st.DataObject) -> None:
    rows = copy(WHOLE)
    value = getattr(rows[place], field) or "L1"
    at = data.draw(st.integers(0, len(value) - 1))
    setattr(rows[place], field, value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :])
    assert rows[place].number in {fault.number for fault in verify(rows, END)}


@given(places, st.integers(-(10**9), 10**9).filter(bool))
def test_a_changed_moment_is_found(place: int, microseconds: int) -> None:
    rows = copy(WHOLE)
    rows[place].at += timedelta(microseconds=microseconds)
    assert verify(rows, END) == [Fault(place + 1, FaultKind.CHANGED)]


@given(places)
def test_a_dropped_row_is_found(place: int) -> None:
    rows = copy(WHOLE)
    del rows[place]
    assert Fault(place + 1, FaultKind.MISSING) in verify(rows, END)


@given(places)
def test_a_dropped_row_whose_followers_moved_up_is_found(place: int) -> None:
    rows = copy(WHOLE)
    del rows[place]
    for number, row in enumerate(rows, start=1):
        row.number = number
    assert place + 1 in {fault.number for fault in verify(rows, END)}


@given(places, places)
def test_swapped_rows_are_found(one: int, other: int) -> None:
    rows = copy(WHOLE)
    rows[one].number, rows[other].number = rows[other].number, rows[one].number
    rows.sort(key=lambda row: row.number)
    found = {fault.number for fault in verify(rows, END)}
    assert found >= ({one + 1, other + 1} if one != other else set())


@given(places)
def test_a_cut_off_end_is_found_up_to_the_checkpoint(place: int) -> None:
    assert verify(WHOLE[:place], END) == [Fault(place + 1, FaultKind.MISSING)]


@given(places)
def test_an_inserted_row_is_found(place: int) -> None:
    rows = copy(WHOLE)
    extra = JournalRow(**rows[place].model_dump())
    extra.item = "award-inserted"
    for row in rows[place:]:
        row.number += 1
    rows.insert(place, extra)
    assert verify(rows, END)


@given(places)
@settings(max_examples=30)
def test_a_rewritten_chain_is_found_by_the_checkpoint(place: int) -> None:
    rows = copy(WHOLE)
    rows[place].person = "somebody-else"
    for before, row in zip([None, *rows], rows, strict=False):
        row.previous = before.digest if before else "0" * 64
        row.digest = row_digest(row)
    assert verify(rows, []) == []  # the chain alone cannot tell
    assert verify(rows, END) == [Fault(12, FaultKind.REWRITTEN)]


def test_two_checkpoints_that_contradict_each_other_are_a_fault() -> None:
    assert verify(WHOLE, [*END, Checkpoint(12, "0" * 64)]) == [Fault(12, FaultKind.REWRITTEN)]


# ── In a database ────────────────────────────────────────────────────────────────────────────────────────────────

TAMPERING: dict[str, tuple[str, int]] = {
    "flip": ("update key_journal set person = 'someone-else' where number = 7", 7),
    "shift": ("update key_journal set item = 'award-0' where number = 7", 7),
    "empty": ("update key_journal set learner = null where number = 7", 7),
    "drop": ("delete from key_journal where number = 7", 7),
    "drop first": ("delete from key_journal where number = 1", 1),
    "truncate": ("delete from key_journal where number >= 7", 7),
    "truncate all": ("delete from key_journal", 1),
    "swap": ("update key_journal set number = case number when 7 then 1007 else 7 end where number in (7, 9)", 7),
    "date back": ("update key_journal set at = '2026-09-01 00:00:00.000000' where number = 7", 7),
    "drop checkpoint's row": ("delete from key_journal where number = 10", 10),
}


def test_tampering_in_the_database_is_found_and_named(session: Session) -> None:
    write(session, 10)
    body = checkpoint(session, SIGNER, AT)
    for way, (statement, number) in TAMPERING.items():
        assert examine(session, KEY, AT, [body or b""]) == []
        attempt = session.begin_nested()
        session.execute(text(statement))
        session.expire_all()
        assert number in {fault.number for fault in examine(session, KEY, AT)}, way
        attempt.rollback()


def test_a_checkpoint_dropped_with_the_end_is_remembered_outside(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        write(session, 5)
        outside = checkpoint(session, SIGNER, AT)
    assert outside is not None
    with unit_of_work(engine) as session:
        session.execute(text("delete from key_journal where number >= 4"))
        session.execute(text("delete from key_journal_checkpoint"))
    with reading(engine) as session:
        assert examine(session, KEY, AT) == []
        assert examine(session, KEY, AT, [outside]) == [Fault(4, FaultKind.MISSING)]


def test_a_journal_that_was_cut_off_is_never_stated_again(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        write(session, 5)
        outside = checkpoint(session, SIGNER, AT)
    with unit_of_work(engine) as session:
        session.execute(text("delete from key_journal where number > 3"))
        session.execute(text("delete from key_journal_checkpoint"))
    with reading(engine) as session, pytest.raises(JournalCutOff):
        checkpoint(session, SIGNER, AT + timedelta(hours=1), outside)


def test_a_forged_checkpoint_is_named(engine: Engine) -> None:
    thief = Ed25519Signer(bytes([9]) * 32, SIGNER.method)
    with unit_of_work(engine) as session:
        write(session, 3)
        checkpoint(session, thief, AT)
    with reading(engine) as session:
        assert examine(session, KEY, AT, [b"{}"]) == [Fault(0, FaultKind.UNSIGNED), Fault(3, FaultKind.UNSIGNED)]


def test_an_empty_journal_has_no_checkpoint(session: Session) -> None:
    assert checkpoint(session, SIGNER, AT) is None


def test_a_checkpoint_may_be_repeated(session: Session) -> None:
    write(session, 2)
    checkpoint(session, SIGNER, AT)
    checkpoint(session, SIGNER, AT + timedelta(hours=1))
    assert examine(session, KEY, AT + timedelta(hours=1)) == []


def test_rows_hold_what_was_recorded(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        append(session, at=AT, event="consent.given", actor_kind="person", person="p1", learner="L1", item="c1")
    with reading(engine) as session:
        row = session.exec(select(JournalRow)).one()
    assert (row.number, row.at, row.event, row.person, row.organisation) == (1, AT, "consent.given", "p1", None)


def test_what_is_rolled_back_was_never_recorded(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        write(session, 2)
    with suppress(RuntimeError), unit_of_work(engine) as session:
        write(session, 3)
        raise RuntimeError
    with unit_of_work(engine) as session:
        write(session, 1)
        checkpoint(session, SIGNER, AT)
    with reading(engine) as session:
        assert [row.number for row in session.exec(select(JournalRow).order_by(col(JournalRow.number)))] == [1, 2, 3]
        assert examine(session, KEY, AT) == []


def run_at_once(act: Callable[[int], None], count: int) -> None:
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            act(number)
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            errors.append(error)

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_appends_at_once_make_one_chain(engine: Engine) -> None:
    def act(number: int) -> None:
        for turn in range(10):
            with unit_of_work(engine) as session:
                append(session, at=AT, event="badge.read", actor_kind="person", person=f"p{number}", item=f"{turn}")
                append(session, at=AT, event="badge.read", actor_kind="person", person=f"p{number}", item=f"{turn}+")

    run_at_once(act, 8)
    with unit_of_work(engine) as session:
        checkpoint(session, SIGNER, AT)
    with reading(engine) as session:
        rows = session.exec(select(JournalRow).order_by(col(JournalRow.number))).all()
        assert [row.number for row in rows] == list(range(1, 161))
        assert examine(session, KEY, AT) == []
    pairs = [(row.person, row.item) for row in rows]
    assert all(
        pairs[place + 1] == (who, f"{item}+") for place, (who, item) in enumerate(pairs) if not item.endswith("+")
    )


def test_the_journals_own_key_lives_in_the_store(store: KeyStore, session: Session) -> None:
    own = keeper(store)
    assert keeper(store).multikey == own.multikey
    write(session, 1)
    checkpoint(session, own, AT)
    assert journal.examine(session, own.multikey, AT) == []
    assert journal.examine(session, KEY, AT) == [Fault(1, FaultKind.UNSIGNED)]
