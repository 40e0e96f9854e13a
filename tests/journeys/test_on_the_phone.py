"""The site as an application of the phone, in a real browser: what is kept on a device, what is not, and when it is gone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage

pytestmark = [pytest.mark.journey, pytest.mark.browser]

APP = "import('/static/look/app.js')"
ALINA = f"/wallet/{account_of('l1')}"
PROJECT = "Исследовательский проект: от вопроса к защите"
DAY = 24 * 3600 * 1000
STORED = """async () => {
  const names = await caches.keys(), found = [];
  for (const name of names) for (const one of await (await caches.open(name)).keys()) found.push(name + new URL(one.url).pathname);
  return found;
}"""
KEPT_TEXTS = """async () => {
  const kept = await caches.open('zachetka-kept');
  return Promise.all((await kept.keys()).map(async (one) => (await kept.match(one)).text()));
}"""
CONTROLLED = """() => Promise.race([
  new Promise((done) => {
    const worker = navigator.serviceWorker;
    worker.addEventListener('controllerchange', () => done(true), { once: true });
    if (worker.controller !== null) done(true);
  }),
  new Promise((done) => setTimeout(done, 5000, false)),
])"""
GONE = """async () => {
  for (let tries = 0; tries < 100 && await caches.has('zachetka-kept'); tries++) await new Promise((go) => setTimeout(go, 50));
  if (await caches.has('zachetka-kept')) throw new Error('it is still there');
}"""


@contextmanager
def phone(browser: Browser, town: Stage, who: str | None = None) -> Iterator[Page]:
    """A phone of somebody's own with the worker in place; fails on any error of a page or a breach of the content policy."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ru-RU", base_url=town.base)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto("/")
    if who is not None:
        sign_in(page, who)
    under_the_worker(page)
    yield page
    assert broken == []
    context.close()


