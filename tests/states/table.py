"""The pure table of moves under random hands: what `step` answers is held against an independent statement of DOMAIN §2.4.

Half of the moves are by somebody who may, under facts that are good but for a few; the others are anything at all. A case goes
where its moves take it, so long paths are walked too, and what no path may do is looked at after every move.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from keys.actor import ActorKind
from tests.verifier.credit.test_states import ALL_PASSED, NEEDS, WELL, guarded_by, rows
from verifier.credit.events import Event
from verifier.credit.facts import CONDITIONS, Answer, Extent, Facts, Party, State
from verifier.credit.states import TABLE, Transition, step

LONGEST = 60  # moves of one case
POSITIVE = frozenset({Extent.FULL, Extent.PARTIAL})
ENDS = frozenset({State.WITHDRAWN, State.ANNULLED})
_KINDS, _PARTIES, _EVENTS = tuple(ActorKind), tuple(Party), tuple(Event)


@dataclass(frozen=True, slots=True)
class Row:
    """One move as DOMAIN states it, with the names of what must hold."""

    number: str
    source: State | None
    event: Event
    target: State
    parties: frozenset[Party]
    decides: bool
    guards: frozenset[str]


def statement() -> Iterator[Row]:
    """The moves of `test_states`, which do not know the table."""
    known = guarded_by()
    for number, source, event, target, parties, decides in rows():
        yield Row(
            number=number,
            source=None if source == "-" else State(source),
            event=Event(event),
            target=State(target),
            parties=frozenset(map(Party, parties)),
            decides=decides,
            guards=frozenset(known.get((number, event, target), ())),
        )


def _passed(condition: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.conditions[condition] in {Answer.PASSED, Answer.SEEN}


def _not(fact: str) -> Callable[[Facts], bool]:
    return lambda facts: not getattr(facts, fact)


def _from(state: State) -> Callable[[Facts], bool]:
    return lambda facts: facts.interrupted is state


ASKS: Mapping[str, Callable[[Facts], bool]] = {
    "not_kin": _not("kin"),
    "not_awarder": _not("tied_to_issuer"),
    "not_assessor": _not("assessed"),
    "not_voted": _not("voted"),
    "new_member": _not("voted_before"),
    "not_judged": _not("judged"),
    "four_eyes": _not("concluded"),
    "other_hand": _not("signed_matrix"),
    "not_state_final": _not("state_final"),
    "window_over": _not("window_open"),
    "reason_given": lambda facts: facts.reason,
    "missing_listed": lambda facts: facts.reason,
    "has_evidence": lambda facts: facts.evidence > 0,
    "proposed_positive": lambda facts: facts.extent in POSITIVE,
    "decided_positive": lambda facts: facts.extent in POSITIVE,
    "proposed_refusal": lambda facts: facts.extent is Extent.REFUSE,
    "decided_refusal": lambda facts: facts.extent is Extent.REFUSE,
    "was_decided": lambda facts: facts.extent is not None,
    "nothing_pending": lambda facts: facts.interrupted is not State.NOTIFIED or facts.extent not in POSITIVE,
    "g1_proof_valid": _passed("G1"),
    "g2_issuer_licensed": _passed("G2"),
    "g3_in_force": _passed("G3"),
    "g4_this_learner": _passed("G4"),
    "g5_not_state_final": _passed("G5"),
    "g6_not_used": _passed("G6"),
    "g7_awarded_already": _passed("G7"),
    **{f"came_from_{state.value}": _from(state) for state in State},
}
"""What a named condition asks of the facts; one that is not here asks for the fact of its own name."""


def holds(guard: str, facts: Facts) -> bool:
    """Whether a condition holds, by the statement."""
    asked = ASKS.get(guard)
    return asked(facts) if asked else bool(getattr(facts, guard))


def allowed(possible: tuple[Row, ...], facts: Facts) -> Row | None:
    """The first of these moves that the statement lets through."""
    for row in possible:
        by_whom = row.parties & facts.parties and not (row.decides and facts.kind is not ActorKind.PERSON)
        if by_whom and all(holds(guard, facts) for guard in row.guards):
            return row
    return None


STATEMENT: tuple[Row, ...] = tuple(statement())
_SORTED = sorted(STATEMENT, key=lambda row: (str(row.source), str(row.event)))
BY_MOVE = {key: tuple(same) for key, same in groupby(_SORTED, key=lambda row: (row.source, row.event))}
FROM = {state: tuple(row for row in STATEMENT if row.source is state) for state in (None, *State)}
_FLIPPED: Mapping[str, tuple[Any, ...]] = {
    "evidence": (0, 1),
    "extent": (None, *Extent),
    "conditions": tuple(ALL_PASSED | {one: answer} for one in CONDITIONS for answer in Answer),
    "kind": _KINDS,
    "parties": tuple(frozenset({party}) for party in Party),
}
_DRAWN = tuple(name for name in WELL if name not in {"interrupted", "check_accepted"})
_FACTS = (*_DRAWN, *("kind", "parties") * 3)  # who tries it is what most often is not as it should be


class TableWalk:
    """Random cases over the table alone. `taken` counts the moves that went through by row, `refused` the others by event."""

    def __init__(self, number: int, table: tuple[Transition, ...] = TABLE) -> None:
        self.table = table
        self.chance = random.Random(number)  # noqa: S311 - found again by its seed
        self.moves = self.cases = 0
        self.taken: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    @property
    def illegal(self) -> int:
        """How many of a hundred were refused."""
        return 100 * self.refused.total() // max(1, self.moves)

    @property
    def untaken(self) -> list[str]:
        """Moves of the statement that no case has made yet."""
        return sorted({_name(row) for row in STATEMENT} - self.taken.keys())

    def go(self, moves: int) -> None:
        """Try so many moves; an `AssertionError` is a broken rule."""
        while self.moves < moves:
            self._case(min(LONGEST, moves - self.moves))

    def told(self) -> dict[str, Any]:
        """What came of it."""
        return {
            "moves": self.moves,
            "cases": self.cases,
            "illegal_percent": self.illegal,
            "rows_taken": f"{len(self.taken)} of {len(STATEMENT)}",
            "rarest": dict(self.taken.most_common()[:-4:-1]),
        }

    def _case(self, most: int) -> None:
        path = Path()
        self.cases += 1
        for _ in range(most):
            self.moves += 1
            event, facts = self._drawn(path)
            self._try(path, event, facts)
            if path.state in ENDS:
                return

    def _try(self, path: "Path", event: Event, facts: Facts) -> None:
        found = step(path.state, event, facts, self.table)
        right = allowed(BY_MOVE.get((path.state, event), ()), facts)
        if right is None:
            assert not isinstance(found, Transition), f"{path.state} {event} goes to {found} under {facts}"
            self.refused[event] += 1
            return
        assert isinstance(found, Transition), f"{path.state} {event} is refused ({found}) under {facts}"
        assert (found.number, found.target) == (right.number, right.target), f"{path.state} {event} under {facts}"
        self.taken[_name(right)] += 1
        path.follow(found, facts)

    def _drawn(self, path: "Path") -> tuple[Event, Facts]:
        chance = self.chance
        likely = [row for row in FROM[path.state] if row.event is not Event.WITHDRAW or chance.random() < 0.05]
        if likely and chance.random() < 0.6:
            row = chance.choice(likely)
            needed = {name: value for guard in row.guards for name, value in NEEDS.get(guard, {}).items()}
            flips = chance.choice((0, 0, 0, 1, 1, 2))
            return row.event, self._facts(path, {**WELL, **needed, "parties": row.parties}, flips)
        parties = frozenset(chance.sample(_PARTIES, chance.randint(0, 3)))
        said = {**WELL, "parties": parties, "kind": chance.choice(_KINDS)}
        return chance.choice(_EVENTS), self._facts(path, said, chance.randint(0, 20))

    def _facts(self, path: "Path", said: dict[str, Any], flips: int) -> Facts:
        """The facts of this move: what the case itself remembers, the others as they were drawn, some of them turned round."""
        for name in self.chance.sample(_FACTS, flips):
            others = _FLIPPED.get(name)
            said[name] = self.chance.choice(others) if others else not said[name]
        return Facts(**said | path.remembered)


@dataclass(slots=True)
class Path:
    """One case on its way; what no path may do is asserted at every move (DOMAIN §2.4, invariants)."""

    state: State | None = None
    extent: Extent | None = None
    interrupted: State | None = None
    checked: bool = False
    protocol: bool = False
    ordered: bool = False

    @property
    def remembered(self) -> dict[str, Any]:
        """Facts that are not drawn: earlier moves have settled them."""
        known = {"interrupted": self.interrupted, "check_accepted": self.checked}
        return known if self.extent is None else {**known, "extent": self.extent}

    def follow(self, row: Transition, facts: Facts) -> None:
        """Make a move."""
        if row.event is Event.ORDER:
            assert self.checked, "an order without an accepted check"
            assert self.protocol, "an order without a protocol of the commission"
        if row.event is Event.CLOSE:
            assert self.ordered, "a result is confirmed without an order"
        if row.decides:
            assert facts.kind is ActorKind.PERSON, "a program decides"
        self._remember(row, facts)
        self.state = row.target

    def _remember(self, row: Transition, facts: Facts) -> None:
        event = row.event
        self.checked = (self.checked or event is Event.ACCEPT_CHECK) and event is not Event.RETURN_PROPOSAL
        self.protocol = (self.protocol or event is Event.CONCLUDE) and event not in {
            Event.RETURN_PROPOSAL,
            Event.UPHOLD,
        }
        self.ordered = (self.ordered or event is Event.ORDER) and event is not Event.UPHOLD
        if event in {Event.CONCLUDE, Event.REJECT_CHECK}:
            self.extent = row.sets or facts.extent or Extent.REFUSE
        if event in {Event.RETURN_PROPOSAL, Event.UPHOLD}:
            self.extent = None
        if event in {Event.APPEAL, Event.REVIEW}:
            self.interrupted = row.source


def _name(row: Row) -> str:
    return f"{row.number} {row.source.value if row.source else '-'} {row.event} {row.target.value}"
