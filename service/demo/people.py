"""The people of the demonstration: staff with their roles, learners on their schools' rolls, guardians, tutors."""

import secrets
from uuid import NAMESPACE_DNS, uuid5

from sqlmodel import Session

from keys.actor import Membership, Role
from schemas.identity import number_from
from service.demo.municipality import LearnerRow, Municipality
from service.identity import accounts, roll
from service.identity.days import is_minor


def account_of(code: str) -> str:
    """The account id of a person of the file; a learner's is also their learner id."""
    return uuid5(NAMESPACE_DNS, f"{code}.people.sever.example").hex


def guardian_of(learner: str) -> str:
    """The code of a learner's guardian."""
    return f"{learner}-guardian"


def settle(session: Session, municipality: Municipality) -> None:
    """Enter everybody as they stand on the day the network was founded."""
    since = municipality.joined.date()
    for member in municipality.staff:
        roles = [Membership(organisation, role) for organisation, role in member.roles]
        accounts.add_account(
            session,
            id=account_of(member.code),
            login=member.code,
            name=member.name,
            memberships=roles,
            demo=True,
            since=since,
        )
    for learner in municipality.learners:
        _enrol(session, municipality, learner)


def _enrol(session: Session, municipality: Municipality, row: LearnerRow) -> None:
    since = municipality.joined.date()
    family, given, patronymic = row.name_parts
    learner = account_of(row.code)
    accounts.add_account(session, id=learner, login=row.code, name=row.name, demo=True)
    roll.enrol(
        session,
        roll.NewLearner(
            id=learner,
            number=number_from(secrets.token_bytes(16)),
            family_name=family,
            given_name=given,
            patronymic=patronymic,
            born=row.born,
        ),
        school=row.school,
        grade=row.grade,
        since=since,
    )
    if row.guardian:
        _add_guardian(session, municipality, row, row.guardian)
    for companion in _companions(municipality, row):
        roll.add_companion(session, learner, account_of(companion), since)


def _add_guardian(session: Session, municipality: Municipality, row: LearnerRow, name: str) -> None:
    since = municipality.joined.date()
    guardian = account_of(guardian_of(row.code))
    accounts.add_account(session, id=guardian, login=guardian_of(row.code), name=name, demo=True)
    if is_minor(row.born, since):
        roll.add_guardian(session, account_of(row.code), guardian, since)


def _companions(municipality: Municipality, row: LearnerRow) -> list[str]:
    """The learner's tutor and the class teachers of their school."""
    teachers = [member.code for member in municipality.staff if (row.school, Role.CLASS_TEACHER) in member.roles]
    return [*([row.tutor] if row.tutor else []), *teachers]
