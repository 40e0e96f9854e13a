"""The names of a whole list are kept out of each of its badges, however far apart the rows stand, and are forgotten afterwards."""

from collections.abc import Mapping, Sequence

import pytest
from sqlmodel import Session, select

from issuer.batches import desk, entering, outcome
from issuer.batches.rolls import Rolls
from issuer.tables import Batch, BatchRoll, Chunk
from schemas.identity import grouped
from tests.issuer.lists import awards_of, batches, csv_of, enter, number, run, seen, whole
from tests.issuer.world import AWARDER, NOW, World

HEADINGS = ("Сетевой номер", "Результат", "О работе", "ФИО")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of two rows, so that six rows are three of them."""
    monkeypatch.setattr(entering, "SIZE", 2)


def rows(*told: str) -> list[tuple[str, str, str, str]]:
    names = ("Ветрова Алина", "Лисицын Пётр", "Кедрова Мария", "Озёрный Иван", "Снегирёв Олег", "Громова Яна")
    words = (*told, *[""] * (len(names) - len(told)))
    return [(grouped(number(place)), "80", words[place], name) for place, name in enumerate(names)]


def kept(world: World) -> Sequence[BatchRoll]:
    with world.transaction() as session:
        return session.exec(select(BatchRoll)).all()


def start(world: World, *told: str) -> str:
    batch = enter(world, csv_of(rows(*told), HEADINGS))
    with world.transaction() as session:
        assert len(session.exec(select(Chunk)).all()) == 3
        desk.submit(session, batch, AWARDER, NOW)
    return batch


def test_a_name_of_the_last_piece_is_found_in_the_first(world: World) -> None:
    batch = start(world, "Проект с Громовой", "Проект о громе")
    run(world)
    held = seen(world, batch)
    assert (held.issued, held.rejected) == (5, 1)
    with world.transaction() as session:
        [(row, told)] = outcome.first_faults(session, held, 50, str)
    assert row == 2
    assert "имя или фамилия" in told
    whole(world, batch)
    assert kept(world) == []  # the list has ended


def test_a_name_of_the_first_piece_is_found_in_the_last_by_another_worker(world: World) -> None:
    batch = start(world, "", "", "", "", "", "Проект с Ветровой")
    first = batches(world)
    assert first.work_once(NOW)
    with world.transaction() as session:  # its rows are gone by now
        assert session.get_one(Chunk, (batch, 0)).rows == []
    assert [roll.batch for roll in kept(world)] == [batch]
    run(world, workers=batches(world))
    held = seen(world, batch)
    assert (held.issued, held.rejected) == (5, 1)
    assert len(awards_of(world, batch)) == 5


def test_the_dry_run_says_the_same(world: World) -> None:
    batch = enter(world, csv_of(rows("Проект с Громовой"), HEADINGS))
    with world.transaction() as session:
        desk.check(session, batch)
    run(world)
    assert seen(world, batch).faulty == 1
    with world.transaction() as session:
        desk.discard(session, batch)
    assert kept(world) == []


def test_names_known_here_count_and_are_asked_for_once(world: World) -> None:
    asked: list[int] = []

    def names_of(_session: Session, numbers: Sequence[str]) -> Mapping[str, Sequence[str]]:
        asked.append(len(numbers))
        return {number(5): ("Громова", "Яна", "")} if number(5) in numbers else {}

    listed = [row[:3] for row in rows("Проект с Громовой")]
    batch = enter(world, csv_of(listed, HEADINGS[:3]))
    rolls = Rolls(world.engine, names_of)
    with world.transaction() as session:
        held = session.get_one(Batch, batch)
    assert rolls.of(held) == rolls.of(held) == Rolls(world.engine, names_of).of(held)
    assert asked == [2, 2, 2]
    with world.transaction() as session:
        desk.submit(session, batch, AWARDER, NOW)
    run(world, workers=batches(world, names_of=names_of))
    assert seen(world, batch).rejected == 1


def test_other_columns_are_looked_through_anew(world: World) -> None:
    batch = enter(world, csv_of(rows(), HEADINGS))
    rolls = Rolls(world.engine, lambda _session, _numbers: {})
    with world.transaction() as session:
        held = session.get_one(Batch, batch)
    assert len(rolls.of(held)) == 6
    held.columns = {**held.columns, "narrative": 3}
    assert rolls.of(held) == frozenset()
    [stored] = kept(world)
    assert stored.stems == []
