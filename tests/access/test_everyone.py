"""One address of every page: axe-core's rules, the narrowest screens, the keyboard alone. `make access` looks at all of them."""

from itertools import cycle, product

import pytest
from playwright.sync_api import Page, expect

from service.demo.people import account_of
from tests.access.judging import RULES, ambiguous, unreachable, violations, wider_than
from tests.access.places import one_for_each, places
from tests.access.windows import ENLARGED, LOCALES, PHONE, Windows
from tests.journeys.peopled import Town

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.xdist_group("access")]

WAYS = list(product(("light", "dark"), LOCALES))
KEYBOARD = 8
"""Every eighth page is gone through by the Tab key as well."""


@pytest.mark.node
@pytest.mark.usefixtures("axe")
def test_every_page_can_be_used_by_everyone(town: Town, windows: Windows) -> None:
    wrong, looked = list[str](), one_for_each(places(town))
    assert len(looked) > 100
    for number, (place, (theme, language)) in enumerate(zip(looked, cycle(WAYS), strict=False)):
        page = windows.at(place.kind, language, place.path)
        faults = violations(page, theme) + wider_than(page, PHONE) + wider_than(page, ENLARGED)
        faults += ambiguous(page)
        faults += unreachable(page) if number % KEYBOARD == 0 else []
        wrong += [f"{place.row} as {place.kind}, {theme}, {language}: {fault}" for fault in faults]
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.node
@pytest.mark.usefixtures("axe")
def test_the_judges_find_what_they_are_for(windows: Windows) -> None:
    page = windows.at("stranger", "ru", "/verify")
    page.evaluate("""() => {
      document.querySelector('main').innerHTML = '<img src="/static/look/mark.svg"><h1>Заголовок</h1><h4 tabindex="0">Глубже</h4>'
        + '<p id="wide">' + 'Ж'.repeat(200) + '</p><button tabindex="-1" id="wide">Нажать</button>';
      document.getElementById('wide').style.cssText = 'overflow-wrap: normal';
      document.querySelector('h4').style.cssText = 'outline: none';
    }""")
    told = " ".join(violations(page, "light"))
    assert "image-alt" in told
    assert "heading-order" in told
    assert wider_than(page, PHONE)
    assert ambiguous(page) == ["an id stands twice: wide"]
    faults = unreachable(page)
    assert any("focus is not seen: <h4" in fault for fault in faults)
    assert any("does not reach it: <button" in fault for fault in faults)
    assert "wcag22aa" in RULES


def test_a_link_is_made_and_withdrawn_without_a_mouse(windows: Windows) -> None:
    page = windows.at("learner", "ru", f"/wallet/{account_of('l1')}/shares/new")
    press(page, "input[name=badge]", "Space")
    to(page, "input[name=audience]")
    page.keyboard.type("Приёмная комиссия")
    to(page, "input[name=purpose]")
    page.keyboard.type("Без мыши")
    press(page, "button:has-text('Создать ссылку')", "Enter")
    page.wait_for_url("**/shares/*")
    press(page, "summary:has-text('Отозвать ссылку')", "Enter")
    press(page, "button:has-text('Да, отозвать')", "Enter")
    expect(page.get_by_text("Эта ссылка больше не работает")).to_be_visible()


def test_a_draft_is_handed_in_without_a_mouse(town: Town, windows: Windows) -> None:
    page = windows.at("guardian", "ru", f"/wallet/{account_of('l1')}/apply/{town.things.draft}")
    press(page, "main button:has-text('Подать')", "Enter")
    page.wait_for_url("**/credit/cases/*")


def press(page: Page, selector: str, key: str) -> None:
    """Go to an element by Tab, then press."""
    to(page, selector)
    page.keyboard.press(key)


def to(page: Page, selector: str) -> None:
    """Go on by Tab until an element has the focus."""
    wanted = page.locator(selector).first
    for _ in range(200):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {selector}")
