"""The register of decisions: what stands in it, what becomes of a line, who looks, two thousand lines, files."""

import csv
import io
import time
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from sqlmodel import select

from tests.campus import PROJECT
from tests.verifier.credit.office import Office
from tests.verifier.credit.world import ALINA, TIMUR, World
from verifier.credit import listing, register
from verifier.credit.events import Event
from verifier.credit.facts import Extent
from verifier.credit.rights import RIGHTS
from verifier.credit.tables import CaseDocument, Decision

PATH = "/credit/register/s1"


def lines(world: World) -> list[Decision]:
    with world.session() as session:
        found = list(session.exec(select(Decision).order_by(Decision.number)))  # type: ignore[arg-type]  # a column
        session.expunge_all()
        return found


def test_an_order_is_a_line_with_its_paper_its_result_and_when_the_family_heard(world: World) -> None:
    case = world.credited(world.badge())
    [line] = lines(world)
    assert (line.case, line.learner, line.grade, line.number, line.year) == (case, ALINA, "10", 1, "2026/27")
    assert (line.extent, line.mark, line.hours, line.freed_hours) == (Extent.FULL, "5", 34, 34)
    assert (line.paper_number, line.paper_signer) == ("17-у", "Директор Северцева Г. М.")
    assert line.notified_on == line.decided_on == date(2026, 11, 9)
    assert line.fell_on is None
    assert len(line.reference) == 36


def test_a_refusal_that_an_appeal_overturns_stays_and_says_so(world: World) -> None:
    case = world.drafted(world.badge(outcomes=PROJECT[:1]))
    world.to_commission(case)
    world.decided(case, "refuse")
    world.told(case)
    world.act("guardian", case, Event.APPEAL, reason="Несогласны.")
    world.act("disputes", case, Event.UPHOLD, reason="Рассмотреть заново.")
    [line] = lines(world)
    assert (line.extent, line.fell_on) == (Extent.REFUSE, world.now.date())
    with world.session() as session:
        assert register.standing(session, case) is None


def test_an_annulled_order_names_the_paper_that_annulled_it(world: World) -> None:
    case = world.credited(world.badge())
    world.act("deputy", case, Event.REVIEW, reason="Подделка.", proof="Письмо университета")
    assert lines(world)[0].fell_on is None
    day = world.now.date().isoformat()
    world.act("director", case, Event.ANNUL, reason="Подделка.", number="40-у", date=day, signer="Директор")
    [line] = lines(world)
    assert (line.fell_on, line.fell_by) == (world.now.date(), "40-у")


def test_people_look_through_it_by_everything_they_know(world: World) -> None:
    office = Office(world)
    assert "Решений пока нет" in office.get("secretary", PATH).text
    case = world.credited(world.badge())
    page = office.get("secretary", PATH)
    assert f'href="/credit/cases/{case}"' in page.text
    [line] = lines(world)
    found = (
        {"q": "ветрова"},
        {"q": "17-у"},
        {"q": "1/2026"},
        {"q": "проект"},
        {"q": line.reference},
        {"year": "2026/27"},
    )
    for fields in (*found, {"extent": "full"}, {"force": "stands"}):
        assert case in office.post("secretary", PATH, fields).text, fields
    for fields in ({"q": "Оленев"}, {"year": "2025/26"}, {"extent": "refuse"}, {"force": "fell"}, {"q": "%"}):
        answer = office.post("secretary", PATH, fields)
        assert case not in answer.text, fields
        assert "Ничего не нашлось" in answer.text
    assert office.get("secretary", PATH, language="en").status_code == 200


def test_every_name_that_is_seen_is_noted(world: World) -> None:
    office = Office(world)
    case = world.credited(world.badge())
    office.journal.clear()
    office.get("director", PATH)
    assert office.journal == [("credit.read", "director", case)]
    office.journal.clear()
    office.post("director", f"{PATH}/export", {"form": "csv"})
    assert office.journal == [("credit.read", "director", "register"), ("credit.exported", "director", "csv")]


