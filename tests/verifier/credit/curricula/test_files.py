"""Curricula from files: seen before anything is written, written as it was seen, and the same file twice changes nothing."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from schemas.errors import BadInput
from schemas.spreadsheets import as_xlsx
from schemas.spreadsheets.errors import BadTable, TableTooLarge, TableTooLong, TableTooWide
from schemas.spreadsheets.lists import WHY, to_correct
from tests.verifier.credit.curricula.brought import EXAMPLE_FILE, TODAY, bring, csv_of, keep, look, school
from tests.verifier.credit.world import World
from verifier.credit.curricula import desk, entries, exporting, rows, shelves
from verifier.credit.curricula.desk import FILES
from verifier.credit.curricula.errors import (
    CatalogueEmpty,
    CatalogueUnreadable,
    FaultsLeftInPlan,
    NameNeeded,
    OutcomeCodeMissing,
    PlanFileSettled,
    PlansChanged,
)
from verifier.credit.curricula.exporting import EXAMPLE
from verifier.credit.curricula.planning import Kind
from verifier.credit.curricula.tables import ComponentVersion, FileKind
from verifier.credit.matching import OutcomeKind
from verifier.credit.tables import PlanComponent

CHANGED = EXAMPLE_FILE.decode().replace(";68;", ";70;").encode()
BROKEN = EXAMPLE_FILE.decode().replace("продвинутый", "отличный", 1).encode()


def kinds(plan: Any) -> dict[str, int]:
    return dict(plan.counts)


# --- curricula --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [EXAMPLE_FILE, b"".join(as_xlsx(exporting.curriculum(EXAMPLE)))], ids=["csv", "xlsx"])
def test_a_new_school_brings_its_curriculum(world: World, data: bytes) -> None:
    assert kinds(look(world, data)) == {Kind.NEW: 2}
    assert school(world) == []
    bring(world, data)
    found = school(world)
    assert [(one.grade, one.code, one.content) for one in found] == [
        (one.grade, one.code, one.content) for one in sorted(EXAMPLE, key=lambda one: shelves.grade_order(one.grade))
    ]
    with world.session() as session:
        recognitions = [session.get_one(PlanComponent, one.id).recognition for one in found]
    assert all(code.isascii() and code.startswith("credit-") for code in recognitions)
    assert len(set(recognitions)) == 2


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    bring(world, EXAMPLE_FILE)
    before = school(world)
    assert kinds(bring(world, EXAMPLE_FILE, begins=TODAY + timedelta(days=300))) == {Kind.SAME: 2}
    assert school(world) == before
    with world.session() as session:
        assert {one.version for one in session.exec(select(ComponentVersion))} == {1}


def test_a_file_without_codes_finds_its_components_again(world: World) -> None:
    lines = [[*line[:2], "", *line[3:]] for line in exporting.curriculum(EXAMPLE)]
    lines[0][2] = rows.HEADINGS[rows.CODE]
    assert kinds(bring(world, csv_of(lines))) == {Kind.NEW: 2}
    codes = [one.code for one in school(world)]
    assert kinds(bring(world, csv_of(lines))) == {Kind.SAME: 2}
    assert [one.code for one in school(world)] == codes


def test_what_changes_is_told_and_written(world: World) -> None:
    bring(world, EXAMPLE_FILE)
    change = next(change for change in look(world, CHANGED).changes if change.kind is Kind.CHANGED)
    assert [note.words(str) for note in change.notes] == ["часы: 68 → 70"]
    bring(world, CHANGED)
    assert {one.content.plan.hours for one in school(world)} == {70, 34}


def test_a_whole_file_retires_what_it_does_not_name_and_brings_it_back(world: World) -> None:
    bring(world, EXAMPLE_FILE)
    assert kinds(bring(world, csv_of(exporting.curriculum(EXAMPLE[:1])), whole=True)) == {Kind.SAME: 1, Kind.GONE: 2}
    assert {one.code: one.retired for one in school(world)} == {"ИНФ-10": False, "ЭКО-7": True}
    assert kinds(bring(world, EXAMPLE_FILE)) == {Kind.SAME: 1, Kind.CHANGED: 1}
    assert not any(one.retired for one in school(world))


def test_rows_with_faults_are_left_out_taken_home_and_fed_back(world: World) -> None:
    with world.session() as session:
        kept = keep(session, world, BROKEN)
        made = desk.look(session, kept)
        desk.apply(session, kept, made.digest, "deputy", world.now)
        wrong = {fault.row: fault.told(rows.HEADINGS, str) for fault in made.faults}
        file = csv_of(to_correct(kept.headings, kept.rows, wrong, WHY)).decode("utf-8-sig")
    assert [one.code for one in school(world)] == ["ЭКО-7"]
    assert list(wrong) == [2, 3, 4]
    assert len(list(csv.reader(io.StringIO(file), delimiter=";"))) == 4
    bring(world, file.replace("отличный", "продвинутый").encode())
    assert [one.content for one in school(world)] == [EXAMPLE[1].content, EXAMPLE[0].content]


def test_a_whole_file_with_faults_is_not_applied(world: World) -> None:
    with pytest.raises(FaultsLeftInPlan):
        bring(world, BROKEN, whole=True)
    assert school(world) == []


def test_what_was_not_seen_is_not_written(world: World) -> None:
    with world.session() as session:
        kept = keep(session, world, EXAMPLE_FILE)
        seen, file = desk.look(session, kept).digest, kept.id
    bring(world, csv_of(exporting.curriculum(EXAMPLE[:1])))
    with world.session() as session, pytest.raises(PlansChanged):
        desk.apply(session, FILES.find(session, "s1", file), seen, "deputy", world.now)
    assert [one.code for one in school(world)] == ["ИНФ-10"]


def test_a_file_is_written_once_and_cannot_be_thrown_away_then(world: World) -> None:
    with world.session() as session:
        kept = keep(session, world, EXAMPLE_FILE)
        desk.apply(session, kept, desk.look(session, kept).digest, "deputy", world.now)
        assert (kept.rows, kept.counts) == ([], {Kind.NEW: 2, "faulty": 0})
        with pytest.raises(PlanFileSettled):
            desk.apply(session, kept, "", "deputy", world.now)
        with pytest.raises(PlanFileSettled):
            FILES.discard(session, kept)


def test_rows_of_old_files_are_forgotten(world: World) -> None:
    with world.session() as session:
        keep(session, world, EXAMPLE_FILE)
        world.later(days=40)
        fresh = keep(session, world, EXAMPLE_FILE)
        assert FILES.forget(session, world.now - timedelta(days=30)) == 1
        assert FILES.forget(session, world.now - timedelta(days=30)) == 0
        assert [bool(one.rows) for one in desk.latest(session, "s1", FileKind.CURRICULUM)] == [True, False]
        assert fresh.rows


# --- directories ------------------------------------------------------------------------------------------------

URL = "https://frameworks.example/cf/1"
ITEMS: tuple[Mapping[str, Any], ...] = (
    {"identifier": "h", "fullStatement": "Информатика"},
    {
        "identifier": "a",
        "humanCodingScheme": "ИНФ.1",
        "fullStatement": "Пишет программы",
        "uri": f"{URL}/a",
        "CFItemType": "subject",
    },
    {"identifier": "b", "fullStatement": "Строит модели", "uri": f"{URL}/b", "CFItemType": "Standard"},
    {
        "identifier": "c",
        "humanCodingScheme": "МП.К1",
        "fullStatement": "Общается",
        "uri": "urn:uuid:1",
        "CFItemType": "meta-subject",
        "educationLevel": ["10"],
    },
)
UNDER = [
    {"associationType": "isChildOf", "originNodeURI": {"identifier": each}, "destinationNodeURI": {"identifier": "h"}}
    for each in ("a", "b")
]


def case_file(**changes: Any) -> bytes:
    head = {"title": "Результаты ФГОС", "uri": URL, "creator": "Центр"}
    return json.dumps({"CFDocument": head, "CFItems": list(ITEMS), "CFAssociations": UNDER} | changes).encode()


def listed(session: Session) -> list[tuple[str, str, OutcomeKind, str, str]]:
    found = shelves.listed_in(session, shelves.directories_of(session, "s1"))
    return [
        (one.entry.code, one.entry.name, one.entry.kind, one.entry.section, one.entry.url)
        for one in found
        if not one.retired
    ]


def test_a_case_package_fills_a_directory_and_an_item_without_a_code_is_a_row_to_correct(world: World) -> None:
    made = bring(world, case_file(), kind=FileKind.DIRECTORY)
    assert [(fault.row, type(fault.error)) for fault in made.faults] == [(3, OutcomeCodeMissing)]
    with world.session() as session:
        assert listed(session) == [
            ("ИНФ.1", "Пишет программы", OutcomeKind.SUBJECT, "Информатика", f"{URL}/a"),
            ("МП.К1", "Общается", OutcomeKind.META, "", ""),
        ]
        [directory] = shelves.directories_of(session, "s1")
        assert (directory.title, directory.source) == ("Результаты ФГОС", URL)
        [kept] = desk.latest(session, "s1", FileKind.DIRECTORY)
        file = csv_of(to_correct(kept.headings, kept.rows, {3: "нет кода"}, WHY)).decode("utf-8-sig")
    again = bring(
        world,
        file.replace("\r\n;Строит", "\r\nИНФ.2;Строит").encode(),
        kind=FileKind.DIRECTORY,
        title="Результаты ФГОС",
    )
    assert kinds(again) == {Kind.NEW: 1}


def test_the_same_package_twice_changes_nothing(world: World) -> None:
    for counts in ({Kind.NEW: 2}, {Kind.SAME: 2}):
        assert kinds(bring(world, b"\xef\xbb\xbf" + case_file(), kind=FileKind.DIRECTORY)) == counts
    with world.session() as session:
        assert len(shelves.directories_of(session, "s1")) == 1


def test_a_curriculum_takes_from_directories_what_it_does_not_say(world: World) -> None:
    bring(world, case_file(), kind=FileKind.DIRECTORY)
    head = "Класс;Предмет;Часов;Код результата;Уровень\r\n"
    bring(world, f"{head}10;Информатика;34;ИНФ.1;2\r\n".encode("cp1251"))
    [one] = school(world)
    [outcome] = one.content.plan.outcomes
    assert (outcome.name, outcome.url) == ("Пишет программы", f"{URL}/a")
    assert len(look(world, f"{head}10;Химия;34;ХИМ.1;2\r\n".encode()).faults) == 1


def test_a_whole_directory_retires_and_brings_back(world: World) -> None:
    bring(world, case_file(), kind=FileKind.DIRECTORY)
    alone = csv_of(exporting.directory([entries.Entry(code="МП.К1", name="Общается с людьми", kind=OutcomeKind.META)]))
    counts = kinds(bring(world, alone, kind=FileKind.DIRECTORY, title="Результаты ФГОС", whole=True))
    assert counts == {Kind.CHANGED: 1, Kind.GONE: 1}
    with world.session() as session:
        assert [one[:2] for one in listed(session)] == [("МП.К1", "Общается с людьми")]
    assert kinds(look(world, case_file(), kind=FileKind.DIRECTORY)) == {Kind.CHANGED: 2}


def test_a_directory_from_a_table_has_a_name(world: World) -> None:
    with pytest.raises(NameNeeded):
        bring(world, csv_of(exporting.example("directory")), kind=FileKind.DIRECTORY)


BAD_PACKAGES: Mapping[str, tuple[bytes, type[BadInput]]] = {
    "no catalogue": (b'{"a": 1}', CatalogueUnreadable),
    "a list": (b"[1, 2]", CatalogueUnreadable),
    "broken": (b'{"CFDocument": {', CatalogueUnreadable),
    "another encoding": ('{"CFDocument": {"title": "Ф"}, "CFItems": []}'.encode("cp1251"), CatalogueUnreadable),
    "items that are no objects": (case_file(CFItems=["x"]), CatalogueUnreadable),
    "nested without end": (b'{"CFItems": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", CatalogueUnreadable),
    "keys twice": (b'{"CFDocument": {}, "CFDocument": {}, "CFItems": []}', CatalogueUnreadable),
    "huge": (b'{"CFDocument": {"title": "' + b"x" * entries.CASE_MOST + b'"}, "CFItems": []}', CatalogueUnreadable),
    "empty": (case_file(CFItems=[]), CatalogueEmpty),
}


@pytest.mark.parametrize(("data", "error"), BAD_PACKAGES.values(), ids=BAD_PACKAGES)
def test_what_is_no_case_package_is_refused_in_words(data: bytes, error: type[BadInput]) -> None:
    assert entries.is_json(data)
    with pytest.raises(error) as refused:
        entries.package_of(data)
    assert str(refused.value)


# --- files that mean no good (THREATS I12) ----------------------------------------------------------------------


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", bytes(300 * 1024 * 1024))
    return out.getvalue()


HOSTILE: Mapping[str, tuple[bytes, type[BadInput]]] = {
    "a million columns": (b"a;" * 1_000_000 + b"\n1\n", TableTooWide),
    "too many rows": ("Класс;Предмет;Часов;Код результата;Уровень\n".encode() + b"1\n" * 5_001, TableTooLong),
    "an open quotation": ('Класс;Предмет;Часов;Код результата;Уровень\n"10;Физика\n'.encode(), BadTable),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", BadTable),
    "a packed bomb": (bomb(), TableTooLarge),
}


def test_hostile_files_are_refused_in_words(world: World) -> None:
    for data, error in HOSTILE.values():
        with world.session() as session, pytest.raises(error) as refused:
            keep(session, world, data)
        assert str(refused.value)
    with world.session() as session:
        assert desk.latest(session, "s1", FileKind.CURRICULUM) == []


def test_a_formula_is_refused_as_a_row_and_goes_out_as_text(world: World) -> None:
    data = EXAMPLE_FILE.decode().replace("Экология родного края", "=HYPERLINK(1)").encode()
    with world.session() as session:
        kept = keep(session, world, data)
        wrong = {fault.row: fault.told(rows.HEADINGS, str) for fault in desk.look(session, kept).faults}
        file = csv_of(to_correct(kept.headings, kept.rows, wrong, WHY)).decode("utf-8-sig")
    assert "В ячейке формула" in wrong[5]
    assert "'=HYPERLINK(1)" in file
    assert ";=HYPERLINK" not in file


def test_quoted_line_ends_are_one_cell(world: World) -> None:
    data = EXAMPLE_FILE.decode().replace("Экология родного края", '"Экология\r\nродного края"').encode()
    bring(world, data)
    assert "Экология родного края" in {one.content.title for one in school(world)}
