"""What has been awarded in a world, and what must be true of it at any moment."""

from datetime import timedelta

from sqlmodel import col, select

from issuer.tables import Award
from keys.deposits import content_hash
from keys.tables import Deposit, JournalRow
from schemas.reading import read_json
from tests.issuer.world import NOW, World

LATER = NOW + timedelta(minutes=10)


def awards(world: World) -> list[Award]:
    with world.transaction() as session:
        return list(session.exec(select(Award).order_by(col(Award.event))).all())


def check_invariants(world: World) -> None:
    """What must hold after every fault (THREATS §3): one credential per event, one use per index, hash and journal for each."""
    made = [award for award in awards(world) if award.stored is not None]
    with world.transaction() as session:
        journal = [row.item for row in session.exec(select(JournalRow).where(JournalRow.event == "award.made"))]
        deposits = set(session.exec(select(Deposit.digest)).all())
    assert sorted(journal) == sorted(award.id for award in made)
    assert {award.content_hash for award in made} <= deposits
    assert len({(award.status_list, award.status_index) for award in made}) == len(made)
    assert len(world.wallets.taken) == len({credential for _, credential in world.wallets.taken})
    for award in made:
        document = read_json(award.stored or b"")
        assert content_hash(document) == award.content_hash
        assert world.shelf.get(f"status/{award.status_list}")
