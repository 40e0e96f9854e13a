"""The first sign-in through the provider: the code on paper is used up on the way back, and no password is needed."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from keys.tables import JournalRow
from service.database import reading, unit_of_work
from service.identity import accounts, slips, ways
from service.identity.providers.tables import ProviderLink
from service.identity.tables import Account
from tests.service.house import PASSWORD, House, send
from tests.service.identity.providers.provider import ISSUER, NAME, Provider
from tests.service.identity.providers.test_provider import BACK, enter, linked, signed_in
from tests.service.identity.test_slips import NEW, make


def way_of(visitor: TestClient, code: str) -> str:
    """Where the page of a code sends a browser."""
    page = visitor.post(f"/enter/{code}/provider")
    assert page.status_code == 200, page.text
    return page.text.partition(f'href="{ISSUER}')[2].partition('"')[0].replace("&amp;", "&")


def first(visitor: TestClient, provider: Provider, code: str) -> Response:
    return visitor.get(BACK, params=provider.authorize(way_of(visitor, code)))


def test_a_code_and_the_provider_let_in_without_a_password(house: House, provider: Provider) -> None:
    code, visitor = make(house), house.visitor()
    assert f"Войти через «{NAME}»" in visitor.get(f"/enter/{code}").text
    entered = first(visitor, provider, code)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    account = visitor.get("/account").text
    assert "Ветрова Алина Игоревна" in account
    assert "ещё не входили" not in account
    assert house.visitor().get(f"/enter/{code}").status_code == 400
    house.clock.move(timedelta(days=1))
    again = house.visitor()
    assert enter(again, provider).status_code == 303
    assert signed_in(again)
    with reading(house.parts.engine) as session:
        assert session.exec(select(ProviderLink)).one().account == "l1"
        events = [row.event for row in session.exec(select(JournalRow).where(JournalRow.item == "l1"))]
        assert sorted(events) == ["provider.linked", "slip.used"]


def test_the_way_alone_uses_nothing_up(plain: House, provider: Provider) -> None:
    code, visitor = make(plain), plain.visitor()
    assert way_of(visitor, code)
    assert visitor.get(BACK, params={**provider.authorize(way_of(visitor, code)), "code": ""}).status_code == 403
    assert visitor.post(f"/enter/{code}", data=NEW).status_code == 303


def test_a_code_that_was_used_meanwhile_links_nobody(plain: House, provider: Provider) -> None:
    code, visitor = make(plain), plain.visitor()
    answers = provider.authorize(way_of(visitor, code))
    assert plain.visitor().post(f"/enter/{code}", data=NEW).status_code == 303
    refused = visitor.get(BACK, params=answers)
    assert refused.status_code == 400
    assert "Этот код не подходит" in refused.text
    assert not signed_in(visitor)
    with reading(plain.parts.engine) as session:
        assert session.exec(select(ProviderLink)).first() is None


def test_somebody_elses_account_there_leaves_the_code_as_it_was(plain: House, provider: Provider) -> None:
    linked(plain, provider)
    code, visitor = make(plain), plain.visitor()
    refused = first(visitor, provider, code)
    assert refused.status_code == 409
    assert "связан другой человек" in refused.text
    assert plain.visitor().get(f"/enter/{code}").status_code == 200


def test_another_browser_cannot_end_what_was_begun(plain: House, provider: Provider) -> None:
    answers = provider.authorize(way_of(plain.visitor(), make(plain)))
    stranger = plain.visitor()
    assert stranger.get(BACK, params=answers).status_code == 403
    assert not signed_in(stranger)


def test_an_older_password_opens_nothing_afterwards(plain: House, provider: Provider) -> None:
    with unit_of_work(plain.parts.engine) as session:
        accounts.set_password(session, session.get_one(Account, "olga"), PASSWORD)
    first(plain.visitor(), provider, make(plain, "olga"))
    refused = plain.visitor().post("/sign-in", data={"login": "olga", "password": PASSWORD})
    assert refused.status_code != 303
    with reading(plain.parts.engine) as session:
        account = session.get_one(Account, "olga")
        assert account.password_hash is None
        assert ways.any_into(session, account)


def test_the_only_way_in_stays_and_the_page_says_so(plain: House, provider: Provider) -> None:
    visitor = plain.visitor()
    first(visitor, provider, make(plain))
    page = visitor.get("/account").text
    assert "Это ваш единственный вход" in page
    assert "/account/provider/remove" not in page
    assert "/account/passkeys" not in page
    assert "Имя для входа" not in page
    refused = send(visitor, "/account/provider/remove", {}, form_at="/account")
    assert refused.status_code == 409
    with reading(plain.parts.engine) as session:
        assert session.exec(select(ProviderLink)).one().account == "l1"


def test_a_new_code_ends_that_way_too(plain: House, provider: Provider) -> None:
    first(plain.visitor(), provider, make(plain))
    with unit_of_work(plain.parts.engine) as session:
        slips.make(session, "l1", "s1", "secretary", plain.clock.now, lambda size: bytes(reversed(range(size))))
    assert enter(plain.visitor(), provider).status_code == 403


@pytest.mark.parametrize("code", ["nothing", "0000-0000-0000-0000-0000-0000-000"])
def test_what_is_no_code_is_told_so(plain: House, code: str) -> None:
    refused = plain.visitor().post(f"/enter/{code}/provider")
    assert refused.status_code == 400
    assert "Этот код не подходит" in refused.text


def test_a_provider_that_is_silent_is_told_on_the_page_of_the_code(plain: House, provider: Provider) -> None:
    provider.said = {"issuer": "https://elsewhere.example"}
    code = make(plain)
    told = plain.visitor().post(f"/enter/{code}/provider")
    assert told.status_code >= 400
    assert "Придумайте имя для входа и пароль" in told.text
    assert plain.visitor().get(f"/enter/{code}").status_code == 200


def test_a_foreign_page_begins_nothing(plain: House) -> None:
    code = make(plain)
    refused = plain.visitor().post(f"/enter/{code}/provider", headers={"origin": "https://evil.example"})
    assert refused.status_code == 403