def sign_in(page: Page, who: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    page.locator(f"form:has(input[value='{account_of(who)}']) button").click()
    expect(page.get_by_role("button", name="Выйти")).to_be_visible()


def under_the_worker(page: Page) -> None:
    """Wait until the worker answers for the page.

    A page that is still arriving when a new worker claims the pages in sight may be passed over; it then gets the worker when
    it is opened once more, and not before.
    """
    for _ in range(4):
        if page.evaluate(CONTROLLED):
            return
        page.reload()
    raise AssertionError(f"no worker answers for {page.url}")


def keep(page: Page) -> None:
    """Say in the record book that this device is one's own."""
    page.goto(ALINA)
    page.get_by_label("Это моё устройство").check()
    page.get_by_role("button", name="Сохранить значки здесь").click()
    expect(page.get_by_text("Значки сохранены на этом устройстве.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def stored(page: Page) -> list[str]:
    """What lies in the browser's Cache Storage: its name and the address."""
    found: list[str] = page.evaluate(STORED)
    return found


def personal(page: Page) -> list[str]:
    return [one for one in stored(page) if not one.startswith("zachetka-static/static/look/") and "/offline" not in one]


@contextmanager
def without_connection(context: BrowserContext) -> Iterator[None]:
    context.set_offline(True)
    yield
    context.set_offline(False)


def test_it_can_be_installed_and_says_when_there_is_no_connection(browser: Browser, town: Stage) -> None:
    with phone(browser, town) as page:
        devtools = page.context.new_cdp_session(page)
        found = devtools.send("Page.getAppManifest")
        assert found["errors"] == []
        assert found["url"].startswith(f"{town.base}/app.webmanifest")
        assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
            [],
            [{"errorId": "in-incognito", "errorArguments": []}],  # every context of a test is a private window
        )
        with without_connection(page.context):
            page.goto("/verify")
            expect(page.get_by_role("heading", name="Нет связи")).to_be_visible()
            assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Golos Text"')
            expect(page.get_by_role("link", name="Сохранённая зачётная книжка")).to_be_hidden()
        page.get_by_role("link", name="Открыть ещё раз").click()
        expect(page.get_by_role("heading", name="Нет связи")).to_have_count(0)


def test_nothing_of_anybody_is_kept_until_the_device_is_said_to_be_their_own(browser: Browser, town: Stage) -> None:
    with phone(browser, town, "l1") as page:
        for path in (ALINA, f"{ALINA}/shares", f"{ALINA}/consents", "/account"):
            page.goto(path)
        page.goto(ALINA)
        page.get_by_role("link", name=PROJECT).first.click()
        badge = page.url
        assert personal(page) == []
        with without_connection(page.context):
            page.goto(badge)
            expect(page.get_by_role("heading", name="Нет связи")).to_be_visible()
            assert "Ветрова" not in page.content()


def test_own_badges_can_be_read_without_a_connection(browser: Browser, town: Stage) -> None:
    with phone(browser, town, "l1") as page:
        keep(page)
        assert {one.removeprefix("zachetka-kept") for one in personal(page)} >= {"/kept", ALINA}
        assert all(one.startswith(("zachetka-kept/kept", f"zachetka-kept{ALINA}")) for one in personal(page))
        assert not any("csrf" in text or "<form" in text for text in page.evaluate(KEPT_TEXTS))
        files = [one.removeprefix("zachetka-kept") for one in personal(page) if one.endswith(".json")]
        assert len(files) == 3
        signed = [page.request.get(file).text() for file in files]
        page.reload()
        expect(page.get_by_text("3 из них ещё не открывали")).to_be_visible()  # kept is not read
        with without_connection(page.context):
            page.goto("/credit")
            page.get_by_role("link", name="Сохранённая зачётная книжка").click()
            expect(page.get_by_text(re.compile(r"Лежит на устройстве с \d+\s"))).to_be_visible()
            expect(page.locator(".button", has_text="Подать заявление")).to_have_count(0)  # it leads nowhere from here
            page.get_by_role("link", name=PROJECT).first.click()
            expect(page.get_by_role("heading", name=PROJECT)).to_be_visible()
            expect(page.get_by_text("Сохранённая страница")).to_be_visible()
            with page.expect_download() as coming:
                page.get_by_role("link", name="Подписанный файл").click()
            assert Path(coming.value.path()).read_text("utf-8") in signed
            assert coming.value.suggested_filename.endswith(".json")
            assert page.evaluate("path => fetch(path).then(answer => answer.text())", files[0]) == signed[0]
            page.goto(f"{ALINA}/shares")
            expect(page.get_by_role("heading", name="Нет связи")).to_be_visible()


@pytest.mark.parametrize(
    ("place", "how"), [("form[action='/sign-out'] button", "click"), ("form[action='/sign-out']", "submit")]
)
def test_signing_out_takes_it_away(browser: Browser, town: Stage, place: str, how: str) -> None:
    """By the page's own module and, where no script hears of it (`submit()` tells nobody), by the answer alone."""
    with phone(browser, town, "l1") as page:
        keep(page)
        with page.expect_navigation(url=f"{town.base}/"):
            page.evaluate(f'document.querySelector("{place}").{how}()')
        expect(page.get_by_role("link", name="Войти", exact=True).first).to_be_visible()
        assert personal(page) == []
        under_the_worker(page)
        with without_connection(page.context):
            page.goto(ALINA)
            expect(page.get_by_role("heading", name="Нет связи")).to_be_visible()


def test_a_consent_that_is_withdrawn_elsewhere_takes_it_away(browser: Browser, town: Stage) -> None:
    with phone(browser, town, "l1") as page, phone(browser, town, guardian_of("l1")) as other:
        other.goto(f"{ALINA}/consents")
        other.get_by_label("Текст прочитан").check()
        other.get_by_role("button", name="Дать согласие").click()
        keep(page)
        other.goto(f"{ALINA}/consents")
        other.evaluate("document.querySelector(\"form[action$='/withdraw']\").submit()")
        expect(other.get_by_role("button", name="Дать согласие")).to_be_visible()
        page.goto(ALINA)
        page.evaluate(GONE)
        expect(page.get_by_label("Это моё устройство")).to_be_visible()


def test_a_month_takes_it_away_and_a_clock_that_is_set_back(browser: Browser, town: Stage) -> None:
    with phone(browser, town, "l1") as page:
        for days, left in ((29, True), (31, False), (-2, False)):
            if not personal(page):
                keep(page)
            page.evaluate(f"{APP}.then((app) => app.sweep(Date.now() + {days * DAY}))")
            assert bool(personal(page)) is left


def test_whoever_kept_it_can_have_it_forgotten(browser: Browser, town: Stage) -> None:
    with phone(browser, town, "l1") as page:
        keep(page)
        page.reload()
        page.get_by_role("button", name="Забыть на этом устройстве").click()
        expect(page.get_by_text("На этом устройстве больше ничего нет.")).to_be_visible()
        assert personal(page) == []
        expect(page.get_by_label("Это моё устройство")).not_to_be_checked()


def test_a_page_of_another_person_takes_it_away(browser: Browser, town: Stage) -> None:
    with phone(browser, town, "l1") as page:
        keep(page)
        page.context.clear_cookies()  # the session is over, nobody has signed out
        page.goto("/")
        assert personal(page)
        sign_in(page, "l2")
        page.evaluate(GONE)
        assert personal(page) == []
