"""The table of moves against DOMAIN §2.4: every state × event × party, every guard, and what no path may do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from keys.actor import ActorKind
from verifier.credit.errors import RuleNotMet
from verifier.credit.events import Event
from verifier.credit.facts import CONDITIONS, Answer, Extent, Facts, Party, State
from verifier.credit.guards import Guard
from verifier.credit.rules import NETWORK_RULES
from verifier.credit.states import FINAL, TABLE, Refusal, Transition, Why, offered, step

MOVES = """
T1  -                     draft               draft               learner guardian tutor
T1  draft                 revise              draft               learner guardian tutor
T2  draft                 confirm             draft               learner
T2  draft                 submit              submitted           adult_learner guardian
T3  submitted             register            registered          secretary
T4  registered            ask-documents       awaiting_documents  secretary deputy
T4  checking              ask-documents       awaiting_documents  secretary deputy
T5  awaiting_documents    supply              registered          adult_learner guardian
T6  awaiting_documents    lapse               closed              secretary
T7  registered            start-check         checking            system deputy
T7a checking              recheck             checking            system deputy
T7a checking              record-proof        checking            deputy !
T8  checking              accept-check        matching            deputy !
T9  checking              reject-check        proposed            deputy !
T11 matching              agree-assessment    matching            adult_learner guardian
T10 matching              sign-matrix         matching            teacher !
T10 matching              send-to-commission  in_commission       deputy !
T11 matching              start-assessment    assessing           deputy !
T12 assessing             finish-assessment   in_commission       teacher !
T13 in_commission         send-back           matching            chair !
T14 in_commission         vote                in_commission       commission chair !
T14 in_commission         conclude            proposed            chair !
T15 proposed              agree-proposal      proposed            adult_learner guardian
T13 proposed              return-proposal     checking            director !
T15 proposed              order               ordered             director !
T16 proposed              refuse              refused             director !
T17 ordered               notify              notified            secretary
T17 refused               notify              notified            secretary
T18 notified              amend-plan          plan_updated        deputy !
T19 plan_updated          close               closed              deputy !
T20 notified              close-refused       closed              system deputy
§2.2 submitted            opinion             submitted           tutor
§2.2 registered           opinion             registered          tutor
§2.2 awaiting_documents   opinion             awaiting_documents  tutor
§2.2 checking             opinion             checking            tutor
§2.2 matching             opinion             matching            tutor
§2.2 assessing            opinion             assessing           tutor
§2.2 in_commission        opinion             in_commission       tutor
T21 draft                 withdraw            withdrawn           adult_learner guardian
T21 submitted             withdraw            withdrawn           adult_learner guardian
T21 registered            withdraw            withdrawn           adult_learner guardian
T21 awaiting_documents    withdraw            withdrawn           adult_learner guardian
T21 checking              withdraw            withdrawn           adult_learner guardian
T21 matching              withdraw            withdrawn           adult_learner guardian
T21 assessing             withdraw            withdrawn           adult_learner guardian
T21 in_commission         withdraw            withdrawn           adult_learner guardian
T21 proposed              withdraw            withdrawn           adult_learner guardian
T22 notified              appeal              appealed            adult_learner guardian
T22 closed                appeal              appealed            adult_learner guardian
T22 appealed              suspend             appealed            director !
T23 appealed              uphold              matching            disputes !
T23 appealed              uphold              checking            disputes !
T23 appealed              reject-appeal       closed              disputes !
T23 appealed              reject-appeal       notified            disputes !
T24 ordered               review              under_review        deputy !
T24 notified              review              under_review        deputy !
T24 plan_updated          review              under_review        deputy !
T24 closed                review              under_review        deputy !
T25 under_review          keep                ordered             director !
T25 under_review          keep                notified            director !
T25 under_review          keep                plan_updated        director !
T25 under_review          keep                closed              director !
T25 under_review          annul               annulled            director !
"""

GUARDS = """
T1  draft               draft               enrolled component_open component_free not_state_final
T2  submit              submitted           enrolled component_open not_state_final has_evidence wish_stated before_cutoff
T2  submit              submitted           learner_confirmed
T4  ask-documents       awaiting_documents  missing_listed
T5  supply              registered          supplied
T6  lapse               closed              answer_overdue
T7a record-proof        checking            unknown_long reason_given not_kin
T8  accept-check        matching            g1_proof_valid g2_issuer_licensed g3_in_force g4_this_learner g5_not_state_final
T8  accept-check        matching            g6_not_used g7_awarded_already not_kin undisputed
T9  reject-check        proposed            incurable reason_given not_kin
T10 sign-matrix         matching            matrix_complete not_kin not_awarder
T10 send-to-commission  in_commission       matrix_signed other_hand not_kin
T11 start-assessment    assessing           gap assessable assessment_agreed told_ahead not_kin
T12 finish-assessment   in_commission       gaps_answered not_kin not_awarder
T13 send-back           matching            reason_given not_kin
T13 return-proposal     checking            reason_given not_kin
T14 vote                in_commission       extent_named declared_free present not_kin not_awarder new_member not_voted
T14 conclude            proposed            extent_named quorum majority lawful mark_chosen not_assessor not_kin not_awarder
T14 conclude            proposed            undisputed
T15 agree-proposal      proposed            proposed_positive
T15 order               ordered             proposed_positive mark_fixed agreed paper still_good
T15 order               ordered             four_eyes not_assessor not_kin not_awarder undisputed
T16 refuse              refused             proposed_refusal reasons_per_outcome paper
T16 refuse              refused             four_eyes not_assessor not_kin not_awarder undisputed
T17 notify              notified            told_someone guardian_told
T18 amend-plan          plan_updated        decided_positive hours_fit
T19 close               closed              records_done
T20 close-refused       closed              decided_refusal window_over
§2.2 opinion            submitted           reason_given
§2.2 opinion            registered          reason_given
§2.2 opinion            awaiting_documents  reason_given
§2.2 opinion            checking            reason_given
§2.2 opinion            matching            reason_given
§2.2 opinion            assessing           reason_given
§2.2 opinion            in_commission       reason_given
T22 appeal              appealed            was_decided window_open reason_given
T22 suspend             appealed            reason_given not_kin
T23 uphold              matching            reason_given not_kin not_judged check_accepted
T23 uphold              checking            reason_given not_kin not_judged
T23 reject-appeal       closed              reason_given not_kin not_judged nothing_pending
T23 reject-appeal       notified            reason_given not_kin not_judged decided_positive
T24 review              under_review        decided_positive in_doubt reason_given not_kin
T25 keep                ordered             came_from_ordered reason_given not_kin
T25 keep                notified            came_from_notified reason_given not_kin
T25 keep                plan_updated        came_from_plan_updated reason_given not_kin
T25 keep                closed              came_from_closed reason_given not_kin
T25 annul               annulled            reason_given paper not_kin
"""
"""What must hold for each move, from DOMAIN §2.4, whatever `states` says; moves that are not named are free."""

ALL_PASSED = dict.fromkeys(CONDITIONS, Answer.PASSED)
WELL: Mapping[str, Any] = {
    "kind": ActorKind.PERSON,
    "kin": False,
    "tied_to_issuer": False,
    "declared_free": True,
    "present": True,
    "assessed": False,
    "voted": False,
    "voted_before": False,
    "concluded": False,
    "signed_matrix": False,
    "judged": False,
    "enrolled": True,
    "component_open": True,
    "component_free": True,
    "state_final": False,
    "evidence": 1,
    "wish_stated": True,
    "before_cutoff": True,
    "learner_confirmed": True,
    "reason": True,
    "supplied": True,
    "answer_overdue": True,
    "conditions": ALL_PASSED,
    "incurable": True,
    "unknown_long": True,
    "still_good": True,
    "matrix_complete": True,
    "matrix_signed": True,
    "gap": True,
    "assessable": True,
    "assessment_agreed": True,
    "told_ahead": True,
    "gaps_answered": True,
    "extent_named": True,
    "quorum": True,
    "majority": True,
    "lawful": True,
    "mark_chosen": True,
    "extent": Extent.FULL,
    "mark_fixed": True,
    "agreed": True,
    "paper": True,
    "reasons_per_outcome": True,
    "guardian_told": True,
    "told_someone": True,
    "hours_fit": True,
    "records_done": True,
    "window_open": True,
    "in_doubt": True,
    "check_accepted": True,
    "undisputed": True,
    "interrupted": State.CLOSED,
}
"""Facts under which nearly every guard holds; `NEEDS` says what the others want."""

NEEDS: Mapping[str, Mapping[str, Any]] = {
    "proposed_refusal": {"extent": Extent.REFUSE},
    "decided_refusal": {"extent": Extent.REFUSE},
    "window_over": {"window_open": False},
    **{f"came_from_{state.value}": {"interrupted": state} for state in State},
}

_CONDITION_GUARDS = {
    f"g{number}_{name}": condition
    for number, (condition, name) in enumerate(
        zip(
            CONDITIONS,
            (
                "proof_valid",
                "issuer_licensed",
                "in_force",
                "this_learner",
                "not_state_final",
                "not_used",
                "awarded_already",
            ),
            strict=True,
        ),
        start=1,
    )
}
BREAKS: Mapping[str, Mapping[str, Any]] = {
    "not_kin": {"kin": True},
    "not_awarder": {"tied_to_issuer": True},
    "declared_free": {"declared_free": False},
    "not_assessor": {"assessed": True},
    "not_voted": {"voted": True},
    "new_member": {"voted_before": True},
    "not_judged": {"judged": True},
    "four_eyes": {"concluded": True},
    "other_hand": {"signed_matrix": True},
    "reason_given": {"reason": False},
    "missing_listed": {"reason": False},
    "not_state_final": {"state_final": True},
    "has_evidence": {"evidence": 0},
    "proposed_positive": {"extent": Extent.REFUSE},
    "decided_positive": {"extent": Extent.REFUSE},
    "proposed_refusal": {"extent": Extent.PARTIAL},
    "decided_refusal": {"extent": Extent.PARTIAL},
    "was_decided": {"extent": None},
    "window_over": {"window_open": True},
    "nothing_pending": {"interrupted": State.NOTIFIED, "extent": Extent.FULL},
    **{f"came_from_{state.value}": {"interrupted": None} for state in State},
    **{name: {"conditions": {**ALL_PASSED, at: Answer.FAILED}} for name, at in _CONDITION_GUARDS.items()},
}
"""How to break one guard alone; guards that are named like their fact need no line."""


def rows() -> Iterator[tuple[str, str, str, str, frozenset[str], bool]]:
    for line in MOVES.strip().splitlines():
        number, source, event, target, *parties = line.split()
        yield number, source, event, target, frozenset(parties) - {"!"}, "!" in parties


def well(row: Transition, **changes: Any) -> Facts:
    """Facts that satisfy every guard of `row`."""
    needed = {name: value for guard in row.guards for name, value in NEEDS.get(guard.name, {}).items()}
    return Facts(**{**WELL, "parties": frozenset(row.parties), **needed, **changes})


def broken(guard: str) -> Mapping[str, Any]:
    return BREAKS.get(guard, {guard: False})


def guarded_by() -> dict[tuple[str, str, str], set[str]]:
    """The names of the guards by number, event and target."""
    known: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for line in GUARDS.strip().splitlines():
        number, event, target, *names = line.split()
        known[number, event, target] |= set(names)
    return known


def let_through(table: tuple[Transition, ...]) -> set[str]:
    """The guards of the domain without which a table moves a case on although everything else holds."""
    known = guarded_by()
    return {
        f"{row.number} {row.source} {row.event} {row.target} {name}"
        for row in table
        for name in known[row.number, row.event, row.target]
        if step(row.source, row.event, replace(well(row), **broken(name)), (row,)) is row
    }


def test_the_table_is_that_of_the_domain() -> None:
    built = sorted(
        (
            row.number,
            row.source.value if row.source else "-",
            str(row.event),
            row.target.value,
            frozenset(party.value for party in row.parties),
            row.decides,
        )
        for row in TABLE
    )
    assert built == sorted(rows())


@pytest.mark.parametrize("state", [None, *State], ids=lambda state: state.value if state else "nothing")
def test_every_event_by_every_party_goes_where_the_table_says_or_nowhere(state: State | None) -> None:
    for event, party, kind in product(Event, Party, ActorKind):
        possible = [row for row in TABLE if row.source is state and row.event is event]
        if not possible:
            assert step(state, event, Facts(**WELL)) == Refusal(Why.NO_SUCH_MOVE)
        for row in possible:
            found = step(state, event, well(row, parties=frozenset({party}), kind=kind))
            if party not in row.parties:
                assert found == Refusal(Why.NOT_YOURS)
            elif row.decides and kind is not ActorKind.PERSON:
                assert found == Refusal(Why.PEOPLE_DECIDE)
            else:
                assert isinstance(found, Transition)
                assert found in possible


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.number}-{row.source}-{row.event}-{row.target}")
def test_every_row_can_be_taken(row: Transition) -> None:
    assert step(row.source, row.event, well(row), (row,)) is row


GUARDED = [(row, guard) for row in TABLE for guard in row.guards]


@pytest.mark.parametrize(("row", "guard"), GUARDED, ids=lambda one: getattr(one, "name", None) or one.event)
def test_every_guard_is_missed_when_it_is_taken_away(row: Transition, guard: Guard) -> None:
    facts = replace(well(row), **broken(guard.name))
    refusal = step(row.source, row.event, facts, (row,))
    assert isinstance(refusal, Refusal)
    assert refusal.guard is guard, "another guard answers first: this one would not be missed"
    without = replace(row, guards=tuple(one for one in row.guards if one is not guard))
    assert step(row.source, row.event, facts, (without,)) is without


def test_every_move_asks_what_the_domain_asks_and_nothing_else() -> None:
    built: dict[tuple[str, str, str], set[str]] = {}
    for row in TABLE:
        names = {guard.name for guard in row.guards}
        assert built.setdefault((row.number, row.event, row.target), names) == names, "rows of one move differ"
    assert {move: names for move, names in built.items() if names} == guarded_by()


def test_a_table_without_any_one_guard_lets_something_through_that_the_domain_forbids() -> None:
    assert let_through(TABLE) == set()
    for place, row in enumerate(TABLE):
        for guard in row.guards:
            weak = replace(row, guards=tuple(one for one in row.guards if one is not guard))
            found = let_through((*TABLE[:place], weak, *TABLE[place + 1 :]))
            assert found == {f"{row.number} {row.source} {row.event} {row.target} {guard.name}"}


@pytest.mark.parametrize("guard", {guard.name: guard for _, guard in GUARDED}.values(), ids=lambda guard: guard.name)
def test_every_guard_has_a_rule_and_says_what_to_do(guard: Guard) -> None:
    assert guard.rule in {rule.rule for rule in NETWORK_RULES}
    error = guard.error()
    assert isinstance(error, RuleNotMet)
    assert str(error).endswith(".")
    assert error.code == guard.name.replace("_", "-")
    assert error.rule == guard.rule


def test_facts_left_out_refuse_every_guarded_move() -> None:
    for row in TABLE:
        if row.guards:
            facts = Facts(parties=row.parties, kind=ActorKind.PERSON)
            assert isinstance(step(row.source, row.event, facts, (row,)), Refusal)


def reachable(without: Event) -> set[State]:
    """The states that can be reached from a draft while one event never happens; KEEP only leads back."""
    skipped = {without, Event.KEEP}
    found, open_ends = {State.DRAFT}, [State.DRAFT]
    while open_ends:
        source = open_ends.pop()
        targets = {row.target for row in TABLE if row.source is source and row.event not in skipped}
        open_ends += targets - found
        found |= targets
    return found


@pytest.mark.parametrize(
    ("without", "never"),
    [
        (Event.SUBMIT, State.SUBMITTED),
        (Event.REGISTER, State.CHECKING),
        (Event.AMEND_PLAN, State.PLAN_UPDATED),
    ],
)
def test_no_path_leads_around(without: Event, never: State) -> None:
    assert never not in reachable(without)


def test_only_the_commission_s_protocol_can_propose_to_credit() -> None:
    proposing = [row for row in TABLE if row.target is State.PROPOSED and row.source is not State.PROPOSED]
    assert {row.event for row in proposing if row.sets is not Extent.REFUSE} == {Event.CONCLUDE}
    ordering = [row for row in TABLE if row.target is State.ORDERED and row.event is not Event.KEEP]
    assert [row.source for row in ordering] == [State.PROPOSED]
    assert all("proposed_positive" in {guard.name for guard in row.guards} for row in ordering)


def test_nothing_that_people_decide_is_offered_to_the_program() -> None:
    for state in (None, *State):
        for kind in set(ActorKind) - {ActorKind.PERSON}:
            events = offered(state, Facts(parties=frozenset(Party), kind=kind))
            assert not {row.event for row in TABLE if row.decides and row.source is state} & set(events)


def test_the_system_only_checks_and_closes_what_nobody_appealed() -> None:
    own = {row.event for row in TABLE if Party.SYSTEM in row.parties}
    assert own == {Event.START_CHECK, Event.RECHECK, Event.CLOSE_REFUSED}


def test_final_states_are_left_only_by_appeal_and_review() -> None:
    leaving = {row.event for row in TABLE if row.source in FINAL}
    assert leaving == {Event.APPEAL, Event.REVIEW}
