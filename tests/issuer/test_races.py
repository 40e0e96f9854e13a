"""Many hands at once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlmodel import col, select

from issuer import status
from issuer.tables import Award
from schemas.identity import number_from
from schemas.reading import read_json
from schemas.status_list import StatusList
from tests.issuer.awarded import check_invariants
from tests.issuer.world import AWARDER, METHODIST, NOW, World, entropy, order


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """Run `act` in `count` threads that start together; their results, or the first exception."""
    start = Barrier(count)

    def run(number: int) -> object:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_sixteen_who_order_the_same_make_one_award(world: World) -> None:
    badges = at_once(16, lambda n: world.issuer(entropy=entropy(f"{n}")).issue(order(), AWARDER, NOW))
    assert len(set(badges)) == 1
    assert len(world.wallets.taken) == 1
    check_invariants(world)


def test_sixty_four_awards_at_once_get_sixty_four_places(world: World) -> None:
    def place(n: int) -> int:
        # a draw from only 256 indexes makes collisions certain
        narrow = entropy(f"{n}")
        issuer = world.issuer(entropy=lambda length: b"\0\0" + narrow(1) if length == 3 else narrow(length))
        award_id = issuer.place(order(learner_number=number_from(n.to_bytes(16))), AWARDER, NOW)
        with world.transaction() as session:
            award = session.get_one(Award, award_id)
            return status.take_place(session, award, issuer._reserver._entropy, world.shelf.ledger).index  # noqa: SLF001 - the same draws

    at_once(64, place)
    with world.transaction() as session:
        places = session.exec(select(Award.status_list, Award.status_index)).all()
    assert len(places) == len(set(places)) == 64


def test_two_workers_share_a_queue_without_doing_anything_twice(world: World) -> None:
    for n in range(12):
        world.issuer(entropy=entropy(f"order {n}")).place(
            order(learner_number=number_from(n.to_bytes(16))), AWARDER, NOW
        )
    done = at_once(4, lambda n: world.issuer(entropy=entropy(f"worker {n}")).finish_waiting(NOW, limit=5))
    done += [world.issuer(entropy=entropy("last")).finish_waiting(NOW + timedelta(minutes=5))]
    assert sum(int(str(count)) for count in done) == 12
    assert len(world.wallets.taken) == 12
    check_invariants(world)


def test_sixty_four_revocations_at_once_are_all_in_the_published_list(world: World) -> None:
    issuer = world.issuer()
    ids = [issuer.place(order(learner_number=number_from(n.to_bytes(16))), AWARDER, NOW) for n in range(64)]
    for award_id in ids:
        issuer.finish(award_id, NOW)

    def revoke(n: int) -> int | None:
        with world.transaction() as session:
            return world.issuer().revoke(session, ids[n], reason="ошибка", by=METHODIST, now=NOW).status_index

    indexes = at_once(len(ids), revoke)
    bits = StatusList(read_json(world.shelf.get("status/ugu-1") or b"")).bits()
    assert all(bits.get(int(str(index))) for index in indexes)
    assert sum(map(int.bit_count, bits.bits)) == len(ids)
    with world.transaction() as session:
        assert len(session.exec(select(Award.id).where(col(Award.revoked_at).is_not(None))).all()) == len(ids)
    assert world.shelf.ledger.marks("ugu-1").stopped == set(indexes)
