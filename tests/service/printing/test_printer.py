"""The printer: data is never markup, the same gives the same, what the letters lack is told, nothing is read or fetched."""

import io
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from keys.printing import NoPdf, SignsMissing
from service.printing.printer import Printer, open_printer
from service.template_files import ROOT, TEMPLATE_FOLDERS
from tests.service.printing.paper import PLAIN, letters_of, marks_of, pictures_of, section, text_of

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
TEMPLATE = "credit/document.typ"
PEOPLES = (
    "Ә ә Ө ө Ү ү Ҙ ҙ Ҡ ҡ Ң ң Һ һ Ӑ ӑ Ӗ ӗ Ӱ ӱ Ӳ ӳ Ӟ ӟ Ӝ ӝ Ӥ ӥ Ӧ ӧ Ҫ ҫ Ҕ ҕ Ӕ ӕ Ӏ Ғ Қ Ұ Ҳ Ҷ Ӄ Ӈ Ӓ Ӹ Ӭ Ӻ Ӿ Ԩ Ԯ І Ѣ Ѳ Ѵ"
)
HOSTILE = '#eval("1+1") #import "@preview/x:1.0.0" #read("/etc/passwd") $x^2$ `raw` \\ @ref <label> *b* _i_ // /* ]}'


@pytest.fixture(scope="module")
def print_pdf() -> Printer:
    return open_printer()


def printed(print_pdf: Printer, text: str, *, spell: bool = False) -> bytes:
    """`text` in every field that a sheet has."""
    every = {name: text for name, value in PLAIN.items() if isinstance(value, str) and name != "draft"}
    head = {"above": [text], "name": text, "short": text, "lines": [text]}
    one = section(item=[text], facts=[[text, text]], columns=[text, text], rows=[[text, text]], text=[text])
    lists = {"addressee": [text], "opening": [text], "closing": [text], "basis": [text], "small": [text]}
    signed = {"signatures": [[text, text]], "acquainted": [text]}
    data = {**PLAIN, **every, **lists, **signed, "letterhead": head, "sections": [one], "numbered": True}
    return print_pdf(TEMPLATE, data, at=AT, spell=spell)


def test_it_is_archival_with_its_letters_inside_and_can_be_searched(print_pdf: Printer) -> None:
    pdf = printed(print_pdf, "Ветрова Алина")
    marks = marks_of(pdf)
    assert re.search(r"pdfaid:part(>|=\")2", marks)
    assert re.search(r"pdfaid:conformance(>|=\")A", marks)
    letters = letters_of(pdf)
    assert letters
    assert all(letters.values()), letters
    assert "Ветрова Алина" in text_of(pdf)
    root: Any = PdfReader(io.BytesIO(pdf)).root_object
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert root["/Lang"] == "ru-RU"


def test_the_same_data_and_moment_give_the_same_bytes(print_pdf: Printer) -> None:
    assert printed(print_pdf, "Слово") == printed(open_printer(), "Слово")
    later = print_pdf(TEMPLATE, PLAIN, at=AT.replace(hour=11))
    assert later != print_pdf(TEMPLATE, PLAIN, at=AT)


def test_what_people_wrote_is_never_markup(print_pdf: Printer) -> None:
    found = text_of(printed(print_pdf, HOSTILE))
    for piece in ("#eval(", "#read(", "$x^2$", "`raw`", "@ref", "<label>", "*b*", "_i_", "@preview/x:1.0.0"):
        assert piece in found
    assert "root:" not in found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_is_printed_or_told(text: str) -> None:
    print_pdf = open_printer()
    try:
        pdf = printed(print_pdf, text)
    except SignsMissing as told:
        assert "U+" in str(told)  # noqa: PT017 - either answer is right, a crash is not
        pdf = printed(print_pdf, text, spell=True)
    assert pdf.startswith(b"%PDF-")


