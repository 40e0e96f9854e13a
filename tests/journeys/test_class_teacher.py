"""The class teacher in a browser: a learner tells of an olympiad on a phone, the teacher at a desk returns it and then confirms."""

import pytest
from playwright.sync_api import Browser, Page, expect

from service.demo.people import account_of
from service.demo.stage import Stage
from tests.journeys.test_browser import DESK, PHONE, visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]

LEARNER, TEACHER = "l1", "klyukva"
RECORDS = f"/wallet/{account_of(LEARNER)}/portfolio/records"
OLYMPIAD, PENCIL = "Олимпиада по физике", "со слов ученика, не подтверждено"


def test_from_a_phone_to_the_schools_word(browser: Browser, town: Stage) -> None:
    with visit(browser, town, PHONE, LEARNER) as page:
        record = tell(page)
        ask(page)
    with visit(browser, town, DESK, TEACHER) as page:
        open_the_queue(page)
        page.get_by_role("button", name="Вернуть").click()  # why, is not said
        expect(page.locator(".notice-title")).to_contain_text("Введённое сохранено.")
        page.get_by_label("Или вернуть: что поправить").fill("Напишите, какой это этап.")
        page.get_by_role("button", name="Вернуть").click()
        expect(page.get_by_text(OLYMPIAD)).to_have_count(0)
    with visit(browser, town, PHONE, LEARNER) as page:
        page.goto(record)
        expect(page.get_by_text("Напишите, какой это этап.").first).to_be_visible()
        ask(page)
    with visit(browser, town, DESK, TEACHER) as page:
        open_the_queue(page)
        page.get_by_label("Название").fill(f"{OLYMPIAD}, городской этап")
        page.get_by_role("button", name="Подтвердить от имени школы").click()
        page.wait_for_url("**/portfolio/queue")
        expect(page.get_by_text("Ничего не ждёт")).to_be_visible()
    town.work()
    with visit(browser, town, PHONE, LEARNER) as page:
        page.goto(record)
        expect(page.locator(".stamp").first).to_be_visible()
        page.goto(f"/wallet/{account_of(LEARNER)}")
        expect(page.get_by_text(f"{OLYMPIAD}, городской этап").first).to_be_visible()


def tell(page: Page) -> str:
    """A new record in pencil; its address."""
    page.goto(f"{RECORDS}/new")
    page.get_by_label("Название").fill(OLYMPIAD)
    page.get_by_label("Раздел", exact=True).select_option(index=1)
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url(f"**{RECORDS}/*")
    expect(page.get_by_text(PENCIL).first).to_be_visible()
    return page.url


def ask(page: Page) -> None:
    page.get_by_role("button", name="Попросить школу подтвердить").click()
    expect(page.get_by_role("button", name="Забрать обратно")).to_be_visible()


def open_the_queue(page: Page) -> None:
    page.locator("nav").get_by_role("link", name="Достижения на подтверждение").first.click()
    page.get_by_role("link", name=OLYMPIAD).click()
    expect(page.get_by_text(PENCIL)).to_be_visible()
