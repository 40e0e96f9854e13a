"""The door of the house: sessions, forged forms, headers, bodies, refusals."""

import asyncio
import errno
from collections.abc import MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient
from sqlmodel import select

from service.database import reading, unit_of_work
from service.identity import accounts, attempts
from service.identity.tables import BrowserSession
from tests.service.house import PASSWORD, House, build, send, token_of

MEBIBYTE = 1024 * 1024


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
    [({"old": "wrong", "new": "морошка и тундра"}, "не подходят"), ({"old": PASSWORD, "new": "short"}, "не меньше 10")],
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


# --- strangers --------------------------------------------------------------------------------------------------


def test_a_stranger_costs_no_database_access(plain: House) -> None:
    visitor = plain.visitor()
    visitor.get("/")
    plain.parts.engine.dispose()
    (plain.settings.data / "zachetka.sqlite").rename(plain.settings.data / "away")
    for path in ("/", "/sign-in", "/verify", "/docs", "/healthz", "/trust"):
        assert visitor.get(path).status_code == 200, path
    assert not (plain.settings.data / "zachetka.sqlite").exists()


def test_reading_a_page_writes_nothing_but_now_and_then_the_time(house: House) -> None:
    olga = house.signed_in("olga")

    def seen() -> list[object]:
        with reading(house.parts.engine) as session:
            return [row.seen_at for row in session.exec(select(BrowserSession)).all()]

    before = seen()
    house.clock.move(timedelta(minutes=4))
    olga.get("/account")
    assert seen() == before
    house.clock.move(timedelta(minutes=1))
    olga.get("/account")
    assert seen() == [house.clock.now]


# --- headers ----------------------------------------------------------------------------------------------------


def paths(house: House) -> set[str]:
    found = (context for context in iter_route_contexts(house.app.routes))
    return {str(context.path) for context in found if getattr(context, "path", None)}


def test_every_answer_carries_the_headers(plain: House) -> None:
    visitor = plain.visitor()
    asked = paths(plain)
    assert {"/", "/verify", "/sign-in", "/healthz", "/trust"} <= asked
    for path in [*asked, "/static/look/zachetka.css", "/nowhere"]:
        answer = visitor.get(path.replace("{", "").replace("}", ""))
        headers = answer.headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] in {"same-origin", "no-referrer"}, path
        assert "cache-control" in headers, path
        assert "strict-transport-security" not in headers, path


def test_personal_pages_are_not_kept(plain: House) -> None:
    olga = plain.signed_in("olga")
    for path in ("/", "/account", "/api/me", "/wallet"):
        assert "no-store" in olga.get(path).headers["cache-control"], path


def test_pages_need_nothing_from_outside_and_nothing_inline(plain: House) -> None:
    for path in ("/", "/sign-in", "/verify", "/docs", "/nowhere"):
        page = plain.visitor().get(path).text
        assert "<style" not in page, path
        assert " style=" not in page, path
        assert " on" + "click" not in page, path
        assert "//cdn" not in page, path


# --- bodies -----------------------------------------------------------------------------------------------------


class Flood:
    """A gigabyte that comes in pieces and counts how much of it was taken."""

    def __init__(self, start: bytes) -> None:
        self.taken = 0
        self._next = start

    async def __call__(self) -> dict[str, object]:
        if self.taken >= 1024 * MEBIBYTE:
            return {"type": "http.disconnect"}
        piece, self._next = self._next, b"x" * (64 * 1024)
        self.taken += len(piece)
        return {"type": "http.request", "body": piece, "more_body": True}


