"""Signing in and out over HTTP: passwords, sessions, cookies, and forms that another site has forged."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.database import unit_of_work
from service.identity import accounts, attempts
from tests.service.house import PASSWORD, House, build, send, token_of


def cookie_of(visitor: TestClient, name: str = "zachetka") -> str:
    return visitor.cookies[name]


# --- signing in -------------------------------------------------------------------------------------------------


def test_whoever_signs_in_is_known_until_they_sign_out(house: House) -> None:
    olga = house.signed_in("olga")
    assert "Ветрова Ольга Петровна" in olga.get("/").text
    before = cookie_of(olga)
    assert send(olga, "/sign-out", {}, form_at="/").status_code == 303
    assert "zachetka" not in olga.cookies
    assert "Ветрова Ольга Петровна" not in olga.get("/", headers={"Cookie": f"zachetka={before}"}).text


def test_a_wrong_password_says_nothing_about_what_is_wrong(plain: House) -> None:
    wrong = plain.visitor().post("/sign-in", data={"login": "olga", "password": "not hers at all"})
    unknown = plain.visitor().post("/sign-in", data={"login": "nobody", "password": "not hers at all"})
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.text.replace("olga", "nobody") == unknown.text
    assert "set-cookie" not in wrong.headers


def test_guessing_is_stopped_over_http(plain: House) -> None:
    visitor = plain.visitor()
    for _ in range(attempts.PER_ACCOUNT):
        assert visitor.post("/sign-in", data={"login": "olga", "password": "guess"}).status_code == 400
    stopped = visitor.post("/sign-in", data={"login": "olga", "password": PASSWORD})
    assert stopped.status_code == 429
    assert "15 мин." in stopped.text
    plain.clock.move(attempts.WINDOW)
    assert visitor.post("/sign-in", data={"login": "olga", "password": PASSWORD}).status_code == 303


def test_a_planted_session_is_not_taken_over(plain: House) -> None:
    visitor = plain.visitor()
    planted = {"Cookie": "zachetka=planted"}
    visitor.post("/sign-in", data={"login": "olga", "password": PASSWORD}, headers=planted)
    assert len(cookie_of(visitor)) == 64
    assert plain.visitor().get("/account", headers=planted).status_code == 303


def test_signing_in_again_ends_the_session_before(plain: House) -> None:
    olga = plain.signed_in("olga")
    old = cookie_of(olga)
    send(olga, "/sign-in", {"login": "olga", "password": PASSWORD}, form_at="/sign-in")
    assert cookie_of(olga) != old
    assert plain.visitor().get("/account", headers={"Cookie": f"zachetka={old}"}).status_code == 303


def test_a_session_ends_by_idleness_but_not_while_it_is_used(plain: House) -> None:
    olga = plain.signed_in("olga")
    for _ in range(5):
        plain.clock.move(timedelta(minutes=100))
        assert olga.get("/account").status_code == 200
    plain.clock.move(timedelta(minutes=120))
    assert olga.get("/account").status_code == 303


def test_a_session_ends_after_twelve_hours(plain: House) -> None:
    olga = plain.signed_in("olga")
    for _ in range(7):
        plain.clock.move(timedelta(minutes=100))
        olga.get("/account")
    plain.clock.move(timedelta(minutes=20))
    assert olga.get("/account").status_code == 303


def test_the_cookie_over_http(plain: House) -> None:
    answer = plain.visitor().post("/sign-in", data={"login": "olga", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("zachetka=")
    for attribute in ("HttpOnly", "Path=/", "SameSite=lax", "Max-Age=43200"):
        assert attribute in cookie
    assert "Secure" not in cookie
    assert "Domain" not in cookie


def test_the_cookie_over_https(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}", public_url="https://z.example")
    answer = house.visitor().post("/sign-in", data={"login": "olga", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-zachetka=")
    for attribute in ("HttpOnly", "Path=/", "SameSite=lax", "Secure"):
        assert attribute in cookie
    assert "Domain" not in cookie
    assert "max-age=63072000" in answer.headers["strict-transport-security"]
    house.parts.engine.dispose()


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("/wallet?q=1", "/wallet?q=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(plain: House, asked: str, sent_to: str) -> None:
    answer = plain.visitor().post("/sign-in", data={"login": "olga", "password": PASSWORD, "next": asked})
    assert answer.headers["location"] == sent_to


def test_a_page_that_needs_signing_in_comes_back_to_itself(plain: House) -> None:
    asked = plain.visitor().get("/account?language=en")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=%2Faccount%3Flanguage%3Den"


def test_a_new_password_ends_the_other_sessions(plain: House) -> None:
    here, there = plain.signed_in("olga"), plain.signed_in("olga")
    fields = {"old": PASSWORD, "new": "морошка и тундра"}
    assert send(here, "/account/password", fields, form_at="/account").status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"old": "wrong", "new": "морошка и тундра"}, "Пароль не подходит"),
        ({"old": PASSWORD, "new": "short"}, "не меньше 10"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(plain: House, fields: dict[str, str], told: str) -> None:
    answer = send(plain.signed_in("olga"), "/account/password", fields, form_at="/account")
    assert answer.status_code == 400
    assert told in answer.text


def test_one_click_is_for_demonstrations_only(plain: House) -> None:
    assert plain.visitor().post("/demo/sign-in", data={"account": "olga"}).status_code == 404


def test_one_click_lets_in_invented_people_only(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}", demo=True)
    with unit_of_work(house.parts.engine) as session:
        accounts.add_account(session, id="invented", name="Вымышленная Вера", demo=True)
    visitor = house.visitor()
    assert visitor.post("/demo/sign-in", data={"account": "olga"}).status_code == 404
    assert visitor.post("/demo/sign-in", data={"account": "invented"}).status_code == 303
    assert "Вымышленная Вера" in visitor.get("/").text
    house.parts.engine.dispose()


# --- forged forms -----------------------------------------------------------------------------------------------


def test_a_form_without_its_token_is_refused(plain: House) -> None:
    olga = plain.signed_in("olga")
    for fields in ({}, {"csrf": "0" * 64}, {"csrf": token_of(plain.signed_in("deputy").get("/"))}):
        refused = olga.post("/sign-out", data=fields)
        assert refused.status_code == 403
        assert "Страница устарела" in refused.text
    assert "Ветрова Ольга Петровна" in olga.get("/").text


def test_a_program_brings_the_token_in_a_header(plain: House) -> None:
    olga = plain.signed_in("olga")
    token = olga.get("/api/me").json()["csrf"]
    assert olga.post("/sign-out", headers={"X-CSRF-Token": "wrong"}).status_code == 403
    assert olga.post("/sign-out", headers={"X-CSRF-Token": token}).status_code == 303


def test_another_site_cannot_use_the_session_even_with_the_token(plain: House) -> None:
    olga = plain.signed_in("olga")
    token = token_of(olga.get("/"))
    refused = olga.post("/sign-out", data={"csrf": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_sign_anybody_in(plain: House, headers: dict[str, str]) -> None:
    visitor = plain.visitor()
    refused = visitor.post("/sign-in", data={"login": "olga", "password": PASSWORD}, headers=headers)
    assert refused.status_code == 403
    assert not visitor.cookies


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1:8000"}])
def test_our_own_page_can(plain: House, headers: dict[str, str]) -> None:
    fields = {"login": "olga", "password": PASSWORD}
    assert plain.visitor().post("/sign-in", data=fields, headers=headers).status_code == 303
