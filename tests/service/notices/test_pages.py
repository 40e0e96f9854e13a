"""Notices over HTTP in the real application: read by whom they are for, announced over a real server, printed by the secretary."""

from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from service.database import unit_of_work
from service.identity import accounts, contacts
from service.notices.tables import Delivery, Notice
from service.worker import drain
from tests.service.house import SINCE, START, House, build, send
from tests.service.notices.test_mail import Box, listening

TEXT = "Принято решение: зачесть полностью."


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def house(tmp_path: Path, box: Box) -> Iterator[House]:
    """An installation with a mail server beside it and a secretary."""
    with listening(box) as port:
        yield from _built(tmp_path, port)


def _built(tmp_path: Path, port: int) -> Iterator[House]:
    smtp = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    made = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}", smtp_from="school@sever.example", **smtp)
    with unit_of_work(made.parts.engine) as session:
        seat = [Membership("s1", Role.SECRETARY)]
        accounts.add_account(session, id="secretary", name="Мхова Елена", memberships=seat, since=SINCE)
    yield made
    made.parts.engine.dispose()


def tell(house: House, person: str = "olga") -> str:
    with unit_of_work(house.parts.engine) as session:
        told = {"person": person, "organisation": "s1", "learner": "l1", "text": TEXT, "href": "/credit/cases/c"}
        house.parts.cases.services.notify(session, **told, handed=False, now=START)
        return session.exec(select(Notice.id)).one()


def delivery(house: House, notice: str) -> Delivery:
    with unit_of_work(house.parts.engine) as session:
        return session.get_one(Notice, notice).delivery


def parts(letter: Message) -> str:
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    return f"{letter.items()} {body.decode()}"


def test_a_person_enters_an_address_and_gets_a_letter_without_names(house: House, box: Box) -> None:
    olga = house.signed_in("olga")
    assert send(olga, "/account/email", {"email": "olga@example.ru"}, form_at="/account").status_code == 303
    notice = tell(house)
    drain(house.parts)
    drain(house.parts)
    [letter] = box.letters
    assert delivery(house, notice) is Delivery.SENT
    assert f"/notices/{notice}" in parts(letter)
    for name in ("Ветров", "Алин", "Ольг", "зачесть", "Организация", "l1"):
        assert name not in parts(letter)


def test_a_server_that_comes_back_gets_the_letter(house: House, box: Box) -> None:
    with unit_of_work(house.parts.engine) as session:
        contacts.enter(session, "olga", "olga@example.ru", START)
    notice = tell(house)
    box.data = "451 later"
    drain(house.parts)
    assert (delivery(house, notice), box.letters) == (Delivery.WAITING, [])
    box.data = ""
    house.clock.move(START.replace(day=23) - START)
    drain(house.parts)
    assert (delivery(house, notice), len(box.letters)) == (Delivery.SENT, 1)


def test_a_wrong_address_is_told_beside_the_field(house: House) -> None:
    olga = house.signed_in("olga")
    answer = send(olga, "/account/email", {"email": "olga"}, form_at="/account")
    assert answer.status_code == 400
    assert "не похоже на адрес" in answer.text
    assert 'value="olga"' in answer.text


def test_one_reads_one_s_own_notices_and_nobody_else_s(house: House) -> None:
    notice = tell(house)
    olga, other = house.signed_in("olga"), house.signed_in("secretary")
    assert TEXT in olga.get("/notices").text
    assert TEXT not in other.get("/notices").text
    assert other.get(f"/notices/{notice}").status_code == 404
    page = olga.get(f"/notices/{notice}")
    assert page.status_code == 200
    assert 'href="/credit/cases/c"' in page.text
    with unit_of_work(house.parts.engine) as session:
        assert session.get_one(Notice, notice).read_at == START
    assert house.visitor().get("/notices").status_code == 303


def test_the_secretary_prints_hands_over_and_is_noted(house: House) -> None:
    notice = tell(house)
    secretary, deputy = house.signed_in("secretary"), house.signed_in("deputy")
    assert deputy.get("/outbox/s1").status_code == 403
    assert house.signed_in("olga").get("/outbox/s1").status_code == 404
    assert secretary.get("/outbox/kol").status_code == 404
    page = secretary.get("/outbox/s1")
    assert "Ветрова Ольга Петровна" in page.text
    assert TEXT in page.text
    done = send(secretary, f"/outbox/s1/{notice}", {}, form_at="/outbox/s1")
    assert done.status_code == 303
    assert delivery(house, notice) is Delivery.PRINTED
    assert "Всё вручено" in secretary.get("/outbox/s1").text
    assert events(house, secretary) >= {"notice.read", "notice.printed"}


def events(house: House, _: TestClient) -> set[str]:
    with unit_of_work(house.parts.engine) as session:
        return set(session.exec(select(JournalRow.event).where(JournalRow.learner == "l1")))


def test_an_empty_box_says_what_will_come(house: House) -> None:
    assert "Уведомлений пока нет" in house.signed_in("olga").get("/notices").text
    assert house.signed_in("olga").get("/notices?language=en&page=7").status_code == 200
