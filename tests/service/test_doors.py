"""The door of the house: strangers, headers, refusals, languages, rooms."""

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from sqlmodel import select

from keys.organisations.register import RESERVED
from service.database import reading
from service.identity.tables import BrowserSession
from tests.service.house import House, build

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


def test_no_page_stands_where_the_code_of_a_member_may(plain: House) -> None:
    known = {tuple(path.split("/")) for path in paths(plain)}
    places = {
        path[:place] for path in known for place, step in enumerate(path) if step in {"{organisation}", "{school}"}
    }
    beside = {path[len(place)] for path in known for place in places if path[: len(place)] == place != path}
    assert {word for word in beside if not word.startswith("{")} == RESERVED


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
