"""Places in a status list for many awards at once: random, each used once, whoever else takes places meanwhile (THREATS V16).

The list's row is held while places are drawn, so that of two workers the later one sees what the earlier one took; the unique
constraint over list and index still decides between them and an award that is made alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from issuer.errors.badges import StatusListsFull
from issuer.status import Entropy, newest_list, open_list
from issuer.tables import Award, Chunk, ChunkState, StatusList
from keys.ledger import Ledger
from schemas.status_list import LENGTH

_INDEX_BYTES = 3  # LENGTH is a power of two, so every index is equally likely
_ROUNDS = 24  # in one list; it is nearly full before they are likely to fail
_MOST_LISTS = 3


@dataclass(frozen=True, slots=True)
class Places:
    """Indexes in one list."""

    status_list: str
    indexes: list[int]


def take_places(session: Session, organisation: str, count: int, entropy: Entropy, ledger: Ledger) -> Places:
    """`count` places of an organisation's newest list, or of a new one where that is too full. The caller writes them down.

    Neither the database nor the ledger may know them as taken. Before anything is signed, the places of the awards must go into
    the ledger (`issuer.status.remember_places`).
    """
    for _ in range(_MOST_LISTS):
        newest = newest_list(session, organisation)
        if newest is not None:
            indexes = _draw(session, newest.id, count, entropy, ledger)
            if len(indexes) == count:
                return Places(newest.id, indexes)
        open_list(session, organisation, 1 if newest is None else newest.number + 1)
    raise StatusListsFull


def _draw(session: Session, list_id: str, count: int, entropy: Entropy, ledger: Ledger) -> list[int]:
    """Free indexes, in the order in which they were drawn; fewer than `count` where the list is too full."""
    session.exec(select(StatusList.id).where(StatusList.id == list_id).with_for_update()).one()
    held, known = _held(session, list_id), ledger.marks(list_id).taken  # the second is long: it is asked, never copied
    found: dict[int, None] = {}
    for _ in range(_ROUNDS):
        drawn = set(_numbers(entropy, count - len(found))) - held - known - found.keys()
        taken = select(Award.status_index).where(Award.status_list == list_id, col(Award.status_index).in_(drawn))
        found |= dict.fromkeys(drawn - set(session.exec(taken)))
        if len(found) == count:
            break
    return list(found)


def _numbers(entropy: Entropy, count: int) -> Iterator[int]:
    data = entropy(_INDEX_BYTES * count)
    return (int.from_bytes(data[start : start + _INDEX_BYTES]) % LENGTH for start in range(0, len(data), _INDEX_BYTES))


def _held(session: Session, list_id: str) -> set[int]:
    """What pieces of batches hold that are not written into awards yet."""
    held = select(Chunk.places).where(Chunk.status_list == list_id, Chunk.state == ChunkState.WAITING)
    return {index for places in session.exec(held) for index in places}
