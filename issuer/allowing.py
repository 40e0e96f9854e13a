"""Personal particulars in a badge: refused, unless a learner of age wants them there and a person of the issuer says so.

Never for a minor, whoever wishes it; СНИЛС and the fields of a person for nobody (DOMAIN §4).
What was allowed stands in the journal.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlmodel import Session

from issuer.errors.asking import NotOfAge
from issuer.lint.faults import BirthDate, Email, OpenEvidence, PersonalName, Phone
from keys.actor import Actor, ActorKind
from schemas.award import AwardOrder
from schemas.errors import BadInput, Forbidden

ALLOWABLE = (PersonalName, BirthDate, Phone, Email, OpenEvidence)

CODES = frozenset(fault.code for fault in (*ALLOWABLE, NotOfAge))
"""What is found where a learner of age may want something to stand, by which it is known in what was written down."""

OfAge = Callable[[Session, str, datetime], bool]
"""Whether the learner with a network number is known here and 18 or older at a moment."""


def nobody(_session: Session, _number: str, _now: datetime) -> bool:
    """For installations that know no learners: nobody is known to be of age."""
    return False


def require_person(order: AwardOrder, by: Actor) -> None:
    """Raise `Forbidden` where a program would allow it: people decide."""
    if order.allowed and by.kind is not ActorKind.PERSON:
        raise Forbidden


def remaining(faults: Iterable[BadInput], order: AwardOrder, *, of_age: Callable[[], bool]) -> tuple[BadInput, ...]:
    """What still stands against a badge. Who is of age is asked only where something was allowed."""
    found = tuple(faults)
    if not order.allowed:
        return found
    if not of_age():
        return (*found, NotOfAge(pointer="/allowed"))
    return tuple(fault for fault in found if not isinstance(fault, ALLOWABLE))


def is_offered(faults: Iterable[BadInput]) -> bool:
    """Whether something was found that a learner of age may want to stand there."""
    return any(isinstance(fault, (*ALLOWABLE, NotOfAge)) for fault in faults)
