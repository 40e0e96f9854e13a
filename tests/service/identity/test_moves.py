"""From school to school: offered, taken in by the number, receipted by both; what the old school keeps and no longer sees."""

import json
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from keys import organisations
from keys.actor import Membership, Role
from keys.organisations.register import did_of
from keys.sealed import unseal
from keys.tables import JournalRow, OrganisationKind
from schemas.identity import grouped, number_from
from service.database import unit_of_work
from service.identity import accounts, roll
from service.identity.days import in_force
from service.identity.people import Roll
from service.identity.tables import Companionship, Enrolment, SchoolMove
from service.notices.tables import Notice
from tests.service.house import SINCE, START, House, send

NUMBER = grouped(number_from(b"0123456789abcdef"))
DAY = date(2026, 12, 1)
FAR = date(2027, 1, 12)


@pytest.fixture
def two(house: House) -> House:
    """A second school, secretaries in both, a tutor and a class teacher of the first who accompany Алина."""
    parts = house.parts
    with unit_of_work(parts.engine) as session:
        organisations.register(
            session,
            code="s2",
            name="Школа № 2",
            kind=OrganisationKind.SCHOOL,
            host="s2.sever.example",
            member_from=START - timedelta(days=60),
        )
        organisations.rotate(session, parts.store, "s2", START - timedelta(days=60))
        for code, role, account in (
            ("s1", Role.SECRETARY, "from"),
            ("s2", Role.SECRETARY, "to"),
            ("s1", Role.CLASS_TEACHER, "teacher"),
            ("cpo", Role.TUTOR, "tutor"),
        ):
            seat = [Membership(code, role)]
            accounts.add_account(session, id=account, name=f"Сотрудник {account}", memberships=seat, since=SINCE)
        for account in ("teacher", "tutor"):
            roll.add_companion(session, "l1", account, SINCE)
    return house


def offer(browser: TestClient, **typed: str) -> Response:
    fields = {"number": NUMBER, "to_school": "s2", "day": DAY.isoformat(), **typed}
    return send(browser, "/roll/s1/moves", fields, form_at="/roll/s1/moves")


def offered(house: House) -> str:
    return offer(house.signed_in("from")).headers["location"].rpartition("/")[2]


def accept(house: House, move: str, number: str = NUMBER) -> Response:
    page = f"/roll/s2/moves/{move}"
    assert house.signed_in("to").get(page).status_code == 200
    return send(house.signed_in("to"), f"{page}/accept", {"number": number, "grade": "10б"}, form_at=page)


def school_on(house: House, day: date) -> str:
    with unit_of_work(house.parts.engine) as session:
        return Roll(session, day).learner("l1").school


def companions(house: House, day: date) -> set[str]:
    with unit_of_work(house.parts.engine) as session:
        rows = select(Companionship.person).where(in_force(Companionship.since, Companionship.until, day))
        return set(session.exec(rows))


def journalled(house: House) -> list[tuple[str, str | None]]:
    with unit_of_work(house.parts.engine) as session:
        rows = session.exec(select(JournalRow).where(JournalRow.person.in_(["from", "to"]))).all()  # type: ignore[union-attr]
        return [(row.event, row.organisation) for row in rows if row.event.startswith("move.")]


def test_the_learner_changes_school_on_the_day_and_nothing_else_changes(two: House) -> None:
    move = offered(two)
    assert school_on(two, DAY) == "s1", "an offer is no move"
    assert accept(two, move).headers["location"] == f"/roll/s2/moves/{move}"
    assert (school_on(two, DAY - timedelta(days=1)), school_on(two, DAY)) == ("s1", "s2")
    with unit_of_work(two.parts.engine) as session:
        places = [(one.school, one.grade, one.since, one.until) for one in roll.places(session, "l1")]
        assert Roll(session, DAY).guardians("l1") != []
    assert places == [("s1", "10", SINCE, DAY - timedelta(days=1)), ("s2", "10б", DAY, None)]
    assert journalled(two) == [("move.offered", "s1"), ("move.accepted", "s2")]


def test_staff_of_the_old_school_accompany_no_longer_and_others_do(two: House) -> None:
    accept(two, offered(two))
    assert companions(two, DAY - timedelta(days=1)) == {"teacher", "tutor"}
    assert companions(two, DAY) == {"tutor"}


