"""The moves of a case, T1–T25 of DOMAIN §2.4, as one pure table: state × event → state, or a refusal with its rule.

Where several rows answer the same state and event, the first whose guards all hold is taken. The machine never decides: a row
with `decides` is refused to whoever is not a person who signed in, whatever the other columns say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from keys.actor import ActorKind
from schemas.errors import ZachetkaError
from verifier.credit import guards as g
from verifier.credit.errors import NoSuchMove, NotYourMove, PeopleDecide
from verifier.credit.events import Event
from verifier.credit.facts import Extent, Facts, Party, State
from verifier.credit.guards import Guard

FINAL = frozenset({State.CLOSED, State.WITHDRAWN, State.ANNULLED})
APPLICANT = frozenset({Party.ADULT_LEARNER, Party.GUARDIAN})
DRAFTER = frozenset({Party.LEARNER, Party.GUARDIAN, Party.TUTOR})
OFFICE = frozenset({Party.SECRETARY, Party.DEPUTY})
BEFORE_PROPOSAL = (
    State.SUBMITTED,
    State.REGISTERED,
    State.AWAITING_DOCUMENTS,
    State.CHECKING,
    State.MATCHING,
    State.ASSESSING,
    State.IN_COMMISSION,
)
BEFORE_ORDER = (
    State.DRAFT,
    *BEFORE_PROPOSAL,
    State.PROPOSED,
)
REVIEWABLE = (State.ORDERED, State.NOTIFIED, State.PLAN_UPDATED, State.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row. `number` is the row of DOMAIN §2.4, or the paragraph of what has no row there.

    `source` None means "no case yet", `sets` is the extent that the row fixes.
    """

    number: str
    event: Event
    source: State | None
    target: State
    parties: frozenset[Party]
    guards: tuple[Guard, ...] = ()
    decides: bool = False
    sets: Extent | None = None


