"""Leaving over the pages: read first, then close; a closed wallet is read and taken along, and does nothing else."""

import pytest

from keys.deps import Learner
from service.database import unit_of_work
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import guardian, teenager, themself
from wallet_web import consent
from wallet_web.consent import current_text
from wallet_web.leaving import closing
from wallet_web.receive import deliver
from wallet_web.tables import Purpose

TEXT = current_text(Purpose.SHARING).digest


@pytest.fixture
def alina(desk: Desk) -> Learner:
    owner = desk.enrol(teenager())
    desk.award(owner)
    return owner


def test_what_goes_and_what_stays_is_said_before_the_act(desk: Desk, alina: Learner) -> None:
    page = f"/wallet/{alina.id}/leaving"
    shown = desk.family(alina).get(page).text
    for words in ("Скачать архив", "Что сотрётся", "реестр решений", "Через четыре недели"):
        assert words in shown
    assert desk.family(alina).post(page).status_code == 400
    assert desk.family(alina).post(page, data={"read": "yes"}).status_code == 303
    assert desk.family(alina).post(page, data={"read": "yes"}).status_code == 409
    assert "2026-12-20" in desk.family(alina).get(page).text
    assert (
        alina.id,
        "Зачётная книжка закрыта. 20.12.2026 она будет стёрта, до этого её можно скачать или открыть заново.",
    ) in desk.told


def test_a_closed_wallet_is_read_and_taken_along_and_nothing_else(desk: Desk, alina: Learner) -> None:
    here, family = f"/wallet/{alina.id}", desk.family(alina)
    family.post(f"{here}/leaving", data={"read": "yes"})
    assert "Книжка закрыта" in family.get(here).text
    assert family.get(f"{here}/archive.zip").status_code == 200
    assert family.get(f"{here}/history").status_code == 200
    for path, data in (
        ("consents", {"text_hash": TEXT, "agree": "yes"}),
        ("shares", {"act": "make"}),
        ("collect", {"text": "{}"}),
        ("portfolio/goals", {"title": "Поступить"}),
    ):
        assert family.post(f"{here}/{path}", data=data).status_code == 409, path
    assert desk.award(alina)  # until it is erased badges still come
    assert family.post(f"{here}/leaving/return").status_code == 303
    assert family.post(f"{here}/consents", data={"text_hash": TEXT, "agree": "yes"}).status_code == 303


def test_no_badge_comes_into_an_erased_wallet(desk: Desk, alina: Learner) -> None:
    with unit_of_work(desk.engine) as session:
        left = closing.ask(session, alina, guardian(alina), desk.now)
        assert closing.erase(session, left.id, desk.now + closing.GRACE) == alina.id
        badge = desk.ugu.award(learner=alina.number)
        assert not deliver(session, alina.number, badge, desk.now, find=lambda _session, _number: alina)
    assert "Завести новую" in desk.family(alina).get(f"/wallet/{alina.id}/leaving").text
    assert desk.family(alina).post(f"/wallet/{alina.id}/leaving/return").status_code == 303
    desk.receive(alina, badge)


@pytest.mark.parametrize("said", ["yes", "no"])
def test_where_both_are_asked_the_learner_has_the_last_word(desk: Desk, alina: Learner, said: str) -> None:
    with unit_of_work(desk.engine) as session:
        consent.settle(session, alina.school, both=True)
    page, own = f"/wallet/{alina.id}/leaving", desk.browser(themself(alina))
    assert own.post(page, data={"read": "yes"}).status_code == 403
    desk.family(alina).post(page, data={"read": "yes"})
    assert "Ждёт слова ученика" in own.get(page).text
    assert desk.family(alina).post(f"{page}/answer", data={"said": "yes"}).status_code == 403
    assert own.post(f"{page}/answer", data={"said": said}).status_code == 303
    assert ("Открыть заново" in desk.family(alina).get(page).text) is (said == "yes")
    events = [event for event, _, _ in desk.journal if event.startswith("leaving.")]
    assert events == ["leaving.asked", "leaving.closed" if said == "yes" else "leaving.returned"]
