"""Scenario 10: Софья tells of an olympiad herself; it stays in pencil until her class teacher has seen the diploma."""

import json
from collections.abc import Iterator

from schemas.attestation import KIND
from schemas.errors import N_
from service.demo.casework import S2
from service.demo.people import account_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import file_of, held, verdict_of

TITLE = N_("Ученица сама записала олимпиаду: до подтверждения школой запись остаётся карандашной")
SOFIA, OLYMPIAD = "l3", "Олимпиада по технологии, окружной этап"
ATTESTATION = f"Подтверждение достижения: {OLYMPIAD}"
PICTURE = "3D-моделирование и прототипирование"
RECORDS = f"/wallet/{account_of(SOFIA)}/portfolio/records"
PENCIL = "badges before the confirmation of scenario 10"


def play(stage: Stage) -> Iterator[str]:
    """A record in pencil, before a teacher, confirmed."""
    yield "2026-11-09 17:30"
    stage.title(TITLE)
    with stage.step("Софья записала олимпиаду и приложила снимок диплома"):
        record = _told(stage)
        stage.remembered[PENCIL] = ",".join(title for title in held(stage, SOFIA) if title == ATTESTATION)
    with stage.step("Софья попросила школу подтвердить"):
        stage.person(SOFIA).submit(record, f"{record}/ask", {})
    yield "2026-11-10 14:00"
    with stage.step("Классный руководитель посмотрела диплом и подтвердила от имени гимназии"):
        page = f"/portfolio/queue/{record.rpartition('/')[2]}"
        stage.person(S2.teacher).submit(page, page, {"act": "confirm"})
    stage.work()


def _told(stage: Stage) -> str:
    """The page of the new record, with a picture."""
    answers: dict[str, str | list[str]] = {
        "title": OLYMPIAD,
        "section": "study",
        "organiser": "Управление образования",
        "result": "призёр",
        "held_on": stage.municipality.day("2026-10-30").isoformat(),
        "scale": "municipal",
        "story": "Чертила и печатала деталь для подъёмника.",
    }
    visitor = stage.person(SOFIA)
    record = visitor.submit(f"{RECORDS}/new", RECORDS, answers).path
    picture = file_of(stage, SOFIA, PICTURE, "png")
    visitor.accepted(visitor.upload(record, f"{record}/files", {}, {"file": picture}))
    return record


def read_back(stage: Stage) -> Found:
    """What lay in the wallet before and lies there now, who says it, and that no school could credit it."""
    expected = {
        "signed_before": "",
        "attestation": "valid",
        "says": "МБОУ «Гимназия № 2»",
        "kind": KIND,
        "creditable": False,
    }
    got: dict[str, object] = {
        "signed_before": stage.remembered.get(PENCIL),
        "attestation": verdict_of(stage, SOFIA, ATTESTATION),
    }
    if got["attestation"] is not None:
        document = json.loads(file_of(stage, SOFIA, ATTESTATION))
        achievement = document["credentialSubject"]["achievement"]
        got |= {
            "says": document["issuer"]["name"],
            "kind": achievement["achievementType"],
            "creditable": "не для зачёта результатов" not in achievement.get("tag", ()),
        }
    return Found("10", TITLE, expected, got)


STORY = Story(scenario="10", title=TITLE, play=play, read_back=read_back)
