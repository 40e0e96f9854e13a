"""Components without a class: the school says for whom they are, and nothing is said in its place."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import EGOR, World
from verifier.credit import plans
from verifier.credit.curricula import giving
from verifier.credit.curricula.classing import proposed
from verifier.credit.tables import PlanComponent

BASE = "/credit/curricula/s1"
CLASSES = f"{BASE}/classes"


@pytest.mark.parametrize(
    ("classes", "span"),
    [
        (("10",), "10"),
        (("10А", "10Б", "11"), "10–11"),
        (("1 курс", "2 курс"), "1–2 курс"),
        (("7", "10"), ""),
        (("1", "1 курс"), ""),
        (("кружок",), ""),
        ((), ""),
    ],
)
def test_what_classes_are_in_one_span(classes: tuple[str, ...], span: str) -> None:
    assert proposed(classes) == span


@pytest.fixture
def engine(sqlite: Engine) -> Engine:
    """One database is enough for pages."""
    return sqlite


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def grades(office: Office) -> dict[str, str]:
    with office.world.session() as session:
        return {one.code: one.grade for one in session.exec(select(PlanComponent)).all()}


def test_the_page_proposes_the_classes_of_those_who_have_it_and_writes_what_is_confirmed(office: Office) -> None:
    with office.world.session() as session:
        [component] = session.exec(select(PlanComponent.id)).all()
        plans.assign(session, learner=EGOR, component=component, year="2026/27", now=office.world.now)
    assert "не указан класс" in office.get("deputy", BASE).text
    page = office.get("deputy", CLASSES).text
    assert "стоит в планах классов: 10, 11." in page
    form = fields_of(page, CLASSES)
    assert form[f"grade.{component}"] == ["10–11"]
    assert list(grades(office).values()) == [""], "looking writes nothing"
    assert office.post("deputy", CLASSES, form).headers["location"] == BASE
    assert list(grades(office).values()) == ["10–11"]
    assert ("credit.curriculum", "deputy", component) in office.journal
    assert "не указан класс" not in office.get("deputy", BASE).text
    with office.world.session() as session:
        assert [one.id for one in giving.offered(session, "s1", "11")] == [component]


def test_what_is_left_empty_waits_and_what_is_unclear_is_told(office: Office) -> None:
    with office.world.session() as session:
        office.world.planned(session, code="Х", title="Химия")
        there = {one.code: one.id for one in session.exec(select(PlanComponent)).all()}
    answer = office.post("deputy", CLASSES, {f"grade.{there['Х']}": "десятый"})
    assert (answer.status_code, "Класс пишется числом" in answer.text) == (422, True)
    answer = office.post("deputy", CLASSES, {f"grade.{there['Х']}": "9"})
    assert answer.headers["location"] == CLASSES
    assert sorted(grades(office).values()) == ["", "9"]
    assert "Химия" not in office.get("deputy", CLASSES).text


def test_a_school_says_it_of_its_own_components_alone(office: Office) -> None:
    with office.world.session() as session:
        [component] = session.exec(select(PlanComponent.id)).all()
    foreign = office.post("foreign:deputy", "/credit/curricula/s2/classes", {f"grade.{component}": "9"})
    assert foreign.status_code == 303
    assert office.post("teacher", CLASSES, {}).status_code == 403
    assert "Указать классы" not in office.get("teacher", BASE).text
    assert list(grades(office).values()) == [""]
