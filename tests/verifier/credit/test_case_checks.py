"""What the check of a case finds in its badges and papers, and what is credited only in part."""

from typing import Any

import pytest

from tests.campus import PROJECT
from tests.verifier.credit.world import ALINA, START, World, parts_of_programming, refused
from verifier.credit import plans
from verifier.credit.events import Event
from verifier.credit.facts import Extent, State
from verifier.credit.matching import Planned
from verifier.credit.tables import ItemState, Wish


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"learner": "AAAAAAAAAAAAAAAAAAAAAAAAAA"}, "g4-this-learner"),
        ({"title": "Результат ЕГЭ по информатике"}, "g5-not-state-final"),
    ],
)
def test_a_badge_that_does_not_fit_is_stopped_and_refused(world: World, options: dict[str, Any], code: str) -> None:
    case = world.drafted(world.badge(**options))
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("deputy", case, Event.START_CHECK)
    with refused(code):
        world.act("deputy", case, Event.ACCEPT_CHECK)
    world.act("deputy", case, Event.REJECT_CHECK, reason="Не исправить.")
    assert world.read(case).extent is Extent.REFUSE
    world.act("director", case, Event.RETURN_PROPOSAL, reason="Проверьте ещё раз.")
    assert world.state(case) is State.CHECKING
    with refused(code):
        world.act("deputy", case, Event.ACCEPT_CHECK)


def test_an_issuer_without_a_licence_is_stopped(world: World) -> None:
    employer = world.campus.join("sen", name="Севэнерго")
    case = world.drafted(employer.award(awarded_at=START))
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("deputy", case, Event.START_CHECK)
    with refused("g2-issuer-licensed"):
        world.act("deputy", case, Event.ACCEPT_CHECK)


def test_one_bad_badge_does_not_harm_a_good_one(world: World) -> None:
    case = world.drafted(world.badge(title="Результат ОГЭ"), world.badge())
    world.to_comparison(case)
    with world.session() as session:
        work = world.cases.look(session, world.actor("deputy"), case, world.now)
        assert work.comparison.complete
        assert {row.evidence for row in work.comparison.rows} == {work.evidence[1].id}


def test_a_result_is_credited_once_for_a_component(world: World) -> None:
    badge = world.badge()
    world.credited(badge)
    with world.session() as session:
        line = plans.line_of(session, world.item)
        again = plans.assign(session, learner=ALINA, component=line.component, year="2027/28", now=world.now).id
    case = world.drafted(badge, item=again)
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("deputy", case, Event.START_CHECK)
    with refused("g6-not-used"):
        world.act("deputy", case, Event.ACCEPT_CHECK)


def test_a_badge_revoked_between_proposal_and_order_cannot_be_ordered(world: World) -> None:
    badge = world.badge()
    case = world.drafted(badge)
    world.to_commission(case)
    world.vote(case, "full")
    world.act("deputy", case, Event.CONCLUDE, extent="full")
    world.ugu.revoke(badge)
    with refused("still-good"):
        world.sign(case)
    world.act("director", case, Event.RETURN_PROPOSAL, reason="Значок отозван.")
    with refused("g3-in-force"):
        world.act("deputy", case, Event.ACCEPT_CHECK)


def test_a_check_that_cannot_tell_waits_and_then_a_person_may_answer(world: World) -> None:
    case = world.drafted(world.badge())
    world.campus.gone.add(world.ugu.url("status/revocation"))
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    with world.session() as session:
        assert world.cases.nightly(session, world.now) == 1
    with refused("g3-in-force"):
        world.act("deputy", case, Event.ACCEPT_CHECK)
    with refused("incurable"):
        world.act("deputy", case, Event.REJECT_CHECK, reason="нет")
    with refused("unknown-long"):
        world.act("deputy", case, Event.RECORD_PROOF, reason="Видел справку.")
    world.later(days=3)
    with refused("reason-given"):
        world.act("deputy", case, Event.RECORD_PROOF)
    world.act("deputy", case, Event.RECORD_PROOF, reason="Справка № 5 от 03.11.2026, видел оригинал.")
    world.act("deputy", case, Event.ACCEPT_CHECK)
    assert world.state(case) is State.MATCHING


