"""Scenario 5: Егор is of age, shows one outcome of two and wants no assessment; refused with reasons, his appeal rejected."""

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.errors import N_
from service.demo.casework import S2, Casework, apply, hand_in, read_case
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import verdict_of

TITLE = N_("Показан один результат из двух, от оценивания ученик отказался: мотивированный отказ")
COMPONENT, MODULE = "Финансовая грамотность", "Финансовая грамотность в цифровом мире"
GAP, REASON = "ФИН.2", "В программе курса нет прав потребителя, оценивать этот результат ученик не захотел."
EGOR, CASE = "l4", "case of scenario 5"
TERM = 3  # working days for telling a refusal (R11)


def play(stage: Stage) -> Iterator[str]:
    """From the application of a grown-up learner to the rejected appeal."""
    yield "2026-10-26 16:20"
    stage.title(TITLE)
    with stage.step("Егору исполнилось 18: он сам подал заявление и отказался от оценивания"):
        review = apply(stage, EGOR, COMPONENT, [MODULE], assessment=False)
        stage.remembered[CASE] = hand_in(stage, review, EGOR)
    case = Casework(stage, S2, stage.remembered[CASE])
    yield "2026-10-27 09:00"
    case.register()
    yield "2026-10-28 10:00"
    case.accept()
    yield "2026-10-29 12:30"
    case.compare("Учитель подписал сопоставление: показан один результат из двух")
    yield "2026-10-30 14:00"
    case.decide("refuse", "Подписан протокол комиссии: отказать", reason="Половина обязательного не показана.")
    yield "2026-11-02 10:00"
    case.refuse("56-о", {GAP: REASON})
    yield "2026-11-03 11:00"
    case.notify(EGOR, guardian=False)
    yield "2026-11-09 18:00"
    case.act(EGOR, "appeal", "Егор подал возражение", reason="Права потребителя мы разбирали на семинаре.")
    yield "2026-11-12 15:00"
    told = "Комиссия по урегулированию споров отклонила возражение и написала почему"
    case.act(
        S2.disputes, "reject-appeal", told, reason="Семинара нет ни в программе, ни в значке. Можно пройти оценивание."
    )


def read_back(stage: Stage) -> Found:
    """The decision, its reasons, how soon it was told, the appeal; the badge stays good."""
    case = read_case(stage, CASE, EGOR)
    steps = {step["event"]: step for step in case.get("steps", ())}
    expected = {
        "case": "closed",
        "decision": "refuse",
        "told_in_time": True,
        "appeal": "closed",
        "plan": "open",
        "badge": "valid",
    }
    got = {
        "case": case.get("state"),
        "decision": case.get("extent"),
        "told_in_time": _told_in_time(case.get("decided_on"), steps.get("notify", {}).get("at")),
        "appeal": steps.get("reject-appeal", {}).get("state"),
        "plan": case.get("plan", {}).get("state"),
        "badge": verdict_of(stage, EGOR, MODULE),
    }
    return Found("5", TITLE, expected, got)


def _told_in_time(decided: str | None, told: str | None) -> bool | None:
    """Whether at most three days from Monday to Friday lie between; days off can only lengthen the term."""
    if decided is None or told is None:
        return None
    first, last = date.fromisoformat(decided), date.fromisoformat(told[:10])
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return sum(day.isoweekday() <= 5 for day in days) <= TERM  # noqa: PLR2004 - Friday


STORY = Story(scenario="5", title=TITLE, play=play, read_back=read_back)