class Why(StrEnum):
    """Why a move is refused."""

    NO_SUCH_MOVE = "no such move"
    NOT_YOURS = "somebody else's move"
    PEOPLE_DECIDE = "a person must do it"
    GUARD = "a condition is not met"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused move; with a guard, its rule and sentence say what to do."""

    why: Why
    guard: Guard | None = None

    @property
    def rule(self) -> str:
        """The row of `rules` behind it; "" where the table itself has no such move."""
        return self.guard.rule if self.guard else ""

    def error(self) -> ZachetkaError:
        """The refusal as the error to raise."""
        if self.guard:
            return self.guard.error()
        return {Why.NO_SUCH_MOVE: NoSuchMove, Why.NOT_YOURS: NotYourMove, Why.PEOPLE_DECIDE: PeopleDecide}[self.why]()


def _rows(
    number: str,
    event: Event,
    sources: Iterable[State | None],
    target: State | None,
    parties: Iterable[Party],
    *guards: Guard,
    decides: bool = False,
    sets: Extent | None = None,
) -> tuple[Transition, ...]:
    """The row for each of `sources`; target None means that the state stays."""
    return tuple(
        Transition(
            number=number,
            event=event,
            source=source,
            target=target or source or State.DRAFT,
            parties=frozenset(parties),
            guards=guards,
            decides=decides,
            sets=sets,
        )
        for source in sources
    )


_APPLICATION = (
    *_rows(
        "T1",
        Event.DRAFT,
        [None],
        State.DRAFT,
        DRAFTER,
        g.enrolled,
        g.component_open,
        g.component_free,
        g.not_state_final,
    ),
    *_rows("T1", Event.REVISE, [State.DRAFT], None, DRAFTER),
    *_rows("T2", Event.CONFIRM, [State.DRAFT], None, {Party.LEARNER}),
    *_rows(
        *("T2", Event.SUBMIT, [State.DRAFT], State.SUBMITTED, APPLICANT),
        *(g.enrolled, g.component_open, g.not_state_final, g.has_evidence, g.wish_stated),
        *(g.before_cutoff, g.learner_confirmed),
    ),
    *_rows("T3", Event.REGISTER, [State.SUBMITTED], State.REGISTERED, {Party.SECRETARY}),
    *_rows(
        *("T4", Event.ASK_DOCUMENTS, [State.REGISTERED, State.CHECKING], State.AWAITING_DOCUMENTS, OFFICE),
        g.missing_listed,
    ),
    *_rows("T5", Event.SUPPLY, [State.AWAITING_DOCUMENTS], State.REGISTERED, APPLICANT, g.supplied),
    *_rows("T6", Event.LAPSE, [State.AWAITING_DOCUMENTS], State.CLOSED, {Party.SECRETARY}, g.answer_overdue),
    *_rows("§2.2", Event.OPINION, BEFORE_PROPOSAL, None, {Party.TUTOR}, g.reason_given),
    *_rows("T21", Event.WITHDRAW, BEFORE_ORDER, State.WITHDRAWN, APPLICANT),
)

_CHECK = (
    *_rows("T7", Event.START_CHECK, [State.REGISTERED], State.CHECKING, {Party.SYSTEM, Party.DEPUTY}),
    *_rows("T7a", Event.RECHECK, [State.CHECKING], None, {Party.SYSTEM, Party.DEPUTY}),
    *_rows(
        *("T7a", Event.RECORD_PROOF, [State.CHECKING], None, {Party.DEPUTY}),
        *(g.unknown_long, g.reason_given, g.not_kin),
        decides=True,
    ),
    *_rows(
        *("T8", Event.ACCEPT_CHECK, [State.CHECKING], State.MATCHING, {Party.DEPUTY}),
        *(g.g1_proof_valid, g.g2_issuer_licensed, g.g3_in_force, g.g4_this_learner, g.g5_not_state_final),
        *(g.g6_not_used, g.g7_awarded_already, g.not_kin, g.undisputed),
        decides=True,
    ),
    *_rows(
        *("T9", Event.REJECT_CHECK, [State.CHECKING], State.PROPOSED, {Party.DEPUTY}),
        *(g.incurable, g.reason_given, g.not_kin),
        decides=True,
        sets=Extent.REFUSE,
    ),
)

_COMPARISON = (
    *_rows("T11", Event.AGREE_ASSESSMENT, [State.MATCHING], None, APPLICANT),
    *_rows(
        *("T10", Event.SIGN_MATRIX, [State.MATCHING], None, {Party.TEACHER}),
        *(g.matrix_complete, g.not_kin, g.not_awarder),
        decides=True,
    ),
    *_rows(
        *("T10", Event.SEND_TO_COMMISSION, [State.MATCHING], State.IN_COMMISSION, {Party.DEPUTY}),
        *(g.matrix_signed, g.other_hand, g.not_kin),
        decides=True,
    ),
    *_rows(
        *("T11", Event.START_ASSESSMENT, [State.MATCHING], State.ASSESSING, {Party.DEPUTY}),
        *(g.gap, g.assessable, g.assessment_agreed, g.told_ahead, g.not_kin),
        decides=True,
    ),
    *_rows(
        *("T12", Event.FINISH_ASSESSMENT, [State.ASSESSING], State.IN_COMMISSION, {Party.TEACHER}),
        *(g.gaps_answered, g.not_kin, g.not_awarder),
        decides=True,
    ),
    *_rows(
        *("T13", Event.SEND_BACK, [State.IN_COMMISSION], State.MATCHING, {Party.CHAIR}),
        *(g.reason_given, g.not_kin),
        decides=True,
    ),
)

_DECISION = (
    *_rows(
        *("T14", Event.VOTE, [State.IN_COMMISSION], None, {Party.COMMISSION, Party.CHAIR}),
        *(g.extent_named, g.declared_free, g.present, g.not_kin, g.not_awarder, g.new_member, g.not_voted),
        decides=True,
    ),
    *_rows(
        *("T14", Event.CONCLUDE, [State.IN_COMMISSION], State.PROPOSED, {Party.CHAIR}),
        *(g.extent_named, g.quorum, g.majority, g.lawful, g.mark_chosen, g.undisputed),
        *(g.not_assessor, g.not_kin, g.not_awarder),
        decides=True,
    ),
    *_rows("T15", Event.AGREE_PROPOSAL, [State.PROPOSED], None, APPLICANT, g.proposed_positive),
    *_rows(
        *("T13", Event.RETURN_PROPOSAL, [State.PROPOSED], State.CHECKING, {Party.DIRECTOR}),
        *(g.reason_given, g.not_kin),
        decides=True,
    ),
    *_rows(
        *("T15", Event.ORDER, [State.PROPOSED], State.ORDERED, {Party.DIRECTOR}),
        *(g.proposed_positive, g.mark_fixed, g.agreed, g.paper, g.still_good, g.undisputed),
        *(g.four_eyes, g.not_assessor, g.not_kin, g.not_awarder),
        decides=True,
    ),
    *_rows(
        *("T16", Event.REFUSE, [State.PROPOSED], State.REFUSED, {Party.DIRECTOR}),
        *(g.proposed_refusal, g.reasons_per_outcome, g.paper, g.undisputed),
        *(g.four_eyes, g.not_assessor, g.not_kin, g.not_awarder),
        decides=True,
    ),
    *_rows(
        *("T17", Event.NOTIFY, [State.ORDERED, State.REFUSED], State.NOTIFIED, {Party.SECRETARY}),
        *(g.told_someone, g.guardian_told),
    ),
    *_rows(
        *("T18", Event.AMEND_PLAN, [State.NOTIFIED], State.PLAN_UPDATED, {Party.DEPUTY}),
        *(g.decided_positive, g.hours_fit),
        decides=True,
    ),
    *_rows("T19", Event.CLOSE, [State.PLAN_UPDATED], State.CLOSED, {Party.DEPUTY}, g.records_done, decides=True),
    *_rows(
        *("T20", Event.CLOSE_REFUSED, [State.NOTIFIED], State.CLOSED, {Party.SYSTEM, Party.DEPUTY}),
        *(g.decided_refusal, g.window_over),
    ),
)

_APPEAL = (
    *_rows(
        *("T22", Event.APPEAL, [State.NOTIFIED, State.CLOSED], State.APPEALED, APPLICANT),
        *(g.was_decided, g.window_open, g.reason_given),
    ),
    *_rows("T22", Event.SUSPEND, [State.APPEALED], None, {Party.DIRECTOR}, g.reason_given, g.not_kin, decides=True),
    *_rows(
        *("T23", Event.UPHOLD, [State.APPEALED], State.MATCHING, {Party.DISPUTES}),
        *(g.reason_given, g.not_kin, g.not_judged, g.check_accepted),
        decides=True,
    ),
    *_rows(
        *("T23", Event.UPHOLD, [State.APPEALED], State.CHECKING, {Party.DISPUTES}),
        *(g.reason_given, g.not_kin, g.not_judged),
        decides=True,
    ),
    *_rows(
        *("T23", Event.REJECT_APPEAL, [State.APPEALED], State.CLOSED, {Party.DISPUTES}),
        *(g.reason_given, g.not_kin, g.not_judged, g.nothing_pending),
        decides=True,
    ),
    *_rows(
        *("T23", Event.REJECT_APPEAL, [State.APPEALED], State.NOTIFIED, {Party.DISPUTES}),
        *(g.reason_given, g.not_kin, g.not_judged, g.decided_positive),
        decides=True,
    ),
)

_REVIEW = (
    *_rows(
        *("T24", Event.REVIEW, REVIEWABLE, State.UNDER_REVIEW, {Party.DEPUTY}),
        *(g.decided_positive, g.in_doubt, g.reason_given, g.not_kin),
        decides=True,
    ),
    *(
        row
        for state in REVIEWABLE
        for row in _rows(
            *("T25", Event.KEEP, [State.UNDER_REVIEW], state, {Party.DIRECTOR}),
            *(g.came_from(state), g.reason_given, g.not_kin),
            decides=True,
        )
    ),
    *_rows(
        *("T25", Event.ANNUL, [State.UNDER_REVIEW], State.ANNULLED, {Party.DIRECTOR}),
        *(g.reason_given, g.paper, g.not_kin),
        decides=True,
    ),
)

TABLE: tuple[Transition, ...] = _APPLICATION + _CHECK + _COMPARISON + _DECISION + _APPEAL + _REVIEW


def step(
    state: State | None, event: Event, facts: Facts, table: tuple[Transition, ...] = TABLE
) -> Transition | Refusal:
    """The row that `event` takes from `state` under `facts`, or the refusal; pure, and the only judge of moves."""
    rows = [row for row in table if row.source is state and row.event is event]
    if not rows:
        return Refusal(Why.NO_SUCH_MOVE)
    refusals = []
    for row in rows:
        refusal = _refused(row, facts)
        if refusal is None:
            return row
        refusals.append(refusal)
    return refusals[0]


def offered(state: State | None, facts: Facts) -> tuple[Event, ...]:
    """The events that somebody in these parties may try in `state`, guards aside: what a page offers as forms."""
    rows = [row for row in TABLE if row.source is state and _bars(row, facts) is None]
    return tuple(dict.fromkeys(row.event for row in rows))


def _bars(row: Transition, facts: Facts) -> Why | None:
    if not row.parties & facts.parties:
        return Why.NOT_YOURS
    if row.decides and facts.kind is not ActorKind.PERSON:
        return Why.PEOPLE_DECIDE
    return None


def _refused(row: Transition, facts: Facts) -> Refusal | None:
    bar = _bars(row, facts)
    if bar:
        return Refusal(bar)
    broken = next((guard for guard in row.guards if not guard.holds(facts)), None)
    return Refusal(Why.GUARD, broken) if broken else None