def test_the_languages_of_the_peoples_of_russia_and_greek_have_their_letters(print_pdf: Printer) -> None:
    found = text_of(printed(print_pdf, f"{PEOPLES} Ελληνικά ά ή Čč Łł ß"))
    for sign in PEOPLES.split():
        assert sign in found


@pytest.mark.parametrize("text", ["Проект 😀", "שלום", "مرحبا", "数学", "\ud800"])
def test_signs_that_the_letters_lack_are_told_before_anything_is_printed(print_pdf: Printer, text: str) -> None:
    with pytest.raises(SignsMissing, match=r"U\+[0-9A-F]{4}"):
        printed(print_pdf, text)


def test_told_signs_are_written_as_codes_on_demand(print_pdf: Printer) -> None:
    assert "Проект [U+1F600]" in text_of(printed(print_pdf, "Проект 😀", spell=True))


def test_what_cannot_be_seen_turns_no_text_around(print_pdf: Printer) -> None:
    assert "Алина 5" in text_of(printed(print_pdf, "Алина\N{RIGHT-TO-LEFT OVERRIDE} 5\x00\x07"))


def test_empty_fields_leave_a_sheet_without_holes(print_pdf: Printer) -> None:
    pdf = print_pdf(TEMPLATE, {**PLAIN, "letterhead": None, "sections": [section()]}, at=AT)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize("text", ["Ы" * 400, "Длиннофамильная-Североозёрская Александрина-Мария Константиновна " * 4])
def test_nothing_long_leaves_the_sheet(print_pdf: Printer, tmp_path: Path, text: str) -> None:
    """ГОСТ Р 7.0.97-2016 §3.1: 30 mm left, 10 mm right, 20 mm above and below, whatever stands in between."""
    for page in pictures_of(printed(print_pdf, text), tmp_path):
        with Image.open(page) as image:
            wide, high = image.size
            ink = image.point(lambda grey: 255 if grey < 128 else 0).getbbox()
        assert ink is not None
        left, top, right, bottom = ink
        assert left >= wide * 29 / 210
        assert right <= wide * 201 / 210
        assert bottom <= high * 278 / 297
        assert top >= high * 8 / 297  # the page number stands in the upper margin


def test_fifty_rows_keep_their_head_on_every_page(print_pdf: Printer) -> None:
    rows = [[f"ИНФ.{number} Планируемый результат освоения программы", "показан"] for number in range(1, 51)]
    one = section(columns=["Результат", "Показан ли"], widths=[3, 1], rows=rows)
    pdf = print_pdf(TEMPLATE, {**PLAIN, "sections": [one]}, at=AT)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 1
    assert all("Показан ли" in page for page in pages)
    assert pages[1].lstrip().startswith("2")
    assert "ИНФ.50" in pages[-1]


def test_no_template_reads_files_or_asks_for_packages() -> None:
    templates = [path for folder in TEMPLATE_FOLDERS for path in folder.rglob("*.typ")]
    assert len(templates) >= 2
    for path in templates:
        text = path.read_text("utf-8")
        assert not re.search(
            r"@preview|@local|\b(?:read|csv|yaml|toml|xml|cbor|plugin|eval|include|image(?!\(bytes\())\s*\(", text
        ), path
        assert set(re.findall(r"json\(([^)]*)\)", text)) <= {"bytes(sys.inputs.data"}, path


def test_without_the_extra_there_is_a_sentence() -> None:
    with pytest.raises(NoPdf, match="напечатайте его из браузера"):
        Printer(ready=False)(TEMPLATE, PLAIN, at=AT)


def test_an_installation_without_the_extra_starts_and_knows_it() -> None:
    program = (
        "import sys; sys.modules['typst'] = None\n"
        "from importlib.machinery import PathFinder\n"
        "found = PathFinder.find_spec\n"
        "PathFinder.find_spec = classmethod(lambda cls, name, *rest: None if name == 'typst' else found(name, *rest))\n"
        "del sys.modules['typst']\n"
        "from service.printing.printer import open_printer\n"
        "import service.app\n"
        "print(open_printer().ready)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "False"
