"""A mistake in a badge: the family asks from its record book, the issuer answers at its desk, the answer comes back."""

import pytest
from sqlmodel import col, select

from keys.tables import JournalRow
from service.database import reading
from service.demo.people import account_of
from service.demo.stage import Stage
from service.demo.wallets import LEARNER, WALLET, badges, guardian
from service.notices.tables import Notice

pytestmark = pytest.mark.journey
TEXT, ANSWER = "Часов было больше: 72.", "Проверили ведомость: часов 36, ошибки нет."
DESK = "/issuer/ugu/requests"


def test_a_family_asks_and_is_answered(town: Stage) -> None:
    family, staff = guardian(town), town.person("rektorova")
    here = f"{WALLET}/badges/{badges(town)['m08']['id']}"
    shown = family.submit(here, f"{here}/ask", {"text": TEXT})
    assert "ещё не ответила" in shown.text
    assert f'action="{here}/ask"' not in shown.text
    page = staff.get(DESK)
    assert TEXT in page.text
    assert "Ветров" not in page.text
    door = page.text.split('action="')[-1].split('"')[0]
    assert door.startswith(f"{DESK}/")
    empty = staff.attempt(DESK, door, {"text": ""})
    assert (empty.status, "Напишите, о чём речь" in empty.text) == (422, True)
    answered = staff.submit(DESK, door, {"text": ANSWER})
    assert TEXT not in answered.text
    assert ANSWER in family.get(here).text
    assert ANSWER in family.get("/notices").text
    with reading(town.parts.engine) as session:
        events = session.exec(select(JournalRow.event).order_by(col(JournalRow.number))).all()
        assert [event for event in events if event in {"wallet.asked", "award.answered"}] == [
            "wallet.asked",
            "award.answered",
        ]
        told = session.exec(select(Notice).where(Notice.organisation == "ugu")).one()
        assert told.learner == account_of(LEARNER)
