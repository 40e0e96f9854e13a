"""What a route is given: who, when, on which transaction, and a journal that stands or falls with the act."""

from datetime import timedelta

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import select

from keys.actor import NOTHING, Membership, Role
from keys.deps import Visiting
from keys.tables import JournalRow
from schemas.errors import Conflict
from service import tasks
from service.database import reading, unit_of_work
from service.identity import accounts
from service.identity.tables import Substitution
from service.routing import doors_of
from service.tasks import Task
from tests.service.house import House, token_of

router = APIRouter()


@router.get("/test/look")
def look(visit: Visiting) -> dict[str, object]:
    visit.session.exec(select(Task)).all()
    visit.record("test.read", learner="l1", item="x")
    return {"person": visit.actor.person, "now": visit.now.isoformat(), "wards": sorted(visit.actor.wards)}


@router.get("/test/mark")
def mark(visit: Visiting) -> None:
    visit.session.exec(select(Task)).all()
    visit.later("test.seen", "x")


@router.post("/test/act")
def act(visit: Visiting) -> None:
    visit.record("test.done", organisation="s1", item="y")
    visit.later("test.kind", "y")


@router.post("/test/fail")
def fail(visit: Visiting) -> None:
    visit.record("test.done", item="z")
    visit.later("test.kind", "z")
    visit.session.flush()
    raise Conflict


@router.post("/test/require")
def require(visit: Visiting) -> None:
    visit.require("account.see", NOTHING)


@pytest.fixture
def olga(house: House) -> TestClient:
    house.app.router.routes.extend(doors_of(router))
    visitor = house.signed_in("olga")
    visitor.headers["X-CSRF-Token"] = token_of(visitor.get("/"))
    visitor.headers["Accept"] = "application/json"
    return visitor


def journal(house: House) -> list[tuple[str, str | None, str | None, str | None, str]]:
    with reading(house.parts.engine) as session:
        rows = session.exec(select(JournalRow)).all()
        return [(row.event, row.person, row.organisation, row.learner, row.item) for row in rows]


def left(house: House) -> list[str]:
    with reading(house.parts.engine) as session:
        return [task.item for task in session.exec(select(Task)).all()]


def asked(house: House) -> list[str]:
    said: list[str] = []
    event.listen(house.parts.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    return said


def test_a_visitor_is_known_by_three_questions_whatever_they_are(house: House, olga: TestClient) -> None:
    """Her session, her roles with those of two whom she stands in for, her learners."""
    today = house.clock.now.date()
    with unit_of_work(house.parts.engine) as session:
        for absent in ("a1", "a2"):
            accounts.add_account(session, id=absent, name=absent, memberships=[Membership("s1", Role.TEACHER)])
            session.add(
                Substitution(
                    id=absent,
                    organisation="s1",
                    absent=absent,
                    substitute="olga",
                    since=today,
                    until=today,
                    basis="№ 12",
                    entered_by="director",
                    entered_at=house.clock.now,
                )
            )
    said = asked(house)
    assert olga.get("/test/look").json()["wards"] == ["l1"]
    assert sum("identity_" in text for text in said) == 3


def test_a_visit_knows_its_visitor(house: House, olga: TestClient) -> None:
    assert olga.get("/test/look").json() == {
        "person": "olga",
        "now": house.clock.now.isoformat(),
        "wards": ["l1"],
    }
    house.clock.move(timedelta(minutes=1))
    assert olga.get("/test/look").json()["now"] == house.clock.now.isoformat()


def test_a_foreign_read_is_written_down(house: House, olga: TestClient) -> None:
    olga.get("/test/look")
    assert journal(house) == [("test.read", "olga", None, "l1", "x")]


def test_an_act_its_journal_row_and_its_task_are_kept_together(house: House, olga: TestClient) -> None:
    assert olga.post("/test/act").status_code == 200
    assert journal(house) == [("test.done", "olga", "s1", None, "y")]
    assert left(house) == ["y"]
    assert house.parts.bell.is_set()


def test_an_act_that_is_refused_leaves_nothing(house: House, olga: TestClient) -> None:
    assert olga.post("/test/fail").status_code == 409
    assert journal(house) == []
    assert left(house) == []


def test_a_page_may_leave_a_mark_while_others_write(house: House, olga: TestClient) -> None:
    with unit_of_work(house.parts.engine) as session:
        tasks.later(session, "test.other", "o", house.clock.now)
    assert olga.get("/test/mark").status_code == 200
    assert sorted(left(house)) == ["o", "x"]


def test_a_stranger_is_told_to_sign_in(house: House, olga: TestClient) -> None:
    stranger = house.visitor(accept="application/json")
    assert stranger.post("/test/require").status_code == 401
    assert olga.post("/test/require").status_code == 200


def test_a_commit_that_fails_is_an_answer_that_fails(
    house: House, olga: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("service.visits.journal.append", broken)
    assert olga.post("/test/act").status_code == 500
    assert left(house) == []
