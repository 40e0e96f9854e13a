"""Names behind ids: the roll and the accounts as `keys.deps.People`, on one database session and one day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlmodel import Session, col, select

from keys.actor import Role
from keys.deps import Learner, Person
from service.identity import roll, substitution
from service.identity.days import in_force, is_minor
from service.identity.tables import Account, Enrolment, Guardianship, LearnerRow

Named = TypeVar("Named", Learner, Person)


class Roll:
    """Who is who on `day`."""

    def __init__(self, session: Session, day: date) -> None:
        self._session = session
        self._day = day

    def learner(self, learner: str) -> Learner:
        """The learner with this id, or `NotFound`."""
        return self._learner(roll.find(self._session, learner))

    def learner_by_number(self, number: str) -> Learner | None:
        """The learner with this network number."""
        row = self._session.exec(select(LearnerRow).where(LearnerRow.number == number)).first()
        return self._learner(row) if row is not None else None

    def names_of(self, numbers: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The parts of the names of those with these network numbers who are known here."""
        known = self._session.exec(select(LearnerRow).where(col(LearnerRow.number).in_(numbers)))
        return {row.number: (row.family_name, row.given_name, row.patronymic) for row in known}

    def guardians(self, learner: str) -> list[Person]:
        """Who acts for the learner today; empty for adults."""
        if not is_minor(roll.find(self._session, learner).born, self._day):
            return []
        acting = (
            select(Account)
            .join(Guardianship)
            .where(Guardianship.learner == learner)
            .where(in_force(Guardianship.since, Guardianship.until, self._day))
        )
        return _by_name(Person(account.id, account.name) for account in self._session.exec(acting))

    def roster(self, school: str) -> list[Learner]:
        """All learners enrolled in a school today, by name."""
        enrolled = (
            select(LearnerRow, Enrolment)
            .join(Enrolment)
            .where(Enrolment.school == school, in_force(Enrolment.since, Enrolment.until, self._day))
        )
        return _by_name(_as_learner(row, place) for row, place in self._session.exec(enrolled))

    def person(self, person: str) -> Person:
        """The grown-up (or learner as a person) with this account id, or `NotFound`."""
        account = self._session.get(Account, person)
        if account is None:
            return Person(person, self.learner(person).name)
        return Person(account.id, account.name)

    def staff(self, organisation: str, role: Role) -> list[Person]:
        """Who holds a role in an organisation, those who stand in instead of those who are away."""
        holders = substitution.holders(self._session, organisation, role, self._day)
        return _by_name(Person(account.id, account.name) for account in holders)

    def _learner(self, row: LearnerRow) -> Learner:
        return _as_learner(row, self._place(row.id))

    def _place(self, learner: str) -> Enrolment | None:
        """Where the learner is enrolled today, else the place of the nearest past."""
        places = (
            select(Enrolment)
            .where(Enrolment.learner == learner, Enrolment.since <= self._day)
            .order_by(col(Enrolment.since).desc())
        )
        return self._session.exec(places).first()


def _as_learner(row: LearnerRow, place: Enrolment | None) -> Learner:
    return Learner(
        id=row.id,
        number=row.number,
        family_name=row.family_name,
        given_name=row.given_name,
        patronymic=row.patronymic,
        born=row.born,
        school=place.school if place is not None else "",
        grade=place.grade if place is not None else "",
    )


def _by_name(named: Iterable[Named]) -> list[Named]:
    """In the order of the alphabet, where ё stands with е (DOMAIN §6)."""
    return sorted(named, key=lambda one: one.name.casefold().replace("ё", "е"))
