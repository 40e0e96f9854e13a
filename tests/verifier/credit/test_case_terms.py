"""How a case begins, the clock that runs for it, and what may come after its decision."""

import json

import pytest

from schemas.errors import NotFound, ZachetkaError
from tests.campus import make_holder
from tests.verifier.credit.world import START, TIMUR, World, refused
from verifier.credit import plans
from verifier.credit.errors import ForeignPresentation, NoComponent, UnreadableBadge, YearUnknown
from verifier.credit.events import Event
from verifier.credit.evidence import Stage, evidence_of, report_of
from verifier.credit.facts import State
from verifier.credit.tables import ItemState, Wish
from verifier.verdict import Verdict


def test_an_application_signed_by_the_wallet(world: World) -> None:
    holder = make_holder("alina")
    case = world.drafted(world.badge())
    with world.session() as session:
        asks = world.cases.asks(session, world.item)
    shown = world.campus.present([world.badge()], holder, domain=asks.domain, challenge=asks.challenge)
    with world.session() as session:
        world.cases.submit(session, world.actor("guardian"), case, version=1, presentation=shown, now=world.now)
    kept = world.read(case)
    assert kept.holder_shown
    assert kept.state is State.SUBMITTED


@pytest.mark.parametrize("changed", ["domain", "challenge", "age"])
def test_a_presentation_for_something_else_is_refused(world: World, changed: str) -> None:
    case = world.drafted(world.badge())
    with world.session() as session:
        asks = world.cases.asks(session, world.item)
    domain, challenge = ("another" if changed == name else getattr(asks, name) for name in ("domain", "challenge"))
    shown = world.campus.present([world.badge()], make_holder("alina"), domain=domain, challenge=challenge)
    if changed == "age":
        world.later(hours=1)
    with pytest.raises(ForeignPresentation), world.session() as session:
        world.cases.submit(session, world.actor("guardian"), case, version=1, presentation=shown, now=world.now)
    assert world.state(case) is State.DRAFT


def test_a_file_without_a_badge_is_refused(world: World) -> None:
    with pytest.raises(UnreadableBadge):
        world.drafted(json.dumps({"a": 1}).encode())


def test_a_draft_can_be_changed_until_it_is_submitted(world: World) -> None:
    case = world.drafted(world.badge(), wish=None)
    with refused("wish-stated"):
        world.act("guardian", case, Event.SUBMIT)
    with world.session() as session:
        world.cases.revise(
            session, world.actor("guardian"), case, version=1, now=world.now, wish=Wish.PARTIAL, badges=[]
        )
    with refused("has-evidence"):
        world.act("guardian", case, Event.SUBMIT)
    with world.session() as session:
        revised = world.cases.revise(
            session, world.actor("guardian"), case, version=2, now=world.now, wish=Wish.FULL, badges=[world.badge()]
        )
        assert revised.version == 3
    world.act("guardian", case, Event.SUBMIT)
    with pytest.raises(ZachetkaError, match="на другом шаге"), world.session() as session:
        world.cases.revise(session, world.actor("guardian"), case, version=4, now=world.now)


def test_what_cannot_be_applied_for(world: World) -> None:
    with pytest.raises(NoComponent):
        world.drafted(item="nothing")
    with world.session() as session:
        final = world.planned(session, code="ГИА", title="ГИА по математике")
        foreign = world.planned(session, learner=TIMUR, code="S2", school="s2")
    with refused("not-state-final"):
        world.drafted(item=final)
    with refused("enrolled"):
        world.drafted(item=foreign)
    with pytest.raises(NotFound):
        world.act("guardian", "unknown", Event.SUBMIT)


def test_nothing_happens_in_a_year_without_a_calendar(world: World) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.campus.now = START.replace(year=2041)
    with pytest.raises(YearUnknown):
        world.act("secretary", case, Event.REGISTER)


def test_the_clock_stops_while_the_family_looks_for_documents(world: World) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    assert str(world.read(case).deadline) == "2026-11-10"
    world.act("secretary", case, Event.REGISTER)
    assert str(world.read(case).deadline) == "2026-11-23"
    world.later(days=2)
    world.act("secretary", case, Event.ASK_DOCUMENTS, reason="Справка.")
    assert str(world.read(case).deadline) == "2026-12-11"
    world.later(days=7)
    world.act("guardian", case, Event.SUPPLY, paper="Справка № 5")
    assert str(world.read(case).deadline) == "2026-11-30"


def test_an_application_without_its_documents_lapses(world: World) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("secretary", case, Event.ASK_DOCUMENTS, reason="Справка.")
    with refused("answer-overdue"):
        world.act("secretary", case, Event.LAPSE)
    world.later(days=33)
    world.act("secretary", case, Event.LAPSE)
    lapsed = world.read(case)
    assert (lapsed.state, lapsed.extent) == (State.CLOSED, None)
    with refused("was-decided"):
        world.act("guardian", case, Event.APPEAL, reason="нет")


def test_a_revocation_after_the_decision_opens_a_review_and_the_director_annuls(world: World) -> None:
    badge = world.badge()
    case = world.credited(badge)
    with refused("in-doubt"):
        world.act("deputy", case, Event.REVIEW, reason="Слухи.")
    world.ugu.revoke(badge)
    world.act("deputy", case, Event.REVIEW, reason="Значок отозван.")
    assert world.state(case) is State.UNDER_REVIEW
    with world.session() as session:
        assert plans.line_of(session, world.item).state is ItemState.CREDITED
    paper = {"number": "3", "date": "2026-11-09", "signer": "Директор"}
    world.act("director", case, Event.ANNUL, paper, reason="Отозван.")
    assert world.revoked == ["award-1"]
    with world.session() as session:
        line = plans.line_of(session, world.item)
        assert (line.state, line.mark, line.freed_hours) == (ItemState.OPEN, None, 0)
        (one,) = evidence_of(session, case)
        decision, review = report_of(one, Stage.DECISION), report_of(one, Stage.REVIEW)
        assert decision is not None
        assert review is not None
        assert (decision.verdict, review.verdict) == (Verdict.VALID, Verdict.INVALID)


def test_a_review_may_leave_the_order_where_it_was(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.decided(case)
    world.act("deputy", case, Event.REVIEW, reason="Письмо.", proof="Письмо университета № 4")
    world.act("director", case, Event.KEEP, reason="Письмо не подтвердилось.")
    assert world.state(case) is State.ORDERED
    world.told(case)


def test_a_withdrawn_application_leaves_room_for_a_new_one(world: World) -> None:
    case = world.drafted(world.badge())
    with refused("component-free"):
        world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("guardian", case, Event.WITHDRAW)
    world.drafted(world.badge())
