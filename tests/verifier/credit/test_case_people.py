"""Who may do what in a case, and what happens when two do it at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from keys.actor import ActorKind
from schemas.errors import ZachetkaError
from tests.campus import PROJECT
from tests.verifier.credit.world import ALINA, EGOR, World, refused
from verifier.credit import plans
from verifier.credit.errors import NotYourMove, PeopleDecide, ShownChanged, Stale
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.tables import CaseStep, CaseVote, Wish


def test_a_minor_cannot_submit_alone(world: World) -> None:
    with world.session() as session:
        case = world.cases.draft(
            session, world.actor(ALINA), item=world.item, now=world.now, wish=Wish.FULL, badges=[world.badge()]
        ).id
    with pytest.raises(NotYourMove):
        world.act(ALINA, case, Event.SUBMIT)
    world.act("guardian", case, Event.SUBMIT)


def test_an_adult_submits_alone_and_is_told_alone(world: World) -> None:
    with world.session() as session:
        item = world.planned(session, learner=EGOR, code="P2e")
        number = world.cases.services.people(session, world.now).learner(EGOR).number
        case = world.cases.draft(
            session, world.actor(EGOR), item=item, now=world.now, wish=Wish.FULL, badges=[world.badge(learner=number)]
        ).id
    world.act(EGOR, case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("deputy", case, Event.START_CHECK)
    world.act("deputy", case, Event.ACCEPT_CHECK)
    world.act("teacher", case, Event.SIGN_MATRIX)
    world.act("deputy", case, Event.SEND_TO_COMMISSION)
    world.decided(case)
    world.act("secretary", case, Event.NOTIFY, told=EGOR, channel="hand")
    assert world.state(case) is State.NOTIFIED


def test_conflicts_of_interest(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    with refused("not-awarder"):
        world.act("awarder:member", case, Event.VOTE, extent="full", free="yes")
    with refused("declared-free"):
        world.act("member", case, Event.VOTE, extent="full")
    world.vote(case, "full")
    with refused("not-voted"):
        world.act("member", case, Event.VOTE, extent="refuse", free="yes")
    with world.session() as session:
        assert len(session.exec(select(CaseVote)).all()) == 3


@pytest.mark.parametrize("kind", [ActorKind.JOB, ActorKind.TOKEN, ActorKind.COMMAND])
def test_no_program_decides(world: World, kind: ActorKind) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    with pytest.raises(PeopleDecide):
        world.act("member", case, Event.VOTE, kind=kind, extent="full", free="yes")
    world.vote(case, "full")
    with pytest.raises(PeopleDecide):
        world.act("deputy", case, Event.CONCLUDE, kind=kind, extent="full")


def test_staff_of_another_school_have_no_part(world: World) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    with pytest.raises(NotYourMove):
        world.act("foreign:secretary", case, Event.REGISTER)


def test_two_people_decide_at_once_and_one_wins(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.vote(case, "full")
    with world.session() as session:
        work = world.cases.look(session, world.actor("deputy"), case, world.now)
        form = {"version": str(work.case.version), "shown": work.shown_digest(), "extent": "full"}

    def conclude(_: int) -> str:
        try:
            with world.session() as session:
                world.cases.act(session, world.actor("deputy"), case, Event.CONCLUDE, form, world.now)
        except ZachetkaError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(conclude, range(2))) == ["case-changed", "done"]
    with world.session() as session:
        steps = select(CaseStep).where(CaseStep.case == case, CaseStep.event == Event.CONCLUDE)
        assert len(session.exec(steps).all()) == 1


def test_two_drafts_for_one_component_at_once(world: World) -> None:
    badge = world.badge()

    def draft(_: int) -> str:
        try:
            return world.drafted(badge) and "done"
        except ZachetkaError as error:
            return error.code

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(draft, range(2))) == ["component-free", "done"]


def test_a_stale_form_and_a_changed_page_are_conflicts(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_comparison(case)
    with world.session() as session:
        work = world.cases.look(session, world.actor("teacher"), case, world.now)
        old = {"version": str(work.case.version), "shown": work.shown_digest()}
    world.act("guardian", case, Event.AGREE_ASSESSMENT)
    with pytest.raises(Stale), world.session() as session:
        world.cases.act(session, world.actor("teacher"), case, Event.SIGN_MATRIX, old, world.now)
    with pytest.raises(ShownChanged):
        world.act("teacher", case, Event.SIGN_MATRIX, shown="sha256:0")


def test_a_signature_under_the_comparison_is_void_when_it_changes(world: World) -> None:
    case = world.drafted(world.badge(outcomes=(*PROJECT[:3], ("X.9", 3))))
    world.to_comparison(case)
    world.act("teacher", case, Event.SIGN_MATRIX)
    with world.session() as session:
        plans.accept_outcome(
            session,
            school="s1",
            foreign_url="https://cpo.sever.example/frameworks/outcomes/items/4",
            code="ИП.4",
            paper="решение педагогического совета",
            by="deputy",
            now=world.now,
        )
    with refused("matrix-signed"):
        world.act("deputy", case, Event.SEND_TO_COMMISSION)
    world.act("teacher", case, Event.SIGN_MATRIX)
    world.act("deputy", case, Event.SEND_TO_COMMISSION)
