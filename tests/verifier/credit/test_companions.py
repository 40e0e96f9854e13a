"""Tutor and class teacher: they prepare an application for the family and say what they think; they hand in and decide nothing."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.verifier.credit.office import Office
from tests.verifier.credit.world import ALINA, TIMUR, World, refused
from verifier.credit import plans
from verifier.credit.errors import NoSuchMove, NotYourMove
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.tables import Case

DRAFTS = f"/credit/plans/{ALINA}/drafts"
NOTE = {"note": "Проект Алины стоит зачесть: его показывает значок университета."}


@pytest.fixture
def engine(sqlite: Engine) -> Engine:
    """One database is enough for pages."""
    return sqlite


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def cases(world: World) -> list[Case]:
    with world.session() as session:
        found = list(session.exec(select(Case)).all())
        session.expunge_all()
        return found


def test_a_tutor_prepares_what_the_family_completes(office: Office) -> None:
    world = office.world
    assert "Подготовить заявление для семьи" in office.get("tutor", f"/credit/plans/{ALINA}").text
    answer = office.post("tutor", DRAFTS, {"item": world.item, **NOTE})
    assert answer.status_code == 303
    [case] = cases(world)
    assert (case.state, case.wish, case.applicant) == (State.DRAFT, None, "tutor")
    assert {told["person"] for told in world.notices} == {ALINA, "guardian"}
    assert {told["href"] for told in world.notices} == {f"/wallet/{ALINA}/apply?case={case.id}"}
    assert NOTE["note"] in office.get("guardian", f"/credit/cases/{case.id}").text
    assert ("credit.draft", "tutor", case.id) in office.journal
    with pytest.raises(NotYourMove):
        world.act("tutor", case.id, Event.SUBMIT, wish="full")


def test_one_application_at_a_time(office: Office) -> None:
    office.post("tutor", DRAFTS, {"item": office.world.item, **NOTE})
    assert "Подготовить заявление для семьи" not in office.get("tutor", f"/credit/plans/{ALINA}").text
    again = office.post("tutor", DRAFTS, {"item": office.world.item, **NOTE})
    assert (again.status_code, "уже есть заявление в работе" in again.text) == (409, True)
    assert len(cases(office.world)) == 1


def test_a_tutor_prepares_for_their_own_learners_and_says_why(office: Office) -> None:
    world = office.world
    with world.session() as session:
        component = plans.line_of(session, world.item).component
        foreign = plans.assign(session, learner=TIMUR, component=component, year="2026/27", now=world.now).id
    assert office.post("tutor", DRAFTS, {"item": world.item}).status_code == 409
    assert office.post("tutor", DRAFTS, {"item": foreign, **NOTE}).status_code in {404, 409}
    assert office.post("tutor", DRAFTS.replace(ALINA, TIMUR), {"item": foreign, **NOTE}).status_code == 404
    for who in ("guardian", "deputy", "teacher"):
        assert office.post(who, DRAFTS, {"item": world.item, **NOTE}).status_code == 403
    assert cases(world) == []


def test_an_opinion_is_read_by_whoever_decides_and_moves_nothing(office: Office) -> None:
    world = office.world
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    answer = office.press("tutor", case, "opinion", reason="Алина сделала проект сама, я была на защите.")
    assert answer.status_code == 303
    assert world.state(case) is State.SUBMITTED
    for who in ("deputy", "member", "guardian"):
        assert "я была на защите" in office.get(who, f"/credit/cases/{case}").text
    with refused("reason-given"):
        world.act("tutor", case, Event.OPINION, reason="")
    with pytest.raises(NotYourMove):
        world.act("teacher", case, Event.OPINION, reason="Согласен.")


def test_no_opinion_before_the_application_nor_after_the_commission(world: World) -> None:
    case = world.drafted(world.badge())
    with pytest.raises(NoSuchMove):
        world.act("tutor", case, Event.OPINION, reason="Рано.")
    world.to_commission(case)
    world.act("tutor", case, Event.OPINION, reason="В самый раз.")
    world.decided(case)
    with pytest.raises(NoSuchMove):
        world.act("tutor", case, Event.OPINION, reason="Поздно.")
