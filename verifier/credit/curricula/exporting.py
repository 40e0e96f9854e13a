"""Curricula and directories as tables that can be brought again, and tables to fill in: an empty one and an example."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from schemas.spreadsheets import Row
from verifier.credit.curricula import entries, rows
from verifier.credit.curricula.cells import AREAS, KINDS, NO, YES
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.planning import Component
from verifier.credit.curricula.versions import Content
from verifier.credit.matching import LEVELS, OutcomeKind, Part, Plan, Planned
from verifier.credit.tables import Area

Lines = Iterator[Row]


def curriculum(components: Iterable[Component]) -> Lines:
    """One line for each planned outcome, under the headings; Russian, as all tables of a school."""
    yield list(rows.HEADINGS.values())
    for one in components:
        parts = {part.code: part for part in one.content.plan.parts}
        for outcome in one.content.plan.outcomes:
            yield _line(one, outcome, parts.get(outcome.part or ""))


def directory(outcomes: Iterable[Entry]) -> Lines:
    """One line for each outcome, under the headings."""
    yield list(entries.HEADINGS.values())
    for one in outcomes:
        yield [one.code, one.name, KINDS[one.kind], one.section, one.url]


def blank(kind: str) -> Lines:
    """The headings alone."""
    yield list((rows.HEADINGS if kind == "curriculum" else entries.HEADINGS).values())


def example(kind: str) -> Lines:
    """An invented school's table, to see how it is filled in."""
    return curriculum(EXAMPLE) if kind == "curriculum" else directory(EXAMPLE_OUTCOMES)


def _line(one: Component, outcome: Planned, part: Part | None) -> Sequence[str | int]:
    from_part: Sequence[str | int] = (part.code, part.title, part.hours) if part else ("", "", "")
    return [
        one.grade,
        one.content.title,
        one.code,
        AREAS[one.area],
        one.content.plan.hours,
        *from_part,
        outcome.code,
        outcome.name,
        KINDS[outcome.kind],
        LEVELS[outcome.level],
        YES if outcome.required else NO,
        YES if outcome.assessable else NO,
        outcome.url,
    ]


_LEARNS: Final = {
    "ИНФ.1": "Пишет программы на Python с массивами, строками и файлами",
    "ИНФ.2": "Анализирует алгоритмы и оценивает их сложность",
    "ИНФ.3": "Проектирует базы данных и составляет запросы",
    "ЭКО.1": "Планирует полевое исследование и работает с микроскопом",
    "ЭКО.2": "Описывает экосистему и нагрузку на неё",
    "МП.П2": "Проводит исследование: ставит вопрос, проверяет предположение",
}


def _planned(code: str, level: int, *, part: str | None = None, required: bool = True) -> Planned:
    kind = OutcomeKind.META if code.startswith("МП") else OutcomeKind.SUBJECT
    return Planned(code=code, name=_LEARNS[code], kind=kind, level=level, part=part, required=required)


EXAMPLE: Final = (
    Component(
        id="",
        code="ИНФ-10",
        grade="10",
        area=Area.CORE,
        retired=False,
        content=Content(
            "Информатика: раздел «Программирование»",
            Plan(
                hours=68,
                outcomes=(
                    _planned("ИНФ.1", 3, part="1.1"),
                    _planned("ИНФ.2", 3, part="1.1"),
                    _planned("ИНФ.3", 2, part="1.2"),
                ),
                parts=(Part("1.1", "Алгоритмы и программы", 48), Part("1.2", "Базы данных", 20)),
            ),
        ),
    ),
    Component(
        id="",
        code="ЭКО-7",
        grade="7–8",
        area=Area.EXTRA,
        retired=False,
        content=Content(
            "Экология родного края",
            Plan(
                hours=34,
                outcomes=(_planned("ЭКО.1", 2), _planned("ЭКО.2", 2), _planned("МП.П2", 1, required=False)),
            ),
        ),
    ),
)
EXAMPLE_OUTCOMES: Final = tuple(
    Entry(
        code=code,
        name=name,
        kind=OutcomeKind.META if code.startswith("МП") else OutcomeKind.SUBJECT,
        section={"ИНФ": "Информатика", "ЭКО": "Экология", "МП": "Познавательные действия"}[code.split(".")[0]],
    )
    for code, name in _LEARNS.items()
)
