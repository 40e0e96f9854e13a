"""The roll over HTTP: a file is looked at, applied as it was shown, its faults come back as a file that can be fed in again."""

import csv
import io
import re

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from schemas.spreadsheets.reading import read_table
from service.database import unit_of_work
from service.identity import accounts
from service.identity.people import Roll
from service.identity.roll_pages import PER_PAGE
from service.identity.tables import RollList
from tests.service.house import SINCE, House, send, token_of

HEAD = "Фамилия;Имя;Отчество;Дата рождения;Класс;Сетевой номер"
GOOD = "Ёлкин;Пётр;Олегович;31.08.2015;5б;"
BAD = "Сорокина;Анна;;вчера;5;"


@pytest.fixture
def secretary(house: House) -> TestClient:
    with unit_of_work(house.parts.engine) as session:
        seat = [Membership("s1", Role.SECRETARY)]
        accounts.add_account(session, id="secretary", name="Мхова Елена", memberships=seat, since=SINCE)
    return house.signed_in("secretary")


def upload(browser: TestClient, *rows: str, encoding: str = "utf-8", **fields: str) -> Response:
    data = "\n".join((HEAD, *rows)).encode(encoding)
    token = token_of(browser.get("/roll/s1/lists"))
    typed = {"day": "2026-11-23", "extent": "part", **fields, "csrf": token}
    return browser.post("/roll/s1/lists", data=typed, files={"file": ("класс.csv", data)})


def hidden(page: Response) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)
    assert found is not None
    return found.group(1)


def names(house: House) -> list[str]:
    with unit_of_work(house.parts.engine) as session:
        return [one.name for one in Roll(session, SINCE.replace(year=2027)).roster("s1")]


def events(house: House) -> list[tuple[str, str | None]]:
    with unit_of_work(house.parts.engine) as session:
        rows = session.exec(select(JournalRow).where(JournalRow.person == "secretary")).all()
        return [(row.event, row.learner) for row in rows]


def test_a_list_is_looked_at_then_written_then_its_faults_fed_back(house: House, secretary: TestClient) -> None:
    there = upload(secretary, GOOD, BAD, encoding="cp1251").headers["location"]
    page = secretary.get(there)
    assert "новый ученик" in page.text
    assert "Дата рождения: Дата не читается" in page.text
    assert names(house) == ["Ветрова Алина Игоревна"]
    answer = send(secretary, f"{there}/apply", {"seen": hidden(page)}, form_at=there)
    assert answer.status_code == 303
    assert names(house) == ["Ветрова Алина Игоревна", "Ёлкин Пётр Олегович"]
    assert events(house) == [("roll.changed", None)]
    told = secretary.get(f"{there}/faults.csv").content
    assert [row[0] for row in csv.reader(io.StringIO(told.decode("utf-8-sig")), delimiter=";")] == [
        "Фамилия",
        "Сорокина",
    ]
    corrected = told.decode("utf-8-sig").replace("вчера", "01.09.2015")
    again = upload(secretary, *corrected.splitlines()[1:]).headers["location"]
    send(secretary, f"{again}/apply", {"seen": hidden(secretary.get(again))}, form_at=again)
    assert "Сорокина Анна" in names(house)


def test_a_stale_look_is_refused_and_shown_again(house: House, secretary: TestClient) -> None:
    there = upload(secretary, GOOD).headers["location"]
    refused = send(secretary, f"{there}/apply", {"seen": "0" * 64}, form_at=there)
    assert refused.status_code == 409
    assert "Посмотрите ещё раз" in refused.text
    assert names(house) == ["Ветрова Алина Игоревна"]


def test_a_whole_school_with_a_fault_has_no_button(secretary: TestClient) -> None:
    there = upload(secretary, BAD, extent="whole").headers["location"]
    page = secretary.get(there)
    assert "/apply" not in page.text
    assert "Выбывают" in page.text
    discarded = send(secretary, f"{there}/discard", {}, form_at=there)
    assert discarded.headers["location"] == "/roll/s1/lists"
    assert secretary.get(there).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"day": "завтра"}, "Дата не читается"), ({"day": "2031-01-01"}, "не позже, чем через год")],
)
def test_a_day_that_cannot_be_is_told_beside_its_field(
    secretary: TestClient, fields: dict[str, str], said: str
) -> None:
    page = upload(secretary, GOOD, **fields)
    assert page.status_code == 422
    assert said in page.text


def test_a_file_that_is_none_is_told(secretary: TestClient) -> None:
    assert "Выберите файл" in send(secretary, "/roll/s1/lists", {"day": "2026-11-23"}, form_at="/roll/s1/lists").text
    token = token_of(secretary.get("/roll/s1/lists"))
    typed = {"day": "2026-11-23", "csrf": token}
    broken = secretary.post("/roll/s1/lists", data=typed, files={"file": ("a.png", b"\x89PNG\r\n\x1a\n\0\0")})
    assert "Это не таблица" in broken.text


def test_the_sample_can_be_brought_as_it_is(secretary: TestClient) -> None:
    for ending in ("csv", "xlsx"):
        table = read_table(io.BytesIO(secretary.get(f"/roll/s1/sample.{ending}").content))
        assert table.headings[:5] == ("Фамилия", "Имя", "Отчество", "Дата рождения", "Класс")
    assert secretary.get("/roll/s1/sample.pdf").status_code == 404


def test_a_search_finds_by_name_and_number_and_names_nobody_in_its_address(secretary: TestClient) -> None:
    found = send(secretary, "/roll/s1", {"q": "ветрова али"}, form_at="/roll/s1")
    assert "Ветрова Алина Игоревна" in found.text
    assert send(secretary, "/roll/s1", {"q": "сорокина"}, form_at="/roll/s1").text.count("Никого не нашлось") == 1


def test_one_learner_is_shown_and_the_look_is_noted(house: House, secretary: TestClient) -> None:
    page = secretary.get("/roll/s1/learners/l1")
    assert "Ветрова Ольга Петровна" in page.text
    assert "Сетевой номер" in page.text
    assert events(house) == [("roll.read", "l1")]
    assert secretary.get("/roll/s1/learners/nobody").status_code == 404
    assert house.signed_in("olga").get("/roll/s1/learners/l1").status_code == 404


def test_two_thousand_learners_are_pages(house: House, secretary: TestClient) -> None:
    letters = "абвгдежзиклмнопр"
    rows = [
        f"{a}{b}{c}я;Анна;;01.03.2014;{1 + ord(b) % 11}А;".title() for a in letters for b in letters for c in letters
    ]
    there = upload(secretary, *rows[:2_000], day="2026-11-22").headers["location"]
    page = secretary.get(there)
    assert page.text.count("<tr>") <= 501
    send(secretary, f"{there}/apply", {"seen": hidden(page)}, form_at=there)
    first = secretary.get("/roll/s1")
    assert first.text.count("/roll/s1/learners/") == PER_PAGE
    assert "всего: 2001" in first.text
    assert secretary.get("/roll/s1?page=21").text.count("/roll/s1/learners/") == 1
    one_class = secretary.get("/roll/s1?grade=5А")
    assert 0 < one_class.text.count("/roll/s1/learners/") <= PER_PAGE
    with unit_of_work(house.parts.engine) as session:
        assert session.exec(select(RollList)).one().rows == []
