"""Cases under random hands: whoever tries whatever, the invariants of DOMAIN §2.4 hold after every step."""

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from keys.actor import Actor, ActorKind, Membership
from schemas.errors import ZachetkaError
from service.database import open_engine
from service.identity import accounts, sessions
from service.identity.guests import Door
from service.identity.sessions import Term
from service.tables import METADATA
from tests.campus import PROJECT
from tests.verifier.credit.world import ALINA, DECIDING, ROLES, ZONE, World
from verifier.credit.events import Event
from verifier.credit.facts import Extent, Party, State
from verifier.credit.filled import Value
from verifier.credit.forms import FORMS
from verifier.credit.gathering import parties_of
from verifier.credit.states import FINAL, TABLE
from verifier.credit.tables import CaseNotice, CaseStep, CaseVote, ItemState, PlanItem
from verifier.credit.view import CaseView
from verifier.credit.waiting import next_events

PEOPLE = ("guardian", ALINA, "tutor", "stranger", "awarder:member", "foreign:director", "foreign:deputy", *ROLES)
INVENTED, NO_TERM = "invented", Term(idle=timedelta(days=10_000), whole=timedelta(days=10_000))
ALL_LEVELS: Mapping[str, Value] = {f"level.{code}": "3" for code, _ in PROJECT}
ALL_REASONS: Mapping[str, Value] = {f"why.{code}": "Не показан." for code, _ in PROJECT}


