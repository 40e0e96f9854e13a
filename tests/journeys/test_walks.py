"""Scenarios 2, 3, 5 and 11 in a browser, as the people concerned go them, in one running town; scenario 1 is `test_browser`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from service.demo.awarding import award
from service.demo.build import build
from service.demo.municipality import ZONE
from service.demo.people import guardian_of
from tests.journeys.walking import Walkers, apply, hand_in, paper, told, voting
from tests.town import served, settings_for, town_of_today
from verifier.credit.calendar import WorkingDays

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.xdist_group("walks")]

COMMISSION = ("brusnitsyn", "klyukva", "ryabinin")
AWARDED = (
    ("kvartsev", "kva", "m01", "l1", "91"),
    ("kvartsev", "kva", "m02", "l2", "2"),
    ("rektorova", "ugu", "m07", "l4", "85"),
    ("polyushkina", "ddt", "m09", "l7", ""),
)
DAYS = WorkingDays(zone=ZONE)


@pytest.fixture(scope="module")
def walkers(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walkers]:
    """A town on a working morning, in which those of the scenarios have their badges."""
    settings, municipality = settings_for(tmp_path_factory.mktemp("town")), town_of_today()
    build(settings, municipality)
    morning = datetime.combine(DAYS.on_or_after(datetime.now(ZONE).date()), datetime.min.time(), ZONE)
    with served(settings, municipality, (morning + timedelta(hours=9)).astimezone(UTC)) as stage:
        pages = {}
        for by, organisation, module, learner, result in AWARDED:
            pages[module] = award(
                stage, by=by, organisation=organisation, module=module, learner=learner, event="№ 1", result=result
            )
        stage.work()
        stage.remembered.update(pages)
        people = Walkers(browser, stage)
        yield people
        people.leave()


def to_the_comparison(walkers: Walkers, case: str, secretary: str, deputy: str) -> None:
    walkers.turn(secretary, case, "Зарегистрировать")
    walkers.stage.work()
    walkers.turn(deputy, case, "Принять проверку")


def test_two_learners_one_sitting_one_protocol(walkers: Walkers) -> None:
    """Scenario 2: a gap is assessed, then all is credited. Scenario 3: a boy of thirteen drafts, his mother hands in."""
    alina, timur = guardian_of("l1"), guardian_of("l2")
    review = apply(walkers, alina, "l1", "Информатика", "Программирование на Python", assessment=True)
    first = hand_in(walkers, alina, review)
    to_the_comparison(walkers, first, "mkhova", "ryabinin")
    second = thirteen(walkers, timur)
    to_the_comparison(walkers, second, "mkhova", "ryabinin")
    assess_the_gap(walkers, first)
    walkers.turn("brusnitsyn", second, "Подписать сопоставление")
    walkers.turn("ryabinin", second, "Направить на комиссию")
    sit_together(walkers, first, second)
    for case, number in ((first, "207-у"), (second, "203-у")):
        walkers.turn("severtseva", case, "Записать приказ о зачёте", paper(walkers, number))
    walkers.turn("mkhova", first, "Записать уведомление", told("Ветрова Ольга Петровна", "Ветрова Алина Игоревна"))
    for family, case, other in ((alina, first, "Оленев"), (timur, second, "Ветрова")):
        page = walkers[family]
        page.goto(case)
        expect(page.get_by_text("Зачтено полностью").first).to_be_visible()
        page.get_by_role("link", name="Выписка из протокола заседания комиссии").click()
        expect(page.locator("main").get_by_text("Заседание № 1").first).to_be_visible()
        assert other not in page.content()


def thirteen(walkers: Walkers, mother: str) -> str:
    review = apply(walkers, "l2", "l2", "Робототехника", "Робототехника: командный проект", assessment=True)
    expect(walkers["l2"].get_by_role("button", name="Подать заявление")).to_have_count(0)
    return hand_in(walkers, mother, review)


def assess_the_gap(walkers: Walkers, case: str) -> None:
    day = DAYS.after(walkers.stage.today, 5)

    def when(page: Page) -> None:
        gap = page.locator(".comparison-row.gap")
        expect(gap).to_have_count(1)
        expect(gap).to_contain_text("ИНФ.3")
        page.get_by_label("День оценивания").fill(day.isoformat())
        page.get_by_label("Где, во сколько и что будет").fill("Кабинет 12, 14:00.")

    def shown(page: Page) -> None:
        page.get_by_label("Ученик прошёл оценивание").check()
        page.locator("[name='level.ИНФ.3']").select_option("2")

    walkers.turn("ryabinin", case, "Назначить оценивание", when)
    walkers.later(day)
    walkers.turn("brusnitsyn", case, "Записать итоги оценивания", shown)


def sit_together(walkers: Walkers, first: str, second: str) -> None:
    """The secretary calls the commission as the form proposes, notes who came; they vote, the chair signs once."""
    secretary = walkers["mkhova"]
    secretary.goto("/credit")
    secretary.get_by_role("link", name="Заседания комиссии").click()
    secretary.get_by_role("link", name="Назначить заседание").click()
    secretary.get_by_label("Место").fill("кабинет 12")
    secretary.get_by_role("button", name="Назначить и разослать повестку").click()
    expect(secretary.get_by_role("heading", name="Заседание № 1")).to_be_visible()
    meeting = secretary.url
    walkers.later(DAYS.after(walkers.stage.today, 2), hours=8)
    secretary = walkers["mkhova"]
    secretary.goto(meeting)
    secretary.get_by_role("button", name="Открыть заседание").click()
    expect(secretary.get_by_role("button", name="Исправить")).to_be_visible()
    expect(secretary.locator("[name='present']:checked")).to_have_count(len(COMMISSION))
    for member in COMMISSION:
        for case in (first, second):
            walkers.turn(member, case, "Проголосовать", voting("Зачесть полностью"))
    chair = walkers["ryabinin"]
    chair.goto(meeting)
    chair.get_by_role("link", name="Подписать один протокол").click()
    for case, mark in ((first, "5"), (second, "pass")):
        name = case.rpartition("/")[2]
        chair.locator(f"[name='pick.{name}']").check()
        chair.locator(f"[name='extent.{name}']").select_option("full")
        chair.locator(f"[name='mark.{name}']").select_option(mark)
    chair.get_by_role("button", name="Подписать протокол комиссии").click()
    chair.wait_for_url("**/credit")


def test_a_grown_up_is_refused_with_reasons_and_objects(walkers: Walkers) -> None:
    """Scenario 5."""
    review = apply(
        walkers, "l4", "l4", "Финансовая грамотность", "Финансовая грамотность в цифровом мире", assessment=False
    )
    case = hand_in(walkers, "l4", review)
    to_the_comparison(walkers, case, "lugova", "osokina")
    walkers.turn("golubika", case, "Подписать сопоставление")
    walkers.turn("osokina", case, "Направить на комиссию")
    for member in ("golubika", "osokina"):
        walkers.turn(member, case, "Проголосовать", voting("Отказать в зачёте"))
    walkers.turn(
        "osokina", case, "Подписать протокол комиссии", lambda page: page.get_by_label("Отказать в зачёте").check()
    )
    reasons = {"ФИН.2": "Прав потребителя в программе курса нет."}
    walkers.turn("ladogin", case, "Записать мотивированный отказ", paper(walkers, "56-о", reasons))
    walkers.turn("lugova", case, "Записать уведомление", told("Морошкин Егор Николаевич"))
    egor = walkers["l4"]
    egor.goto(case)
    expect(egor.get_by_text("Отказано в зачёте").first).to_be_visible()
    expect(egor.get_by_text("Прав потребителя в программе курса нет").first).to_be_visible()
    walkers.besides(
        "l4",
        case,
        "Подать возражение",
        lambda page: page.get_by_label("С чем вы не согласны").fill("Мы это разбирали."),
    )
    walkers.turn(
        "iva",
        case,
        "Отклонить возражение",
        lambda page: page.get_by_label("Мотивы решения").fill("В значке этого нет."),
    )
    egor.goto(case)
    expect(egor.get_by_text("Возражение отклонено").first).to_be_visible()


def test_a_badge_is_revoked_after_the_decision_and_the_director_decides_again(walkers: Walkers) -> None:
    """Scenario 11."""
    father = guardian_of("l7")
    case = hand_in(
        walkers, father, apply(walkers, father, "l7", "Первая помощь", "Первая помощь (практикум)", assessment=True)
    )
    credit_first_aid(walkers, case)
    centre = walkers["polyushkina"]
    centre.goto(walkers.stage.remembered["m09"])
    centre.locator("details:has(form[action$='/revoke']) > summary").click()
    revoking = centre.locator("form[action$='/revoke']")
    revoking.locator("[name=reason]").fill("Протокол оформлен с ошибкой")
    revoking.get_by_role("button").click()
    expect(centre.get_by_text("Отозван").first).to_be_visible()
    walkers.stage.work()
    walkers.besides(
        "osokina", case, "Начать пересмотр", lambda page: page.get_by_label("Что случилось").fill("Значок отозван.")
    )
    family = walkers[father]
    family.goto(case)
    expect(family.get_by_text("До его решения приказ действует").first).to_be_visible()

    def annulled(page: Page) -> None:
        page.get_by_label("Почему приказ отменён").fill("Результат не подтверждён.")
        paper(walkers, "70-у")(page)

    walkers.besides("ladogin", case, "Отменить приказ", annulled)
    family.goto(case)
    expect(family.get_by_text("Эта часть плана снова открыта").first).to_be_visible()


def credit_first_aid(walkers: Walkers, case: str) -> None:
    to_the_comparison(walkers, case, "lugova", "osokina")
    walkers.turn("golubika", case, "Подписать сопоставление")
    walkers.turn("osokina", case, "Направить на комиссию")
    for member in ("golubika", "osokina"):
        walkers.turn(member, case, "Проголосовать", voting("Зачесть полностью"))

    def credited(page: Page) -> None:
        page.get_by_label("Зачесть полностью", exact=True).check()
        page.locator("[name=mark][value=pass]").check()

    walkers.turn("osokina", case, "Подписать протокол комиссии", credited)
    walkers.turn("ladogin", case, "Записать приказ о зачёте", paper(walkers, "61-у"))
