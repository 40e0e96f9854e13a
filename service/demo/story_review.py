"""Scenario 11: the centre revokes a badge after the school has credited it; the order stands until the director decides."""

from collections.abc import Iterator

from schemas.errors import N_
from service.demo.casework import S2, Casework, apply, hand_in, read_case
from service.demo.people import guardian_of
from service.demo.prologue import LADA_M09
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import verdict_of

TITLE = N_("Значок отозван после зачёта: пересмотр начат, приказ пока действует")
COMPONENT, MODULE = "Первая помощь", "Первая помощь (практикум)"
RECOGNITION = "Зачёт результатов: ОБЗР: модуль «Первая помощь»"
LADA, CASE = "l7", "case of scenario 11"
REASON = "Протокол практикума оформлен с ошибкой"


def play(stage: Stage) -> Iterator[str]:
    """Credited, revoked, under review."""
    yield "2026-10-26 18:10"
    stage.title(TITLE)
    with stage.step("Отец подал заявление по значку «Первая помощь»"):
        review = apply(stage, LADA, COMPONENT, [MODULE], by=guardian_of(LADA))
        stage.remembered[CASE] = hand_in(stage, review, guardian_of(LADA))
    case = Casework(stage, S2, stage.remembered[CASE])
    yield "2026-10-27 09:40"
    case.register()
    yield "2026-10-28 11:00"
    case.accept()
    yield "2026-10-29 13:00"
    case.compare("Учитель подписал сопоставление: результат показан")
    yield "2026-10-30 15:00"
    case.decide("full", "Подписан протокол комиссии", mark="pass")
    yield "2026-11-02 12:00"
    case.order("61-у")
    yield "2026-11-02 16:00"
    case.notify(LADA)
    yield "2026-11-03 10:30"
    case.carry_out(10, "План изменён: освободилось 10 часов")
    yield "2026-11-18 11:00"
    with stage.step("Дом творчества отозвал значок"):
        page = stage.remembered[LADA_M09]
        stage.person("polyushkina").submit(page, f"{page}/revoke", {"reason": REASON})
    yield "2026-11-19 10:00"
    told = "Завуч начал пересмотр; решит директор, семья уведомлена"
    case.act(S2.deputy, "review", told, reason="Организация отозвала значок.")


def read_back(stage: Stage) -> Found:
    """The case and the plan as they stand until the director decides."""
    case = read_case(stage, CASE, guardian_of(LADA))
    expected = {
        "case": "under_review",
        "decision": "full",
        "plan": "credited",
        "freed": 10,
        "badge": "invalid",
        "recognition": "valid",
    }
    plan = case.get("plan", {})
    got = {
        "case": case.get("state"),
        "decision": case.get("extent"),
        "plan": plan.get("state"),
        "freed": plan.get("freed_hours"),
        "badge": verdict_of(stage, LADA, MODULE),
        "recognition": verdict_of(stage, LADA, RECOGNITION),
    }
    return Found("11", TITLE, expected, got)


STORY = Story(scenario="11", title=TITLE, play=play, read_back=read_back)