@cache
def shaped() -> bytes:
    """A SQLite file with all tables, made once for all cases."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shaped.sqlite"
        engine = open_engine(f"sqlite:///{file}")
        METADATA.create_all(engine)
        engine.dispose()
        return file.read_bytes()


class Hands(RuleBasedStateMachine):
    """One learner, one component, a good badge and one with a gap; people and programs act in any order."""

    @initialize(shown=st.sampled_from([PROJECT, PROJECT[:3]]), agreed=st.booleans())
    def begin(self, shown: tuple[tuple[str, int], ...], *, agreed: bool) -> None:
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "case.sqlite"
        file.write_bytes(shaped())
        self.world = World(open_engine(f"sqlite:///{file}"), Path(self.folder.name))
        self.badge = self.world.badge(outcomes=shown)
        self.case = self.world.drafted(self.badge, assessment_agreed=agreed)
        with self.world.session() as session:
            self.days = self.world.cases.look(session, self.world.actor("deputy"), self.case, self.world.now).days
        self._enter_somebody_invented()

    def _enter_somebody_invented(self) -> None:
        """An account of a demonstration that holds every role of the school, and is signed in."""
        roles = {Membership("s1", role) for roles in ROLES.values() for role in roles}
        with self.world.session() as session:
            accounts.add_account(session, id=INVENTED, name="Вымышленный", memberships=roles, demo=True)
            sessions.start(session, INVENTED, INVENTED, self.world.now, NO_TERM)

    def _somebody_invented(self) -> Actor:
        """What that account is in an installation that is no demonstration."""
        with self.world.session() as session:
            door = Door(term=NO_TERM, demo=False)
            return door.recognise(session, INVENTED, self.world.now, self.world.now.date()).actor

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.engine.dispose()
            self.folder.cleanup()

    def fields(self, extent: str) -> dict[str, Value]:
        """Everything that any form may want, filled in well."""
        today = self.world.now.astimezone(ZONE).date()
        return {
            "wish": "full",
            "reason": "Потому что так.",
            "paper": "Справка № 5",
            "on": self.days.after(today, 5).isoformat(),
            "came": "yes",
            "extent": extent,
            "mark": "" if extent == "refuse" else "5",
            "free": "yes",
            "number": "17",
            "date": today.isoformat(),
            "signer": "Директор",
            "told": [ALINA, "guardian"],
            "channel": "account",
            "hours": "34",
            "journal": "yes",
            "file": "yes",
            **ALL_LEVELS,
            **ALL_REASONS,
        }

    def attempt(self, who: str | Actor, event: Event, fields: Mapping[str, Value], kind: ActorKind) -> None:
        try:
            self.world.act(who, self.case, event, fields, kind=kind)
        except ZachetkaError:
            return

    @rule(data=st.data(), extent=st.sampled_from(["full", "full", "refuse", "partial"]))
    def somebody_who_may(self, data: st.DataObject, extent: str) -> None:
        """The right person does something that the state allows, with a well filled form."""
        state = self.world.state(self.case)
        rows = [row for row in TABLE if row.source is state and row.event in FORMS]
        moves = [
            (who, row.event)
            for row in rows
            for who in PEOPLE
            if row.event is not Event.WITHDRAW and self._parties(who) & row.parties
        ]
        if moves:
            who, event = data.draw(st.sampled_from(sorted(set(moves))))
            self.attempt(who, event, self.fields(extent), ActorKind.PERSON)

    @rule(data=st.data(), times=st.integers(1, 12), extent=st.sampled_from(["full", "full", "refuse"]))
    def the_case_moves_on(self, data: st.DataObject, times: int, extent: str) -> None:
        """The people concerned do what the page asks of them, several times in a row."""
        for _ in range(times):
            with self.world.session() as session:
                work = self.world.cases.look(session, self.world.actor("deputy"), self.case, self.world.now)
                events = next_events(CaseView(work=work, history=[], translate=str).standing)
                voted = {vote.person for vote in work.votes_now}
                lawful = str(work.lawful)
            if not events:
                return
            event = events[-1]
            parties = {party for row in TABLE if row.event is event for party in row.parties}
            able = [who for who in sorted(PEOPLE) if self._parties(who) & parties and who not in voted]
            who = data.draw(st.sampled_from(able)) if event is Event.VOTE and able else (able or ["deputy"])[0]
            wanted = lawful if event in {Event.VOTE, Event.CONCLUDE} else extent
            self.attempt("deputy" if event is Event.CONCLUDE else who, event, self.fields(wanted), ActorKind.PERSON)

    @rule(
        who=st.sampled_from(PEOPLE),
        event=st.sampled_from(list(Event)),
        kind=st.sampled_from([*ActorKind, INVENTED]),
        emptied=st.sets(st.sampled_from(["reason", "extent", "number", "told", "free", "journal", "shown", "version"])),
        told=st.sampled_from([[ALINA], ["guardian"], ["stranger"], []]),
    )
    def anybody(self, who: str, event: Event, kind: ActorKind | str, emptied: set[str], told: list[str]) -> None:
        """Anybody tries anything, also as a program, also with fields left out; only withdrawing would end the story."""
        fields = self.fields("full") | {"told": told} | dict.fromkeys(emptied, "")
        if not isinstance(kind, ActorKind):
            self.attempt(self._somebody_invented(), event, fields, ActorKind.ANONYMOUS)
            return
        if event is Event.WITHDRAW and who == "guardian" and kind is ActorKind.PERSON:
            return
        self.attempt(who, event, fields, kind)

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        self.world.later(days=days)
        with self.world.session() as session:
            self.world.cases.nightly(session, self.world.now)

    @precondition(lambda self: self.world.ordered)
    @rule()
    def the_badge_is_revoked(self) -> None:
        self.world.ugu.revoke(self.badge)

    def _parties(self, who: str) -> frozenset[Party]:
        return parties_of(self.world.actor(who), "s1", ALINA)

    @invariant()
    def nothing_is_decided_by_a_program_or_a_stranger(self) -> None:
        if not hasattr(self, "world"):
            return
        case = self.world.read(self.case)
        with self.world.session() as session:
            steps = self.world.cases.history(session, self.case)
            votes = session.exec(select(CaseVote)).all()
            notices = session.exec(select(CaseNotice)).all()
            item = session.exec(select(PlanItem)).one()
        self._history(steps, case.state)
        self._term(case)
        for step in steps:
            if step.event in DECIDING:
                assert step.actor_kind == "person"
                assert step.person in ROLES
                assert step.shown.startswith("sha256:")
        for document in {notice.document for notice in notices}:
            assert "guardian" in {notice.person for notice in notices if notice.document == document}
        assert len({(vote.instance, vote.round, vote.person) for vote in votes}) == len(votes)
        if item.state is not ItemState.OPEN:
            assert any(step.event is Event.AMEND_PLAN for step in steps)
        if self.world.ordered:
            assert any(step.event is Event.CLOSE for step in steps)

    def _history(self, steps: list[CaseStep], state: State) -> None:
        assert steps[-1].target is state
        assert all(later.source is earlier.target for earlier, later in pairwise(steps))
        for position, step in enumerate(steps):
            if step.event is Event.ORDER:
                before = [one.event for one in steps[:position]]
                assert before.count(Event.VOTE) >= 3
                assert Event.ACCEPT_CHECK in before
                last = max(n for n, event in enumerate(before) if event in {Event.CONCLUDE, Event.RETURN_PROPOSAL})
                assert before[last] is Event.CONCLUDE
                assert steps[last].person != step.person

    def _term(self, case: Any) -> None:
        if case.state is State.DRAFT or case.state in FINAL:
            assert case.deadline is None
            return
        assert self.days.is_working(case.deadline)
        if case.state is State.ORDERED:
            assert case.extent in {Extent.FULL, Extent.PARTIAL}


def test_random_hands() -> None:
    run_state_machine_as_test(
        Hands,
        settings=settings(
            max_examples=8,
            stateful_step_count=35,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