def flooded(plain: House, path: str, kind: str, flood: Flood) -> tuple[int, str]:
    """Send the flood as a server would hand it over; the status and the text of the answer."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"accept", b"text/html"), (b"content-type", kind.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }

    async def note(message: MutableMapping[str, Any]) -> None:
        sent.append(dict(message))

    asyncio.run(plain.app(scope, flood, note))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body.decode()


JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [
        ("/api/verify", JSON, b"{"),
        ("/api/verify", "image/png", b"\x89PNG"),
        ("/api/verify", FORM, b"a="),
        ("/verify", FORM, b"text="),
        ("/verify", FILES, b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'),
        ("/sign-in", FORM, b"login="),
        ("/api/awards", JSON, b"{"),
    ],
)
def test_a_gigabyte_is_refused_after_two_mebibytes(plain: House, path: str, kind: str, start: bytes) -> None:
    flood = Flood(start)
    status, text = flooded(plain, path, kind, flood)
    assert status == 413, text
    assert "не больше 2 МБ" in text
    assert flood.taken < 3 * MEBIBYTE


def test_a_gigabyte_for_nobody_is_not_read(plain: House) -> None:
    for path in ("/no/such/page", "/healthz"):
        flood = Flood(b"")
        status, _ = flooded(plain, path, JSON, flood)
        assert status in {404, 405}
        assert flood.taken == 0


def test_a_body_that_says_it_is_too_large_is_not_read(plain: House) -> None:
    answer = plain.visitor(accept="application/json").post(
        "/api/verify", content=b"{}", headers={"Content-Type": "application/json", "Content-Length": str(2**30)}
    )
    assert answer.status_code == 413
    assert answer.json()["code"] == "body-too-large"


def test_a_body_just_within_the_limit_is_read(plain: House) -> None:
    answer = plain.visitor(accept="application/json").post("/api/verify", content=b" " * (2 * MEBIBYTE))
    assert answer.json()["code"] != "body-too-large"


# --- refusals ---------------------------------------------------------------------------------------------------


def test_an_unknown_address_is_a_calm_page(plain: House) -> None:
    answer = plain.visitor().get("/no/such/page")
    assert answer.status_code == 404
    assert "Здесь ничего нет" in answer.text
    assert "404" not in answer.text


def test_an_unknown_address_is_a_problem_document_for_a_program(plain: House) -> None:
    answer = plain.visitor(accept="application/json").get("/no/such/page")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "http://127.0.0.1:8000/docs#not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "Такой страницы или записи нет.",
        "code": "not-found",
    }


def test_a_wrong_method_says_which_are_right(plain: House) -> None:
    answer = plain.visitor(accept="application/json").delete("/sign-in")
    assert (answer.status_code, answer.json()["code"]) == (405, "wrong-method")
    assert answer.headers["allow"]


def test_whoever_is_not_signed_in_is_told_so(plain: House) -> None:
    answer = plain.visitor(accept="application/json").get("/api/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
    assert answer.headers["www-authenticate"]


def test_api_addresses_never_answer_with_pages(plain: House) -> None:
    assert plain.visitor().get("/api/me").headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        (b"{", "bad-body", 400),
        (b"\xff\xfe", "bad-body", 400),
        (b"[]", "bad-fields", 422),
        (b'{"organisation": 5}', "bad-fields", 422),
        (b'{"organisation": "kol"', "bad-body", 400),
    ],
)
def test_broken_json_is_one_sentence(plain: House, body: bytes, code: str, status: int) -> None:
    awarder = plain.signed_in("awarder")
    token = awarder.get("/api/me").json()["csrf"]
    headers = {"Content-Type": "application/json", "X-CSRF-Token": token, "Accept": "application/json"}
    answer = awarder.post("/api/awards", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "Traceback" not in answer.text


def test_wrong_fields_are_named_by_pointers(plain: House) -> None:
    awarder = plain.signed_in("awarder")
    token = awarder.get("/api/me").json()["csrf"]
    answer = awarder.post("/api/awards", json={"organisation": 5}, headers={"X-CSRF-Token": token})
    assert {"pointer": "/organisation", "code": "string_type"} in answer.json()["errors"]
    assert "input" not in answer.text


def test_refusals_speak_the_readers_language(plain: House) -> None:
    english = plain.visitor(accept="application/json", **{"accept-language": "en-GB,en;q=0.9"})
    assert english.get("/no/such/page").json()["detail"] != "Такой страницы или записи нет."


def test_what_nobody_expected_is_one_sentence_and_a_reference(
    plain: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Канарейка-7319")

    monkeypatch.setattr("service.start.places_of", broken)
    page = plain.visitor().get("/")
    assert page.status_code == 500
    assert "сообщите номер" in page.text
    assert "Канарейка" not in page.text + capsys.readouterr().out
    assert "default-src 'none'" in page.headers["content-security-policy"]
    answer = plain.visitor(accept="application/json").get("/")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")


def test_a_database_that_is_away_is_said_calmly(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}")
    olga = house.signed_in("olga")
    house.parts.engine.dispose()
    (tmp_path / "z.sqlite").unlink()
    (tmp_path / "z.sqlite").mkdir()
    answer = olga.get("/account")
    assert answer.status_code == 503
    assert "Ничего не потеряно" in answer.text
    assert answer.headers["retry-after"] == "60"


def test_a_full_disk_is_said_calmly(plain: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("service.start.places_of", full)
    answer = plain.visitor().get("/")
    assert answer.status_code == 503
    assert "закончилось место" in answer.text


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://127.0.0.1:8000/verify?x=1", 'href="/verify?x=1"'),
        ("https://evil.example/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_way_back_stays_in_the_house(plain: House, referer: str, back: str) -> None:
    page = plain.visitor(referer=referer).get("/nowhere").text
    assert back in page
    assert ("Вернуться назад" in page) == bool(back)


# --- language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "ru"),
        ("en", "en"),
        ("en-US,en;q=0.9,ru;q=0.5", "en"),
        ("fr,de", "ru"),
        ("ru,en", "ru"),
        ("en;q=0,ru", "ru"),
        ("x;q=y", "ru"),
    ],
)
def test_the_browsers_language_is_spoken(plain: House, accepted: str, language: str) -> None:
    page = plain.visitor(**{"accept-language": accepted}).get("/")
    assert f'<html lang="{language}">' in page.text


def test_a_chosen_language_is_kept(plain: House) -> None:
    visitor = plain.visitor(**{"accept-language": "ru"})
    assert '<html lang="en">' in visitor.get("/?language=en").text
    assert '<html lang="en">' in visitor.get("/sign-in").text
    assert '<html lang="ru">' in visitor.get("/?language=ru").text
    assert '<html lang="ru">' in visitor.get("/?language=xx").text


def test_every_route_names_its_action(plain: House) -> None:
    known = plain.parts.rights.actions
    for context in iter_route_contexts(plain.app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            action = (route.openapi_extra or {}).get("x-action")
            assert action in known, route.path


def test_an_installation_has_only_the_rooms_it_was_given(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}", parts="issuer")
    found = paths(house)
    assert "/api/awards" in found
    assert "/trust" in found
    assert not {"/verify", "/wallet", "/credit", "/v/{token}"} & found
    house.parts.engine.dispose()
