"""What a door in one hop answers, and in which order it refuses, as the framework would."""

import threading
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, Request, Response
from fastapi.testclient import TestClient
from sqlmodel import select

from keys.deps import Visiting
from keys.tables import JournalRow
from schemas.errors import Conflict, TooOften
from service.database import reading
from service.routing import doors_of
from service.tasks import Task
from tests.service.house import House, token_of

router = APIRouter()


async def late(_: Request) -> str:
    raise TooOften(minutes=1)


def here(_: Request) -> str:
    return threading.current_thread().name


async def outside(_: Request) -> str:
    return threading.current_thread().name


Late = Annotated[str, Depends(late)]
Here = Annotated[str, Depends(here)]
Outside = Annotated[str, Depends(outside)]


@router.post("/test/threads/{place}")
def threads(visit: Visiting, where: Here, loop: Outside, place: str) -> Response:
    visit.record("test.done", item=place)
    return Response(f"{threading.current_thread().name == where} {loop == where} {place}")


@router.post("/test/late")
def refused_late(visit: Visiting, asked: Late) -> Response:
    raise AssertionError(visit, asked)


@router.post("/test/early")
def refused_early(asked: Late, visit: Visiting) -> Response:
    raise AssertionError(visit, asked)


@router.post("/test/fails")
def fails(visit: Visiting) -> Response:
    visit.record("test.done", item="x")
    visit.later("test.kind", "x")
    visit.session.flush()
    raise Conflict


@router.get("/test/asks")
def asks(visit: Visiting, page: int = 1) -> Response:
    return Response(f"{visit.language} {page}")


@pytest.fixture
def olga(house: House) -> TestClient:
    house.app.router.routes.extend(doors_of(router))
    visitor = house.signed_in("olga")
    visitor.headers["Accept"] = "application/json"
    return visitor


def written(house: House) -> list[str]:
    with reading(house.parts.engine) as session:
        return [
            *(row.item for row in session.exec(select(JournalRow)).all()),
            *(t.item for t in session.exec(select(Task)).all()),
        ]


def test_what_a_door_asks_for_decides_who_answers() -> None:
    plans = {door.path: door.plan is not None for door in doors_of(router)}
    assert plans.pop("/test/asks") is False
    assert all(plans.values())


def test_all_but_waiting_runs_in_one_thread_and_is_written_before_the_answer(house: House, olga: TestClient) -> None:
    olga.headers["X-CSRF-Token"] = token_of(olga.get("/", headers={"accept": "text/html"}))
    assert olga.post("/test/threads/тундра").text == "True False тундра"
    assert "тундра" in written(house)


def test_the_first_refusal_in_the_order_of_the_route_is_the_answer(olga: TestClient) -> None:
    page = token_of(olga.get("/", headers={"accept": "text/html"}))
    assert olga.post("/test/late").json()["code"] == "stale-form"
    assert olga.post("/test/early").json()["code"] == "too-often"
    assert olga.post("/test/late", headers={"X-CSRF-Token": page}).json()["code"] == "too-often"


def test_an_error_takes_back_what_the_route_wrote(house: House, olga: TestClient) -> None:
    before = written(house)
    olga.headers["X-CSRF-Token"] = token_of(olga.get("/", headers={"accept": "text/html"}))
    assert olga.post("/test/fails").status_code == 409
    assert written(house) == before


def test_another_method_is_told_which_ones_there_are(olga: TestClient) -> None:
    answer = olga.get("/test/late")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
