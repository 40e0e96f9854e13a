"""Lists for the tests: files as staff would save them, and workers that take them to their end."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from issuer.batches import desk
from issuer.batches.entering import Upload
from issuer.batches.finding import find
from issuer.batches.invariants import broken
from issuer.batches.work import Batches
from issuer.tables import Award, AwardState, Batch, Chunk, ChunkState
from keys.actor import Actor
from schemas.identity import grouped, number_from
from tests.issuer.awarded import check_invariants
from tests.issuer.world import AWARDER, NOW, World

EVENT = "ведомость № 9"
HEADINGS = ("Сетевой номер", "Результат")


def number(place: int) -> str:
    return number_from(place.to_bytes(16))


def csv_of(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(";".join(row) for row in (headings, *rows)).encode(encoding)


def good(count: int, start: int = 0) -> list[tuple[str, str]]:
    return [(grouped(number(place)), str(60 + place % 41)) for place in range(start, start + count)]


def batches(world: World, **changes: Any) -> Batches:
    parts: dict[str, Any] = {
        "engine": world.engine,
        "store": world.store,
        "shelf": world.shelf,
        "trust": world.trust,
        "names_of": lambda _session, _numbers: {},
    }
    return Batches(**{**parts, **changes})


def enter(
    world: World, data: bytes, *, name: str = "список.csv", event: str = EVENT, by: Actor = AWARDER, code: str = "m08"
) -> str:
    return batches(world).enter(Upload("ugu", code, io.BytesIO(data), name, event), by, NOW)


def started(world: World, data: bytes, **changes: Any) -> str:
    batch = enter(world, data, **changes)
    with world.transaction() as session:
        desk.submit(session, batch, AWARDER, NOW)
    return batch


def run(world: World, now: datetime = NOW, workers: Batches | None = None) -> int:
    working = workers or batches(world)
    pieces = 0
    while working.work_once(now):
        pieces += 1
    return pieces


def seen(world: World, batch: str) -> Batch:
    with world.transaction() as session:
        return find(session, "ugu", batch)


def awards_of(world: World, batch: str) -> list[Award]:
    with world.transaction() as session:
        return list(session.exec(select(Award).where(Award.batch == batch).order_by(col(Award.batch_row))))


def whole(world: World, batch: str) -> None:
    """Rows in = issued + rejected, each award once, each fault told once (the invariant of a list)."""
    held = seen(world, batch)
    awards = awards_of(world, batch)
    made = [award for award in awards if award.state in {AwardState.STORED, AwardState.DELIVERED, AwardState.OFFERED}]
    with world.transaction() as session:
        chunks = session.exec(select(Chunk).where(Chunk.batch == batch)).all()
        places = session.exec(
            select(Award.status_list, Award.status_index).where(col(Award.status_index).is_not(None))
        ).all()
    assert held.issued + held.rejected == held.total
    assert len(made) == len({award.batch_row for award in awards}) == held.issued
    assert sum(len({fault[0] for fault in chunk.faults}) for chunk in chunks) == held.rejected
    assert {chunk.state for chunk in chunks} == {ChunkState.DONE}
    assert len(places) == len(set(places))
    with world.transaction() as session:
        assert list(broken(session)) == []
    check_invariants(world)
