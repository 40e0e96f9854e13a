"""Takes the pictures of docs/tour from a freshly played demonstration: `make tour`."""

import io
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser
from rich.console import Console

from service.demo.build import build
from service.demo.casework import apply
from service.demo.people import account_of, guardian_of
from service.demo.run import play
from service.demo.stage import Stage
from service.demo.wallets import TITLES, WALLET, badges
from tests.chromium import chromium, opened
from tests.town import served, settings_for, town_of_today

FOLDER = Path(__file__).parent.parent / "docs" / "tour"
PROJECT = "Индивидуальный проект"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 860}
Shot = tuple[
    str, dict[str, int], str | None, str, str
]  # name, size, who, path, what is shown (a selector, or the window)


def shots(stage: Stage, link: str) -> list[Shot]:
    """What the tour shows."""
    badge = badges(stage)["m08"]["id"]
    father, review = guardian_of("l7"), apply(stage, "l7", PROJECT, [TITLES["m08"]], by=guardian_of("l7"))
    return [
        ("start", DESK, None, "/", ""),
        ("wallet", PHONE, guardian_of("l1"), WALLET, ""),
        ("badge", PHONE, "l1", f"{WALLET}/badges/{badge}", ""),
        ("apply", PHONE, "l4", f"/wallet/{account_of('l4')}/apply", "#content"),
        ("apply-review", PHONE, father, review, "#content"),
        ("case-family", PHONE, guardian_of("l1"), case_of(stage, guardian_of("l1"), PROJECT), ""),
        ("comparison", DESK, "ryabinin", case_of(stage, guardian_of("l9"), "Информатика"), "#comparison"),
        ("desk", DESK, "ryabinin", "/credit", ""),
        ("meeting", DESK, "mkhova", meeting_of(stage, "mkhova"), ""),
        ("queue", DESK, "golubika", waiting_record(stage, "l3"), ""),
        ("award", DESK, "rektorova", "/issuer/ugu/award?achievement=m08", ""),
        ("shared", PHONE, None, link, ""),
        ("verifier", DESK, None, "/verify/samples/points", ""),
    ]


def waiting_record(stage: Stage, learner: str) -> str:
    """The path at which a class teacher reads what a learner has told of and asks to have confirmed."""
    records, visitor = f"/wallet/{account_of(learner)}/portfolio/records", stage.person(learner)
    told: dict[str, str | list[str]] = {
        "title": "Городской турнир по шахматам",
        "section": "sport",
        "organiser": "Шахматный клуб «Ладья»",
        "scale": "municipal",
        "result": "2-е место",
        "story": "Пять партий, три выиграла.",
    }
    record = visitor.submit(f"{records}/new", records, told).path
    visitor.submit(record, f"{record}/ask", {})
    return f"/portfolio/queue/{record.rpartition('/')[2]}"


def case_of(stage: Stage, who: str, words: str) -> str:
    """The path of the case whose title holds these words, on somebody's own list."""
    return _link(stage.person(who).get("/credit").text, rf'href="(/credit/cases/\w+)">[^<]*{words}')


def meeting_of(stage: Stage, who: str) -> str:
    """The path of the newest meeting."""
    return _link(stage.person(who).get("/credit/meetings/s1").text, r'href="(/credit/meetings/s1/\w{32})"')


def _link(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    assert found is not None, pattern
    return found[1]


def take(browser: Browser, base: str, shot: Shot) -> None:
    """One picture."""
    name, size, who, path, selector = shot
    page = browser.new_page(viewport=size, locale="ru-RU", base_url=base)  # type: ignore[arg-type]
    if who is not None:
        page.goto("/")
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
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
    with tempfile.TemporaryDirectory() as folder, opened(chromium() or "chromium") as browser:
        settings, municipality = settings_for(Path(folder)), town_of_today()
        build(settings, municipality)
        _, link = play(settings, municipality, frozenset(), Console(file=io.StringIO()))
        with served(settings, municipality, datetime.now(UTC)) as stage:
            for shot in shots(stage, link):
                take(browser, stage.base, shot)


if __name__ == "__main__":
    main()
