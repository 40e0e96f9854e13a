"""A school's curricula over HTTP: a deputy head brings a file, mends what is wrong, changes one outcome, gives plans to a class."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from issuer.catalogue import achievement_of, module_of, revise
from issuer.tables import AchievementState, AchievementVersion
from schemas.spreadsheets import as_csv
from service.database import open_engine
from tests.verifier.credit.curricula.brought import EXAMPLE_FILE, school
from tests.verifier.credit.curricula.test_files import BROKEN, case_file
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import ALINA, EGOR, World
from verifier.credit import plans
from verifier.credit.curricula import exporting, shelves
from verifier.credit.curricula.exporting import EXAMPLE
from verifier.credit.tables import PlanComponent

BASE = "/credit/curricula/s1"
FACTS = {"title": "Химия", "grade": "10", "area": "school", "hours": "34"}
OUTCOME = {"outcome": "ХИМ.1", "text": "Ставит опыт", "kind": "subject", "level": "2"}


@pytest.fixture
def engine(sqlite_shaped: Path, tmp_path: Path) -> Iterator[Engine]:
    """One database is enough for pages: what they do is tried on both in `test_files` and `test_versions`."""
    opened = open_engine(f"sqlite:///{shutil.copy(sqlite_shaped, tmp_path / 'shaped.sqlite')}")
    yield opened
    opened.dispose()


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def bring(office: Office, data: bytes, kind: str = "curriculum", **fields: str) -> str:
    """Brought by the deputy head; the address of its preview."""
    answer = office.post("deputy", f"{BASE}/files/{kind}", fields, file=("план.csv", data))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def confirm(office: Office, page: str) -> None:
    form = fields_of(office.get("deputy", page).text, f"{page}/apply")
    answer = office.post("deputy", f"{page}/apply", form)
    assert answer.status_code == 303, answer.text


def component(office: Office, code: str) -> str:
    """The address of a component's page; "" stands for the component that every world begins with, which has no class."""
    with office.world.session() as session:
        [found] = [one for one in shelves.components_of(session, "s1") if one.code == (code or f"P2-0-{ALINA}")]
    return f"{BASE}/components/{found.id}"


def codes(office: Office, code: str) -> list[tuple[str, int, bool]]:
    [found] = [one for one in school(office.world) if one.code == code]
    return [(one.code, one.level, one.required) for one in found.content.plan.outcomes]


# --- files ------------------------------------------------------------------------------------------------------


def test_a_file_is_seen_confirmed_and_then_stands_in_the_list(office: Office) -> None:
    page = bring(office, EXAMPLE_FILE)
    shown = office.get("deputy", page).text
    assert "Пока ничего не записано" in shown
    assert "Экология родного края" in shown
    assert school(office.world) == []
    confirm(office, page)
    assert "Записано" in office.get("deputy", page).text
    listed = office.get("teacher", BASE).text
    assert "Экология родного края" in listed
    assert "Загрузить план из файла" not in listed
    assert ("credit.curriculum", "deputy", page.rpartition("/")[2]) in office.journal
    again = office.get("deputy", bring(office, EXAMPLE_FILE)).text
    assert "Изменений нет" in again
    assert "Записать в план" not in again


def test_faulty_rows_are_told_and_taken_home(office: Office) -> None:
    page = bring(office, BROKEN)
    shown = office.get("deputy", page).text
    assert "Здесь может стоять только одно из слов" in shown
    file = office.get("deputy", f"{page}/faults.csv")
    assert file.headers["content-disposition"] == 'attachment; filename="faults.csv"'
    assert "отличный" in file.content.decode("utf-8-sig")
    assert "ЭКО.1" not in file.text
    assert office.get("deputy", f"{page}/faults.xlsx").content.startswith(b"PK")
    assert office.get("deputy", f"{page}/faults.pdf").status_code == 404


