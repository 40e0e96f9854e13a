"""Somebody is away: a colleague holds their duties alone for the term, entered by a third person, on a paper."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from keys.actor import Membership, Role
from service.database import unit_of_work
from service.identity import accounts, substitution
from service.identity.errors import (
    BasisNeeded,
    ColleagueUnknown,
    OwnSubstitution,
    SubstitutionOverlaps,
    SubstitutionTerm,
)
from service.identity.people import Roll
from service.identity.substitution import Absence
from service.identity.tables import Account
from service.notices.tables import Notice
from tests.service.house import SINCE, START, House, send

TODAY, HERE = START.date(), "/substitutions/s1"
STAFF = {
    "director": {Role.DIRECTOR},
    "deputy": {Role.DEPUTY, Role.CHAIR, Role.COMMISSION},
    "teacher": {Role.TEACHER, Role.COMMISSION, Role.AWARDER},
    "secretary": {Role.SECRETARY},
}


@pytest.fixture
def staffed(house: House) -> House:
    with unit_of_work(house.parts.engine) as session:
        for account, roles in STAFF.items():
            if session.get(Account, account) is None:
                accounts.add_account(session, id=account, name=f"Сотрудник {account}", since=SINCE)
            for role in roles:
                accounts.grant(session, account, Membership("s1", role), since=SINCE)
    return house


def away(
    absent: str = "deputy", substitute: str = "teacher", *, first: int = 0, last: int = 3, basis: str = "№ 12"
) -> Absence:
    since, until = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    return Absence(absent=absent, substitute=substitute, since=since, until=until, basis=basis)


def enter(session: Session, absence: Absence, by: str = "director") -> str:
    return substitution.enter(session, "s1", absence, by=by, now=START, today=TODAY).id


def roles(session: Session, account: str, day: date = TODAY) -> set[Role]:
    return {held.role for held in substitution.held(session, account, day)}


def seats(session: Session, role: Role, day: date = TODAY) -> set[str]:
    return {person.id for person in Roll(session, day).staff("s1", role)}


def test_duties_pass_on_whole_for_the_term_and_nothing_else_does(staffed: House) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        enter(session, away())
        assert roles(session, "teacher") == {Role.TEACHER, Role.COMMISSION, Role.AWARDER, Role.DEPUTY, Role.CHAIR}
        assert roles(session, "deputy") == set()
        after = TODAY + timedelta(days=4)
        assert (roles(session, "deputy", after), roles(session, "teacher", after)) == (
            STAFF["deputy"],
            STAFF["teacher"],
        )
        enter(session, away("teacher", "secretary", first=10, last=11))
        later = TODAY + timedelta(days=10)
        assert Role.AWARDER in roles(session, "teacher", later), "who awards does so in person"
        assert roles(session, "secretary", later) == {Role.SECRETARY, Role.TEACHER, Role.COMMISSION}


def test_a_seat_stays_one_seat(staffed: House) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        assert seats(session, Role.COMMISSION) == {"deputy", "teacher"}
        enter(session, away("deputy", "secretary"))
        assert seats(session, Role.COMMISSION) == {"secretary", "teacher"}
        assert seats(session, Role.CHAIR) == {"secretary"}


def test_what_cannot_be_entered(staffed: House) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        for absence, by, error in (
            (away(substitute="director"), "director", OwnSubstitution),
            (away(substitute="deputy"), "director", OwnSubstitution),
            (away(substitute="l1"), "director", ColleagueUnknown),
            (away(first=2, last=1), "director", SubstitutionTerm),
            (away(first=-5, last=-1), "director", SubstitutionTerm),
            (away(basis=" "), "director", BasisNeeded),
        ):
            with pytest.raises(error):
                enter(session, absence, by)
        enter(session, away())
        for absent, substitute in (("deputy", "secretary"), ("secretary", "deputy"), ("teacher", "secretary")):
            with pytest.raises(SubstitutionOverlaps):
                enter(session, away(absent, substitute, first=3, last=5))


def test_the_director_enters_it_the_substitute_is_told_and_an_early_return_ends_it(
    staffed: House,
) -> None:
    client = staffed.signed_in("director")
    fields = {"absent": "deputy", "substitute": "teacher", "since": "", "until": TODAY.isoformat(), "basis": "№ 12"}
    refused = send(client, HERE, fields, form_at=HERE)
    assert refused.status_code == 422
    assert "№ 12" in refused.text
    assert send(client, HERE, {**fields, "since": TODAY.isoformat()}, form_at=HERE).status_code == 303
    page = client.get(HERE).text
    assert "Сотрудник teacher" in page
    with unit_of_work(staffed.parts.engine) as session:
        [told] = session.exec(select(Notice).where(Notice.person == "teacher")).all()
        [row] = substitution.ahead(session, "s1", TODAY)
        made = row.id
    assert "Сотрудник deputy" in told.text
    assert send(client, f"{HERE}/{made}/end", {}, form_at=HERE).status_code == 303
    with unit_of_work(staffed.parts.engine) as session:
        assert roles(session, "deputy") == STAFF["deputy"]
    assert send(client, f"{HERE}/{made}/end", {}, form_at=HERE).status_code == 409
