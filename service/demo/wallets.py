"""What the stories ask of wallets, always over HTTP as somebody who may."""

from typing import Any

from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from service.demo.visitor import Refused, Visitor

LEARNER = "l1"
WALLET = f"/wallet/{account_of(LEARNER)}"
TITLES = {
    "m01": "Программирование на Python: от задачи к проекту",
    "m08": "Исследовательский проект: от вопроса к защите",
    "m09": "Первая помощь (практикум)",
    "credit": "Зачёт результатов: Индивидуальный проект",
}


def learner(stage: Stage) -> Visitor:
    """Алина herself."""
    return stage.person(LEARNER)


def guardian(stage: Stage) -> Visitor:
    """Алина's mother."""
    return stage.person(guardian_of(LEARNER))


def badges(stage: Stage) -> dict[str, dict[str, Any]]:
    """What lies in Алина's wallet, by the keys of `TITLES`."""
    names = {title: key for key, title in TITLES.items()}
    return {names[title]: row for title, row in held(stage, LEARNER).items() if title in names}


def badge_file(stage: Stage, key: str, ending: str = "json") -> bytes:
    """A badge of Алина's as she downloads it."""
    return file_of(stage, LEARNER, TITLES[key], ending)


def held(stage: Stage, learner: str) -> dict[str, dict[str, Any]]:
    """What lies in somebody's wallet, by title."""
    rows = stage.person(learner).read(f"/api/wallet/{account_of(learner)}")["badges"]
    return {row["title"]: row for row in rows}


def file_of(stage: Stage, learner: str, title: str, ending: str = "json") -> bytes:
    """A badge of somebody's as they download it."""
    known = held(stage, learner).get(title)
    if known is None:
        msg = f"no badge «{title}» in the wallet"
        raise Refused(msg)
    visitor = stage.person(learner)
    return visitor.accepted(visitor.get(f"/wallet/{account_of(learner)}/badges/{known['id']}.{ending}")).body


def verdict_of(stage: Stage, learner: str, title: str) -> str | None:
    """What a stranger's verification says of a badge in somebody's wallet, None where it is not there."""
    return stage.verdict(file_of(stage, learner, title)) if title in held(stage, learner) else None


def learner_names(stage: Stage) -> list[str]:
    """Every part of every learner's name but patronymics and given names that are words of their own."""
    return [learner.name_parts[0] for learner in stage.municipality.learners]