def test_a_file_that_is_no_table_is_told_beside_the_field(office: Office) -> None:
    answer = office.post("deputy", f"{BASE}/files/curriculum", {"extent": "whole"}, file=("план.pdf", b"%PDF\0"))
    assert answer.status_code == 422
    assert "Это не таблица CSV или XLSX" in answer.text
    assert re.search(r'value="whole" checked', answer.text)
    assert "Выберите файл" in office.post("deputy", f"{BASE}/files/curriculum", {}).text


def test_what_changed_meanwhile_is_shown_again(office: Office) -> None:
    page = bring(office, EXAMPLE_FILE)
    form = fields_of(office.get("deputy", page).text, f"{page}/apply")
    confirm(office, bring(office, EXAMPLE_FILE))
    answer = office.post("deputy", f"{page}/apply", form)
    assert answer.status_code == 409
    assert "Посмотрите ещё раз" in answer.text


def test_a_file_is_thrown_away(office: Office) -> None:
    page = bring(office, EXAMPLE_FILE)
    assert office.post("deputy", f"{page}/discard", {}).headers["location"] == f"{BASE}/files/curriculum"
    assert office.get("deputy", page).status_code == 404


@pytest.mark.parametrize("kind", ["curriculum", "directory"])
def test_the_example_is_a_file_that_can_be_brought(office: Office, kind: str) -> None:
    blank = office.get("deputy", f"{BASE}/samples/{kind}/blank.csv").content.decode("utf-8-sig")
    assert blank.count("\n") == 1
    for ending in ("csv", "xlsx"):
        data = office.get("deputy", f"{BASE}/samples/{kind}/example.{ending}").content
        page = office.get("deputy", bring(office, data, kind, title="Справочник")).text
        assert 'id="faults"' not in page
        assert "Записать" in page


def test_what_is_taken_home_is_brought_back_unchanged(office: Office) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    office.post("deputy", f"{component(office, '')}/retire", {})
    table = office.get("teacher", f"{BASE}/table.xlsx").content
    assert "Изменений нет" in office.get("deputy", bring(office, table, extent="whole")).text


# --- by hand ----------------------------------------------------------------------------------------------------


def test_a_component_is_entered_changed_retired_and_brought_back(office: Office) -> None:
    page = office.post("deputy", f"{BASE}/components", {**FACTS, **OUTCOME, "required": "yes", "code": "Х"}).headers[
        "location"
    ]
    assert page == component(office, "Х")
    assert codes(office, "Х") == [("ХИМ.1", 2, True)]
    assert office.post("deputy", page, {**FACTS, "hours": "36", "begins": "next"}).status_code == 303
    assert "36 часов" in office.get("teacher", page).text
    office.post("deputy", f"{page}/retire", {})
    assert "Убрана из плана школы" in office.get("teacher", page).text
    answer = office.post("deputy", page, {**FACTS, "hours": ""})
    assert (answer.status_code, "Сначала верните её" in answer.text) == (409, True)
    office.post("deputy", f"{page}/retire", {"act": "return"})
    assert "Убрана из плана школы" not in office.get("teacher", page).text


def test_an_outcome_is_added_changed_and_retired(office: Office) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    page = component(office, "ЭКО-7")
    new = {**OUTCOME, "required": "yes"}
    assert office.post("deputy", f"{page}/outcomes", new).status_code == 303
    form = fields_of(office.get("deputy", page, outcome="ХИМ.1").text, f"{page}/outcomes")
    assert (form["was"], form["text"], form["required"]) == (["ХИМ.1"], "Ставит опыт", ["yes"])
    office.post("deputy", f"{page}/outcomes", {**new, "was": "ХИМ.1", "level": "3"})
    assert codes(office, "ЭКО-7")[-1] == ("ХИМ.1", 3, True)
    office.post("deputy", f"{page}/outcomes", {"was": "ХИМ.1", "act": "retire"})
    assert [code for code, _, _ in codes(office, "ЭКО-7")] == ["ЭКО.1", "ЭКО.2", "МП.П2"]


