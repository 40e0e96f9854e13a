"""The specimen pages in a real browser: phone and desk, light and dark, keyboard, paper."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.service.look.conftest import Draw
from tests.service.look.specimen import PAGES, ROWS

STATIC = Path(__file__).parents[3] / "service/look/static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'"
Theme = Literal["light", "dark"]
Open = Callable[..., Page]

pytestmark = pytest.mark.browser


def answer(route: Route, html: str) -> None:
    """Static files from the folder, the page for everything else; behind a specimen is no site that could be installed."""
    path = route.request.url.removeprefix("https://zachetka.example/static/look/")
    if path == route.request.url:
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})
    elif path == "app.js":
        route.fulfill(body="", content_type="text/javascript")
    else:
        route.fulfill(body=(STATIC / path).read_bytes(), content_type=KINDS[Path(path).suffix])


@pytest.fixture
def visit(browser: Browser, page: Draw) -> Iterator[Open]:
    """Opens a specimen; whatever the console says is a fault."""
    said: list[str] = []
    contexts = []

    def opened(name: str, width: int = 1280, theme: Theme = "light", **data: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.route("**/*", lambda route: answer(route, page(name, **data)))
        tab.goto(f"https://zachetka.example/{name}")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert said == []


@pytest.mark.parametrize("name", PAGES)
def test_fits_a_phone(name: str, visit: Open) -> None:
    tab = visit(name, width=360)
    assert tab.evaluate("document.documentElement.scrollWidth") == 360


SMALL = """[...document.querySelectorAll(
  'button, .button, input:not([type=hidden]):not(.option-box), select, textarea, summary, nav a, .option-label, .foundation a'
)].filter(one => one.checkVisibility()).map(one => [one.className || one.tagName, one.getBoundingClientRect().height])
  .filter(([, height]) => height < 44)"""


@pytest.mark.parametrize("width", [1280, 700, 360])
def test_a_table_of_names_without_spaces_fits(width: int, visit: Open) -> None:
    names = [[number, "Ф" * 120, "Ы" * 120, "сегодня", "5 декабря", 3] for number in range(3)]
    tab = visit("desk.html", width=width, table=names)
    assert tab.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 360])
def test_names_without_spaces_break_in_the_head(width: int, visit: Open) -> None:
    tab = visit("desk.html", width=width, signed_in={"name": "Щ" * 120}, acting_for="Ж" * 120)
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_many_places_are_folded_on_a_phone_and_stand_open_on_a_desk(visit: Open) -> None:
    nav = [(f"/roll/s{number}", "Ученики школы", False, f"Школа № {number}") for number in range(9)]
    phone, desk = visit("book.html", width=360, nav=nav), visit("book.html", nav=nav)
    places = phone.locator(".cover-nav").get_by_role("link")
    assert places.count() == 0
    phone.locator(".cover-nav").get_by_text("Разделы").click()
    assert places.count() == len(nav)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert desk.locator(".cover-nav").get_by_role("link").count() == len(nav)
    assert not desk.locator(".cover-nav").get_by_text("Разделы").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_every_target_can_be_hit_with_a_thumb(name: str, width: int, visit: Open) -> None:
    assert visit(name, width=width).evaluate(SMALL) == []


def test_the_keyboard_is_always_seen(visit: Open) -> None:
    tab = visit("form.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    for _ in range(14):
        tab.keyboard.press("Tab")
        width = tab.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 3


def test_the_font_is_ours(visit: Open) -> None:
    tab = visit("book.html")
    loaded = "[...document.fonts].filter(face => face.status === 'loaded').length"
    assert tab.evaluate(f"document.fonts.ready.then(() => {loaded})") >= 2


def test_dark_is_dark_and_light_is_light(visit: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert visit("book.html").evaluate(ground) == "rgb(248, 245, 236)"
    assert visit("book.html", theme="dark").evaluate(ground) == "rgb(20, 25, 26)"


def test_a_dangerous_act_opens_its_question(visit: Open) -> None:
    tab = visit("case.html", width=360)
    question = tab.get_by_text("Заявление закроется без решения")
    assert not question.is_visible()
    tab.get_by_text("Отозвать заявление").click()
    assert question.is_visible()


def test_a_comparison_of_twelve_outcomes_prints_on_one_sheet(visit: Open) -> None:
    tab = visit("comparison.html", rows=(ROWS * 3)[:12])
    printed = tab.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_evidence_folded_on_the_screen_is_open_on_paper(visit: Open) -> None:
    tab = visit("comparison.html", rows=ROWS)
    detail = tab.get_by_text("Критерий модуля")
    assert not detail.is_visible()
    tab.emulate_media(media="print")
    assert detail.is_visible()


def test_a_form_is_sent_once(visit: Open) -> None:
    tab = visit("form.html", errors={})
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.method))
    tab.route("**/form.html", lambda _: None)  # the server takes its time
    tab.evaluate("document.querySelector('main form').noValidate = true")
    tab.get_by_role("button", name="Создать ссылку").dblclick(no_wait_after=True)
    tab.wait_for_timeout(200)
    assert sent.count("POST") == 1
