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
    rows = learner(stage).read(f"/api{WALLET}")["badges"]
    names = {title: key for key, title in TITLES.items()}
    return {names[row["title"]]: row for row in rows if row["title"] in names}


def badge_file(stage: Stage, key: str, ending: str = "json") -> bytes:
    """A badge of Алина's as she downloads it."""
    held = badges(stage)
    if key not in held:
        msg = f"no badge {key} in the wallet"
        raise Refused(msg)
    visitor = learner(stage)
    return visitor.accepted(visitor.get(f"{WALLET}/badges/{held[key]['id']}.{ending}")).body


def learner_names(stage: Stage) -> list[str]:
    """Every part of every learner's name but patronymics and given names that are words of their own."""
    return [learner.name_parts[0] for learner in stage.municipality.learners]
