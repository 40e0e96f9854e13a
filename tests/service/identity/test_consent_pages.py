"""Consents at the school's desk and in the family's wallet, over HTTP: both are asked, a text is printed, a paper recorded."""

import io

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from sqlmodel import select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from service.database import unit_of_work
from service.identity import accounts
from service.notices.tables import Notice
from tests.service.house import SINCE, House, send
from wallet_web import consent
from wallet_web.tables import Consent, Purpose

HERE, WALLET = "/roll/s1/learners/l1", "/wallet/l1/consents"


@pytest.fixture
def secretary(house: House) -> TestClient:
    with unit_of_work(house.parts.engine) as session:
        seat = [Membership("s1", Role.SECRETARY)]
        accounts.add_account(session, id="secretary", name="Мхова Елена", memberships=seat, since=SINCE)
    return house.signed_in("secretary")


def text_of(pdf: bytes) -> str:
    joined = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(joined.replace("\u00a0", " ").split())


def given(house: House) -> Consent:
    with unit_of_work(house.parts.engine) as session:
        return session.exec(select(Consent)).one()


def test_the_school_asks_both_and_the_learner_has_the_last_word(house: House) -> None:
    deputy, mother, learner = (house.signed_in(who) for who in ("deputy", "olga", "l1"))
    assert send(deputy, "/roll/s1/consents", {"both": "yes"}, form_at="/roll/s1").status_code == 303
    digest = consent.current_text(Purpose.SHARING).digest
    send(mother, WALLET, {"agree": "yes", "text_hash": digest}, form_at=WALLET)
    assert "Ждёт согласия ученика" in mother.get(WALLET).text
    assert "Я согласен" not in mother.get(WALLET).text
    page = learner.get(WALLET)
    assert "Я согласен" in page.text
    here = f"{WALLET}/{given(house).id}/answer"
    assert send(mother, here, {"said": "yes"}, form_at=WALLET).status_code == 403
    send(learner, here, {"said": "yes"}, form_at=WALLET)
    assert given(house).agreed_at == house.clock.now
    assert "Я не согласен" in learner.get(WALLET).text
    send(learner, here, {"said": "no"}, form_at=WALLET)
    assert given(house).withdrawn_by == "l1"
    with unit_of_work(house.parts.engine) as session:
        events = [row.event for row in session.exec(select(JournalRow))]
    assert events == ["consent.rules", "consent.given", "consent.agreed", "consent.withdrawn"]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_text_can_be_signed_on_paper(house: House, secretary: TestClient, purpose: Purpose) -> None:
    for browser, path in (
        (secretary, f"{HERE}/consents/{purpose}.pdf"),
        (house.signed_in("olga"), f"/wallet/l1/consent-texts/{purpose}.pdf"),
    ):
        answer = browser.get(path)
        assert answer.headers["content-type"] == "application/pdf"
        text = text_of(answer.content)
        assert "Ветрова Алина Игоревна" in text
        assert "Законный представитель" in text
        assert "подпись, фамилия, имя, отчество, дата" in text
        assert f"Редакция {consent.current_text(purpose).version}" in text


def test_a_signed_paper_is_recorded_and_the_family_told(house: House, secretary: TestClient) -> None:
    typed = {"purpose": "naming", "person": "olga", "paper": "дело 7, лист 12"}
    assert send(secretary, f"{HERE}/consents", {**typed, "paper": ""}, form_at=HERE).status_code == 400
    assert send(secretary, f"{HERE}/consents", {**typed, "person": "deputy"}, form_at=HERE).status_code == 404
    assert send(secretary, f"{HERE}/consents", typed, form_at=HERE).status_code == 303
    assert (given(house).given_by, given(house).recorded_by) == ("olga", "secretary")
    assert "дело 7, лист 12" in house.signed_in("olga").get(f"{WALLET}/{given(house).id}").text
    assert "в силе" in secretary.get(HERE).text
    with unit_of_work(house.parts.engine) as session:
        assert {notice.person for notice in session.exec(select(Notice))} == {"olga", "l1"}
        assert "consent.recorded" in {row.event for row in session.exec(select(JournalRow))}
