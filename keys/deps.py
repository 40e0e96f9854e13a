"""What a route of any package receives: one `Visit` (who, when, on which database session) and the people it may name.

The service builds a `Visit` for every request (`app.state.visits`); packages only read it. One request is one transaction:
it commits after the route returns and before the answer is sent, so a failed commit is a failed answer.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from keys.actor import NOTHING, Actor, Rights, Role, Thing

FORGET_DEVICE: Mapping[str, str] = {"Clear-Site-Data": '"cache", "storage"'}
"""Headers of an answer after which this browser holds nothing of ours but cookies (W3C Clear Site Data)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """A learner as their school's roll knows them; never part of a credential."""

    id: str
    number: str
    family_name: str
    given_name: str
    patronymic: str
    born: date
    school: str
    grade: str

    @property
    def name(self) -> str:
        """Фамилия, имя, отчество."""
        return f"{self.family_name} {self.given_name} {self.patronymic}".strip()

    def age(self, on: date) -> int:
        """Full years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Person:
    """A grown-up in a role: staff or guardian."""

    id: str
    name: str


class People(Protocol):
    """Names behind ids, asked of the service's roll; packages store ids only."""

    def learner(self, learner: str) -> Learner:
        """The learner with this id, or `NotFound`."""
        ...

    def learner_by_number(self, number: str) -> Learner | None:
        """The learner with this network number."""
        ...

    def guardians(self, learner: str) -> list[Person]:
        """Who acts for the learner today; empty for adults."""
        ...

    def roster(self, school: str) -> list[Learner]:
        """All learners enrolled in a school today, by name."""
        ...

    def person(self, person: str) -> Person:
        """The grown-up (or learner as a person) with this account id, or `NotFound`."""
        ...

    def staff(self, organisation: str, role: Role) -> list[Person]:
        """Who holds a role in an organisation."""
        ...


class Times(Protocol):
    """Moments as people of the municipality read them, on paper and in files."""

    def day(self, moment: datetime) -> str:
        """The day (дд.мм.гггг) in the municipality's time zone."""
        ...

    def minute(self, moment: datetime) -> str:
        """Day and minute in that zone, and which zone it is."""
        ...

    def second(self, moment: datetime) -> str:
        """Day and second in that zone, where two moments of one minute are told apart."""
        ...


class Render(Protocol):
    """Draws a template in the visitor's language with the house's frame around it."""

    def __call__(self, template: str, data: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
        """The finished page."""
        ...


class Record(Protocol):
    """Appends one row to the journal, in the visit's own transaction."""

    def __call__(
        self, event: str, *, organisation: str | None = None, learner: str | None = None, item: str = ""
    ) -> None:
        """Record that the visitor did `event` to `item` (ids only, never names)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request by one visitor."""

    actor: Actor
    session: Session
    now: datetime
    people: People
    rights: Rights
    render: Render
    record: Record
    later: Callable[[str, str], None]
    language: str
    times: Times
    translate: Callable[[str], str]

    def require(self, action: str, thing: Thing = NOTHING) -> None:
        """Raise unless the visitor may do `action` to `thing`."""
        self.rights.require(self.actor, action, thing)

    def can(self, action: str, thing: Thing = NOTHING) -> bool:
        """Whether the visitor may do `action` to `thing` (for showing or hiding a button)."""
        return self.rights.can(self.actor, action, thing)

    def page(self, template: str, *, status: int = 200, **data: Any) -> HTMLResponse:
        """Draw `template` with `data`; the visit itself is there as `visit`."""
        return self.render(template, {"visit": self, **data}, status=status)


class Visits(Protocol):
    """The service's side: opens and closes visits."""

    def __call__(self, request: Request) -> AbstractContextManager[Visit]:
        """A visit whose transaction commits on a clean exit and rolls back on an exception."""
        ...


def visit(request: Request) -> Iterator[Visit]:
    """FastAPI dependency: the visit of this request."""
    visits: Visits = request.app.state.visits
    with visits(request) as open_visit:
        yield open_visit


Visiting = Annotated[Visit, Depends(visit, scope="function")]