def test_the_receipt_is_sealed_by_both_schools_and_shown_to_both_alone(two: House) -> None:
    move = offered(two)
    assert two.signed_in("from").get(f"/roll/s1/moves/{move}/receipt.json").status_code == 404
    accept(two, move)
    body = two.signed_in("from").get(f"/roll/s1/moves/{move}/receipt.json").content
    assert two.signed_in("to").get(f"/roll/s2/moves/{move}/receipt.json").content == body
    with unit_of_work(two.parts.engine) as session:
        for code in ("s1", "s2"):
            keys = [key.multikey for key in organisations.keys_of(session, code)]
            told = unseal(body, did_of(organisations.find(session, code)), keys, two.clock.now, limit=len(body))
            assert (told["from"]["code"], told["to"]["code"], told["firstDay"]) == ("s1", "s2", DAY.isoformat())
    for account, school in (("from", "s1"), ("to", "s2"), ("deputy", "s1")):
        page = two.signed_in(account).get(f"/roll/{school}/moves/{move}")
        assert "Справка о переводе" in page.text
        assert "остаются в реестре прежней школы" in page.text
    assert two.signed_in("olga").get(f"/roll/s1/moves/{move}").status_code == 404
    assert two.signed_in("awarder").get(f"/roll/kol/moves/{move}").status_code == 403
    assert json.loads(body)["learner"]["number"] == NUMBER


def test_only_the_number_that_the_family_brings_opens_the_new_school(two: House) -> None:
    move = offered(two)
    for number in ("", "0" * 27, grouped(number_from(bytes(16)))):
        answer = accept(two, move, number)
        assert answer.status_code >= 400
        assert "Сетевой номер не этого ученика" in answer.text
    assert school_on(two, DAY) == "s1"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": "никто"}, "Ученика с таким сетевым номером"),
        ({"number": grouped(number_from(bytes(16)))}, "Ученика с таким сетевым номером"),
        ({"to_school": "s1"}, "Выберите другую школу"),
        ({"to_school": "kol"}, "Выберите другую школу"),
        ({"day": SINCE.isoformat()}, "Первый день в новой школе"),
        ({"day": "2031-01-01"}, "Первый день в новой школе"),
        ({"day": "вчера"}, 'role="alert"'),
    ],
)
def test_what_cannot_be_offered_is_told_so(two: House, typed: dict[str, str], told: str) -> None:
    answer = offer(two.signed_in("from"), **typed)
    assert answer.status_code >= 400
    assert told in answer.text
    with unit_of_work(two.parts.engine) as session:
        assert session.exec(select(SchoolMove)).all() == []


def test_one_move_at_a_time_and_each_is_settled_once(two: House) -> None:
    move = offered(two)
    assert "уже переводят" in offer(two.signed_in("from")).text
    accept(two, move)
    token_at = "/roll/s2/moves"
    again = send(two.signed_in("to"), f"/roll/s2/moves/{move}/accept", {"number": NUMBER}, form_at=token_at)
    ended = send(two.signed_in("from"), f"/roll/s1/moves/{move}/end", {}, form_at="/roll/s1/moves")
    assert (again.status_code, ended.status_code) == (409, 409)
    with unit_of_work(two.parts.engine) as session:
        assert len(session.exec(select(Enrolment).where(Enrolment.learner == "l1")).all()) == 2


@pytest.mark.parametrize(("account", "school", "event"), [("from", "s1", "withdrawn"), ("to", "s2", "declined")])
def test_either_side_can_end_it_and_the_family_is_told(two: House, account: str, school: str, event: str) -> None:
    move = offered(two)
    page = f"/roll/{school}/moves/{move}"
    assert send(two.signed_in(account), f"{page}/end", {}, form_at=page).status_code == 303
    assert journalled(two)[-1] == (f"move.{event}", school)
    assert school_on(two, FAR) == "s1"
    with unit_of_work(two.parts.engine) as session:
        told = [one.text for one in session.exec(select(Notice).where(Notice.person == "olga"))]
    assert any("Школа № 2" in text and "не состоялся" in text for text in told)


def test_the_old_school_does_not_accept_its_own_offer_and_others_know_nothing(two: House) -> None:
    move = offered(two)
    own = send(two.signed_in("from"), f"/roll/s1/moves/{move}/accept", {"number": NUMBER}, form_at="/roll/s1/moves")
    assert own.status_code == 409
    assert two.signed_in("deputy").post(f"/roll/s1/moves/{move}/end").status_code == 403
    assert two.signed_in("operator").get("/roll/s1/moves").status_code == 404
    assert two.visitor().get("/roll/s1/moves").headers["location"].startswith("/sign-in")


def test_english_pages_are_english(two: House) -> None:
    accept(two, offered(two))
    browser = two.signed_in("from")
    page = browser.get("/roll/s1/moves?language=en")
    assert "Moves between schools" in page.text
    assert "taken in" in page.text
