"""Who plans meetings for which school, and what a meeting is to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session

from keys.actor import Actor, Role
from keys.deps import People, Person
from verifier.credit.calendar import WorkingDays
from verifier.credit.cases import Cases
from verifier.credit.policy import SchoolPolicy, policy_of, working_days
from verifier.credit.tables import Case
from verifier.credit.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a meeting is to be. `late` says that whoever plans it knows which terms will pass before it."""

    starts_at: datetime
    place: str
    members: Sequence[str]
    cases: Sequence[str]
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who plans for which school, when, on which session."""

    session: Session
    cases: Cases
    actor: Actor
    people: People
    school: str
    now: datetime

    @property
    def today(self) -> date:
        """The day at the school."""
        return self.day_of(self.now)

    def day_of(self, moment: datetime) -> date:
        """The day on which a moment falls at the school."""
        return moment.astimezone(self.cases.services.zone).date()

    @cached_property
    def policy(self) -> SchoolPolicy:
        """The school's act of the day."""
        return policy_of(self.session, self.school, self.today)

    @cached_property
    def days(self) -> WorkingDays:
        """The school's calendar."""
        return working_days(self.session, self.school, self.policy, self.cases.services.zone)

    @cached_property
    def members(self) -> list[Person]:
        """The commission today, by name."""
        seats = (Role.CHAIR, Role.COMMISSION)
        found = {one.id: one for role in seats for one in self.people.staff(self.school, role)}
        return sorted(found.values(), key=lambda person: person.name)

    @property
    def quorum(self) -> int:
        """How many must be there: more than half of the members, and no fewer than the school's act says."""
        return max(self.policy.quorum, len(self.members) // 2 + 1)

    def works(self, cases: Iterable[Case]) -> list[Work]:
        """The cases, each with all that it needs to be read."""
        return [self.cases.look(self.session, self.actor, case.id, self.now) for case in cases]
