"""A whole group in a real browser: a file with good and bad rows, a second person, progress, errors, a correction, the wallet."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from issuer.tables import Award, AwardState
from keys.actor import Membership, Role
from service.database import unit_of_work
from service.demo.awarding import number_of
from service.demo.people import account_of
from service.demo.stage import Stage
from service.identity import accounts
from tests.journeys.test_browser import DESK, PHONE, visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]

HOME, MODULE, SECOND = "/issuer/ugu", "Исследовательский проект", "polyushkina"


def test_a_group_from_a_file(browser: Browser, town: Stage, tmp_path: Path) -> None:
    hire_a_second_person(town)
    file = tmp_path / "группа.csv"
    rows = [("Сетевой номер", "Результат"), (number_of(town, "l2"), "88"), (number_of(town, "l3"), "12"), ("", "75")]
    file.write_text("\n".join(";".join(row) for row in rows), "cp1251")
    with visit(browser, town, DESK, SECOND) as page:
        page.goto(f"{HOME}/batches")
        page.get_by_label("Перед выдачей список подтверждает второй сотрудник").check()
        page.get_by_role("button", name="Сохранить").click()
        expect(page.get_by_text("Списки подтверждает второй сотрудник")).to_be_visible()
    with visit(browser, town, DESK, "rektorova") as page:
        here = upload(page, file, "Ведомость № 20")
        page.get_by_role("button", name="Проверить все строки").click()
        town.work()
        page.goto(here)
        expect(page.get_by_text("Проверено: есть ошибки")).to_be_visible()
        page.get_by_role("button", name="Выдать по списку").click()
        expect(page.get_by_text("Ждёт второго сотрудника").first).to_be_visible()
        expect(page.get_by_text("подтвердить его должен другой сотрудник")).to_have_count(1)
        expect(page.get_by_role("button", name="Подтвердить и выдать")).to_have_count(0)
    with visit(browser, town, DESK, SECOND) as page:
        page.goto(here)
        page.get_by_role("button", name="Подтвердить и выдать").click()
        expect(page.locator("progress")).to_be_visible()
        town.work()
        expect(page.get_by_text("Готово, но не все получили значки")).to_be_visible()  # the page comes again by itself
    with visit(browser, town, PHONE, "rektorova") as page:
        page.goto(here)
        with page.expect_download() as loading:
            page.get_by_role("link", name="Скачать как CSV").click()
        told = list(csv.reader(io.StringIO(loading.value.path().read_text("utf-8-sig")), delimiter=";"))
        assert [row[:2] for row in told] == [["Сетевой номер", "Результат"], [number_of(town, "l3"), "12"]]
        assert "ниже проходного" in told[1][2]
        corrected = tmp_path / "исправлено.csv"
        corrected.write_text(
            "\n".join(";".join([*row[:1], "72", ""]) if row is told[1] else ";".join(row) for row in told)
        )
        again = upload(page, corrected, "Ведомость № 20")
        page.get_by_role("button", name="Выдать по списку").click()
    with visit(browser, town, DESK, SECOND) as page:
        page.goto(again)
        page.get_by_role("button", name="Подтвердить и выдать").click()
        town.work()
        expect(page.get_by_text("Все получили значки")).to_be_visible()
    with visit(browser, town, PHONE, "l3") as page:
        page.goto(f"/wallet/{account_of('l3')}")
        expect(page.get_by_role("link", name=MODULE).first).to_be_visible()
    fetch_by_code(browser, town, here)


def upload(page: Page, file: Path, event: str) -> str:
    page.goto(f"{HOME}/batches")
    page.get_by_label("Значок", exact=True).select_option("m08")
    page.get_by_label("Файл со списком").set_input_files(file)
    page.get_by_label("Основание").fill(event)
    page.get_by_role("button", name="Загрузить и посмотреть").click()
    page.wait_for_url("**/batches/*")
    expect(page.get_by_text("Столбцы и первые строки")).to_be_visible()
    return page.url


def fetch_by_code(browser: Browser, town: Stage, here: str) -> None:
    with visit(browser, town, DESK, "rektorova") as page:
        page.goto(here)
        page.get_by_role("button", name="Напечатать карточки").click()
        expect(page.locator(".slip")).to_have_count(1)
        code = page.locator(".slip .code").inner_text()
        assert page.locator(".slip svg").count() == 1
    with visit(browser, town, PHONE) as page:
        page.goto(f"/offers?code={code}")
        expect(page.get_by_role("link", name="Войти").last).to_be_visible()
    with visit(browser, town, PHONE, "l4") as page:
        page.goto("/offers")
        page.get_by_label("Код с карточки").fill(code.lower().replace("-", " "))
        page.get_by_role("button", name="Найти значок").click()
        page.get_by_role("button", name="Положить в кошелёк").click()
        page.wait_for_url("**/wallet/*")
        expect(page.get_by_role("link", name=MODULE).first).to_be_visible()
    with unit_of_work(town.parts.engine) as session:
        offered = session.exec(
            select(Award).where(col(Award.batch).is_not(None), Award.state == AwardState.OFFERED)
        ).all()
        assert offered == []


def hire_a_second_person(town: Stage) -> None:
    """Somebody who answers for the university beside the one who awards there."""
    with unit_of_work(town.parts.engine) as session:
        since = town.municipality.joined.date()
        accounts.grant(session, account_of(SECOND), Membership("ugu", Role.MANAGER), since=since)
