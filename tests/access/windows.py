"""Chromium for tests that look at many pages: one window for each kind of person and language, nothing of one known to another."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys import cast

LOCALES = {"ru": "ru-RU", "en": "en-GB"}
DESK, PHONE, ENLARGED = 1280, 360, 320
"""Widths in CSS pixels: a desk, a phone, and a desk at 400 %."""
HEIGHT = 800


@dataclass(slots=True)
class Windows:
    """The open windows; `at` goes to an address as somebody. `prepared` sees each window before its first page."""

    browser: Browser
    base: str
    prepared: Callable[[BrowserContext], None] = lambda _: None
    _pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def at(self, kind: str, language: str, path: str) -> Page:
        """The page at `path` as a kind of person reads it in a language; whose session has ended meanwhile signs in again."""
        page = self._page(kind, language)
        page.goto(path)
        if kind != cast.STRANGER and page.url.startswith(f"{self.base}/sign-in"):
            enter(page.context, kind)
            page.goto(path)
        return page

    def close(self) -> None:
        """Close them all."""
        for page in self._pages.values():
            page.context.close()
        self._pages.clear()

    def _page(self, kind: str, language: str) -> Page:
        if (kind, language) not in self._pages:
            context = self.browser.new_context(
                base_url=self.base,
                locale=LOCALES[language],
                viewport={"width": DESK, "height": HEIGHT},
                service_workers="block",
                reduced_motion="reduce",
            )
            self.prepared(context)
            if kind != cast.STRANGER:
                enter(context, kind)
            self._pages[kind, language] = context.new_page()
        return self._pages[kind, language]


def enter(context: BrowserContext, kind: str) -> None:
    """Sign in by the demonstration's one click."""
    context.request.post("/demo/sign-in", form={"account": cast.account(kind)}, max_redirects=0)