WRONG = {
    "a code that is there": ({**OUTCOME, "outcome": "ЭКО.1"}, 422, "уже есть"),
    "no level": ({**OUTCOME, "level": ""}, 422, "Здесь может стоять только одно из слов"),
    "no words": ({**OUTCOME, "text": ""}, 422, "Напишите, чему научится ученик"),
    "a section of nobody": ({**OUTCOME, "section": "9"}, 422, "Такого раздела"),
    "an outcome of nobody": ({**OUTCOME, "was": "НЕТ.1"}, 404, "Такой части"),
    "retiring what is not there": ({"was": "НЕТ.1", "act": "retire"}, 404, "Такой части"),
}


@pytest.mark.parametrize(("fields", "status", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    office: Office, fields: dict[str, str], status: int, told: str
) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    answer = office.post("deputy", f"{component(office, 'ЭКО-7')}/outcomes", fields)
    assert (answer.status_code, told in answer.text) == (status, True)
    assert status == 404 or f'value="{fields["outcome"]}"' in answer.text


def test_the_last_required_outcome_stays(office: Office) -> None:
    page = office.post("deputy", f"{BASE}/components", {**FACTS, **OUTCOME, "required": "yes"}).headers["location"]
    answer = office.post("deputy", f"{page}/outcomes", {"was": "ХИМ.1", "act": "retire"})
    assert (answer.status_code, "хотя бы один обязательный" in answer.text) == (422, True)


def test_a_component_without_what_is_needed_is_not_entered(office: Office) -> None:
    answer = office.post("deputy", f"{BASE}/components", {**FACTS, **OUTCOME, "grade": "десятый", "required": "yes"})
    assert (answer.status_code, "Класс пишется числом" in answer.text) == (422, True)
    assert "Ставит опыт" in answer.text
    twice = {**FACTS, **OUTCOME, "required": "yes", "code": "Х"}
    assert office.post("deputy", f"{BASE}/components", twice).status_code == 303
    assert office.post("deputy", f"{BASE}/components", twice).status_code == 422


def test_what_confirms_a_credit_is_drafted_in_the_schools_catalogue(office: Office) -> None:
    confirm(office, bring(office, case_file(), "directory"))
    row = "Класс;Предмет;Код;Часов;Код результата;Уровень;Номер раздела;Часов в разделе"
    confirm(office, bring(office, f"{row}\r\n10;Информатика;И;34;ИНФ.1;2;1;20\r\n".encode()))
    page = component(office, "И")
    assert "описания ещё нет" in office.get("teacher", page).text
    for _ in range(2):
        assert office.post("deputy", f"{page}/badges", {}).status_code == 303
    shown = office.get("teacher", page).text
    assert ("описания ещё нет" in shown, shown.count("описание ждёт проверки")) == (False, 2)
    with office.world.session() as session:
        drafted = {one.code: one for one in session.exec(select(AchievementVersion)).all()}
        recognition = session.exec(select(PlanComponent.recognition).where(PlanComponent.code == "И")).one()
    assert set(drafted) == {recognition, f"{recognition}-1"}
    achievement = achievement_of(drafted[recognition])
    assert achievement.name == "Зачёт результатов: Информатика"
    assert [(one.code, one.framework) for one in achievement.alignments] == [("ИНФ.1", "Результаты ФГОС")]


def described(office: Office) -> tuple[str, str]:
    """A component whose badge was drafted: its page and the badge's code."""
    confirm(office, bring(office, case_file(), "directory"))
    row = "Класс;Предмет;Код;Часов;Код результата;Уровень"
    confirm(office, bring(office, f"{row}\r\n10;Информатика;И;34;ИНФ.1;2\r\n".encode()))
    page = component(office, "И")
    office.post("deputy", f"{page}/badges", {})
    with office.world.session() as session:
        return page, session.exec(select(PlanComponent.recognition).where(PlanComponent.code == "И")).one()


def versions_in_catalogue(office: Office, code: str) -> list[AchievementVersion]:
    with office.world.session() as session:
        found = session.exec(select(AchievementVersion).where(AchievementVersion.code == code)).all()
        session.expunge_all()
        return sorted(found, key=lambda one: one.version)


def test_a_drafted_badge_follows_the_plan_when_it_is_told_to(office: Office) -> None:
    page, code = described(office)
    with office.world.session() as session:
        [draft] = session.exec(select(AchievementVersion).where(AchievementVersion.code == code)).all()
        spec = replace(module_of(draft), criteria="Решает комиссия нашей школы.")
        revise(session, draft.id, spec, office.world.actor("deputy"), office.world.now)
    assert "расходится с планом" not in office.get("deputy", page).text
    new = {**OUTCOME, "required": "yes", "url": "https://s1.example/chem1"}
    office.post("deputy", f"{page}/outcomes", new)
    shown = office.get("deputy", page).text
    assert ("расходится с планом" in shown, "Привести описание к плану" in shown) == (True, True)
    office.post("deputy", f"{page}/badges", {})
    assert "расходится с планом" not in office.get("deputy", page).text
    [draft] = versions_in_catalogue(office, code)
    achievement = achievement_of(draft)
    assert [one.code for one in achievement.alignments] == ["ИНФ.1", "ХИМ.1"]
    assert achievement.criteria == "Решает комиссия нашей школы."


def test_a_badge_in_use_stays_until_another_is_published(office: Office) -> None:
    page, code = described(office)
    with office.world.session() as session:
        [draft] = session.exec(select(AchievementVersion).where(AchievementVersion.code == code)).all()
        draft.state = AchievementState.PUBLISHED
    office.post("deputy", page, {**FACTS, "title": "Информатика", "hours": "68"})
    assert "расходится с планом" in office.get("teacher", page).text
    office.post("deputy", f"{page}/badges", {})
    first, second = versions_in_catalogue(office, code)
    assert (first.state, module_of(first).hours) == (AchievementState.PUBLISHED, 34)
    assert (second.state, module_of(second).hours) == (AchievementState.DRAFT, 68)


def test_a_badge_needs_outcomes_with_addresses(office: Office) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    answer = office.post("deputy", f"{component(office, 'ЭКО-7')}/badges", {})
    assert (answer.status_code, "ЭКО.1, ЭКО.2" in answer.text) == (422, True)


# --- directories ------------------------------------------------------------------------------------------------


def test_a_directory_is_filled_from_a_case_package_and_by_hand(office: Office) -> None:
    confirm(office, bring(office, case_file(), "directory"))
    with office.world.session() as session:
        [one] = shelves.directories_of(session, "s1")
        page = f"{BASE}/directories/{one.id}"
    assert "Результаты ФГОС" in office.get("teacher", f"{BASE}/directories").text
    entry = {"code": "ИНФ.2", "text": "Строит модели", "kind": "subject"}
    assert office.post("deputy", f"{page}/outcomes", entry).status_code == 303
    assert office.post("deputy", f"{page}/outcomes", entry).status_code == 422
    assert office.post("deputy", f"{page}/outcomes", {**entry, "was": "ИНФ.2", "text": "Моделирует"}).status_code == 303
    shown = office.get("teacher", page, q="модел").text
    assert "Моделирует" in shown
    assert "Пишет программы" not in shown
    office.post("deputy", f"{page}/outcomes", {"was": "ИНФ.2", "act": "retire"})
    assert "не предлагается" in office.get("teacher", page).text
    assert "ИНФ.2" not in office.get("teacher", f"{page}/table.csv").content.decode()
    office.post("deputy", f"{page}/outcomes", {"was": "ИНФ.2", "act": "retire"})
    assert "не предлагается" not in office.get("teacher", page).text
    assert office.get("teacher", page, outcome="НЕТ").status_code == 404


def test_a_directory_has_a_name_of_its_own(office: Office) -> None:
    assert office.post("deputy", f"{BASE}/directories", {"title": " Наш  справочник "}).status_code == 303
    assert office.post("deputy", f"{BASE}/directories", {"title": "Наш справочник"}).status_code == 422
    assert office.post("deputy", f"{BASE}/directories", {"title": " "}).status_code == 422


# --- plans of learners ------------------------------------------------------------------------------------------


def test_a_class_is_given_its_plan_and_the_state_is_seen(office: Office) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    page = office.get("deputy", f"{BASE}/plans", grade="10").text
    assert "Ветрова Алина Игоревна" in page
    assert "Экология родного края" not in page
    chosen = component(office, "ИНФ-10").rpartition("/")[2]
    form = {"grade": "10", "when": "now", "learners": [ALINA], "components": [chosen]}
    assert office.post("deputy", f"{BASE}/plans", form).status_code == 303
    assert office.post("deputy", f"{BASE}/plans", form).status_code == 303
    with office.world.session() as session:
        lines = [line for line in plans.plan_of(session, ALINA) if line.code == "ИНФ-10"]
        assert [(line.year, line.plan) for line in lines] == [("2026/27", EXAMPLE[0].content.plan)]
    assert "Программирование" in office.get("deputy", f"{BASE}/plans", grade="10").text
    assert ("credit.plan-given", "deputy", "2026/27") in office.journal
    assert ("credit.read", "deputy", "plans") in office.journal


def test_nobody_of_another_class_or_school_is_given_anything(office: Office) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    chosen = component(office, "ИНФ-10").rpartition("/")[2]
    form = {"grade": "10", "when": "next", "components": [chosen]}
    for learners, told in (([], "Отметьте хотя бы одного ученика"), (["nobody"], "Отметьте хотя бы одного ученика")):
        answer = office.post("deputy", f"{BASE}/plans", {**form, "learners": learners})
        assert (answer.status_code, told in answer.text) == (422, True)
    answer = office.post("deputy", f"{BASE}/plans", {**form, "learners": [EGOR], "components": []})
    assert "Отметьте хотя бы одну часть плана" in answer.text
    office.post("deputy", f"{component(office, 'ИНФ-10')}/retire", {})
    answer = office.post("deputy", f"{BASE}/plans", {**form, "learners": []})
    assert (answer.status_code, "убрана из учебного плана" in answer.text) == (409, True)


# --- who may ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["secretary", "teacher", "director"])
def test_others_of_the_school_read_and_change_nothing(office: Office, who: str) -> None:
    assert office.get(who, BASE).status_code == 200
    assert office.post(who, f"{BASE}/components", {**FACTS, **OUTCOME}).status_code == 403
    assert office.get(who, f"{BASE}/files/curriculum").status_code == 403
    assert office.get(who, f"{BASE}/plans").status_code == 403


@pytest.mark.parametrize("who", ["guardian", "foreign:deputy", ALINA])
def test_nobody_else_sees_anything(office: Office, who: str) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    for path in (BASE, component(office, "ЭКО-7"), f"{BASE}/directories", f"{BASE}/table.csv"):
        assert office.get(who, path).status_code == 404


def test_a_stranger_signs_in_first(office: Office) -> None:
    assert office.get("", BASE).status_code == 401


def test_things_of_another_school_are_not_there(office: Office) -> None:
    confirm(office, bring(office, EXAMPLE_FILE))
    page = bring(office, b"".join(as_csv(exporting.example("directory"))), "directory", title="С")
    foreign = office.get("foreign:deputy", page.replace("/s1/", "/s2/"))
    assert foreign.status_code == 404
    assert office.get("foreign:deputy", component(office, "ЭКО-7").replace("/s1/", "/s2/")).status_code == 404
