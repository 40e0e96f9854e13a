"""Takes the pictures of docs/tour from a freshly played demonstration: `make tour`."""

import io
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from service.demo.build import build
from service.demo.people import account_of, guardian_of
from service.demo.run import play
from service.demo.stage import Stage
from service.demo.wallets import WALLET, badges
from tests.town import served, settings_for, town_of_today

FOLDER = Path(__file__).parent.parent / "docs" / "tour"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 860}
Shot = tuple[
    str, dict[str, int], str | None, str, str
]  # name, size, who, path, what is shown (a selector, or the window)


def shots(stage: Stage, case: str, link: str) -> list[Shot]:
    """What the tour shows."""
    badge = badges(stage)["m08"]["id"]
    return [
        ("start", DESK, None, "/", ""),
        ("wallet", PHONE, guardian_of("l1"), WALLET, ""),
        ("badge", PHONE, "l1", f"{WALLET}/badges/{badge}", ""),
        ("case-family", PHONE, guardian_of("l1"), case, ""),
        ("comparison", DESK, "ryabinin", case, "#comparison"),
        ("award", DESK, "rektorova", "/issuer/ugu/award?achievement=m08", ""),
        ("shared", PHONE, None, link, ""),
        ("verifier", DESK, None, "/verify/samples/points", ""),
    ]


def take(browser: Browser, base: str, shot: Shot) -> None:
    """One picture."""
    name, size, who, path, selector = shot
    page = browser.new_page(viewport=size, locale="ru-RU", base_url=base)  # type: ignore[arg-type]
    if who is not None:
        page.goto("/")
        page.locator(f"form:has(input[value='{account_of(who)}']) button").click()
    page.goto(path)
    target = FOLDER / f"{name}.png"
    if selector:
        page.locator(selector).screenshot(path=target)
    else:
        page.screenshot(path=target)
    page.close()


def main() -> None:
    """Play, serve, photograph."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings, municipality = settings_for(Path(folder)), town_of_today()
        build(settings, municipality)
        _, link = play(settings, municipality, frozenset(), Console(file=io.StringIO()))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(settings, municipality, datetime.now(UTC)) as stage:
            case = stage.person(guardian_of("l1")).get("/credit").text.partition('href="/credit/cases/')[2][:32]
            for shot in shots(stage, f"/credit/cases/{case}", link):
                take(browser, stage.base, shot)
        browser.close()


if __name__ == "__main__":
    main()
