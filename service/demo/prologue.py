"""What happened before the stories: awards of other modules, so that every wallet holds something."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.demo.awarding import award
from service.demo.stage import Stage
from service.demo.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One earlier award."""

    at: str
    by: str
    organisation: str
    module: str
    learner: str
    event: str
    result: str = ""


AWARDS = (
    Earlier(
        at="2026-10-02 17:00",
        by="kvartsev",
        organisation="kva",
        module="m01",
        learner="l1",
        event="Ведомость № 1 от 2 октября",
        result="91",
    ),
    Earlier(
        at="2026-10-02 17:10",
        by="kvartsev",
        organisation="kva",
        module="m01",
        learner="l9",
        event="Ведомость № 1 от 2 октября",
        result="76",
    ),
    Earlier(
        at="2026-10-12 14:00",
        by="kvartsev",
        organisation="kva",
        module="m02",
        learner="l2",
        event="Ведомость № 3 от 12 октября",
        result="2",
    ),
    Earlier(
        at="2026-10-14 16:10",
        by="dratvin",
        organisation="kol",
        module="m03",
        learner="l3",
        event="Ведомость № 8 от 14 октября",
    ),
    Earlier(
        at="2026-10-15 13:30",
        by="rektorova",
        organisation="ugu",
        module="m07",
        learner="l4",
        event="Итоговый тест 15 октября",
        result="82",
    ),
    Earlier(
        at="2026-10-16 12:00",
        by="lishaynikov",
        organisation="ebc",
        module="m06",
        learner="l5",
        event="Полевой отчёт от 16 октября",
    ),
    Earlier(
        at="2026-10-20 15:45",
        by="brusnitsyn",
        organisation="s1",
        module="m05",
        learner="l6",
        event="Ведомость № 12 от 20 октября",
        result="4",
    ),
    Earlier(
        at="2026-10-22 11:15",
        by="polyushkina",
        organisation="ddt",
        module="m09",
        learner="l7",
        event="Ведомость № 4 от 22 октября",
    ),
    Earlier(
        at="2026-10-22 11:25",
        by="polyushkina",
        organisation="ddt",
        module="m11",
        learner="l8",
        event="Демонстрационный экзамен 21 октября",
        result="78",
    ),
    Earlier(
        at="2026-10-28 12:40",
        by="polyushkina",
        organisation="ddt",
        module="m09",
        learner="l1",
        event="Ведомость № 6 от 28 октября",
    ),
)

MISTAKEN = Earlier(
    at="2026-10-29 10:05",
    by="polyushkina",
    organisation="ddt",
    module="m12",
    learner="l8",
    event="Список отряда от 28 октября",
)
LADA_M09 = "page of the award of M09 to Лада"
TITLE = "До сюжетов: партнёры вручают значки за осенние модули"
REASON = "Значок вручён по ошибке: ученик не участвовал в акциях"


def play(stage: Stage) -> Iterator[str]:
    """Make the earlier awards in their order."""
    stage.console.print(f"\n[bold]{TITLE}[/bold]")
    titles = {module.code: module.name for module in stage.municipality.modules}
    for earlier in AWARDS:
        yield earlier.at
        with stage.step(f"Вручён значок «{titles[earlier.module]}»"):
            page = _award(stage, earlier)
            if (earlier.module, earlier.learner) == ("m09", "l7"):
                stage.remembered[LADA_M09] = page
    yield MISTAKEN.at
    with stage.step("Один значок вручён по ошибке и отозван"):
        page = _award(stage, MISTAKEN)
        stage.person(MISTAKEN.by).submit(page, f"{page}/revoke", {"reason": REASON})


def _award(stage: Stage, earlier: Earlier) -> str:
    return award(
        stage,
        by=earlier.by,
        organisation=earlier.organisation,
        module=earlier.module,
        learner=earlier.learner,
        event=earlier.event,
        result=earlier.result,
    )


STORY = Story(scenario="", title=TITLE, play=play)
