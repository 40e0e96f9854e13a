"""People of one running town in their own browsers: each signs in once, sees their desk and presses what is on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.demo.municipality import ZONE
from service.demo.people import account_of
from service.demo.stage import Stage

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
Filling = Callable[[Page], object]


@dataclass
class Walkers:
    """`walkers[code]` is a page of that person's own browser, a phone for families and learners, a desk for everybody else."""

    browser: Browser
    stage: Stage
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    _pages: dict[str, Page] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def __getitem__(self, who: str) -> Page:
        if who not in self._pages:
            self._pages[who] = self._enter(who)
        return self._pages[who]

    def turn(self, who: str, case: str, verb: str, fill: Filling | None = None) -> Page:
        """Find the case on one's own desk, do what it waits for, see that it has moved on."""
        page = self[who]
        page.goto("/credit")
        page.locator(f"main a[href='{case}']").first.click()
        page.wait_for_url(f"**{case}")
        if fill is not None:
            fill(page)
        page.get_by_role("button", name=verb, exact=True).click()
        expect(page.get_by_role("button", name=verb, exact=True)).to_have_count(0)
        expect(page.get_by_text("Не получилось")).to_have_count(0)
        return page

    def besides(self, who: str, case: str, verb: str, fill: Filling | None = None) -> Page:
        """The same for what stands among the other acts of a case."""
        page = self[who]
        page.goto(case)
        page.get_by_role("link", name=verb, exact=True).first.click()
        page.wait_for_url(f"**{case}/*")
        if fill is not None:
            fill(page)
        page.get_by_role("button", name=verb, exact=True).click()
        page.wait_for_url(f"**{case}")
        return page

    def leave(self) -> None:
        """Everybody closes their browser; fails where a page was wider than its screen."""
        for who, page in self._pages.items():
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= page.viewport_size["width"], f"{who}: {page.url}"  # type: ignore[index]
        for context in self._contexts.values():
            context.close()
        self._pages.clear()
        self._contexts.clear()
        assert self.broken == []

    def later(self, day: date, *, hours: int = 0) -> None:
        """Some day everybody comes again; sessions have ended meanwhile."""
        self.leave()
        now = self.stage.clock()
        self.stage.go_to(now + timedelta(days=(day - self.stage.today).days, hours=hours))

    def _enter(self, who: str) -> Page:
        size = PHONE if who.startswith("l") and who[1].isdigit() else DESK
        context = self.browser.new_context(viewport=size, locale="ru-RU", base_url=self.stage.base)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("pageerror", lambda error: self.broken.append(f"{who}: {error}"))
        page.goto("/")
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        page.locator(f"form:has(input[value='{account_of(who)}']) button").click()
        expect(page.get_by_role("button", name="Выйти")).to_be_visible()
        self._contexts[who] = context
        return page


def apply(walkers: Walkers, who: str, learner: str, component: str, badge: str, *, assessment: bool) -> str:
    """Choose a part of the plan and a badge, and keep the draft; the address of its last page."""
    page = walkers[who]
    page.goto(f"/wallet/{account_of(learner)}")
    page.get_by_role("link", name="Подать заявление о зачёте").first.click()
    page.get_by_role("radio", name=component).check()
    page.get_by_role("checkbox", name=badge).check()
    page.get_by_label("Зачесть всю часть плана").check()
    page.get_by_label("Согласны на оценивание").set_checked(assessment)
    page.get_by_role("button", name="Сохранить и проверить").click()
    page.wait_for_url("**/apply/*")
    return page.url


def hand_in(walkers: Walkers, who: str, review: str) -> str:
    """Read it once more and hand it in; the path of the case."""
    page = walkers[who]
    page.goto(review)
    page.get_by_role("button", name="Подать заявление").click()
    page.wait_for_url("**/credit/cases/*")
    return page.url.removeprefix(walkers.stage.base)


def voting(extent: str) -> Filling:
    """A member's vote."""

    def fill(page: Page) -> None:
        page.get_by_label(extent, exact=True).check()
        page.get_by_label("Подтверждаю: я не учил").check()

    return fill


def paper(walkers: Walkers, number: str, reasons: Mapping[str, str] | None = None) -> Filling:
    """The data of a paper that was signed today; a reason for each outcome where it refuses."""

    def fill(page: Page) -> None:
        page.get_by_label("Номер подписанного документа").fill(number)
        page.get_by_label("Дата документа").fill(walkers.stage.clock().astimezone(ZONE).date().isoformat())
        page.get_by_label("Кто подписал").fill("Директор школы")
        for code, text in (reasons or {}).items():
            page.locator(f"[name='why.{code}']").fill(text)

    return fill


def told(*names: str) -> Filling:
    """Whom the secretary has told."""

    def fill(page: Page) -> None:
        for name in names:
            page.get_by_label(name).check()

    return fill
