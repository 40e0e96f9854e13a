"""Signing in through a provider over real HTTP: link once, come in, and everything that a dishonest answer cannot do."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from joserfc.jwk import ECKey
from sqlmodel import select

from keys.tables import JournalRow
from service.database import reading, unit_of_work
from service.identity import handshakes
from service.identity.providers import links
from service.identity.providers.tables import ProviderLink
from service.identity.tables import Account
from service.notices.tables import Notice
from tests.service.house import PASSWORD, START, House, build, send
from tests.service.identity.providers.provider import (
    CLIENT,
    ISSUER,
    NAME,
    NAMED,
    SECRET,
    Claims,
    Provider,
)

BACK = "/sign-in/provider/back"


def linked(house: House, provider: Provider) -> House:
    """Olga has linked her account before."""
    known = house.app.state.entrance.provider
    with unit_of_work(house.parts.engine) as session:
        links.link(session, "olga", links.digest(known.pepper, ISSUER, provider.subject), NAME, START)
    return house


def go(visitor: TestClient, path: str = "/") -> str:
    """Where the sign-in page sends a browser."""
    sent = visitor.get("/sign-in/provider", params={"next": path})
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def enter(visitor: TestClient, provider: Provider, path: str = "/") -> Response:
    return visitor.get(BACK, params=provider.authorize(go(visitor, path)))


def to_link(visitor: TestClient) -> str:
    """Where the page of the account sends a browser to link it."""
    page = send(visitor, "/account/provider", {"proof": PASSWORD}, form_at="/account")
    assert page.status_code == 200, page.text
    return page.text.partition(f'href="{ISSUER}')[2].partition('"')[0].replace("&amp;", "&")


def link(house: House, provider: Provider, account: str = "olga") -> Response:
    visitor = house.signed_in(account)
    return visitor.get(BACK, params=provider.authorize(to_link(visitor)))


def signed_in(visitor: TestClient) -> bool:
    return visitor.get("/account").status_code == 200


# --- the way it is meant ----------------------------------------------------------------------------------------


def test_whoever_has_linked_their_account_comes_in(house: House, provider: Provider) -> None:
    assert link(house, provider).headers["location"] == "/account#provider"
    house.clock.move(timedelta(days=1))
    visitor = house.visitor()
    entered = enter(visitor, provider, "/notices")
    assert (entered.status_code, entered.headers["location"]) == (303, "/notices")
    assert "Ветрова Ольга Петровна" in visitor.get("/account").text
    assert (
        provider.ways
        == ["zachetka:%D1%82%D0%B0%D0%B9%D0%BD%D0%B0%3A%2B+%D0%B8+%D0%BF%D1%80%D0%BE%D0%B1%D0%B5%D0%BB"] * 2
    )
    with reading(house.parts.engine) as session:
        kept = session.exec(select(ProviderLink)).one()
        assert (kept.account, kept.used_at) == ("olga", START + timedelta(days=1))
        assert provider.subject not in kept.digest
        assert [one.person for one in session.exec(select(Notice))] == ["olga"]
        assert session.exec(select(JournalRow).where(JournalRow.event == "provider.linked")).one().person == "olga"


def test_the_link_is_ended_by_its_owner(plain: House, provider: Provider) -> None:
    linked(plain, provider)
    olga = plain.signed_in("olga")
    assert send(olga, "/account/provider/remove", {}, form_at="/account").status_code == 303
    assert send(olga, "/account/provider/remove", {}, form_at="/account").status_code == 303
    assert enter(plain.visitor(), provider).status_code == 403
    with reading(plain.parts.engine) as session:
        session.exec(select(JournalRow).where(JournalRow.event == "provider.unlinked")).one()


def test_the_button_speaks_the_readers_language(plain: House) -> None:
    assert "Войти через «Единый вход»" in plain.visitor().get("/sign-in").text
    assert "Sign in through “Common entrance”" in plain.visitor().get("/sign-in?language=en").text


def test_nothing_of_a_person_is_asked_for(plain: House) -> None:
    asked = parse_qs(urlsplit(go(plain.visitor())).query)
    assert asked["scope"] == ["openid"]
    assert asked["redirect_uri"] == [f"{plain.settings.public_url}{BACK}"]
    assert not {"claims", "prompt", "login_hint"} & asked.keys()


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ({"token_endpoint_auth_methods_supported": ["client_secret_post"]}, f"form {CLIENT} {SECRET}"),
        ({NAMED: False}, None),
    ],
)
def test_providers_have_their_ways(plain: House, provider: Provider, said: Claims, way: str | None) -> None:
    provider.said = said
    linked(plain, provider)
    visitor = plain.visitor()
    answers = provider.authorize(go(visitor))
    if NAMED in said:
        del answers["iss"]
    assert visitor.get(BACK, params=answers).status_code == 303
    assert way is None or provider.ways == [way]


def test_a_new_key_of_the_provider_is_fetched_when_it_is_met(plain: House, provider: Provider) -> None:
    linked(plain, provider)
    assert enter(plain.visitor(), provider).status_code == 303
    provider.key = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
    provider.published.append(provider.key)
    assert enter(plain.visitor(), provider).status_code == 403  # asked for just now
    plain.clock.move(timedelta(minutes=1))
    assert enter(plain.visitor(), provider).status_code == 303


# --- whom it does not let in ------------------------------------------------------------------------------------


def test_an_unknown_subject_gets_no_account_and_is_told_what_to_do(plain: House, provider: Provider) -> None:
    with reading(plain.parts.engine) as session:
        before = len(session.exec(select(Account)).all())
    provider.change = lambda claims: claims.update(email="olga@example.ru", preferred_username="olga", sub="olga")
    visitor = plain.visitor()
    refused = enter(visitor, provider)
    assert refused.status_code == 403
    assert "здесь никто не связан" in refused.text
    assert "по карточке от школы" in refused.text
    assert not signed_in(visitor)
    with reading(plain.parts.engine) as session:
        assert len(session.exec(select(Account)).all()) == before


def test_one_account_there_is_one_person_here(plain: House, provider: Provider) -> None:
    linked(plain, provider)
    refused = link(plain, provider, "l1")
    assert (refused.status_code, "связан другой человек" in refused.text) == (409, True)
    olga = plain.signed_in("olga")
    again = olga.post("/account/provider", data={"proof": PASSWORD, "csrf": csrf_of(olga)})
    assert (again.status_code, "уже связана" in again.text) == (409, True)


def csrf_of(visitor: TestClient) -> str:
    return str(visitor.get("/api/me").json()["csrf"])


def test_a_closed_account_stays_closed(plain: House, provider: Provider) -> None:
    linked(plain, provider)
    with unit_of_work(plain.parts.engine) as session:
        session.get_one(Account, "olga").closed_at = START
    assert enter(plain.visitor(), provider).status_code == 403
    with unit_of_work(plain.parts.engine) as session:
        account = session.get_one(Account, "olga")
        account.closed_at, account.demo = None, True
    assert enter(plain.visitor(), provider).status_code == 403


def test_whoever_finds_a_browser_open_links_nothing(plain: House) -> None:
    refused = send(plain.signed_in("olga"), "/account/provider", {"proof": "guess"}, form_at="/account")
    assert (refused.status_code, ISSUER in refused.text) == (400, False)


# --- dishonest answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"state": "another"}, 403),
        ({"state": ""}, 403),
        ({"state": "я"}, 403),
        ({"iss": "https://other.sever.example"}, 403),
        ({"iss": ""}, 403),
        ({"code": "another"}, 503),
        ({"code": ""}, 403),
        ({"error": "access_denied"}, 403),
    ],
)
def test_what_comes_back_wrong_lets_nobody_in(
    plain: House, provider: Provider, changed: dict[str, str], status: int
) -> None:
    linked(plain, provider)
    visitor = plain.visitor()
    back = visitor.get(BACK, params={**provider.authorize(go(visitor)), **changed})
    assert back.status_code == status
    assert not signed_in(visitor)
    assert "zachetka-begun" not in visitor.cookies


@pytest.mark.parametrize(
    "change",
    [
        lambda claims: claims.update(nonce="another"),
        lambda claims: claims.update(aud="another"),
        lambda claims: claims.update(iss="https://other.sever.example"),
        lambda claims: claims.update(exp=claims["iat"] - 3600),
        lambda claims: claims.update(azp="another"),
        lambda claims: claims.pop("sub"),
    ],
)
def test_a_token_that_says_something_else_lets_nobody_in(
    plain: House, provider: Provider, change: Callable[[Claims], object]
) -> None:
    linked(plain, provider)
    provider.change = change
    visitor = plain.visitor()
    refused = enter(visitor, provider)
    assert (refused.status_code, "не прошёл проверку" in refused.text) == (403, True)
    assert not signed_in(visitor)


def test_a_code_and_its_way_back_serve_once(plain: House, provider: Provider) -> None:
    linked(plain, provider)
    provider.lenient = True
    visitor, other = plain.visitor(), plain.visitor()
    answers = provider.authorize(go(visitor))
    begun = visitor.cookies["zachetka-begun"]
    assert other.get(BACK, params=answers).status_code == 403
    assert visitor.get(BACK, params=answers).status_code == 303
    other.cookies.set("zachetka-begun", begun, domain="127.0.0.1")
    assert other.get(BACK, params=answers).status_code == 400
    assert not signed_in(other)
    late = plain.visitor()
    answers = provider.authorize(go(late))
    plain.clock.move(handshakes.TERM)
    assert late.get(BACK, params=answers).status_code == 400


def test_a_code_of_somebody_elses_browser_is_worth_nothing(plain: House, provider: Provider) -> None:
    """Code injection: the attacker's code under the victim's state; the verifier is another one (RFC 9700 §4.5)."""
    linked(plain, provider)
    victim, attacker = plain.visitor(), plain.visitor()
    stolen = provider.authorize(go(attacker))["code"]
    mixed = {**provider.authorize(go(victim)), "code": stolen}
    assert victim.get(BACK, params=mixed).status_code == 503
    assert not signed_in(victim)


def test_a_link_that_was_begun_is_finished_by_the_same_session_alone(plain: House, provider: Provider) -> None:
    olga, child = plain.signed_in("olga"), plain.signed_in("l1")
    answers = provider.authorize(to_link(olga))
    child.cookies.set("zachetka-begun", olga.cookies["zachetka-begun"], domain="127.0.0.1")
    assert child.get(BACK, params=answers).status_code == 400
    stranger = plain.visitor()
    stranger.cookies.set("zachetka-begun", olga.cookies["zachetka-begun"], domain="127.0.0.1")
    assert stranger.get(BACK, params=answers).status_code == 400
    with reading(plain.parts.engine) as session:
        assert session.exec(select(ProviderLink)).all() == []


def test_nobody_is_sent_elsewhere_afterwards(plain: House, provider: Provider) -> None:
    linked(plain, provider)
    for path in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert enter(plain.visitor(), provider, path).headers["location"] == "/"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"issuer": "https://other.sever.example"}, 403),
        ({"authorization_endpoint": "http://id.sever.example/a"}, 403),
        ({"authorization_endpoint": "javascript:alert(1)"}, 403),
        ({"token_endpoint": 5}, 403),
        ({"jwks_uri": "https://10.0.0.1/keys"}, 503),
        ({"jwks_uri": "https://elsewhere.invalid/keys"}, 503),
    ],
)
def test_a_provider_that_says_odd_things_of_itself_is_not_used(
    plain: House, provider: Provider, said: Claims, status: int
) -> None:
    provider.said = said
    refused = plain.visitor().get("/sign-in/provider")
    assert (refused.status_code, "location" in refused.headers) == (status, False)
    assert 'name="password"' in refused.text


def test_without_a_provider_the_password_serves(tmp_path: Path) -> None:
    alone = build(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}")
    for path in ("/sign-in/provider", BACK):
        refused = alone.visitor().get(path)
        assert (refused.status_code, "не настроен" in refused.text) == (409, True)
    assert "Войти через" not in alone.visitor().get("/sign-in").text
    alone.parts.engine.dispose()
