"""What a move of a case is judged by: one frozen value, gathered before and without a word about databases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from keys.actor import ActorKind


class State(StrEnum):
    """Where a case is (DOMAIN §2.4)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REGISTERED = "registered"
    AWAITING_DOCUMENTS = "awaiting_documents"
    CHECKING = "checking"
    MATCHING = "matching"
    ASSESSING = "assessing"
    IN_COMMISSION = "in_commission"
    PROPOSED = "proposed"
    ORDERED = "ordered"
    REFUSED = "refused"
    NOTIFIED = "notified"
    PLAN_UPDATED = "plan_updated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    APPEALED = "appealed"
    UNDER_REVIEW = "under_review"
    ANNULLED = "annulled"


class Extent(StrEnum):
    """How much is credited."""

    FULL = "full"
    PARTIAL = "partial"
    REFUSE = "refuse"


class Party(StrEnum):
    """In which capacity somebody acts in a case (DOMAIN §2.2)."""

    LEARNER = "learner"
    ADULT_LEARNER = "adult_learner"
    GUARDIAN = "guardian"
    TUTOR = "tutor"
    SECRETARY = "secretary"
    DEPUTY = "deputy"
    TEACHER = "teacher"
    COMMISSION = "commission"
    CHAIR = "chair"
    DIRECTOR = "director"
    DISPUTES = "disputes"
    SYSTEM = "system"


class Answer(StrEnum):
    """What one condition on a credential came to; `SEEN` is an unknown that a person settled with a proof they saw."""

    PASSED = "passed"
    SEEN = "seen"
    UNKNOWN = "unknown"
    FAILED = "failed"


CONDITIONS = ("G1", "G2", "G3", "G4", "G5", "G6", "G7")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the guards may ask. The defaults describe nothing done yet, so that a forgotten fact refuses.

    The first group is about the actor, the second about the application, the third about the credentials, the fourth about
    the comparison and the commission, the fifth about the decision and what follows it.
    """

    parties: frozenset[Party] = frozenset()
    kind: ActorKind = ActorKind.ANONYMOUS
    kin: bool = True  # the learner, or a guardian of the learner
    tied_to_issuer: bool = True  # awards for the organisation whose credential is judged
    declared_free: bool = False  # said that they taught and assessed nothing of this
    assessed: bool = True  # ran the assessment of this case
    present: bool = False  # at the meeting that hears the case, where there is one
    voted: bool = True  # in this round
    voted_before: bool = True  # in an earlier round
    concluded: bool = True  # signed the commission's protocol
    signed_matrix: bool = True  # this very person
    judged: bool = True  # voted, concluded or decided in any round

    enrolled: bool = False
    component_open: bool = False
    component_free: bool = False  # no other case about it is under way
    state_final: bool = True  # the component is state final attestation
    evidence: int = 0
    wish_stated: bool = False
    before_cutoff: bool = False
    learner_confirmed: bool = False  # or need not
    undisputed: bool = False  # the learner objects to nothing that was done in their name
    reason: bool = False  # the form says why
    supplied: bool = False
    answer_overdue: bool = False

    conditions: Mapping[str, Answer] = field(default_factory=dict)
    incurable: bool = False
    unknown_long: bool = False
    still_good: bool = False  # checked again at the moment of the decision

    matrix_complete: bool = False
    matrix_signed: bool = False  # by a teacher, in the form it has now
    gap: bool = False  # a required outcome is not shown
    assessable: bool = False
    assessment_agreed: bool = False
    told_ahead: bool = False
    gaps_answered: bool = False
    extent_named: bool = False
    quorum: bool = False
    majority: bool = False
    lawful: bool = False  # the extent is the one that the signed comparison carries
    mark_chosen: bool = False

    extent: Extent | None = None
    mark_fixed: bool = False
    agreed: bool = False
    paper: bool = False  # number, date and signer of the signed paper
    reasons_per_outcome: bool = False
    guardian_told: bool = False
    told_someone: bool = False
    hours_fit: bool = False
    records_done: bool = False
    window_open: bool = False
    in_doubt: bool = False
    check_accepted: bool = False
    interrupted: State | None = None  # where an appeal or a review began
