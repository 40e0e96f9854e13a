"""The long walks, as short as a test may be: the counts add up, enough is not allowed, and a hole in the table is found."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from keys.actor import ActorKind
from tests.states.kept import EVERYBODY, LEAST_ILLEGAL, Walk
from tests.states.table import TableWalk
from verifier.credit.events import Event
from verifier.credit.states import TABLE, Transition


def test_a_short_walk_is_illegal_enough_and_comes_from_programs_too() -> None:
    walk = Walk(7)
    walk.go(150)
    assert walk.moves >= 150
    assert walk.illegal >= LEAST_ILLEGAL
    assert {ActorKind.PERSON.value} < set(walk.kinds) <= EVERYBODY
    assert walk.kinds.total() - walk.kinds[ActorKind.PERSON.value] <= walk.refused.total(), "no program gets far"


def test_the_table_answers_as_the_domain_says() -> None:
    walk = TableWalk(7)
    walk.go(20_000)
    assert (walk.moves, walk.untaken) == (20_000, [])
    assert walk.illegal >= LEAST_ILLEGAL
    assert walk.taken.total() + walk.refused.total() == walk.moves


def without(row: Transition, guard: str) -> Transition:
    return replace(row, guards=tuple(one for one in row.guards if one.name != guard))


WRONG: Mapping[str, Callable[[Transition], Transition]] = {
    "program": lambda row: replace(row, decides=False),
    "anybody": lambda row: replace(row, parties=row.parties | TABLE[0].parties),
    "nobody": lambda row: replace(row, parties=frozenset()),
}


def holed(event: Event, hole: str) -> tuple[Transition, ...]:
    """The table with one thing wrong in the rows of an event."""

    def change(row: Transition) -> Transition:
        return WRONG[hole](row) if hole in WRONG else without(row, hole)

    return tuple(change(row) if row.event is event else row for row in TABLE)


@pytest.mark.parametrize(
    ("event", "hole"),
    [
        (Event.ORDER, "program"),
        (Event.ORDER, "four_eyes"),
        (Event.CONCLUDE, "quorum"),
        (Event.VOTE, "not_kin"),
        (Event.SUBMIT, "anybody"),
        (Event.NOTIFY, "nobody"),
        (Event.UPHOLD, "check_accepted"),
    ],
)
def test_a_hole_in_the_table_is_found(event: Event, hole: str) -> None:
    assert hole in WRONG or hole in guards_of(event)
    with pytest.raises(AssertionError, match=event):
        TableWalk(7, holed(event, hole)).go(60_000)


def guards_of(event: Event) -> set[str]:
    return {guard.name for row in TABLE if row.event is event for guard in row.guards}
