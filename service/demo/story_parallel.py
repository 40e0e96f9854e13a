"""Scenario 14: the family keeps a result without credit, by its own choice."""

from collections.abc import Iterator

from schemas.errors import N_
from service.demo.awarding import award
from service.demo.casework import read_line
from service.demo.people import account_of, guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import TITLES, verdict_of

TITLE = N_("Семья не просит зачёта: значок остаётся в кошельке, план прежний")
COMPONENT, LADA = "Индивидуальный проект", "l7"


def play(stage: Stage) -> Iterator[str]:
    """Awarded, and by the family's explicit choice not credited."""
    yield "2026-11-05 14:20"
    stage.title(TITLE)
    with stage.step("Университет вручил Ладе значок «Исследовательский проект»"):
        event = "Протокол защиты № 19 от 5 ноября"
        award(stage, by="rektorova", organisation="ugu", module="m08", learner=LADA, event=event, result="74")
    yield "2026-11-06 19:15"
    with stage.step("Отец выбрал: учиться параллельно, без зачёта"):
        _choose(stage)


def _choose(stage: Stage) -> None:
    family, plan = stage.person(guardian_of(LADA)), f"/credit/plans/{account_of(LADA)}"
    line = read_line(stage, LADA, COMPONENT, guardian_of(LADA))
    family.submit(plan, f"{plan}/parallel", {"item": str(line["id"]), "act": "choose"})


def read_back(stage: Stage) -> Found:
    """The plan, which no case has touched, and the wallet."""
    line = read_line(stage, LADA, COMPONENT, guardian_of(LADA))
    expected = {"plan": "open", "track": "parallel", "case": None, "freed": 0, "badge": "valid"}
    got = {
        "plan": line.get("state"),
        "track": line.get("track"),
        "case": line.get("case", "no line"),
        "freed": line.get("freed_hours"),
        "badge": verdict_of(stage, LADA, TITLES["m08"]),
    }
    return Found("14", TITLE, expected, got)


STORY = Story(scenario="14", title=TITLE, play=play, read_back=read_back)
