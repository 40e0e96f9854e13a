"""Scenario 2 and its twin: M01 shows two of three outcomes; the school assesses the third, or credits the closed part alone."""

from collections.abc import Iterator

from schemas.errors import N_
from service.demo.casework import S1, Casework, apply, hand_in, read_case
from service.demo.people import guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import TITLES, verdict_of

TITLE = N_("Чего не хватило, показано в школе: раздел «Программирование» зачтён полностью")
TWIN_TITLE = N_("То же без оценивания: зачтён закрытый раздел, 20 часов остаются")
COMPONENT = "Программирование"
RECOGNITION = "Зачёт результатов: Информатика (углублённый уровень): раздел «Программирование»"
PART = f"{RECOGNITION}: Алгоритмы и программы"
CASE, TWIN_CASE = "case of scenario 2", "case of scenario 2, twin"
GAP = "ИНФ.3"
ALINA, ZLATA = "l1", "l9"


def play(stage: Stage) -> Iterator[str]:
    """Assessment of the gap, then full credit."""
    yield "2026-10-12 18:30"
    stage.title(TITLE)
    case = _applied(stage, ALINA, CASE, assessment=True)
    yield "2026-10-13 09:20"
    case.register()
    yield "2026-10-14 10:00"
    case.accept()
    told = "Не показан результат ИНФ.3: завуч назначил оценивание и заранее предупредил семью"
    case.assess_later(told, "Кабинет 12, 14:00: запросы к базе данных школы.")
    yield "2026-11-05 15:30"
    answers = {"came": "yes", f"level.{GAP}": "2", "reason": "Составлены и выполнены пять запросов."}
    case.act(S1.teacher, "finish-assessment", "Учитель записал итог: результат показан на базовом уровне", **answers)
    yield "2026-11-06 15:00"
    case.decide("full", "Подписан протокол комиссии: зачесть полностью", mark="5")
    yield "2026-11-09 10:30"
    case.order("207-у")
    yield "2026-11-09 14:00"
    case.notify(ALINA)
    yield "2026-11-10 09:40"
    case.carry_out(68, "План изменён: зачтены все 68 часов")


def play_twin(stage: Stage) -> Iterator[str]:
    """No assessment: what is met closes a part, and the family agrees to it."""
    yield "2026-10-13 18:00"
    stage.title(TWIN_TITLE)
    case = _applied(stage, ZLATA, TWIN_CASE, assessment=False)
    yield "2026-10-14 09:30"
    case.register()
    yield "2026-10-15 10:00"
    case.accept()
    yield "2026-10-19 12:10"
    case.compare("Учитель подписал сопоставление: показаны два результата из трёх")
    yield "2026-10-20 15:30"
    case.decide("partial", "Подписан протокол: зачесть раздел 1.1, раздел 1.2 изучается в классе", mark="4")
    case.act(guardian_of(ZLATA), "agree-proposal", "Отец согласился с частичным зачётом")
    yield "2026-10-21 11:00"
    case.order("198-у")
    yield "2026-10-21 15:00"
    case.notify(ZLATA)
    yield "2026-10-22 10:00"
    case.carry_out(48, "План изменён: зачтено 48 часов, остаётся 20")


def _applied(stage: Stage, learner: str, key: str, *, assessment: bool) -> Casework:
    guardian = guardian_of(learner)
    agreed = "на оценивание согласны" if assessment else "без оценивания"
    with stage.step(f"Семья подала заявление по значку «Программирование на Python», {agreed}"):
        review = apply(stage, learner, COMPONENT, [TITLES["m01"]], by=guardian, assessment=assessment)
        stage.remembered[key] = hand_in(stage, review, guardian)
    return Casework(stage, S1, stage.remembered[key])


def read_back(stage: Stage) -> Found:
    """The case, how the gap was closed, the plan and the school's badge."""
    case = read_case(stage, CASE, guardian_of(ALINA))
    gaps = [row["evidence"] for row in case.get("rows", ()) if row["code"] == GAP]
    expected = {"case": "closed", "decision": "full", "shown_at_school": True, "freed": 68, "recognition": "valid"}
    got = {
        "case": case.get("state"),
        "decision": case.get("extent"),
        "shown_at_school": gaps == ["assessment"],
        "freed": case.get("plan", {}).get("freed_hours"),
        "recognition": verdict_of(stage, ALINA, RECOGNITION),
    }
    return Found("2", TITLE, expected, got)


def read_twin(stage: Stage) -> Found:
    """The case, what was credited and what is left to study."""
    case = read_case(stage, TWIN_CASE, guardian_of(ZLATA))
    plan = case.get("plan", {})
    expected = {"case": "closed", "decision": "partial", "parts": ["1.1"], "residue": 20, "recognition": "valid"}
    got = {
        "case": case.get("state"),
        "decision": case.get("extent"),
        "parts": case.get("parts"),
        "residue": plan["hours"] - plan["freed_hours"] if plan else None,
        "recognition": verdict_of(stage, ZLATA, PART),
    }
    return Found("2.2", TWIN_TITLE, expected, got)


STORY = Story(scenario="2", title=TITLE, play=play, read_back=read_back)
TWIN = Story(scenario="2.2", title=TWIN_TITLE, play=play_twin, read_back=read_twin)
