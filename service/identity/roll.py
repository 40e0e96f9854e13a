"""The schools' roll: learners, where they are enrolled, who acts for them and who accompanies them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from keys.actor import Bond
from schemas.errors import NotFound
from service.identity.days import ADULT, birthday, in_force, is_minor
from service.identity.errors import NotAMinor
from service.identity.tables import Companionship, Enrolment, Guardianship, LearnerRow

_PERSON, _DAY = sa.bindparam("person", type_=sa.String()), sa.bindparam("day", type_=sa.Date())


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLearner:
    """A learner as the school writes them down; `id` is also the id of their account, if they get one."""

    id: str
    number: str
    family_name: str
    given_name: str
    patronymic: str
    born: date


def enrol(session: Session, learner: NewLearner, *, school: str, grade: str, since: date) -> None:
    """Write a new learner into a school's roll, or an old one into another school or grade; the old place ends the day before."""
    session.merge(
        LearnerRow(
            id=learner.id,
            number=learner.number,
            family_name=learner.family_name,
            given_name=learner.given_name,
            patronymic=learner.patronymic,
            born=learner.born,
        )
    )
    session.flush()
    leave(session, learner.id, since - timedelta(days=1))
    session.merge(Enrolment(learner=learner.id, since=since, school=school, grade=grade))
    session.flush()


def leave(session: Session, learner: str, last_day: date) -> None:
    """End the learner's open enrolment on `last_day`."""
    open_ = sa.update(Enrolment).where(
        col(Enrolment.learner) == learner, col(Enrolment.until).is_(None), col(Enrolment.since) <= last_day
    )
    session.exec(open_.values(until=last_day))


def add_guardian(session: Session, learner: str, person: str, since: date, until: date | None = None) -> None:
    """From `since` on `person` acts for the learner, at the longest to the day before the 18th birthday.

    Raises `NotFound` for an unknown learner, `NotAMinor` when the learner is of age by then.
    """
    row = find(session, learner)
    if not is_minor(row.born, since):
        raise NotAMinor
    last = birthday(row.born, ADULT) - timedelta(days=1)
    session.merge(Guardianship(learner=learner, person=person, since=since, until=min(until or last, last)))
    session.flush()


def add_companion(session: Session, learner: str, person: str, since: date, until: date | None = None) -> None:
    """From `since` on `person` accompanies the learner as tutor or class teacher."""
    session.merge(Companionship(learner=learner, person=person, since=since, until=until))
    session.flush()


def find(session: Session, learner: str) -> LearnerRow:
    """The learner with this id, or `NotFound`."""
    row = session.get(LearnerRow, learner)
    if row is None:
        raise NotFound
    return row


def places(session: Session, learner: str) -> list[Enrolment]:
    """Everywhere the learner has been, is and will be, in order."""
    return list(session.exec(select(Enrolment).where(Enrolment.learner == learner).order_by(col(Enrolment.since))))


def bonds(session: Session, person: str, day: date) -> list[tuple[Bond, str, date]]:
    """How a person stands to learners on a day, with the learner's id and day of birth: `SELF`, `GUARDIAN` or `TUTEE`."""
    found = session.execute(_bonds(), {"person": person, "day": day})
    return [
        (Bond(bond), learner, born) for bond, learner, born in found if bond != Bond.GUARDIAN or is_minor(born, day)
    ]


@cache
def _bonds() -> sa.CompoundSelect[str, str, date]:
    """The question of `bonds`, put at every request and therefore written once."""
    own = _bond(Bond.SELF).where(col(LearnerRow.id) == _PERSON)
    wards = _bond(Bond.GUARDIAN).join(Guardianship).where(*_counts(Guardianship))
    tutees = _bond(Bond.TUTEE).join(Companionship).where(*_counts(Companionship))
    return sa.union_all(own, wards, tutees)


def _bond(bond: Bond) -> sa.Select[str, str, date]:
    return sa.select(sa.literal(str(bond)), col(LearnerRow.id), col(LearnerRow.born))


def _counts(table: type[Guardianship | Companionship]) -> tuple[sa.ColumnElement[bool], ...]:
    return col(table.person) == _PERSON, in_force(table.since, table.until, _DAY)
