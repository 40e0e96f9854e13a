"""One badge, one application, one share, in a real browser: the family on a phone, the school at a desk, a stranger signed out."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from service.demo.municipality import ZONE
from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage

pytestmark = [pytest.mark.journey, pytest.mark.browser]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PROJECT = "Исследовательский проект: от вопроса к защите"


@contextmanager
def visit(browser: Browser, town: Stage, size: dict[str, int], who: str | None = None) -> Iterator[Page]:
    """A page of somebody's own browser; fails on any error of the page itself and on anything wider than the screen."""
    context = browser.new_context(viewport=size, locale="ru-RU", base_url=town.base)  # type: ignore[arg-type]
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on(
        "console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto("/")
    if who is not None:
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        page.locator(f"form:has(input[value='{account_of(who)}']) button").click()
        expect(page.get_by_role("button", name="Выйти")).to_be_visible()
    yield page
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert broken == []
    context.close()


def test_the_whole_loop(browser: Browser, town: Stage) -> None:
    case = apply_on_a_phone(browser, town)
    decide_at_school(browser, town, case)
    read_the_decision(browser, town, case)
    share_and_withdraw(browser, town)


def apply_on_a_phone(browser: Browser, town: Stage) -> str:
    with visit(browser, town, PHONE, guardian_of("l1")) as page:
        page.get_by_role("link", name="Значки", exact=True).first.click()
        page.get_by_role("link", name="Подать заявление о зачёте").first.click()
        page.get_by_role("button", name="Сохранить и проверить").click()
        expect(
            page.locator("form").filter(has_text="Сохранить")
        ).to_be_visible()  # nothing chosen: still here, told why
        page.get_by_label("Индивидуальный проект").check()
        page.get_by_label(PROJECT).check()
        page.get_by_label("Зачесть всю часть плана").check()
        page.get_by_label("Согласны на оценивание").check()
        page.get_by_role("button", name="Сохранить и проверить").click()
        page.wait_for_url("**/apply/*")
        review = page.url
        page.reload()
        page.go_back()
        page.goto(review)
        expect(page.get_by_role("link", name=PROJECT).first).to_be_visible()
        page.get_by_role("button", name="Подать").click()
        page.wait_for_url("**/credit/cases/*")
        case = page.url.removeprefix(town.base)
        page.reload()
        page.go_back()
        page.wait_for_url(f"**{case}")  # the draft is an application now: back leads to it, not to a second one
        page.goto("/credit")
        expect(page.locator(f"a[href='{case}']").first).to_be_visible()
        assert page.locator("main a[href^='/credit/cases/']").count() == 1
    return case


def decide_at_school(browser: Browser, town: Stage, case: str) -> None:
    with visit(browser, town, DESK, "mkhova") as page:
        press(page, case, "Зарегистрировать")
    town.work()
    with visit(browser, town, DESK, "ryabinin") as page:
        press(page, case, "Принять проверку")
    with visit(browser, town, DESK, "brusnitsyn") as page:
        press(page, case, "Подписать сопоставление")
    with visit(browser, town, DESK, "ryabinin") as page:
        press(page, case, "Направить на комиссию")
    for member in ("brusnitsyn", "klyukva", "ryabinin"):
        with visit(browser, town, DESK, member) as page:
            page.goto(case)
            page.get_by_label("Зачесть полностью").check()
            page.get_by_label("Подтверждаю: я не учил").check()
            page.get_by_role("button", name="Проголосовать").click()
            expect(page.get_by_text("Голос члена комиссии").first).to_be_visible()
    conclude_and_order(browser, town, case)


def conclude_and_order(browser: Browser, town: Stage, case: str) -> None:
    with visit(browser, town, DESK, "ryabinin") as page:
        page.goto(case)
        page.get_by_label("Зачесть полностью").check()
        page.get_by_role("button", name="Подписать протокол комиссии").click()
        expect(page.get_by_text("Комиссия подписала протокол").first).to_be_visible()
    with visit(browser, town, DESK, "severtseva") as page:
        page.goto(case)
        page.get_by_label("Номер подписанного документа").fill("214-у")
        page.get_by_label("Дата документа").fill(town.clock().astimezone(ZONE).date().isoformat())
        page.get_by_label("Кто подписал").fill("Директор Г. М. Северцева")
        page.get_by_role("button", name="Записать приказ о зачёте").click()
        expect(page.get_by_text("Зачтено полностью").first).to_be_visible()
    with visit(browser, town, DESK, "mkhova") as page:
        page.goto(case)
        page.get_by_label("Ветрова Ольга Петровна").check()
        page.get_by_label("Ветрова Алина Игоревна").check()
        page.get_by_role("button", name="Записать уведомление").click()
        expect(page.get_by_text("Семья уведомлена").first).to_be_visible()
    with visit(browser, town, DESK, "ryabinin") as page:
        page.goto(case)
        page.get_by_label("Освободилось часов").fill("34")
        page.get_by_role("button", name="Изменить учебный план").click()
        page.get_by_label("Результат внесён в журнал").check()
        page.get_by_label("Копия приказа вложена в личное дело").check()
        page.get_by_role("button", name="Закрыть дело").click()
        expect(page.get_by_text("Дело закрыто").first).to_be_visible()
    town.work()


def press(page: Page, case: str, verb: str) -> None:
    """Press the one button that is the visitor's turn."""
    page.goto(case)
    page.get_by_role("button", name=verb).click()
    expect(page.get_by_role("button", name=verb)).to_have_count(0)


def read_the_decision(browser: Browser, town: Stage, case: str) -> None:
    with visit(browser, town, PHONE, guardian_of("l1")) as page:
        page.goto(case)
        expect(page.get_by_text("Зачтено полностью").first).to_be_visible()
        page.goto(f"/wallet/{account_of('l1')}")
        expect(page.get_by_role("link", name="Зачёт результатов: Индивидуальный проект")).to_be_visible()
        page.get_by_role("link", name="Согласия").first.click()
        page.get_by_label("Текст прочитан").check()
        page.get_by_role("button", name="Дать согласие").click()
        expect(page.get_by_text("действует").first).to_be_visible()


def share_and_withdraw(browser: Browser, town: Stage) -> None:
    with visit(browser, town, PHONE, "l1") as page:
        page.goto(f"/wallet/{account_of('l1')}/shares/new")
        page.get_by_label(PROJECT).check()
        page.get_by_label("Кому").fill("Приёмная комиссия")
        page.get_by_label("Зачем").fill("Поступление")
        page.get_by_role("button", name="Создать ссылку").click()
        page.wait_for_url("**/shares/*")
        mine, link = page.url, page.locator("[href*='/v/'], [value*='/v/']").first
        address = link.get_attribute("href") or link.get_attribute("value") or ""
        path = "/v/" + address.rpartition("/v/")[2]
        open_as_a_stranger(browser, town, path, works=True)
        page.goto(mine)
        page.locator("summary", has_text="Отозвать").click()
        page.get_by_role("button", name="отозвать").last.click()
    open_as_a_stranger(browser, town, path, works=False)


def open_as_a_stranger(browser: Browser, town: Stage, path: str, *, works: bool) -> None:
    with visit(browser, town, PHONE) as page:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == (200 if works else 404)
        shown = page.locator("main").inner_text()
        assert ("Подлинный" in shown) is works
        assert "Ветрова" not in page.content()
        assert "Алина" not in page.content()
