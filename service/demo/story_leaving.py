"""Scenario 6 and its twin: what a centre awarded before it left stays good; what it dates back afterwards has no witness."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from keys import organisations, proofs
from schemas.dates import write_timestamp
from schemas.errors import N_
from service.database import unit_of_work
from service.demo.casework import S3, Casework, apply, hand_in, read_case
from service.demo.people import guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import file_of, verdict_of

TITLE = N_("Центр вышел из сети, а вручённое раньше остаётся в силе")
TWIN_TITLE = N_("Значок, который вышедший центр пометил прежней датой: проверка не может подтвердить дату")
COMPONENT, MODULE = "Экология родного края", "Биоэкологический мониторинг"
RECOGNITION = "Зачёт результатов: Экология родного края (курс по выбору)"
CENTRE, MARIA, CASE = "ebc", "l5", "case of scenario 6"
BACKDATED = "badge of scenario 6, twin"


def play(stage: Stage) -> Iterator[str]:
    """Credited while the centre was a member; the centre leaves on the day that the network's list announced."""
    yield "2026-10-20 18:40"
    stage.title(TITLE)
    with stage.step("Отец подал заявление по значку эколого-биологического центра"):
        review = apply(stage, MARIA, COMPONENT, [MODULE], by=guardian_of(MARIA))
        stage.remembered[CASE] = hand_in(stage, review, guardian_of(MARIA))
    case = Casework(stage, S3, stage.remembered[CASE])
    yield "2026-10-21 09:30"
    case.register()
    yield "2026-10-22 10:30"
    case.accept()
    yield "2026-10-23 12:00"
    case.compare("Учитель подписал сопоставление: показаны оба результата")
    yield "2026-10-26 14:30"
    case.decide("full", "Подписан протокол комиссии", mark="pass")
    yield "2026-10-27 11:30"
    case.order("88-у")
    yield "2026-10-27 15:00"
    case.notify(MARIA)
    yield "2026-10-28 10:30"
    case.carry_out(34, "План изменён: освободилось 34 часа")
    yield "2026-11-17 12:00"
    with stage.step("Центр больше не состоит в сети; значок Марии проверен ещё раз"):
        stage.verdict(file_of(stage, MARIA, MODULE))


def play_twin(stage: Stage) -> Iterator[str]:
    """With its own key, outside the program, the centre signs a badge under a day on which it was still a member."""
    yield "2026-11-18 13:00"
    stage.title(TWIN_TITLE)
    with stage.step("Вышедший центр подписал значок задним числом и никому его не показывал до сегодняшнего дня"):
        stage.remembered[BACKDATED] = _dated_back(stage).decode()
    with stage.step("Его проверил кто угодно"):
        stage.verdict(stage.remembered[BACKDATED].encode())


def _dated_back(stage: Stage) -> bytes:
    document: dict[str, Any] = json.loads(file_of(stage, MARIA, MODULE))
    now = stage.clock()
    then = now - timedelta(days=10)
    document = {name: value for name, value in document.items() if name != "proof"}
    document |= {"id": f"urn:uuid:{uuid4()}", "validFrom": write_timestamp(then), "awardedDate": write_timestamp(then)}
    with unit_of_work(stage.parts.engine) as session:
        signer = organisations.signer_for(session, stage.parts.store, CENTRE, now)
    return json.dumps(proofs.add(document, signer, created=then), ensure_ascii=False).encode()


def read_back(stage: Stage) -> Found:
    """The decision and both badges, after the centre has left; and that it has left indeed."""
    case = read_case(stage, CASE, guardian_of(MARIA))
    expected = {"case": "closed", "decision": "full", "centre_left": True, "badge": "valid", "recognition": "valid"}
    got = {
        "case": case.get("state"),
        "decision": case.get("extent"),
        "centre_left": _left(stage),
        "badge": verdict_of(stage, MARIA, MODULE),
        "recognition": verdict_of(stage, MARIA, RECOGNITION),
    }
    return Found("6", TITLE, expected, got)


def _left(stage: Stage) -> bool | None:
    """What the network's public list says of the centre."""
    members = stage.stranger().read("/trust")["members"]
    until = next((member.get("memberUntil") for member in members if member["code"] == CENTRE), None)
    return None if until is None else str(until) <= write_timestamp(stage.clock())


def read_twin(stage: Stage) -> Found:
    """The verdict, and whether it is the date alone that nobody confirms."""
    badge = stage.remembered.get(BACKDATED)
    expected = {"verdict": "cannot_tell", "doubtful": ["membership", "witness"], "failed": []}
    if badge is None:
        return Found("6.2", TWIN_TITLE, expected, {})
    report = stage.stranger().send("/api/verify", badge.encode()).json()["credentials"][0]
    outcomes = {check["check"]: check["outcome"] for check in report["checks"]}
    got = {
        "verdict": report["verdict"],
        "doubtful": [name for name, outcome in outcomes.items() if outcome == "unknown"],
        "failed": [name for name, outcome in outcomes.items() if outcome == "failed"],
    }
    return Found("6.2", TWIN_TITLE, expected, got)


STORY = Story(scenario="6", title=TITLE, play=play, read_back=read_back)
TWIN = Story(scenario="6.2", title=TWIN_TITLE, play=play_twin, read_back=read_twin)
