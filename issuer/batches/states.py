"""Where a batch may go from where it is: a pure table; what is not in it is refused."""

from enum import StrEnum

from issuer.batches.errors import BatchStep
from issuer.tables import BatchState as S


class Step(StrEnum):
    """What people and workers do to a batch."""

    CHOOSE = "choose"  # say what the columns hold
    CHECK = "check"  # have every row tried
    CHECKED = "checked"  # the last row was tried
    ALLOW = "allow"  # let particulars of learners of age stand, and have every row tried again
    SUBMIT = "submit"  # for a second person
    START = "start"  # where no second person is asked
    APPROVE = "approve"  # by the second person
    RETURN = "return"  # the second person wants it corrected
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    FINISH = "finish"  # the last row has become an award or a fault
    DISCARD = "discard"  # a draft is thrown away with everything that was read


TABLE: dict[tuple[S, Step], S | None] = {
    (S.DRAFT, Step.CHOOSE): S.DRAFT,
    (S.CHECKED, Step.CHOOSE): S.DRAFT,
    (S.DRAFT, Step.CHECK): S.CHECKING,
    (S.CHECKED, Step.CHECK): S.CHECKING,
    (S.CHECKING, Step.CHECKED): S.CHECKED,
    (S.CHECKED, Step.ALLOW): S.CHECKING,
    (S.CHECKING, Step.CHOOSE): S.DRAFT,
    (S.DRAFT, Step.SUBMIT): S.WAITING,
    (S.CHECKED, Step.SUBMIT): S.WAITING,
    (S.DRAFT, Step.START): S.RUNNING,
    (S.CHECKED, Step.START): S.RUNNING,
    (S.WAITING, Step.APPROVE): S.RUNNING,
    (S.WAITING, Step.RETURN): S.DRAFT,
    (S.RUNNING, Step.PAUSE): S.PAUSED,
    (S.PAUSED, Step.RESUME): S.RUNNING,
    (S.RUNNING, Step.CANCEL): S.CANCELLED,
    (S.PAUSED, Step.CANCEL): S.CANCELLED,
    (S.RUNNING, Step.FINISH): S.DONE,
    (S.PAUSED, Step.FINISH): S.DONE,
    (S.CANCELLED, Step.FINISH): S.CANCELLED,
    **{(state, Step.DISCARD): None for state in (S.DRAFT, S.CHECKING, S.CHECKED, S.WAITING)},
}
ENDED = frozenset({S.DONE, S.CANCELLED})


def step(state: S, taken: Step) -> S | None:
    """The state after `taken`, None where the batch is gone. Raises `BatchStep`."""
    if (state, taken) not in TABLE:
        raise BatchStep
    return TABLE[state, taken]


def allows(state: S, taken: Step) -> bool:
    """Whether `taken` is possible now."""
    return (state, taken) in TABLE
