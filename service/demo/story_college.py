"""Scenario 9: the other way round, a college credits a module of supplementary education; what it only lists is assessed."""

from collections.abc import Iterator

from schemas.errors import N_
from service.demo.casework import KOL, Casework, apply, hand_in, read_case
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import verdict_of

TITLE = N_("Колледж засчитывает модуль дополнительного образования как практику")
COMPONENT, MODULE = "электромонтаж", "Электроника и монтаж"
RECOGNITION = "Зачёт результатов: Практика по электромонтажу"
ROMAN, CASE = "l8", "case of scenario 9"
OUTCOMES = ("ПРОФ.1", "ПРОФ.2")


def play(stage: Stage) -> Iterator[str]:
    """The badge lists the outcomes as taught; the college assesses them; the commission has no assessor in it."""
    yield "2026-10-23 12:00"
    stage.title(TITLE)
    with stage.step("Роман, студент колледжа, сам подал заявление и согласился на оценивание"):
        stage.remembered[CASE] = hand_in(stage, apply(stage, ROMAN, COMPONENT, [MODULE]), ROMAN)
    case = Casework(stage, KOL, stage.remembered[CASE])
    yield "2026-10-23 15:00"
    case.register()
    yield "2026-10-26 10:00"
    case.accept()
    told = "Значок только перечисляет результаты: завуч назначил оценивание"
    case.assess_later(told, "Мастерская 3, 10:00: сборка щита по чертежу.")
    yield "2026-11-16 14:30"
    answers = {"came": "yes", **{f"level.{code}": "2" for code in OUTCOMES}, "reason": "Щит собран, работает."}
    case.act(KOL.teacher, "finish-assessment", "Мастер записал итоги: оба результата показаны", **answers)
    yield "2026-11-17 15:00"
    case.decide("full", "Подписан протокол комиссии, оценивавших в ней нет", mark="4")
    yield "2026-11-18 10:00"
    case.order("31-у")
    yield "2026-11-18 13:00"
    case.notify(ROMAN, guardian=False)
    yield "2026-11-19 11:00"
    case.carry_out(72, "План изменён: освободилось 72 часа")


def read_back(stage: Stage) -> Found:
    """The case, how the outcomes were shown, who assessed and who voted."""
    case = read_case(stage, CASE, ROMAN)
    shown = sorted({row["evidence"] for row in case.get("rows", ()) if row["code"] in OUTCOMES})
    parties = [step["party"] for step in case.get("steps", ()) if step["event"] == "finish-assessment"]
    expected = {
        "case": "closed",
        "decision": "full",
        "shown_by": ["assessment"],
        "assessed_by": ["teacher"],
        "freed": 72,
        "recognition": "valid",
    }
    got = {
        "case": case.get("state"),
        "decision": case.get("extent"),
        "shown_by": shown,
        "assessed_by": parties,
        "freed": case.get("plan", {}).get("freed_hours"),
        "recognition": verdict_of(stage, ROMAN, RECOGNITION),
    }
    return Found("9", TITLE, expected, got)


STORY = Story(scenario="9", title=TITLE, play=play, read_back=read_back)
