"""Lists that people fill in: columns by their headings, rows to be corrected as they were."""

from schemas.errors import N_, BadInput
from schemas.spreadsheets.lists import Fault, places_of, said_in, to_correct

NAMES = {"grade": "Класс", "title": "Предмет или курс"}
ALSO = {"title": ("предмет",)}


class Wrong(BadInput):
    sentence = N_("Так нельзя: {what}.")


def test_columns_are_found_by_any_of_their_names_the_first_of_two() -> None:
    assert places_of(["№", " КЛАСС ", "Предмет", "предмет_или__курс"], NAMES, ALSO) == {"grade": 1, "title": 2}
    assert places_of(["Ученик"], NAMES, ALSO) == {}


def test_a_row_says_nothing_of_empty_and_missing_cells() -> None:
    assert said_in(("10", ""), {"grade": 0, "title": 1, "hours": 7}) == {"grade": "10"}


def test_a_fault_names_its_column_where_it_has_one() -> None:
    assert Fault.of(3, Wrong(pointer="/grade", what="55")).told(NAMES, str) == "Класс: Так нельзя: 55."
    assert Fault.of(3, Wrong(what="всё")).told(NAMES, str) == "Так нельзя: всё."


def test_rows_come_back_as_wide_as_their_headings_with_the_reason_beside() -> None:
    rows = [[2, "10"], [3, "11", "Физика", "лишнее"], [5, "5", "Химия"]]
    assert list(to_correct(["Класс", "Предмет"], rows, {2: "а", 3: "б"}, "Что исправить")) == [
        ["Класс", "Предмет", "Что исправить"],
        ["10", "", "а"],
        ["11", "Физика", "б"],
    ]
