"""A guardian lets their child in, without the school and without a mailbox; the page for those who are lost says so."""

import re

from sqlmodel import select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from service.database import reading, unit_of_work
from service.identity import accounts, guardians
from service.notices.tables import Notice
from tests.service.house import PASSWORD, SINCE, START, House, send

DOOR = "/account/children/l1/slips"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/enter/[0-9A-Z-]+)")


def test_a_guardian_lets_their_child_in_and_nobody_elses(house: House) -> None:
    olga, child = house.signed_in("olga"), house.signed_in("l1")
    page = send(olga, DOOR, {}, form_at="/account")
    assert page.status_code == 200
    assert "<svg" in page.text
    found = LINK.search(page.text)
    assert found is not None
    assert child.get("/account").headers["location"].startswith("/sign-in")
    fresh = house.visitor()
    entered = fresh.post(found[1], data={"login": "алина", "password": "полярная сова и мох"})
    assert entered.status_code == 303
    assert "Ветрова Алина Игоревна" in fresh.get("/account").text
    with reading(house.parts.engine) as session:
        made = session.exec(select(JournalRow).where(JournalRow.event == "slip.made")).one()
        assert (made.person, made.learner, made.item, made.organisation) == ("olga", "l1", "l1", "s1")
        told = {one.person: one.text for one in session.exec(select(Notice))}
        assert set(told) == {"l1", "olga"}
        assert "Законный представитель выдал" in told["l1"]


def test_nobody_but_a_guardian_may(plain: House) -> None:
    for account, status in (("l1", 403), ("deputy", 404), ("awarder", 404)):
        assert send(plain.signed_in(account), DOOR, {}, form_at="/account").status_code == status
    olga = plain.signed_in("olga")
    assert "Вход для ребёнка" in olga.get("/account").text
    with unit_of_work(plain.parts.engine) as session:
        guardians.end(session, "l1", "olga", "решение суда", "deputy", START, START.date())
    assert olga.get("/account").headers["location"].startswith("/sign-in")
    olga = plain.signed_in("olga")
    assert "Вход для ребёнка" not in olga.get("/account").text
    assert send(olga, DOOR, {}, form_at="/account").status_code == 404


def test_a_child_who_works_for_an_organisation_is_let_in_by_it(plain: House) -> None:
    with unit_of_work(plain.parts.engine) as session:
        accounts.grant(session, "l1", Membership("kol", Role.AWARDER), since=SINCE)
    assert send(plain.signed_in("olga"), DOOR, {}, form_at="/account").status_code == 403


def test_whoever_is_lost_reads_whom_to_ask(plain: House) -> None:
    visitor = plain.visitor()
    assert 'href="/sign-in/lost"' in visitor.get("/sign-in").text
    told = visitor.get("/sign-in/lost").text
    for said in ("секретарь напечатает карточку", "законного представителя", "По почте доступ не восстанавливают"):
        assert said in told
    assert 'href="/enter"' in told


def test_guessing_the_old_password_of_an_open_session_is_slow(plain: House) -> None:
    olga = plain.signed_in("olga")
    fields = {"old": "guess", "new": "полярная сова и мох"}
    for _ in range(10):
        assert send(olga, "/account/password", fields, form_at="/account").status_code == 400
    right = {**fields, "old": PASSWORD}
    assert send(olga, "/account/password", right, form_at="/account").status_code == 429
