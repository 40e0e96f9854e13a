"""A school's list: what it would change, what is wrong with it, and that exactly that is done, on both databases."""

import io
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from keys.brought import ROWS_MOST
from schemas.errors import ZachetkaError
from schemas.identity import BadNumber, grouped, number_from
from schemas.spreadsheets import as_csv, as_xlsx
from schemas.spreadsheets.errors import TableTooLong
from service.database import unit_of_work
from service.identity import roll
from service.identity.people import Roll
from service.identity.roll import NewLearner
from service.identity.rolls import desk
from service.identity.rolls.desk import LISTS, Upload
from service.identity.rolls.errors import (
    AgeUnlikely,
    ColumnMissing,
    DayOutside,
    DayTooEarly,
    DayWrong,
    EnrolledElsewhere,
    FaultsLeft,
    FormulaInList,
    GradeWrong,
    LearnerTwice,
    NameMissing,
    Namesakes,
    NameWrong,
    NotOnTheRoll,
    NumberOfAnother,
    NumberUnknown,
    RollChanged,
    RollListSettled,
)
from service.identity.rolls.planning import Kind, Plan
from service.identity.rolls.rows import grade_of
from service.identity.tables import Enrolment, LearnerRow, RollList

NOW = datetime(2027, 8, 25, 9, tzinfo=UTC)
TODAY, SEPTEMBER = date(2027, 8, 25), date(2027, 9, 1)
HEAD = "Фамилия;Имя;Отчество;Дата рождения;Класс;Сетевой номер;Последний день в школе"
ALINA, TIMUR, ELSE = (number_from(bytes([place]) * 16) for place in (1, 2, 3))
NUMBERS = count(100)


def entropy(size: int) -> bytes:
    return next(NUMBERS).to_bytes(size)


