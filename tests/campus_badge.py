"""What a badge of the campus says: an achievement with its outcomes and scales, and one learner's results.

The encoding of `schemas.outcomes`, written out by hand and without help from the issuer, so that each side is tested by the other.
"""

from collections.abc import Mapping
from typing import Any

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
LEVELS = ("стартовый", "базовый", "продвинутый")
PROJECT = (("ИП.1", 3), ("ИП.2", 3), ("ИП.3", 3), ("ИП.4", 3))


def make_achievement(url: str, title: str, outcomes: tuple[tuple[str, int], ...]) -> dict[str, Any]:
    alignments = [_alignment(number, code) for number, (code, _) in enumerate(outcomes)]
    scales = [_rubric(url, number, alignment) for number, alignment in enumerate(alignments)]
    points = {"id": f"{url}#points", "type": ["ResultDescription"], "name": "Баллы", "resultType": "RawScore"}
    volume = {"id": f"{url}#hours", "type": ["ResultDescription"], "name": "Объём, академических часов"}
    return {
        "id": url,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": title,
        "description": "Исследование от вопроса до публичной защиты.",
        "criteria": {"narrative": "Защитить проект перед комиссией."},
        "alignment": alignments,
        "resultDescription": [
            {**points, "valueMin": "0", "valueMax": "100", "requiredValue": "60"},
            {**volume, "resultType": "ext:Hours"},
            *scales,
        ],
    }


def _alignment(number: int, code: str) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetCode": code,
        "targetName": f"Результат {code}",
        "targetUrl": f"https://cpo.sever.example/frameworks/outcomes/items/{number + 1}",
        "targetFramework": "Планируемые результаты",
    }


def _rubric(url: str, number: int, alignment: Mapping[str, Any]) -> dict[str, Any]:
    scale = f"{url}#result-{number}"
    steps = [
        {"id": f"{scale}-level-{step}", "type": ["RubricCriterionLevel"], "name": name, "level": str(step)}
        for step, name in enumerate(LEVELS, 1)
    ]
    return {
        "id": scale,
        "type": ["ResultDescription"],
        "name": alignment["targetName"],
        "resultType": "RubricCriterionLevel",
        "alignment": [dict(alignment)],
        "rubricCriterionLevel": steps,
        "requiredLevel": f"{scale}-level-2",
    }


def make_results(url: str, outcomes: tuple[tuple[str, int], ...], result: str, hours: int) -> list[dict[str, Any]]:
    return [
        {"type": ["Result"], "resultDescription": f"{url}#points", "value": result},
        {"type": ["Result"], "resultDescription": f"{url}#hours", "value": str(hours)},
        *(
            {
                "type": ["Result"],
                "resultDescription": f"{url}#result-{number}",
                "achievedLevel": f"{url}#result-{number}-level-{level}",
            }
            for number, (_, level) in enumerate(outcomes)
        ),
    ]
