"""Rows of a curriculum: what people write is understood, what is wrong is told in words, with the row and the column."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.spreadsheets.lists import Fault
from verifier.credit.curricula import errors, exporting, rows
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.errors import ColumnMissing
from verifier.credit.curricula.exporting import EXAMPLE
from verifier.credit.curricula.rows import HEADINGS, Wanted
from verifier.credit.matching import OutcomeKind, Part
from verifier.credit.tables import Area

NAMES = ("Класс", "Предмет", "Код", "Часов", "Раздел", "Часы раздела", "Код результата", "Результат", "Вид", "Уровень")
GOOD = ("10", "Физика", "Ф", "68", "", "", "ФИЗ.1", "Планирует опыт", "предметный", "3")


def read(*lines: Sequence[str], known: dict[str, Entry] | None = None) -> tuple[list[Wanted], list[Fault]]:
    numbered: list[list[Any]] = [[number, *line] for number, line in enumerate(lines, start=2)]
    return rows.components_of(numbered, rows.columns_of(NAMES), known or {})


def row(**changes: str) -> list[str]:
    return list(
        (dict(zip(NAMES, GOOD, strict=True)) | {key.replace("_", " "): text for key, text in changes.items()}).values()
    )


def more(*cells: str) -> list[str]:
    """A row below, in which merged cells have left what is said of the component empty."""
    return ["", "", "", "", *cells]


def test_merged_cells_leave_a_component_in_its_first_row() -> None:
    [one], faults = read(row(), more("", "", "ФИЗ.2", "Решает задачи", "", "базовый"))
    assert faults == []
    assert (one.code, one.grade, one.area, one.content.title, one.content.plan.hours) == (
        "Ф",
        "10",
        Area.CORE,
        "Физика",
        68,
    )
    assert [(each.code, each.level) for each in one.content.plan.outcomes] == [("ФИЗ.1", 3), ("ФИЗ.2", 2)]


def test_a_component_may_come_back_further_down_and_has_sections() -> None:
    first = row(Раздел="1", Часы_раздела="40")
    other = row(Предмет="Химия", Код="Х", Код_результата="ХИМ.1")
    again = row(Код_результата="ФИЗ.2", Раздел="1", Часы_раздела="")
    [physics, chemistry], faults = read(first, other, again)
    assert faults == []
    assert physics.content.plan.parts == (Part("1", "1", 40),)
    assert [each.part for each in physics.content.plan.outcomes] == ["1", "1"]
    assert (physics.rows, chemistry.rows) == ((2, 4), (3,))


def test_a_directory_says_what_a_row_leaves_out() -> None:
    known = {"ФИЗ.1": Entry(code="ФИЗ.1", name="Ставит опыт", kind=OutcomeKind.META, url="https://x.example/1")}
    [one], _ = read(row(Результат="", Вид=""), known=known)
    [outcome] = one.content.plan.outcomes
    assert (outcome.name, outcome.kind, outcome.url) == ("Ставит опыт", OutcomeKind.META, "https://x.example/1")


WRONG = {
    "a day for classes": (row(Класс="07.08.2026"), errors.GradeIsDay, "grade"),
    "no class": (row(Класс="десятый"), errors.GradeUnclear, "grade"),
    "classes backwards": (row(Класс="8-7"), errors.GradeUnclear, "grade"),
    "no title": (row(Предмет=""), errors.TitleMissing, "title"),
    "a long title": (row(Предмет="ж" * 301), errors.TextTooLong, "title"),
    "no hours": (row(Часов=""), errors.HoursUnclear, "hours"),
    "hours in words": (row(Часов="много"), errors.HoursUnclear, "hours"),
    "too many hours": (row(Часов="5001"), errors.HoursUnclear, "hours"),
    "other digits": (row(Часов="٦٨"), errors.HoursUnclear, "hours"),
    "no code of an outcome": (row(Код_результата=""), errors.OutcomeCodeMissing, "outcome"),
    "no words": (row(Результат=""), errors.OutcomeTextMissing, "text"),
    "a kind of our own": (row(Вид="важный"), errors.WordUnclear, "kind"),
    "a level of our own": (row(Уровень="4"), errors.WordUnclear, "level"),
    "a formula": (row(Результат="=1+1"), errors.FormulaInPlan, "text"),
    "sections without hours": (row(Раздел="1"), errors.HoursUnclear, "section_hours"),
    "sections with too many hours": (row(Раздел="1", Часы_раздела="69"), errors.SectionsTooLong, "section_hours"),
}


@pytest.mark.parametrize(("line", "error", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_column(line: Sequence[str], error: type[Exception], field: str) -> None:
    found, [fault] = read(line)
    assert (found, fault.row, type(fault.error), fault.field) == ([], 2, error, field)
    assert fault.told(HEADINGS, str).startswith(f"{HEADINGS[field]}: ")


def test_a_component_with_a_fault_waits_as_a_whole() -> None:
    found, faults = read(row(), more("", "", "ФИЗ.1", "Ещё раз", "", "2"), row(Предмет="Химия", Код="Х"))
    assert [one.content.title for one in found] == ["Химия"]
    assert [(fault.row, type(fault.error)) for fault in faults] == [(2, errors.RowWaits), (3, errors.OutcomeTwice)]
    assert "строке 2" in str(faults[1].error)


def test_rows_that_disagree_about_a_component_are_told() -> None:
    _, faults = read(row(), row(Часов="34", Код_результата="ФИЗ.2"))
    assert type(faults[1].error) is errors.HeadDiffers


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "cf/1", "https://", "https://x.example/a b", 'https://x.example/"']
)
def test_an_address_is_one_of_the_web(address: str) -> None:
    numbered = [[2, *GOOD, address]]
    found, [fault] = rows.components_of(numbered, rows.columns_of((*NAMES, "Адрес результата")), {})
    assert (found, type(fault.error)) == ([], errors.AddressUnclear)


def test_a_component_needs_an_outcome_that_is_required() -> None:
    names = (*NAMES, "Обязательный")
    numbered = [[2, *GOOD, "нет"]]
    found, [fault] = rows.components_of(numbered, rows.columns_of(names), {})
    assert (found, type(fault.error)) == ([], errors.RequiredMissing)


@pytest.mark.parametrize("needed", ["Класс", "Предмет", "Часов", "Код результата", "Уровень"])
def test_a_column_that_must_be_there_is_missed_by_name(needed: str) -> None:
    with pytest.raises(ColumnMissing) as refused:
        rows.columns_of([name for name in NAMES if name != needed])
    assert "столбца «" in str(refused.value)


def test_what_is_exported_is_understood_again() -> None:
    head, *lines = exporting.curriculum(EXAMPLE)
    numbered = [[number, *map(str, line)] for number, line in enumerate(lines, start=2)]
    found, faults = rows.components_of(numbered, rows.columns_of([str(name) for name in head]), {})
    assert faults == []
    assert [(one.code, one.grade, one.area, one.content) for one in found] == [
        (one.code, one.grade, one.area, one.content) for one in EXAMPLE
    ]


@given(st.lists(st.lists(st.text(max_size=12), min_size=10, max_size=10), max_size=5))
def test_whatever_people_write_every_row_has_its_answer(lines: list[list[str]]) -> None:
    found, faults = read(*lines)
    answered = [*(number for one in found for number in one.rows), *(fault.row for fault in faults)]
    assert sorted(answered) == list(range(2, len(lines) + 2))
