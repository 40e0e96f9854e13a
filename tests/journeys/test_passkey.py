"""A passkey in a real browser with a device of its own: added on the page of the account, used on the page for signing in."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from service.demo.server import serving
from tests.journeys.test_browser import PHONE
from tests.service.house import PASSWORD, build

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.xdist_group("browser")]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    """The small installation under a name, since browsers make no passkeys for numbers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    house = build(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}", public_url=f"http://localhost:{port}")
    house.clock.now = datetime.now(UTC)
    with serving(house.app, port=port):
        yield house.settings.public_url
    house.parts.engine.dispose()


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """A phone with a device that asks for a fingerprint; fails on any error of a page or a breach of the content policy."""
    context = browser.new_context(viewport=PHONE, locale="ru-RU", base_url=base)  # type: ignore[arg-type]
    opened, broken = context.new_page(), []
    devtools = context.new_cdp_session(opened)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on("console", lambda said: broken.append(said.text) if "Content Security" in said.text else None)
    yield opened
    assert broken == []
    context.close()


def test_a_passkey_is_added_and_lets_its_owner_in(page: Page) -> None:
    page.goto("/sign-in?next=/account")
    page.get_by_label("Имя для входа").fill("olga")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    form = page.locator("form[data-passkey=add]")
    form.get_by_label("Как назвать устройство").fill("Телефон Ольги")
    form.get_by_label("Пароль").fill("не тот пароль")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_contain_text("Пароль не подходит")
    form.get_by_label("Пароль").fill(PASSWORD)
    form.get_by_role("button").click()
    expect(page.get_by_role("cell", name="Телефон Ольги")).to_be_visible()
    page.get_by_role("button", name="Выйти").click()
    page.goto("/sign-in?next=/account")
    page.get_by_role("button", name="Войти с ключом доступа").click()
    expect(page.get_by_text("Ветрова Ольга Петровна").first).to_be_visible()
    expect(page.get_by_text("ещё не входили")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
