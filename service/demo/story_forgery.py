"""Scenario 12: a copy of a badge with changed points is shown to the employer."""

import json
from collections.abc import Iterator

from schemas.errors import N_
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import badge_file, learner_names

TITLE = N_("Работодателю показали файл с изменёнными баллами")
FROM, TO = "87", "100"


def play(stage: Stage) -> Iterator[str]:
    """Somebody changes the points in a copy; the employer's specialist puts it into the verifier."""
    yield "2026-11-16 11:20"
    stage.title(TITLE)
    with stage.step("Кто-то исправил баллы в копии файла и показал её предприятию"):
        shown = tampered(stage)
    with stage.step("Специалист предприятия проверил файл: недействителен, содержание изменено после подписания"):
        specialist = stage.person("tokarev")
        specialist.accepted(specialist.attempt("/verify", "/verify", {"text": shown.decode()}))


def tampered(stage: Stage) -> bytes:
    """A copy of the badge with the points changed."""
    document = json.loads(badge_file(stage, "m08"))
    for result in document["credentialSubject"]["result"]:
        if result.get("value") == FROM:
            result["value"] = TO
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def read_back(stage: Stage) -> Found:
    """What the public verifier says of the copy, and whether its page names anybody or repeats the changed points."""
    forged = tampered(stage)
    report = stage.stranger().send("/api/verify", forged).json()["credentials"][0]
    page = stage.stranger().attempt("/verify", "/verify", {"text": forged.decode()})
    leaked = [name for name in learner_names(stage) if name in page.text or name in forged.decode()]
    expected = {"verdict": "invalid", "failed": ["proof"], "names_shown": []}
    failed = [check["check"] for check in report["checks"] if check["outcome"] == "failed"]
    return Found("12", TITLE, expected, {"verdict": report["verdict"], "failed": failed, "names_shown": leaked})


STORY = Story(scenario="12", title=TITLE, play=play, read_back=read_back)