def learner(id_: str, number: str, names: str, born: date) -> NewLearner:
    family, given_, patronymic = names.split()
    return NewLearner(id=id_, number=number, family_name=family, given_name=given_, patronymic=patronymic, born=born)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Two in one school, one in another."""
    with unit_of_work(engine) as opened:
        start = date(2026, 9, 1)
        for one, school, grade in (
            (learner("alina", ALINA, "Ветрова Алина Игоревна", date(2010, 4, 12)), "s1", "10А"),
            (learner("timur", TIMUR, "Гарипов Тимур Ильясович", date(2011, 2, 2)), "s1", "9"),
            (learner("else", ELSE, "Инина Вера Олеговна", date(2011, 3, 3)), "s2", "9"),
        ):
            roll.enrol(opened, one, school=school, grade=grade, since=start)
        yield opened


def keep(session: Session, *rows: str, whole: bool = False, day: date = SEPTEMBER, head: str = HEAD) -> RollList:
    data = "\n".join((head, *rows)).encode()
    upload = Upload(school="s1", file=io.BytesIO(data), name="класс.csv", whole=whole, day=day)
    return desk.keep(session, upload, "mkhova", NOW, TODAY)


def apply(session: Session, kept: RollList) -> Plan:
    return desk.apply(session, kept, desk.look(session, kept).digest, "mkhova", NOW, entropy)


def changes(made: Plan) -> list[tuple[Kind, str]]:
    return [(change.kind, change.name) for change in made.changes]


def faults(session: Session, *rows: str, **more: date) -> list[type[ZachetkaError]]:
    return [type(fault.error) for fault in desk.look(session, keep(session, *rows, **more)).faults]  # type: ignore[arg-type]


def grades(session: Session, school: str, day: date) -> dict[str, str]:
    return {one.name: one.grade for one in Roll(session, day).roster(school)}


# --- what a list does -------------------------------------------------------------------------------------------


def test_a_year_moves_people_up_takes_them_in_and_lets_them_go(session: Session) -> None:
    kept = keep(
        session,
        "ветрова;Алина;Игоревна;12.04.2010;11 «а»;;",
        "Ёлкин;Пётр;;2015-08-31;5Б;;",
        whole=True,
    )
    seen = desk.look(session, kept)
    assert changes(seen) == [
        (Kind.MOVES, "ветрова Алина Игоревна"),
        (Kind.JOINS, "Ёлкин Пётр"),
        (Kind.LEAVES, "Гарипов Тимур Ильясович"),
    ]
    assert grades(session, "s1", SEPTEMBER) == {"Ветрова Алина Игоревна": "10А", "Гарипов Тимур Ильясович": "9"}
    apply(session, kept)
    assert grades(session, "s1", SEPTEMBER) == {"Ветрова Алина Игоревна": "11А", "Ёлкин Пётр": "5Б"}
    assert grades(session, "s1", TODAY) == {"Ветрова Алина Игоревна": "10А", "Гарипов Тимур Ильясович": "9"}
    assert (kept.rows, kept.counts["joins"], kept.counts["leaves"]) == ([], 1, 1)


def test_whoever_is_new_gets_a_network_number_that_can_be_typed(session: Session) -> None:
    apply(session, keep(session, "Ёлкин;Пётр;;31.08.2015;5Б;;"))
    new = session.exec(select(LearnerRow).where(LearnerRow.given_name == "Пётр")).one()
    assert Roll(session, SEPTEMBER).learner_by_number(new.number) is not None
    assert not {"Ёлкин", "2015"} & {new.id, new.number}
    again = desk.look(session, keep(session, f";;;;;{grouped(new.number)};"))
    assert [type(fault.error) for fault in again.faults] == [NameMissing]


def test_the_same_list_a_second_time_changes_nothing(session: Session) -> None:
    rows = ("Ветрова;Алина;Игоревна;12.04.2010;11А;;", "Ёлкин;Пётр;;31.08.2015;5Б;;")
    apply(session, keep(session, *rows, whole=True))
    again = apply(session, keep(session, *rows, whole=True))
    assert {change.kind for change in again.changes} == {Kind.STAYS}
    assert len(session.exec(select(LearnerRow)).all()) == 4


def test_a_part_of_the_school_leaves_the_rest_alone(session: Session) -> None:
    apply(session, keep(session, "Ёлкин;Пётр;;31.08.2015;5Б;;"))
    assert len(grades(session, "s1", SEPTEMBER)) == 3


def test_a_last_day_ends_one_learner_alone(session: Session) -> None:
    made = apply(session, keep(session, "Гарипов;Тимур;Ильясович;02.02.2011;9;;10.09.2027"))
    assert changes(made) == [(Kind.LEAVES, "Гарипов Тимур Ильясович")]
    assert "Гарипов Тимур Ильясович" in grades(session, "s1", date(2027, 9, 10))
    assert "Гарипов Тимур Ильясович" not in grades(session, "s1", date(2027, 9, 11))


def test_a_name_is_corrected_only_where_the_number_says_who_is_meant(session: Session) -> None:
    made = apply(session, keep(session, f"Ветрова-Ким;Алина;Игоревна;12.04.2010;10А;{grouped(ALINA)};"))
    assert [(change.kind, change.corrected) for change in made.changes] == [(Kind.STAYS, True)]
    assert Roll(session, SEPTEMBER).learner("alina").family_name == "Ветрова-Ким"


def test_whoever_left_comes_back_as_the_same_learner(session: Session) -> None:
    roll.leave(session, "timur", date(2027, 5, 31))
    made = apply(session, keep(session, "Гарипов;Тимур;Ильясович;02.02.2011;10;;"))
    assert changes(made) == [(Kind.RETURNS, "Гарипов Тимур Ильясович")]
    assert Roll(session, SEPTEMBER).learner("timur").grade == "10"


def test_whoever_left_another_school_comes_with_their_number(session: Session) -> None:
    row = f"Инина;Вера;Олеговна;03.03.2011;10;{ELSE};"
    assert faults(session, row) == [EnrolledElsewhere]
    roll.leave(session, "else", date(2027, 8, 31))
    assert faults(session, f"Другая;Вера;Олеговна;03.03.2011;10;{ELSE};") == [NumberOfAnother]
    assert changes(apply(session, keep(session, row))) == [(Kind.RETURNS, "Инина Вера Олеговна")]
    assert Roll(session, SEPTEMBER).learner("else").school == "s1"


def test_nobody_of_another_school_is_found_by_name(session: Session) -> None:
    made = desk.look(session, keep(session, "Инина;Вера;Олеговна;03.03.2011;9;;"))
    assert changes(made) == [(Kind.JOINS, "Инина Вера Олеговна")]


def test_names_may_stand_in_one_column_and_days_as_a_workbook_has_them(session: Session) -> None:
    lines = [("ФИО", "Д.р.", "Класс"), ("Ветрова Алина Игоревна", "12.04.2010", "11А")]
    for data in (b"".join(as_xlsx(lines)), b"".join(as_csv(lines)), "\n".join(map(",".join, lines)).encode("cp1251")):
        upload = Upload(school="s1", file=io.BytesIO(data), name="a", whole=False, day=SEPTEMBER)
        seen = desk.look(session, desk.keep(session, upload, "mkhova", NOW, TODAY))
        assert changes(seen) == [(Kind.MOVES, "Ветрова Алина Игоревна")]


# --- what is wrong with rows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (";Пётр;;31.08.2015;5;;", NameMissing),
        ("Ёлкин;П3тр;;31.08.2015;5;;", NameWrong),
        (f"{'Ё' * 129};Пётр;;31.08.2015;5;;", NameWrong),
        ("Ёлкин;Пётр;;31 августа;5;;", DayWrong),
        ("Ёлкин;Пётр;;31.02.2015;5;;", DayWrong),
        ("Ёлкин;Пётр;;31.08.1985;5;;", AgeUnlikely),
        ("Ёлкин;Пётр;;31.08.2015;12;;", GradeWrong),
        ("Ёлкин;Пётр;;31.08.2015;;;", GradeWrong),
        ("Ёлкин;=A1;;31.08.2015;5;;", FormulaInList),
        ("Ёлкин;Пётр;;31.08.2015;5;123;", BadNumber),
        (f"Ёлкин;Пётр;;31.08.2015;5;{number_from(bytes(16))};", NumberUnknown),
        ("Ёлкин;Пётр;;31.08.2015;5;;01.09.2027", NotOnTheRoll),
        ("Гарипов;Тимур;Ильясович;02.02.2011;9;;01.01.2026", DayTooEarly),
    ],
)
def test_what_is_wrong_with_a_row(session: Session, row: str, error: type[ZachetkaError]) -> None:
    assert faults(session, row) == [error]


def test_the_same_learner_twice(session: Session) -> None:
    new, known = "Ёлкин;Пётр;;31.08.2015;5;;", "Ветрова;Алина;Игоревна;12.04.2010;11А;;"
    assert faults(session, new, new.replace("Ё", "Е")) == [LearnerTwice]
    assert faults(session, known, f"Другая;Алина;Игоревна;12.04.2010;11А;{ALINA};") == [LearnerTwice]


def test_namesakes_are_told_and_not_guessed(session: Session) -> None:
    twin = learner("twin", number_from(bytes([9]) * 16), "Ветрова Алина Игоревна", date(2010, 4, 12))
    roll.enrol(session, twin, school="s1", grade="10Б", since=date(2026, 9, 1))
    assert faults(session, "Ветрова;Алина;Игоревна;12.04.2010;11А;;") == [Namesakes]
    assert faults(session, f"Ветрова;Алина;Игоревна;12.04.2010;11А;{ALINA};") == []


def test_a_place_that_begins_later_is_not_written_over(session: Session) -> None:
    assert faults(session, "Ветрова;Алина;Игоревна;12.04.2010;11А;;", day=date(2026, 8, 31)) == [DayTooEarly]


def test_a_day_far_away_and_a_heading_that_is_missing(session: Session) -> None:
    with pytest.raises(DayOutside):
        keep(session, "Ёлкин;Пётр;;31.08.2015;5;;", day=date(2029, 1, 1))
    with pytest.raises(ColumnMissing) as missing:
        keep(session, "Ёлкин;Пётр;5", head="Фамилия;Имя;Класс")
    assert missing.value.params == {"column": "Дата рождения"}
    with pytest.raises(TableTooLong):
        keep(session, *["Ёлкин;Пётр;;31.08.2015;5;;"] * (ROWS_MOST + 1))


# --- what is done is what was shown -----------------------------------------------------------------------------


def test_a_whole_list_with_faults_is_not_applied(session: Session) -> None:
    kept = keep(session, "Ветрова;Алина;Игоревна;12.04.2010;11А;;", "Гарипов;;;;9;;", whole=True)
    with pytest.raises(FaultsLeft):
        apply(session, kept)
    assert len(grades(session, "s1", SEPTEMBER)) == 2


def test_of_a_part_the_good_rows_are_written_and_the_others_kept(session: Session) -> None:
    kept = keep(session, "Ёлкин;Пётр;;31.08.2015;5;;", "Гарипов;;;;9;;")
    apply(session, kept)
    assert (kept.counts["joins"], kept.counts["faulty"], kept.rows) == (1, 1, [[3, "Гарипов", "", "", "", "9"]])


def test_what_changed_meanwhile_is_looked_at_again(session: Session) -> None:
    kept = keep(session, "Ветрова;Алина;Игоревна;12.04.2010;11А;;", whole=True)
    seen = desk.look(session, kept).digest
    roll.leave(session, "timur", date(2027, 8, 20))
    with pytest.raises(RollChanged):
        desk.apply(session, kept, seen, "mkhova", NOW, entropy)
    apply(session, kept)
    with pytest.raises(RollListSettled):
        apply(session, kept)
    with pytest.raises(RollListSettled):
        LISTS.discard(session, kept)


def test_rows_of_old_lists_are_forgotten(session: Session) -> None:
    kept = keep(session, "Ёлкин;Пётр;;31.08.2015;5;;")
    assert LISTS.forget(session, NOW) == 0
    assert LISTS.forget(session, NOW + timedelta(days=1)) == 1
    assert kept.rows == []
    assert LISTS.forget(session, NOW + timedelta(days=1)) == 0


# --- a whole school ---------------------------------------------------------------------------------------------

SCHOOL = 1_700
STATEMENTS_MOST = 20


def school(grade: int) -> list[str]:
    """So many learners, each with a name of their own."""
    letters = "абвгдежзиклмнопрстуфхцчшэюя"
    names = [f"{a}{b}{c}".title() for a in letters for b in letters for c in letters]
    return [f"{name};Анна;;0{1 + place % 9}.03.2014;{grade};;" for place, name in enumerate(names[:SCHOOL])]


def statements(session: Session) -> list[str]:
    said: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *told: said.append(told[2]))
    return said


def test_a_whole_school_is_one_upload_of_a_few_statements(session: Session) -> None:
    before, said = time.monotonic(), statements(session)
    apply(session, keep(session, *school(6)))
    apply(session, keep(session, *school(7), whole=True, day=date(2027, 9, 2)))
    assert time.monotonic() - before < 30
    assert len(said) <= 2 * STATEMENTS_MOST
    assert set(grades(session, "s1", date(2027, 9, 2)).values()) == {"7"}
    assert len(grades(session, "s1", date(2027, 9, 2))) == SCHOOL
    assert len(session.exec(select(Enrolment.learner)).all()) == 2 * SCHOOL + 3


# --- invariants -------------------------------------------------------------------------------------------------

GRADES = st.tuples(st.integers(1, 11), st.sampled_from(["", *"АБВГДЕЖЗИК"])).map(lambda pair: f"{pair[0]}{pair[1]}")


@given(GRADES, st.sampled_from(["{}{}", "{} {}", "{}-{}", "{} «{}»", '{}"{}"']))
def test_a_class_is_written_in_one_way(grade: str, form: str) -> None:
    number = grade.rstrip("АБВГДЕЖЗИК")
    letter = grade.removeprefix(number)
    written: Sequence[str] = [form.format(number, letter), form.format(number, letter.lower())] if letter else [grade]
    assert {grade_of(text) for text in written} == {grade}
    assert grade_of(grade_of(grade)) == grade
