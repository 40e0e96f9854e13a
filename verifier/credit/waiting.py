"""Whose turn it is: the events that move a case on from where it is, and who they belong to. Pure."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from keys.actor import ActorKind
from verifier.credit.events import Event
from verifier.credit.facts import Extent, Facts, Party, State
from verifier.credit.states import offered

_NEXT: dict[State, tuple[Event, ...]] = {
    State.DRAFT: (Event.SUBMIT,),
    State.SUBMITTED: (Event.REGISTER,),
    State.REGISTERED: (Event.START_CHECK,),
    State.ASSESSING: (Event.FINISH_ASSESSMENT,),
    State.IN_COMMISSION: (Event.VOTE, Event.CONCLUDE),
    State.ORDERED: (Event.NOTIFY,),
    State.REFUSED: (Event.NOTIFY,),
    State.PLAN_UPDATED: (Event.CLOSE,),
    State.APPEALED: (Event.REJECT_APPEAL, Event.UPHOLD),
    State.UNDER_REVIEW: (Event.KEEP, Event.ANNUL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What of a case decides whose turn it is."""

    state: State
    extent: Extent | None = None
    signed: bool = False  # the comparison
    agreement_due: bool = False
    overdue: bool = False
    incurable: bool = False
    assessment_due: bool = False
    quorum: bool = False
    voted: bool = False  # by who is asking


def next_events(case: Standing) -> tuple[Event, ...]:
    """The events that would move the case on now, the first of them the likeliest."""
    special = _SPECIAL.get(case.state)
    return special(case) if special else _NEXT.get(case.state, ())


def mine(case: Standing, parties: Collection[Party]) -> tuple[Event, ...]:
    """Those of the next events that somebody in these parties may do."""
    allowed = offered(case.state, Facts(parties=frozenset(parties), kind=ActorKind.PERSON))
    return tuple(event for event in next_events(case) if event in allowed)


def _supplying(case: Standing) -> tuple[Event, ...]:
    return (Event.LAPSE, Event.SUPPLY) if case.overdue else (Event.SUPPLY,)


def _checking(case: Standing) -> tuple[Event, ...]:
    return (Event.REJECT_CHECK,) if case.incurable else (Event.ACCEPT_CHECK,)


def _comparing(case: Standing) -> tuple[Event, ...]:
    if case.assessment_due:
        return (Event.START_ASSESSMENT, Event.SIGN_MATRIX)
    return (Event.SEND_TO_COMMISSION,) if case.signed else (Event.SIGN_MATRIX,)


def _voting(case: Standing) -> tuple[Event, ...]:
    vote = () if case.voted else (Event.VOTE,)
    return (*vote, Event.CONCLUDE) if case.quorum else vote


def _proposed(case: Standing) -> tuple[Event, ...]:
    if case.agreement_due:
        return (Event.AGREE_PROPOSAL,)
    return (Event.REFUSE,) if case.extent is Extent.REFUSE else (Event.ORDER,)


def _notified(case: Standing) -> tuple[Event, ...]:
    if case.extent is Extent.REFUSE:
        return (Event.CLOSE_REFUSED,) if case.overdue else ()
    return (Event.AMEND_PLAN,)


_SPECIAL: dict[State, Callable[[Standing], tuple[Event, ...]]] = {
    State.AWAITING_DOCUMENTS: _supplying,
    State.CHECKING: _checking,
    State.MATCHING: _comparing,
    State.IN_COMMISSION: _voting,
    State.PROPOSED: _proposed,
    State.NOTIFIED: _notified,
}
