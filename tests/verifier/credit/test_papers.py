"""Documents on paper: every kind is made, opened, searched and drawn; hostile and endless texts; numbers; joint documents."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import Session, select

from keys.organisations import did_of, find, keys_of
from keys.sealed import unseal
from service.database import unit_of_work
from service.printing.printer import open_printer
from tests.campus import PROJECT
from tests.service.printing.paper import letters_of, marks_of, pictures_of, text_of
from tests.verifier.credit.office import Office
from tests.verifier.credit.world import ALINA, EGOR, START, TIMUR, World
from verifier.credit import blanks, documents, letterheads, printed
from verifier.credit.blanks import NETWORK_BLANKS, Blank
from verifier.credit.events import Event
from verifier.credit.matching import Planned
from verifier.credit.papers import TITLES, Body, DocumentKind, Paper
from verifier.credit.tables import Case, CaseDocument

HOSTILE = '#eval("1") $x$ `r` \\n <b> {ученик} {{}} %(x)s "кавычки" =1+1'
HEAD = {
    "above": "Администрация Североозёрского муниципального округа",
    "name": "Муниципальное бюджетное общеобразовательное учреждение «Североозёрская средняя общеобразовательная школа № 1»",
    "short": "МБОУ «Североозёрская СОШ № 1»",
    "address": "184000, п. Североозёрск, ул. Школьная, д. 1",
    "contacts": "тел. (815) 00-00-00",
    "numbers": "ОКПО 00000000",
    "place": "п. Североозёрск",
    "director": "Г. М. Северцева",
    "position": "Директор",
}

ON_PAPER = {DocumentKind.AGENDA, DocumentKind.PROTOCOL, DocumentKind.ORDER}


@pytest.fixture
def quick(sqlite: Engine, tmp_path: Path) -> World:
    """One database is enough where none is asked anything new."""
    return World(sqlite, tmp_path)


def body_of(kind: DocumentKind, text: str = "Слово", *, rows: int = 2) -> Body:
    return Body(
        kind=kind,
        facts=((text, text), ("Пусто", "")),
        columns=(text, text),
        rows=((text, text),) * rows,
        text=(text, ""),
        acted=((text, text),),
        basis=(text,),
        addressee=(text,),
        places=dict.fromkeys((*blanks.COMMON, *blanks.OF_CASE), text),
        paper=Paper("17-у", "27 ноября 2026 г.", text) if kind in ON_PAPER else None,
    )


def sheet(session: Session, kind: DocumentKind, text: str, *, rows: int = 2, number: int = 7) -> dict[str, Any]:
    case = Case(id="c", school="s1", learner=ALINA, item="", component="", applicant="", changed_at=START)
    day = START.date()
    entries = [(case, body_of(kind, text, rows=rows))]
    return printed.sheet_of(documents.compose(session, entries, number=number, now=START, today=day))


def made(world: World, case: str) -> dict[str, str]:
    with world.session() as session:
        return {one.kind: one.id for one in documents.documents_of(session, case)}


def test_every_document_of_a_case_is_archival_searchable_and_can_be_drawn(quick: World, tmp_path: Path) -> None:
    with quick.session() as session:
        letterheads.enter(session, "s1", HEAD)
    case, office = quick.credited(quick.badge()), Office(quick)
    kinds = made(quick, case)
    assert {
        "application",
        "receipt",
        "check",
        "comparison",
        "protocol",
        "order",
        "notice",
        "amendment",
        "record",
    } <= set(kinds)
    for kind, document in kinds.items():
        answer = office.get("deputy", f"/credit/documents/{document}/pdf")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), kind
        pdf = answer.content
        assert "pdfaid:part>2" in marks_of(pdf)
        assert all(letters_of(pdf).values())
        text = text_of(pdf)
        assert "Ветрова Алина Игоревна" in text
        assert printed.LOOKS[DocumentKind(kind)].word.upper() in text
        assert "9 ноября 2026 г." in text
        assert "Отметка не является подписью" in text
        folder = tmp_path / kind
        folder.mkdir()
        for page in pictures_of(pdf, folder):
            with Image.open(page) as image:
                assert image.point(lambda grey: 255 if grey < 128 else 0).getbbox() is not None


@pytest.mark.parametrize("text", [HOSTILE, "Ы" * 300, "", "Имя 😀 العربية\N{RIGHT-TO-LEFT OVERRIDE}"])
def test_any_text_in_any_field_of_any_kind_is_printed_as_it_is(quick: World, text: str) -> None:
    print_pdf = open_printer()
    with quick.session() as session:
        sheets = [sheet(session, kind, text, rows=50) for kind in DocumentKind]
    for data in sheets:
        found = text_of(print_pdf(printed.TEMPLATE, data, at=START, spell=True))
        assert data["kind"].upper() in found
        if text == HOSTILE:
            assert "#eval(" in found
            assert "$x$ `r`" in found


def test_an_order_is_set_as_an_order(quick: World) -> None:
    with quick.session() as session:
        letterheads.enter(session, "s1", HEAD)
    case, office = quick.credited(quick.badge()), Office(quick)
    text = text_of(office.get("director", f"/credit/documents/{made(quick, case)['order']}/pdf").content)
    for piece in (
        *("Администрация Североозёрского", "«Североозёрская средняя", "ПРИКАЗ", "№ 17-у", "п. Североозёрск"),
        *(
            "О зачёте результатов",
            "ПРИКАЗЫВАЮ:",
            "1. По части учебного плана",
            "3. Контроль",
            "Директор",
            "Г. М. Северцева",
        ),
        *("5 (отлично)", "Подлинник подписан вне программы: № 17-у от 9 ноября 2026 г."),
    ):
        assert piece in text, piece
    assert "квалифицированн" not in text


def test_a_draft_has_no_number_no_seal_and_says_what_it_is(quick: World) -> None:
    case, office = quick.drafted(quick.badge()), Office(quick)
    quick.to_commission(case)
    assert office.get("director", f"/credit/drafts/{case}").status_code == 404
    quick.vote(case, "full")
    quick.act("deputy", case, Event.CONCLUDE, extent="full")
    before = made(quick, case)
    pdf = office.get("director", f"/credit/drafts/{case}").content
    text = text_of(pdf)
    assert "ПРОЕКТ" in text
    assert "№ ______" in text
    assert "Отметка целостности" not in text
    assert made(quick, case) == before
    assert office.get("guardian", f"/credit/drafts/{case}").status_code == 404


def test_a_refusal_is_drafted_with_the_reasons_and_recorded_with_those_that_were_signed(quick: World) -> None:
    case, office = quick.drafted(quick.badge(outcomes=PROJECT[:1])), Office(quick)
    quick.to_commission(case)
    quick.vote(case, "refuse")
    quick.act("deputy", case, Event.CONCLUDE, extent="refuse", reason="Защиты не было.")
    draft = text_of(office.get("director", f"/credit/drafts/{case}").content)
    assert "МОТИВИРОВАННЫЙ ОТКАЗ" in draft
    assert f"{PROJECT[1][0]} Результат {PROJECT[1][0]}" in draft
    quick.sign(case, refused=True)
    signed = text_of(office.get("guardian", f"/credit/documents/{made(quick, case)['refusal']}/pdf").content)
    for piece in ("Защиты не было.", "Не подтверждён.", "рабочих дней после уведомления", "Ветрова Ольга Петровна"):
        assert piece in signed, piece


def test_signs_that_no_letter_shows_are_told_and_can_be_spelt(quick: World) -> None:
    office = Office(quick)
    with quick.session() as session:
        item = quick.planned(session, title="Проект 😀")
    case = quick.drafted(quick.badge(), item=item)
    quick.act("guardian", case, Event.SUBMIT)
    path = f"/credit/documents/{made(quick, case)['application']}/pdf"
    answer = office.get("secretary", path)
    assert answer.status_code == 422
    assert "U+1F600" in answer.text
    spelt = office.get("secretary", path, spell="true")
    assert spelt.status_code == 200
    assert "[U+1F600]" in text_of(spelt.content)


def test_the_same_document_always_prints_the_same_bytes(quick: World) -> None:
    case, office = quick.drafted(quick.badge()), Office(quick)
    quick.act("guardian", case, Event.SUBMIT)
    path = f"/credit/documents/{made(quick, case)['application']}/pdf"
    first = office.get("secretary", path).content
    quick.later(days=3)
    assert office.get("secretary", path).content == first


def test_a_document_of_the_first_shape_still_opens(quick: World) -> None:
    case, office = quick.drafted(quick.badge()), Office(quick)
    quick.act("guardian", case, Event.SUBMIT)
    document = made(quick, case)["application"]
    with quick.session() as session:
        kept = session.get_one(CaseDocument, document)
        now = documents.read(kept)
        [section] = now.pop("sections")
        for name in ("letterhead", "blank", "paper", "addressee", "opening", "closing"):
            del now[name]
        kept.sealed = json.dumps({**now, **{name: section[name] for name in section if name != "item"}}).encode()
    assert "Ветрова Алина Игоревна" in office.get("deputy", f"/credit/documents/{document}").text
    assert "Ветрова Алина Игоревна" in text_of(office.get("deputy", f"/credit/documents/{document}/pdf").content)


# --- numbers ------------------------------------------------------------------------------------------------------


def test_sixty_four_at_once_leave_no_gap_and_no_double(engine: Engine) -> None:
    def one(number: int) -> int | None:
        with suppress(ZeroDivisionError), unit_of_work(engine) as session:
            given = documents.next_number(session, "s1", "2026/27", "order")
            return given if 1 / (number % 4) else None  # every fourth act fails after it was given its number
        return None

    with ThreadPoolExecutor(64) as threads:
        given = [number for number in threads.map(one, range(128)) if number]
    assert sorted(given) == list(range(1, 97))
    with unit_of_work(engine) as session:
        assert documents.next_number(session, "s1", "2027/28", "order") == 1
        assert documents.next_number(session, "s2", "2026/27", "order") == 1


# --- the words of the school --------------------------------------------------------------------------------------


def test_the_version_of_the_words_is_kept_with_each_document(world: World) -> None:
    day = world.now.date()
    with world.session() as session:
        wanted = Blank(opening="Здравствуйте, {школа}!", item="Дело {заявление}: {ученик}.", valid_from=day)
        blanks.adopt(session, "s1", DocumentKind.RECEIPT, wanted, by="deputy", now=world.now)
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    with world.session() as session:
        blanks.adopt(
            session, "s1", DocumentKind.RECEIPT, Blank(item="Другое.", valid_from=day), by="deputy", now=world.now
        )
        receipt = next(one for one in documents.documents_of(session, case) if one.kind == "receipt")
        school = find(session, "s1")
        multikeys = [key.multikey for key in keys_of(session, "s1")]
        body = unseal(receipt.sealed, did_of(school), multikeys, world.now, limit=documents.LARGEST)
    assert receipt.blank == 1
    assert body["blank"] == {"version": 1, "from": day.isoformat()}
    assert body["opening"] == ["Здравствуйте, Организация s1!"]
    assert body["sections"][0]["item"] == ["Дело 1/2026-27: Ветрова Алина Игоревна."]


def test_all_words_of_the_network_can_be_filled() -> None:
    assert set(NETWORK_BLANKS) == set(DocumentKind) == set(TITLES) == set(printed.LOOKS)
    for blank in NETWORK_BLANKS.values():
        blanks.check(blank)


# --- one document about several learners --------------------------------------------------------------------------


def two_on_the_commission(world: World) -> list[str]:
    """Алина and Тимур, each with a badge of their own, each voted on."""
    with world.session() as session:
        second = world.planned(session, TIMUR)
    number = world.cases.services.people(session, world.now).learner(TIMUR).number
    cases = [world.drafted(world.badge()), world.drafted(world.badge(learner=number), item=second)]
    for case in cases:
        world.to_commission(case)
        world.vote(case, "full")
    return cases


def together(world: World, office: Office, who: str, event: str, cases: list[str], **common: str) -> Any:
    path = f"/credit/together/s1/{event}"
    assert office.get(who, path).status_code == 200
    fields: dict[str, str] = dict(common)
    with world.session() as session:
        for case in cases:
            work = world.cases.look(session, world.actor(who), case, world.now)
            own = {
                "pick": "yes",
                "version": str(work.case.version),
                "shown": work.shown_digest(),
                "extent": "full",
                "mark": "5",
            }
            fields |= {f"{name}.{case}": value for name, value in own.items()}
    return office.post(who, path, fields)


def test_one_protocol_and_one_order_cover_two_learners_and_each_family_reads_its_own(world: World) -> None:
    office = Office(world)
    cases = two_on_the_commission(world)
    assert together(world, office, "deputy", "conclude", cases).status_code == 303
    day = world.now.date().isoformat()
    paper = {"number": "21-у", "date": day, "signer": "Директор"}
    draft = office.post("director", "/credit/together/s1/order/draft", {f"pick.{case}": "yes" for case in cases})
    assert "Оленев Тимур Русланович" in text_of(draft.content)
    assert together(world, office, "director", "order", cases, **paper).status_code == 303
    with world.session() as session:
        held = [{one.kind: one for one in documents.documents_of(session, case)} for case in cases]
        assert held[0]["order"].id == held[1]["order"].id
        assert held[0]["protocol"].id == held[1]["protocol"].id
        assert held[0]["order_extract"].id != held[1]["order_extract"].id
        assert [case.id for case in documents.cases_of(session, held[0]["order"])] == sorted(cases)
        numbers = session.exec(select(CaseDocument.number).where(CaseDocument.kind == "order")).all()
        assert list(numbers) == [1]
    for one in ("order", "protocol"):
        whole = text_of(office.get("deputy", f"/credit/documents/{held[0][one].id}/pdf").content)
        assert "Ветрова Алина Игоревна" in whole
        assert "Оленев Тимур Русланович" in whole
        for family in (ALINA, TIMUR, "guardian"):
            assert office.get(family, f"/credit/documents/{held[0][one].id}").status_code == 404
    for family, own, mine, other in ((ALINA, 0, "Ветрова", "Оленев"), (TIMUR, 1, "Оленев", "Ветрова Алина")):
        for kind in ("order_extract", "protocol_extract"):
            page = office.get(family, f"/credit/documents/{held[own][kind].id}")
            pdf = office.get(family, f"/credit/documents/{held[own][kind].id}/pdf")
            assert (page.status_code, pdf.status_code) == (200, 200)
            for text in (page.text, text_of(pdf.content)):
                assert mine in text
                assert other not in text
        case = office.get(family, f"/credit/cases/{cases[own]}")
        assert held[0]["order"].id not in case.text
        told = office.get(family, f"/api/credit/cases/{cases[own]}").json()
        assert held[0]["order"].id not in json.dumps(told["documents"])
    read = {item for event, who, item in office.journal if event == "credit.read" and who == "deputy"}
    assert held[0]["order"].id in read


def test_where_one_of_several_cannot_be_decided_nothing_is_written(world: World) -> None:
    office = Office(world)
    cases = two_on_the_commission(world)
    before = [world.read(case).version for case in cases]
    world.campus.gone.clear()
    with world.session() as session:
        work = world.cases.look(session, world.actor("deputy"), cases[0], world.now)
        shown = work.shown_digest()
    fields = {
        f"{name}.{case}": value
        for case, extent in zip(cases, ("full", "partial"), strict=True)
        for name, value in {
            "pick": "yes",
            "extent": extent,
            "mark": "5",
            "version": str(world.read(case).version),
            "shown": shown,
        }.items()
    }
    with world.session() as session:
        fields[f"shown.{cases[1]}"] = world.cases.look(
            session, world.actor("deputy"), cases[1], world.now
        ).shown_digest()
    answer = office.post("deputy", "/credit/together/s1/conclude", fields)
    assert answer.status_code == 422
    assert "Ничего не записано" in answer.text
    assert [world.read(case).version for case in cases] == before
    assert office.post("deputy", "/credit/together/s1/conclude", {}).status_code == 422
    assert office.get("teacher", "/credit/together/s1/conclude").status_code == 403
    assert office.get("foreign:deputy", "/credit/together/s1/conclude").status_code == 404


def test_a_family_with_fifty_outcomes_gets_all_of_them(quick: World) -> None:
    with quick.session() as session:
        outcomes = [
            Planned(code=f"ИНФ.{n}", name=f"Планируемый результат номер {n} с длинным названием", level=2)
            for n in range(1, 51)
        ]
        item = quick.planned(session, outcomes=outcomes, title="Информатика " * 12)
    case, office = quick.drafted(quick.badge(), item=item), Office(quick)
    quick.to_comparison(case)
    quick.act("teacher", case, Event.SIGN_MATRIX)
    quick.act("deputy", case, Event.SEND_TO_COMMISSION)
    pdf = office.get("deputy", f"/credit/documents/{made(quick, case)['comparison']}/pdf").content
    assert len(PdfReader(io.BytesIO(pdf)).pages) >= 2
    text = text_of(pdf)
    assert all(f"ИНФ.{n} " in text for n in range(1, 51))


def test_a_stranger_s_grown_up_learner_reads_nothing(quick: World) -> None:
    case, office = quick.drafted(quick.badge()), Office(quick)
    quick.act("guardian", case, Event.SUBMIT)
    document = made(quick, case)["application"]
    for path in ("", "/pdf", "/sealed"):
        assert office.get(EGOR, f"/credit/documents/{document}{path}").status_code == 404
