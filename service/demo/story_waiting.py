"""What is under way when the visitor comes: one application on the agenda of a meeting, one to be compared, one just handed in."""

from collections.abc import Iterator

from service.demo.awarding import award
from service.demo.casework import S1, S3, Casework, apply, hand_in
from service.demo.municipality import ZONE
from service.demo.people import guardian_of
from service.demo.stage import Stage
from service.demo.story import Story
from service.demo.wallets import TITLES
from verifier.credit.calendar import WorkingDays

TITLE = "После сюжетов: что сейчас ждёт людей школ"
COMPONENT = "Индивидуальный проект"
ZLATA, MARIA, EGOR = "l9", "l5", "l4"
RESULTS = {ZLATA: "78", MARIA: "92", EGOR: "71"}
SCHOOL, PLACE = "s1", "Кабинет заместителя директора"

DAYS, AHEAD = WorkingDays(zone=ZONE), 6  # working days: still to come whenever the demonstration is opened, and in time


def play(stage: Stage) -> Iterator[str]:
    """Three learners show the same badge; none of them has a decision yet."""
    yield "2026-11-13 15:30"
    stage.console.print(f"\n[bold]{TITLE}[/bold]")
    with stage.step("Университет вручил значок ещё трём ученикам"):
        for learner, result in RESULTS.items():
            award(
                stage,
                by="rektorova",
                organisation="ugu",
                module="m08",
                learner=learner,
                event="Протокол защиты № 18 от 13 ноября",
                result=result,
            )
    yield "2026-11-16 18:20"
    zlata = Casework(stage, S1, _applied(stage, ZLATA, guardian_of(ZLATA)))
    maria = Casework(stage, S3, _applied(stage, MARIA, guardian_of(MARIA)))
    yield "2026-11-17 09:30"
    zlata.register()
    maria.register()
    yield "2026-11-18 10:10"
    zlata.accept()
    maria.accept()
    yield "2026-11-19 12:40"
    zlata.compare("Учитель подписал сопоставление: показаны все четыре результата")
    yield "2026-11-20 11:15"
    with stage.step("Делопроизводитель назначила заседание комиссии, члены комиссии получили повестку"):
        form, day = f"/credit/meetings/{SCHOOL}/new", DAYS.after(stage.today, AHEAD)
        stage.person(S1.secretary).submit(form, form, {"place": PLACE, "day": day.isoformat()})
    yield "2026-11-20 17:45"
    _applied(stage, EGOR, EGOR)


def _applied(stage: Stage, learner: str, by: str) -> str:
    with stage.step("Подано ещё одно заявление о зачёте индивидуального проекта"):
        return hand_in(stage, apply(stage, learner, COMPONENT, [TITLES["m08"]], by=by), by)


STORY = Story(scenario="", title=TITLE, play=play)
