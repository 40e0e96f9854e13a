"""Scenarios 4 and 7: results of a partner recorded under a contract, and what a learner takes along to another school."""

from collections.abc import Iterator

from schemas.errors import N_
from service.database import unit_of_work
from service.demo.casework import read_line
from service.demo.contracting import Agreed, conclude, record
from service.demo.people import account_of, guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import verdict_of
from service.identity import roll

TITLE = N_("Программа колледжа записана в план по договору: без заявления и комиссии")
MOVE_TITLE = N_("Практикум по физике записан по договору, потом ученик переходит в другую школу")
MODELLING, PRACTICUM = "3D-моделирование и прототипирование", "Физический практикум углублённого уровня"
COLLEGE = Agreed(
    school="s2",
    deputy="osokina",
    title="Совместная программа по труду (технологии)",
    number="СФ-12",
    partner="Североозёрский многопрофильный колледж",
    role="participant",
    code="m03",
    name=MODELLING,
    hours=34,
    component="3D-моделирование",
)
RESOURCE_SCHOOL = Agreed(
    school="s3",
    deputy="tundrin",
    title="Физический практикум на базе ресурсной школы",
    number="СФ-15",
    partner="Североозёрская СОШ № 1",
    role="resource",
    code="m05",
    name=PRACTICUM,
    hours=68,
    component="практикум",
)
SOFIA, PAVEL = "l3", "l6"
OLD_SCHOOL, NEW_SCHOOL = "tundrin", "ryabinin"


def play(stage: Stage) -> Iterator[str]:
    """Contract, badge, plan."""
    yield "2026-10-15 11:00"
    stage.title(TITLE)
    with stage.step("Гимназия внесла договор с колледжем о сетевой форме и ввела его в действие"):
        contract = conclude(stage, COLLEGE)
    yield "2026-10-16 10:10"
    with stage.step("Завуч проверил значок Софьи и записал результат в план по договору"):
        record(stage, contract, COLLEGE.deputy, SOFIA, MODELLING)


def play_move(stage: Stage) -> Iterator[str]:
    """The same in the rural school; then the learner moves, and badge and plan go along."""
    yield "2026-10-21 11:30"
    stage.title(MOVE_TITLE)
    with stage.step("Приозёрная школа внесла договор с ресурсной школой"):
        contract = conclude(stage, RESOURCE_SCHOOL)
    yield "2026-10-22 10:00"
    with stage.step("Завуч записал результат Павла в план по договору"):
        record(stage, contract, RESOURCE_SCHOOL.deputy, PAVEL, PRACTICUM)
    yield "2026-11-17 09:00"
    with stage.step("Павла перевели в школу № 1: запись в списке учеников"):
        _move(stage)


def _move(stage: Stage) -> None:
    """The roll has no page: a school's clerk writes it, here as there, with `roll.enrol`."""
    with unit_of_work(stage.parts.engine) as session:
        row = roll.find(session, account_of(PAVEL))
        learner = roll.NewLearner(
            id=row.id,
            number=row.number,
            family_name=row.family_name,
            given_name=row.given_name,
            patronymic=row.patronymic,
            born=row.born,
        )
        roll.enrol(session, learner, school="s1", grade="10", since=stage.today)


def read_back(stage: Stage) -> Found:
    """The plan as the family reads it: credited on the network track, by no case."""
    line = read_line(stage, SOFIA, "3D-моделирование", guardian_of(SOFIA))
    expected = {"plan": "credited", "track": "network", "case": None, "freed": 12, "mark": "pass", "badge": "valid"}
    got = {
        "plan": line.get("state"),
        "track": line.get("track"),
        "case": line.get("case", "no line"),
        "freed": line.get("freed_hours"),
        "mark": line.get("mark"),
        "badge": verdict_of(stage, SOFIA, MODELLING),
    }
    return Found("4", TITLE, expected, got)


def read_move(stage: Stage) -> Found:
    """What went along, and which school may read it now."""
    plan = f"/api/credit/plans/{account_of(PAVEL)}"
    line = read_line(stage, PAVEL, "практикум")
    reads = {who: stage.person(who).get(plan, accept="application/json").status for who in (OLD_SCHOOL, NEW_SCHOOL)}
    expected = {
        "plan": "credited",
        "track": "network",
        "mark": "4",
        "badge": "valid",
        "old_school_reads": False,
        "new_school_reads": True,
    }
    got = {
        "plan": line.get("state"),
        "track": line.get("track"),
        "mark": line.get("mark"),
        "badge": verdict_of(stage, PAVEL, PRACTICUM),
        "old_school_reads": reads[OLD_SCHOOL] == 200,  # noqa: PLR2004 - HTTP
        "new_school_reads": reads[NEW_SCHOOL] == 200,  # noqa: PLR2004 - HTTP
    }
    return Found("7", MOVE_TITLE, expected, got)


STORY = Story(scenario="4", title=TITLE, play=play, read_back=read_back)
MOVE = Story(scenario="7", title=MOVE_TITLE, play=play_move, read_back=read_move)
