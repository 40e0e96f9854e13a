"""Scenario 1: the university's badge M08 becomes credit for the individual project at Алина's school."""

from collections.abc import Iterator

from schemas.errors import N_
from service.demo import sabotage
from service.demo.awarding import award
from service.demo.casework import S1, Casework, apply, hand_in, read_case
from service.demo.people import guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import LEARNER, TITLES, badge_file, badges

TITLE = N_("Значок вуза «Исследовательский проект» засчитан школой как индивидуальный проект")
COMPONENT = "Индивидуальный проект"
CASE = "case of scenario 1"
MOTHER = guardian_of(LEARNER)


def play(stage: Stage) -> Iterator[str]:
    """From the award to the school's own badge."""
    yield "2026-10-30 15:20"
    stage.title(TITLE)
    _award(stage)
    for name, act in sabotage.ACTS.items():
        if name in stage.breaks:
            act(stage)
    yield "2026-11-02 19:40"
    with stage.step("Мама выбрала часть плана «Индивидуальный проект» и значок"):
        review = apply(stage, LEARNER, COMPONENT, [TITLES["m08"]], by=MOTHER)
    with stage.step("Мама ещё раз всё прочитала и подала заявление о зачёте результатов"):
        stage.remembered[CASE] = hand_in(stage, review, MOTHER)
    case = Casework(stage, S1, stage.remembered[CASE])
    yield "2026-11-03 09:10"
    case.register()
    yield "2026-11-05 10:00"
    case.accept()
    yield "2026-11-09 12:30"
    case.compare("Учитель подписал сопоставление: показаны все четыре результата")
    yield "2026-11-10 15:00"
    extent = "refuse" if sabotage.DECIDE in stage.breaks else "full"
    case.decide(extent, "Подписан протокол комиссии", mark="5")
    yield "2026-11-11 11:00"
    case.order("214-у")
    yield "2026-11-12 09:30"
    case.notify(LEARNER)
    yield "2026-11-13 10:15"
    case.carry_out(34, "План изменён: часть зачтена, освободилось 34 часа")


def _award(stage: Stage) -> None:
    with stage.step("Университет вручил Алине значок: 87 баллов из 100, подпись поставлена и проверена"):
        stage.remembered[sabotage.AWARD_PAGE] = award(
            stage,
            by="rektorova",
            organisation="ugu",
            module="m08",
            learner=LEARNER,
            event="Протокол защиты № 17 от 30 октября",
            result="87",
        )
    with stage.step("Значок лежит в кошельке Алины"):
        badge_file(stage, "m08")


def read_back(stage: Stage) -> Found:
    """The case as its family reads it, the plan, the wallet, and what a stranger's verification says of both badges."""
    expected = {
        "case": "closed",
        "decision": "full",
        "plan": "credited",
        "badge": "valid",
        "recognition": "valid",
        "in_wallet": True,
    }
    held, case = badges(stage), read_case(stage, CASE, MOTHER)
    return Found(
        "1",
        TITLE,
        expected,
        {
            "case": case.get("state"),
            "decision": case.get("extent"),
            "plan": case.get("plan", {}).get("state"),
            "badge": stage.verdict(badge_file(stage, "m08")) if "m08" in held else None,
            "recognition": stage.verdict(badge_file(stage, "credit")) if "credit" in held else None,
            "in_wallet": "credit" in held,
        },
    )


STORY = Story(scenario="1", title=TITLE, play=play, read_back=read_back)
