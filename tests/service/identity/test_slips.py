"""Codes on paper: print, open, choose a name and a password, be in; once, in time, and never a way to somebody's role."""

import io
import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from sqlmodel import select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from service.database import unit_of_work
from service.identity import accounts, slips
from service.identity.errors import SlipWorthless
from service.identity.tables import Account, Slip
from service.notices.tables import Notice
from service.printing.printer import Printer
from tests.service.house import PASSWORD, SINCE, START, House, send

HERE = "/roll/s1/learners/l1"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}-[0-9A-Z]{3}")
NEW = {"login": "Алина-2010", "password": "полярная сова и мох"}


@pytest.fixture
def secretary(house: House) -> TestClient:
    with unit_of_work(house.parts.engine) as session:
        seat = [Membership("s1", Role.SECRETARY)]
        accounts.add_account(session, id="secretary", name="Мхова Елена", memberships=seat, since=SINCE)
    return house.signed_in("secretary")


def make(house: House, account: str = "l1") -> str:
    with unit_of_work(house.parts.engine) as session:
        return slips.make(session, account, "s1", "secretary", house.clock.now, lambda size: bytes(range(size)))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\u200b", "")


def test_a_slip_lets_in_once_with_a_name_of_ones_own(house: House) -> None:
    code, browser = make(house), house.visitor()
    assert browser.get(f"/enter/{code}").status_code == 200
    assert browser.get(f"/enter/{code}").status_code == 200
    assert "Ветров" not in browser.get(f"/enter/{code}").text
    typed = browser.post("/enter", data={"code": code.lower().replace("-", " ")})
    assert typed.headers["location"] == f"/enter/{code}"
    entered = browser.post(f"/enter/{code}", data=NEW)
    assert entered.status_code == 303
    assert "Ветрова Алина Игоревна" in browser.get("/account").text
    for again in (house.visitor().get(f"/enter/{code}"), house.visitor().post(f"/enter/{code}", data=NEW)):
        assert again.status_code == 400
        assert "Этот код не подходит" in again.text
    signed = house.visitor().post("/sign-in", data={"login": "алина-2010", "password": NEW["password"]})
    assert signed.status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"login": "", "password": NEW["password"]}, "Придумайте имя"),
        ({"login": "olga", "password": NEW["password"]}, "уже занято"),
        ({"login": "алина", "password": "коротко"}, "слишком короткий"),
    ],
)
def test_what_is_wrong_is_told_and_the_code_still_works(house: House, typed: dict[str, str], said: str) -> None:
    code, browser = make(house), house.visitor()
    wrong = browser.post(f"/enter/{code}", data=typed)
    assert wrong.status_code == 400
    assert said in wrong.text
    with unit_of_work(house.parts.engine) as session:
        assert session.get_one(Account, "l1").login == "l1"
    assert browser.post(f"/enter/{code}", data=NEW).status_code == 303


def test_a_code_ends_with_its_term_and_with_a_newer_one(house: House) -> None:
    code = make(house)
    with unit_of_work(house.parts.engine) as session:
        slips.find(session, code, START + slips.TERM - timedelta(seconds=1))
        with pytest.raises(SlipWorthless):
            slips.find(session, code, START + slips.TERM)
        slips.make(session, "l1", "s1", "secretary", START, bytes)
        with pytest.raises(SlipWorthless):
            slips.find(session, code, START)
        with pytest.raises(SlipWorthless):
            slips.find(session, "не код", START)
        assert code.replace("-", "") not in {slip.digest for slip in session.exec(select(Slip))}


def test_a_closed_account_is_not_opened_by_a_code(house: House) -> None:
    code = make(house)
    with unit_of_work(house.parts.engine) as session:
        accounts.close(session, session.get_one(Account, "l1"), START)
        with pytest.raises(SlipWorthless):
            slips.find(session, code, START)


def test_the_sheet_has_name_number_and_a_drawing_of_an_address_without_either(
    house: House, secretary: TestClient
) -> None:
    answer = send(secretary, f"{HERE}/slips", {}, form_at=HERE)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    text = text_of(answer.content)
    assert "Ветрова Алина Игоревна" in " ".join(text.split())
    assert "Сетевой номер" in text
    assert "Код действует один раз, до 22.12.2026" in text
    code = "".join(re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{3,4})+", text.split("Код для входа")[1])[:2])
    with unit_of_work(house.parts.engine) as session:
        slips.find(session, code, START)


