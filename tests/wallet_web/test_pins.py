"""The PIN of a link: what may be chosen, how often it may be guessed, and what a stranger learns of it (nothing)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st

from tests.wallet_web.desk import Desk
from tests.wallet_web.family import NOW, teenager, themself
from tests.wallet_web.test_sharing import agree, link_of, make, shared
from wallet_web import pins
from wallet_web.tables import Share
from wallet_web.wallet import GUESSES

PIN = "480913"
WRONG = "480914"


def say(browser: TestClient, link: str, pin: str) -> Response:
    return browser.post(link, data={"pin": pin})


def the_share(desk: Desk) -> str:
    return next(item for event, _, item in desk.journal if event == "share.made")


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567890123", "123456", "987654", "890123", "000000", "12345x", "１２３４５７"]
)
def test_a_pin_that_would_be_guessed_first_is_refused(desk: Desk, pin: str) -> None:
    assert not pins.is_good(pin)
    if not pin:
        return
    alina = desk.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    refused = make(desk.browser(themself(alina)), desk, alina, pin=pin)
    assert refused.status_code == 400
    assert "ПИН-код — от 6 до 12 цифр" in refused.text


def test_a_link_with_a_pin_opens_for_whoever_says_it(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina, title="Робототехника")
    link, reader = shared(desk, alina, pin=PIN), desk.browser()
    asked = reader.get(link)
    assert asked.status_code == 200
    assert "Введите ПИН-код" in asked.text
    assert "Робототехника" not in asked.text
    assert reader.get(f"{link}/1.json").headers["location"] == link
    assert reader.get(link.replace("/v/", "/api/shared/")).json()["code"] == "pin-needed"
    assert say(reader, link, WRONG).status_code == 403
    opened = say(reader, link, f" {PIN} ")
    assert opened.status_code == 303
    cookie = opened.headers["set-cookie"].lower()
    assert all(
        word in cookie for word in ("httponly", "secure", "samesite=lax", f"path={link}".lower(), "max-age=3600")
    )
    assert "Робототехника" in reader.get(link).text
    assert reader.get(f"{link}/1.json").status_code == 200
    assert "Робототехника" not in desk.browser().get(link).text
    page = desk.family(alina).get(f"/wallet/{alina.id}/shares/{the_share(desk)}").text
    assert "неверных попыток: 1" in page
    assert PIN not in re.sub("[0-9a-f]{32,}", "", page), "by chance its digits may stand in an id"
    assert [event for event, _, _ in desk.journal].count("share.viewed") == 2


def test_asking_for_the_pin_is_no_view_and_tells_nothing(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    for title in ("Робототехника", "Первая помощь"):
        desk.award(alina, title=title)
    one, other = shared(desk, alina, pin=PIN), shared(desk, alina, pin="271828", recipient="Кафедра физики", days="300")
    pages = [desk.browser().get(link) for link in (one, other)]
    assert pages[0].text.replace(one, "") == pages[1].text.replace(other, "")
    assert not [event for event, _, _ in desk.journal if event == "share.viewed"]


def test_the_pass_ends_and_dies_with_the_link(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link, reader = shared(desk, alina, pin=PIN), desk.browser()
    say(reader, link, PIN)
    assert "Подпись верна" in reader.get(link).text
    desk.campus.now += pins.TERM
    assert "Введите ПИН-код" in reader.get(link).text
    say(reader, link, PIN)
    desk.family(alina).post(f"/wallet/{alina.id}/shares/{the_share(desk)}/withdraw")
    assert reader.get(link).status_code == say(reader, link, PIN).status_code == 404


def test_a_pass_of_one_link_opens_no_other(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    one, other = shared(desk, alina, pin=PIN), shared(desk, alina, pin=PIN)
    mine = say(desk.browser(), one, PIN).cookies["zachetka-pass"]
    assert "Введите ПИН-код" in desk.browser().get(other, headers={"cookie": f"zachetka-pass={mine}"}).text
    assert "Подпись верна" in desk.browser().get(one, headers={"cookie": f"zachetka-pass={mine}"}).text


def a_share(pin_hash: str) -> Share:
    return Share(
        id="a" * 32,
        learner="l",
        token_hash="",
        audience="",
        purpose="",
        consent="",
        created_by="",
        created_at=NOW,
        expires_at=NOW,
        pin_hash=pin_hash,
    )


@given(st.text(max_size=90))
def test_nothing_but_our_own_pass_is_a_pass(shown: str) -> None:
    share = a_share("x")
    assert not pins.is_pass(b"secret", share, shown, NOW)
    right = pins.make_pass(b"secret", share, NOW)
    assert pins.is_pass(b"secret", share, right, NOW)
    assert not pins.is_pass(b"secret", share, f"9{right}", NOW)
    assert not pins.is_pass(b"secret", share, right, NOW + pins.TERM)
    assert not pins.is_pass(b"secret", a_share("y"), right, NOW)


def test_after_five_wrong_ones_right_and_wrong_are_told_the_same(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina, pin=PIN)
    assert {say(desk.browser(), link, WRONG).status_code for _ in range(pins.STEP)} == {403}
    right, wrong = say(desk.browser(), link, PIN), say(desk.browser(), link, WRONG)
    assert right.status_code == wrong.status_code == 429
    assert right.content == wrong.content
    assert "set-cookie" not in right.headers
    desk.campus.now += pins.WAIT
    assert say(desk.browser(), link, PIN).status_code == 303


def test_after_too_many_wrong_ones_the_link_is_dead_like_any_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pins.MOST == 30
    monkeypatch.setattr(pins, "MOST", 6)  # hashing is slow on purpose
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina, pin=PIN)
    for number in range(pins.MOST):
        if number and number % pins.STEP == 0:
            desk.campus.now += pins.WAIT
        assert say(desk.browser(), link, WRONG).status_code == 403
    desk.campus.now += timedelta(hours=1)
    answers = [desk.browser().get(link), say(desk.browser(), link, PIN), desk.browser().get("/v/" + "0" * 22)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    page = desk.family(alina).get(f"/wallet/{alina.id}/shares/{the_share(desk)}").text
    assert "закрыта: слишком много неверных ПИН-кодов" in page
    assert [event for event, _, _ in desk.journal].count("share.shut") == 1


def test_guesses_at_once_are_all_counted(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina, pin=PIN)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: say(desk.browser(), link, WRONG).status_code, range(8)))
    assert answers.count(403) == pins.STEP
    assert answers.count(429) == 8 - pins.STEP


def test_a_wrong_pin_counts_against_the_address_too(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina, pin=PIN)
    for _ in range(GUESSES - 1):
        desk.wallet.guesses.note("testclient", desk.now)
    assert say(desk.browser(), link, WRONG).status_code == 403
    assert desk.browser().get(link).status_code == 429


def test_the_pin_is_kept_as_a_hash_and_the_family_s_page_says_that_it_is_asked(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    made = make(desk.family(alina), desk, alina, pin=PIN, recipient="Кафедра физики")
    link_of(desk, alina, made)
    page = desk.family(alina).get(made.headers["location"]).text
    assert "Кафедра физики" in page
    with desk.engine.connect() as connection:
        [kept] = connection.exec_driver_sql("select pin_hash from wallet_share").scalars()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PIN not in kept
