"""The agenda of a commission's meeting: what is before it, like beside like, and who of its members may judge what (R20, R22)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from sqlmodel import Session, col, select

from keys.actor import Role
from keys.deps import Person
from schemas.errors import N_
from verifier.credit.facts import State
from verifier.credit.gathering import issuers_of
from verifier.credit.tables import Case, PlanComponent
from verifier.credit.work import Work

MOST = 60  # cases of one meeting, as many as one document takes
AWARDING = (Role.AWARDER, Role.MANAGER)


class Seat(StrEnum):
    """How one member stands to one case."""

    FREE = "free"
    VOTED = "voted"
    KIN = "kin"
    AWARDER = "awarder"
    ASSESSOR = "assessor"
    BEFORE = "before"
    ABSENT = "absent"
    UNINVITED = "uninvited"


SEATS: Mapping[Seat, str] = {
    Seat.FREE: N_("ещё не голосовал"),
    Seat.VOTED: N_("проголосовал"),
    Seat.KIN: N_("не голосует: это его семья"),
    Seat.AWARDER: N_("не голосует: вручает значки этой организации"),
    Seat.ASSESSOR: N_("оценивал: голосует, но протокол не подписывает"),
    Seat.BEFORE: N_("не голосует: решал это дело до возражения"),
    Seat.ABSENT: N_("не голосует: нет на заседании"),
    Seat.UNINVITED: N_("не приглашён"),
}
BARRED = frozenset({Seat.KIN, Seat.AWARDER, Seat.BEFORE, Seat.ABSENT, Seat.UNINVITED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One case of the agenda and how every member stands to it, by name."""

    work: Work
    modules: tuple[str, ...]
    seats: tuple[tuple[Person, Seat], ...]

    @property
    def able(self) -> int:
        """How many members have voted or may."""
        return sum(seat not in BARRED for _, seat in self.seats)

    @property
    def voted(self) -> int:
        """How many have."""
        return len(self.work.votes_now)

    @property
    def short(self) -> bool:
        """Whether the quorum cannot be reached with those who may vote."""
        return self.able < self.work.quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The cases about one component that rest on the same modules: they are prepared and read together."""

    component: str
    modules: tuple[str, ...]
    items: tuple[Item, ...]


def before_commission(session: Session, school: str) -> Sequence[Case]:
    """The cases that are before a school's commission, the most urgent ones first."""
    wanted = select(Case).join(PlanComponent).where(Case.school == school, Case.state == State.IN_COMMISSION)
    return session.exec(wanted.order_by(col(Case.deadline), col(Case.id)).limit(MOST)).all()


def grouped(works: Sequence[Work], invited: Collection[str] | None = None) -> list[Group]:
    """The agenda: like cases beside each other, the group with the most urgent case first. `invited` None means everybody."""
    items = [_item(work, invited) for work in works]
    ranked = {_kind(item): number for number, item in reversed(list(enumerate(items)))}
    ordered = sorted(items, key=lambda item: ranked[_kind(item)])
    return [
        Group(component=component, modules=modules, items=tuple(found))
        for (component, modules), found in groupby(ordered, key=_kind)
    ]


def _kind(item: Item) -> tuple[str, tuple[str, ...]]:
    return item.work.line.title, item.modules


def _item(work: Work, invited: Collection[str] | None) -> Item:
    modules = tuple(sorted({one.title for one in work.evidence}))
    people = sorted((work.people.person(member) for member in work.members), key=lambda person: person.name)
    awarding = _awarding(work)
    seats = tuple((person, seat_of(work, person.id, awarding, invited)) for person in people)
    return Item(work=work, modules=modules, seats=seats)


def seat_of(work: Work, person: str, awarding: frozenset[str], invited: Collection[str] | None = None) -> Seat:
    """The guards of a vote, asked about a member who is not there; the strongest reason first."""
    earlier = {vote.person for vote in work.votes if vote.instance < work.case.instance}
    answers = (
        (person in work.family, Seat.KIN),
        (person in awarding, Seat.AWARDER),
        (person in earlier, Seat.BEFORE),
        (person in {vote.person for vote in work.votes_now}, Seat.VOTED),
        (work.attendance is not None and person not in work.attendance.present, Seat.ABSENT),
        (work.attendance is None and invited is not None and person not in invited, Seat.UNINVITED),
        (person in work.case.assessors, Seat.ASSESSOR),
    )
    return next((seat for holds, seat in answers if holds), Seat.FREE)


def _awarding(work: Work) -> frozenset[str]:
    """Who awards for an organisation whose badge the case rests on, as far as this installation knows its staff."""
    staff = (work.people.staff(code, role) for code in issuers_of(work) for role in AWARDING)
    return frozenset(person.id for held in staff for person in held)
