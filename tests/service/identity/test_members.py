"""An organisation's people: invited by one, agreed to by another where the role lets others in, ended, let in anew."""

import re
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from schemas.errors import NotFound
from service.database import unit_of_work
from service.identity import accounts, members
from service.identity.errors import (
    InvitationSettled,
    LastManager,
    NameNeeded,
    OwnInvitation,
    RoleHeld,
    RoleNotHeld,
    RoleUnknown,
)
from service.identity.members import NewMember
from service.identity.tables import Account, Invitation
from service.notices.tables import Notice
from tests.service.house import SINCE, START, House, send

TODAY = START.date()
HERE = "/members/s1"
LINK = re.compile(r"/enter/([0-9A-Z-]{33})")


@pytest.fixture
def staffed(house: House) -> House:
    """A school with one who answers for it and a director."""
    with unit_of_work(house.parts.engine) as session:
        for account, role in (("manager", Role.MANAGER), ("director", Role.DIRECTOR)):
            seat = [Membership("s1", role)]
            accounts.add_account(session, id=account, name=f"Сотрудник {account}", memberships=seat, since=SINCE)
    return house


def invite(session: Session, role: Role, **more: str) -> Invitation:
    new = NewMember(role=role, **({"name": "Соснина Инна"} | more))  # type: ignore[arg-type]
    return members.invite(session, "s1", new, "manager", START, TODAY)


def roles(session: Session, account: str, day: date = TODAY) -> set[Role]:
    return {membership.role for membership in accounts.memberships(session, account, day)}


def test_an_ordinary_role_is_given_at_once(staffed: House) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        asked = invite(session, Role.TEACHER)
        assert (asked.agreed, roles(session, asked.account)) == (True, {Role.TEACHER})


@pytest.mark.parametrize("role", sorted(members.WATCHED & set(members.ROLES_OF["school"])))  # type: ignore[index]
def test_a_role_that_lets_others_in_is_given_by_two(staffed: House, role: Role) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        asked = invite(session, role)
        assert (asked.agreed, roles(session, asked.account)) == (None, set())
        for own in ("manager", asked.account):
            with pytest.raises(OwnInvitation):
                members.settle(session, asked, own, START, TODAY, agree=True)
        members.settle(session, asked, "director", START, TODAY, agree=True)
        assert roles(session, asked.account) == {role}
        with pytest.raises(InvitationSettled):
            members.settle(session, asked, "director", START, TODAY, agree=False)


def test_a_refusal_gives_nothing(staffed: House) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        asked = invite(session, Role.SECRETARY)
        members.settle(session, asked, "director", START, TODAY, agree=False)
        assert roles(session, asked.account) == set()
        assert members.waiting(session, "s1") == []


def test_where_nobody_else_could_agree_nobody_is_waited_for(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        seat = [Membership("s1", Role.MANAGER)]
        accounts.add_account(session, id="manager", name="Одна", memberships=seat, since=SINCE)
        assert invite(session, Role.SECRETARY).agreed is True


def test_what_cannot_be_given(staffed: House) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        for wrong, error in (
            (NewMember(role="operator", name="Инна"), RoleUnknown),
            (NewMember(role="", name="Инна"), RoleUnknown),
            (NewMember(role="teacher", name=" "), NameNeeded),
            (NewMember(role="director", account="director"), RoleHeld),
            (NewMember(role="teacher", account="awarder"), NotFound),
        ):
            with pytest.raises(error):
                members.invite(session, "s1", wrong, "manager", START, TODAY)


def test_a_role_has_its_last_day(staffed: House) -> None:
    with unit_of_work(staffed.parts.engine) as session:
        new = NewMember(role="tutor", account="director", until=TODAY + timedelta(days=3))
        members.invite(session, "s1", new, "manager", START, TODAY)
        assert Role.TUTOR in roles(session, "director", TODAY + timedelta(days=3))
        assert Role.TUTOR not in roles(session, "director", TODAY + timedelta(days=4))


def test_a_role_ends_today_but_not_the_last_one_who_answers(staffed: House) -> None:
    visitor = staffed.signed_in("director")
    with unit_of_work(staffed.parts.engine) as session:
        members.end_role(session, "s1", "director", "director", TODAY)
        assert roles(session, "director") == set()
        with pytest.raises(RoleNotHeld):
            members.end_role(session, "s1", "director", "director", TODAY)
        with pytest.raises(LastManager):
            members.end_role(session, "s1", "manager", "manager", TODAY)
    assert visitor.get("/account").status_code == 303


# --- over HTTP --------------------------------------------------------------------------------------------------


def press(browser: TestClient, path: str, **fields: str) -> str:
    answer = send(browser, path, fields, form_at=HERE)
    assert answer.status_code in {200, 303}, answer.text
    return answer.text


def test_two_people_let_a_third_one_in(staffed: House) -> None:
    manager, director = staffed.signed_in("manager"), staffed.signed_in("director")
    press(manager, HERE, name="Мхова Елена", role="secretary")
    page = manager.get(HERE).text
    assert "Ждут второго сотрудника" in page
    assert 'value="agree"' not in page
    with unit_of_work(staffed.parts.engine) as session:
        asked = session.exec(select(Invitation)).one().id
    found = LINK.search(press(director, f"{HERE}/invitations/{asked}", act="agree"))
    assert found is not None
    newcomer = staffed.visitor()
    chosen = {"login": "mkhova", "password": "полярная сова и мох"}
    assert newcomer.post(f"/enter/{found.group(1)}", data=chosen).status_code == 303
    assert newcomer.get("/roll/s1").status_code == 200
    with unit_of_work(staffed.parts.engine) as session:
        events = [row.event for row in session.exec(select(JournalRow))]
        assert events == ["member.invited", "member.agreed", "slip.made", "slip.used"]


def test_a_colleague_needs_no_link(staffed: House) -> None:
    manager = staffed.signed_in("manager")
    with unit_of_work(staffed.parts.engine) as session:
        accounts.set_password(session, session.get_one(Account, "deputy"), "полярная сова и мох")
    assert "/enter/" not in press(manager, HERE, colleague="deputy", role="teacher")
    assert "учитель" in manager.get(HERE).text


def test_what_is_wrong_is_told_and_nothing_is_made(staffed: House) -> None:
    manager = staffed.signed_in("manager")
    wrong = send(manager, HERE, {"name": "", "role": "teacher"}, form_at=HERE)
    assert wrong.status_code == 422
    assert "Напишите фамилию" in wrong.text
    last = send(manager, f"{HERE}/end", {"person": "manager", "role": "manager"}, form_at=HERE)
    assert last.status_code == 422
    assert "последний, кто отвечает" in last.text
    with unit_of_work(staffed.parts.engine) as session:
        assert session.exec(select(Invitation)).all() == []


def test_whoever_lost_their_way_is_let_in_anew_by_their_own_organisation_alone(staffed: House) -> None:
    manager, old = staffed.signed_in("manager"), staffed.signed_in("deputy")
    assert LINK.search(press(manager, f"{HERE}/slips", person="deputy"))
    assert old.get("/account").status_code == 303
    with unit_of_work(staffed.parts.engine) as session:
        assert session.exec(select(Notice)).one().person == "deputy"
        accounts.grant(session, "deputy", Membership("cpo", Role.OPERATOR), since=SINCE)
    for person in ("deputy", "olga", ""):
        assert send(manager, f"{HERE}/slips", {"person": person}, form_at=HERE).status_code == 409
    assert staffed.signed_in("deputy").get(HERE).status_code == 403
