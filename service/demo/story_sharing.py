"""Scenario 13: Алина shows three badges to the university by a link, after her mother has agreed, and takes the link back."""

import re
from collections.abc import Iterator
from http import HTTPStatus

from schemas.errors import N_
from service.demo.people import account_of, guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.visitor import Answer, Refused, Visitor
from service.demo.wallets import WALLET, badges, guardian, learner

TITLE = N_("Три значка по ссылке для вуза: согласие, показ, отзыв")
SHOWN = ("m01", "m08", "m09")
UNIVERSITY = "Приёмная комиссия, Северный открытый университет"
WITHDRAWN, LIVE = "Показ до собеседования", "Портфолио для поступления"
NEIGHBOUR = "l3"  # holds a badge; her family has given no consent
_LINK = re.compile(r"https?://[^\"\s<]+(/v/[A-Za-z0-9_-]+)")


def play(stage: Stage) -> Iterator[str]:
    """Refused without consent; then agreed, shared, opened by a stranger, withdrawn; a second link stays."""
    yield "2026-11-17 18:05"
    stage.title(TITLE)
    with stage.step("Без согласия семьи ссылку создать нельзя: отказано"):
        stage.must_refuse(_try_to_share(stage, learner(stage), WALLET, list(SHOWN), WITHDRAWN))
    with stage.step("Мама прочитала текст и дала согласие на показ значков"):
        guardian(stage).submit(f"{WALLET}/consents", f"{WALLET}/consents", {"agree": "yes"})
    with stage.step("Алина выбрала три значка и создала ссылку с QR-кодом на 14 дней"):
        first = share(stage, WITHDRAWN)
    yield "2026-11-18 10:40"
    with stage.step("Сотрудник вуза открыл ссылку без входа: три значка, все подлинные"):
        stage.remembered[WITHDRAWN] = link_of(stage, first)
        stage.stranger().accepted(stage.stranger().get(stage.remembered[WITHDRAWN]))
    yield "2026-11-19 19:30"
    with stage.step("Алина отозвала ссылку: она больше не открывается"):
        learner(stage).submit(first, f"{first}/withdraw", {})
    yield "2026-11-21 12:15"
    with stage.step("Для посетителя оставлена вторая, действующая ссылка"):
        share(stage, LIVE)


def share(stage: Stage, purpose: str) -> str:
    """Make a link as Алина; returns the path of its page."""
    made = _try_to_share(stage, learner(stage), WALLET, list(SHOWN), purpose)
    return learner(stage).accepted(made).path


def _try_to_share(stage: Stage, visitor: Visitor, wallet: str, keys: list[str], purpose: str) -> Answer:
    held = badges(stage)
    chosen = [str(held[key]["id"]) for key in keys if key in held]
    answers: dict[str, str | list[str]] = {
        "badge": chosen,
        "audience": UNIVERSITY,
        "purpose": purpose,
        "days": "14",
        "act": "make",
    }
    offered = visitor.get(f"{wallet}/shares/new")
    try:
        return visitor.press(offered, f"{wallet}/shares", answers)
    except Refused:
        return visitor.force(f"{wallet}/shares", answers)


def link_of(stage: Stage, page: str) -> str:
    """The path that a link's page shows to copy, empty where the link is dead."""
    found = _LINK.search(learner(stage).get(page).text)
    return found.group(1) if found else ""


def pages_of(stage: Stage) -> dict[str, str]:
    """The page of every link of Алина's by its purpose."""
    text = learner(stage).get(f"{WALLET}/shares").text
    paths = dict.fromkeys(re.findall(rf"{WALLET}/shares/[0-9a-f]{{32}}", text))
    pages = {path: learner(stage).get(path).text for path in paths}
    return {purpose: path for purpose in (WITHDRAWN, LIVE) for path, page in pages.items() if purpose in page}


def live_link(stage: Stage) -> str:
    """The path of the link that is left for the visitor."""
    return link_of(stage, pages_of(stage).get(LIVE, f"{WALLET}/shares"))


def read_back(stage: Stage) -> Found:
    """What a stranger finds behind both links, and what a family without consent is told."""
    live, dead = live_link(stage), stage.remembered.get(WITHDRAWN)
    opened = stage.stranger().get(f"/api/shared/{live.removeprefix('/v/')}", accept="application/json")
    verdicts = [row["report"]["verdict"] for row in opened.json()["badges"]] if opened.status == HTTPStatus.OK else []
    neighbour = f"/wallet/{account_of(NEIGHBOUR)}"
    refused = _try_to_share(stage, stage.person(guardian_of(NEIGHBOUR)), neighbour, [], LIVE)
    expected = {"live": ["valid"] * 3, "withdrawn_opens": False, "without_consent": "refused"}
    return Found(
        "13",
        TITLE,
        expected,
        {
            "live": verdicts,
            "withdrawn_opens": None if dead is None else stage.stranger().get(dead).status == HTTPStatus.OK,
            "without_consent": "allowed" if refused.status == HTTPStatus.OK else "refused",
        },
    )


STORY = Story(scenario="13", title=TITLE, play=play, read_back=read_back)
