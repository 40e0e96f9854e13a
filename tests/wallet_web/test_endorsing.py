"""Who vouches for a badge, on its page and on a shared one."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from keys.deps import Learner
from tests.campus import House, write
from tests.campus_papers import endorse
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import teenager
from tests.wallet_web.test_sharing import shared

VOUCHED = "Рекомендация: Технопарк"
Aim = Callable[[dict[str, Any]], str]
AIMS: list[Aim] = [
    lambda badge: str(badge["id"]),
    lambda badge: str(badge["credentialSubject"]["achievement"]["id"]),
    lambda badge: str(badge["issuer"]["id"]),
]


@pytest.fixture
def alina(desk: Desk) -> Learner:
    return desk.enrol(teenager())


@pytest.fixture
def kva(desk: Desk) -> House:
    return desk.campus.join("kva", name="Технопарк", licence="Л-031")


def page_of(desk: Desk, alina: Learner, entry: int = 0) -> str:
    shown = desk.family(alina).get(f"/wallet/{alina.id}/badges/{desk.entries(alina)[entry].id}")
    assert shown.status_code == 200
    return shown.text


def keep(desk: Desk, alina: Learner, document: bytes) -> None:
    """The family brings a file and keeps it."""
    family = desk.family(alina)
    found = family.post(f"/wallet/{alina.id}/collect", data={"text": document.decode()}).headers["location"]
    assert "/badges/" in family.post(found).headers["location"]


def test_an_endorsement_inside_the_file_is_shown_with_who_gives_it(desk: Desk, alina: Learner, kva: House) -> None:
    draft = desk.ugu.draft(learner=alina.number)
    badge = desk.ugu.sign({**draft, "endorsement": [endorse(kva, draft["id"], text="Работали всерьёз.")]})
    desk.ugu.deposit(badge)
    desk.receive(alina, write(badge))
    shared_page = desk.browser().get(shared(desk, alina)).text
    for page in (page_of(desk, alina), shared_page):
        told = page.partition(VOUCHED)[2]
        assert "Работали всерьёз." in told
        assert "Подлинный" in told


@pytest.mark.parametrize("aim", AIMS)
def test_an_endorsement_kept_beside_the_badge_is_shown_on_its_page(
    desk: Desk, alina: Learner, kva: House, aim: Aim
) -> None:
    badge = desk.award(alina)
    keep(desk, alina, write(endorse(kva, aim(json.loads(badge)))))
    told = page_of(desk, alina).partition(VOUCHED)[2]
    assert "Оценивают честно." in told
    assert "Подлинный" in told


def test_a_forged_endorsement_beside_it_is_no_word_of_anybody(desk: Desk, alina: Learner, kva: House) -> None:
    badge = json.loads(desk.award(alina))
    keep(desk, alina, write({**endorse(kva, badge["id"]), "name": "Подменено"}))
    assert "Оценивают честно." not in page_of(desk, alina)


def test_an_endorsement_of_something_else_stays_away(desk: Desk, alina: Learner, kva: House) -> None:
    desk.award(alina)
    keep(desk, alina, write(endorse(kva, "did:web:elsewhere.example")))
    assert VOUCHED not in page_of(desk, alina)


def test_what_is_kept_beside_is_the_familys_own_and_on_no_shared_page(desk: Desk, alina: Learner, kva: House) -> None:
    badge = json.loads(desk.award(alina))
    link = shared(desk, alina)
    keep(desk, alina, write(endorse(kva, badge["id"])))
    assert VOUCHED not in desk.browser().get(link).text