def test_a_paper_is_seen_by_a_person_and_assessed(world: World) -> None:
    case = world.drafted(world.badge(learner="AAAAAAAAAAAAAAAAAAAAAAAAAA"), assessment_agreed=True)
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("secretary", case, Event.ASK_DOCUMENTS, reason="Нужна справка об обучении.")
    with refused("supplied"):
        world.act("guardian", case, Event.SUPPLY)
    world.act("guardian", case, Event.SUPPLY, paper="Справка об обучении № 5")
    world.act("deputy", case, Event.START_CHECK)
    world.act("deputy", case, Event.RECORD_PROOF, reason="Оригинал справки № 5.")
    world.act("deputy", case, Event.ACCEPT_CHECK)
    world.act("deputy", case, Event.START_ASSESSMENT, on="2026-11-16", reason="каб. 3")
    levels = {f"level.{code}": "2" for code, _ in PROJECT}
    world.act("teacher", case, Event.FINISH_ASSESSMENT, levels, came="yes")
    world.vote(case, "full", "member", "spare", "spare2")
    with refused("mark-chosen"):
        world.act("deputy", case, Event.CONCLUDE, extent="full")
    world.act("deputy", case, Event.CONCLUDE, extent="full", mark="4")
    world.sign(case)
    assert world.read(case).mark == "4"


def test_partial_credit_asks_the_family_and_leaves_the_residue(world: World) -> None:
    outcomes = [
        Planned(code="ИНФ.1", name="ИНФ.1", level=3, part="1.1"),
        Planned(code="ИНФ.2", name="ИНФ.2", level=3, part="1.1"),
        Planned(code="ИНФ.3", name="ИНФ.3", level=2, part="1.2"),
    ]
    with world.session() as session:
        item = world.planned(
            session, code="P1", hours=68, recognition="credit-p1", outcomes=outcomes, parts=parts_of_programming()
        )
    case = world.drafted(world.badge(outcomes=(("ИНФ.1", 3), ("ИНФ.2", 3)), hours=72), item=item, wish=Wish.FULL)
    world.to_commission(case)
    world.vote(case, "partial")
    world.act("deputy", case, Event.CONCLUDE, extent="partial")
    with refused("agreed"):
        world.sign(case)
    world.act("guardian", case, Event.AGREE_PROPOSAL)
    world.sign(case)
    world.told(case)
    with refused("hours-fit"):
        world.act("deputy", case, Event.AMEND_PLAN, hours="68")
    world.act("deputy", case, Event.AMEND_PLAN, hours="48")
    world.act("deputy", case, Event.CLOSE, journal="yes", file="yes")
    assert [order.achievement for order in world.ordered] == ["credit-p1-1-1"]
    assert set(world.ordered[0].levels) == {"ИНФ.1", "ИНФ.2"}
    with world.session() as session:
        line = plans.line_of(session, item)
        assert (line.state, line.credited_parts, line.freed_hours) == (ItemState.PART, ("1.1",), 48)
    rest = world.drafted(world.badge(outcomes=(("ИНФ.3", 2),)), item=item)
    world.to_commission(rest)
    world.decided(rest)
    world.told(rest)
    world.act("deputy", rest, Event.AMEND_PLAN, hours="20")
    with world.session() as session:
        assert plans.line_of(session, item).state is ItemState.CREDITED


def test_a_mark_below_the_table_needs_the_family_s_agreement(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.vote(case, "full")
    world.act("deputy", case, Event.CONCLUDE, extent="full", mark="4")
    with refused("agreed"):
        world.sign(case)
    world.act("guardian", case, Event.AGREE_PROPOSAL)
    world.sign(case)