@pytest.mark.parametrize("who", ["guardian", "l1", "tutor", "teacher", "member", "disputes", "foreign:director"])
def test_nobody_else_reads_it(world: World, who: str) -> None:
    office = Office(world)
    world.credited(world.badge())
    for answer in (
        office.get(who, PATH),
        office.post(who, PATH, {}),
        office.post(who, f"{PATH}/export", {"form": "csv"}),
    ):
        assert answer.status_code in {403, 404}
        assert "Ветрова" not in answer.text


def test_looking_things_up_is_no_act_on_a_case(world: World) -> None:
    """The rights of acts are named after events; a page of this register must not lend anybody one of them."""
    events = {f"credit.{event}" for event in Event}
    pages = {
        "credit.decisions",
        "credit.office",
        "credit.read",
        "credit.act",
        "credit.plan",
        "credit.policy",
        "credit.apply",
        "credit.desk",
        "credit.recognise",
        "credit.agenda",
        "credit.contract",
        "credit.contracts",
        "credit.curricula",
        "credit.curriculum",
        "credit.dates",
        "credit.give",
        "credit.meeting",
        "credit.parallel",
        "credit.prepare",
        "credit.record",
    }
    assert not events & pages
    assert {row.action for row in RIGHTS} <= events | pages
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    assert Office(world).get("director", f"/credit/cases/{case}/register").status_code == 403


def test_files_hold_what_was_asked_for_and_nothing_live(world: World) -> None:
    office = Office(world)
    with world.session() as session:
        item = world.planned(session, title="=HYPERLINK(1)")
    world.credited(world.badge(), item=item)
    sent = office.post("deputy", f"{PATH}/export", {"form": "csv", "q": "hyperlink"}).content
    [head, row] = csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline=""), delimiter=";")
    assert tuple(head) == listing.COLUMNS
    assert row[3:8] == ["Ветрова Алина Игоревна", "10", "'=HYPERLINK(1)", "34", "зачесть полностью"]
    book = openpyxl.load_workbook(io.BytesIO(office.post("deputy", f"{PATH}/export", {"form": "xlsx"}).content))
    cells = [cell for line in book.active.iter_rows() for cell in line]  # type: ignore[union-attr]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    assert office.post("deputy", f"{PATH}/export", {"form": "exe"}).status_code == 422


def test_two_thousand_lines_are_paged_and_leave_as_a_file(world: World) -> None:
    office = Office(world)
    case = world.credited(world.badge())
    [line] = lines(world)
    with world.session() as session:
        document = session.exec(select(CaseDocument.id)).first()
        session.add_all(
            Decision(
                **{
                    **line.model_dump(),
                    "id": uuid4().hex,
                    "number": number,
                    "reference": str(uuid4()),
                    "learner": (ALINA, TIMUR)[number % 2],
                    "decided_on": line.decided_on - timedelta(days=number % 300),
                    "document": document,
                    "paper_number": f"{number}-к",
                }
            )
            for number in range(2, 2001)
        )
    began = time.monotonic()
    first = office.get("secretary", PATH)
    assert "Страница 1 из 40" in first.text
    assert first.text.count(f"/credit/cases/{case}") == listing.PAGE
    last = office.post("secretary", PATH, {"page": "40"})
    assert "Страница 40 из 40" in last.text
    assert "Страница 40 из 40" in office.post("secretary", PATH, {"page": "99"}).text
    assert "2000-к" in office.post("secretary", PATH, {"q": "2000-к"}).text
    sent = office.post("secretary", f"{PATH}/export", {"form": "xlsx"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(sent), read_only=True).active
    assert sheet is not None
    assert sheet.max_row in {None, 2001}
    assert time.monotonic() - began < 60  # a machine under load; it takes about two seconds