def test_whoever_signed_in_before_is_signed_out_and_told(house: House, secretary: TestClient) -> None:
    old = house.signed_in("l1")
    assert old.get("/account").status_code == 200
    send(secretary, f"{HERE}/slips", {"person": "l1"}, form_at=HERE)
    assert old.get("/account").headers["location"].startswith("/sign-in")
    with unit_of_work(house.parts.engine) as session:
        told = session.exec(select(Notice)).all()
        assert {notice.person for notice in told} == {"l1", "olga"}
        assert "новый код для входа" in told[0].text
        made = session.exec(select(JournalRow).where(JournalRow.event == "slip.made")).one()
        assert (made.person, made.learner, made.item) == ("secretary", "l1", "l1")


def enters(house: House, password: str = PASSWORD) -> bool:
    return house.visitor().post("/sign-in", data={"login": "l1", "password": password}).status_code == 303


def test_a_lost_password_opens_nothing_from_the_moment_the_slip_is_printed(house: House, secretary: TestClient) -> None:
    assert enters(house)
    shown = secretary.get(HERE).text
    assert 'name="old" value="keep"' in shown
    assert "Если не отметить ничего, прежний пароль и все открытые входы перестанут действовать сразу." in shown
    send(secretary, f"{HERE}/slips", {"person": "l1"}, form_at=HERE)
    assert not enters(house)
    page = secretary.get(HERE).text
    assert "код выдан" in page
    assert "прежний вход действует" not in page
    house.clock.move(slips.TERM)
    assert "срок кода истёк" in house.signed_in("secretary").get(HERE).text


def test_the_secretary_may_leave_the_old_ways_until_the_code_is_used(house: House, secretary: TestClient) -> None:
    old = house.signed_in("l1")
    send(secretary, f"{HERE}/slips", {"person": "l1", "old": "keep"}, form_at=HERE)
    assert old.get("/account").status_code == 200
    assert enters(house)
    assert "код выдан, прежний вход действует" in secretary.get(HERE).text
    with unit_of_work(house.parts.engine) as session:
        assert "закроются, когда его введут" in session.exec(select(Notice)).all()[0].text
        code = slips.make(session, "l1", "s1", "secretary", START, lambda size: bytes(range(size)), keep=True)
    assert house.visitor().post(f"/enter/{code}", data=NEW).status_code == 303
    assert old.get("/account").headers["location"].startswith("/sign-in")
    assert not enters(house)


def test_a_guardian_gets_one_and_a_member_of_staff_does_not(house: House, secretary: TestClient) -> None:
    answer = send(secretary, f"{HERE}/slips", {"person": "olga"}, form_at=HERE)
    assert "законный представитель: Ветрова Алина Игоревна" in " ".join(text_of(answer.content).split())
    assert send(secretary, f"{HERE}/slips", {"person": "deputy"}, form_at=HERE).status_code == 404
    with unit_of_work(house.parts.engine) as session:
        accounts.grant(session, "olga", Membership("kol", Role.AWARDER), since=SINCE)
    refused = send(secretary, f"{HERE}/slips", {"person": "olga"}, form_at=HERE)
    assert refused.status_code == 403
    assert "работает в организации" in refused.text


def test_a_class_gets_slips_for_those_who_never_signed_in(house: House, secretary: TestClient) -> None:
    nobody = send(secretary, "/roll/s1/slips", {"grade": "10"}, form_at="/roll/s1?grade=10")
    assert nobody.status_code == 400
    with unit_of_work(house.parts.engine) as session:
        session.get_one(Account, "l1").password_hash = None
    page = secretary.get("/roll/s1?grade=10")
    assert "Напечатать карточки" in page.text
    sheet = send(secretary, "/roll/s1/slips", {"grade": "10"}, form_at="/roll/s1?grade=10")
    assert "10 класс" in text_of(sheet.content).replace("\u00a0", " ")


def test_an_installation_without_a_printer_shows_a_page_to_print(house: House, secretary: TestClient) -> None:
    house.app.state.print_pdf = Printer(ready=False)
    page = send(secretary, f"{HERE}/slips", {}, form_at=HERE)
    found = CODE.findall(page.text)
    assert "<svg" in page.text
    assert len(found) >= 2
    assert house.visitor().get(f"/enter/{found[-1]}").status_code == 200


def test_a_page_of_another_site_uses_no_code(house: House) -> None:
    code = make(house)
    foreign = house.visitor().post(f"/enter/{code}", data=NEW, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
