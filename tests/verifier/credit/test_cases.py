"""Whole cases on both databases: the positive way, the negative way, and what is kept."""

import pytest
from sqlmodel import select

from keys.organisations import did_of, find, keys_of
from keys.sealed import unseal
from tests.verifier.credit.world import ALINA, World, refused
from verifier.credit import documents, plans
from verifier.credit.errors import RuleNotMet
from verifier.credit.events import Event
from verifier.credit.evidence import Stage, evidence_of, report_of
from verifier.credit.facts import Extent, State
from verifier.credit.matching import Planned
from verifier.credit.tables import CaseDocument, CaseNotice, Decision, ItemState
from verifier.verdict import Verdict

# ── The positive way (Sc 1) ──────────────────────────────────────────────────────────────────────────────────────


def test_a_result_is_credited_from_draft_to_the_school_s_own_badge(world: World) -> None:
    case_id = world.credited(world.badge())
    case = world.read(case_id)
    assert (case.state, case.extent, case.mark, case.number) == (State.CLOSED, Extent.FULL, "5", "1/2026-27")
    assert case.deadline is None
    with world.session() as session:
        line = plans.line_of(session, world.item)
        assert (line.state, line.mark, line.freed_hours, line.case) == (ItemState.CREDITED, "5", 34, case_id)
        assert plans.open_components(session, ALINA) == []


def test_the_recognition_tells_both_results_and_no_order(world: World) -> None:
    world.credited(world.badge())
    (order,) = world.ordered
    with world.session() as session:
        [decision] = session.exec(select(Decision)).all()
    assert order.organisation == "s1"
    assert order.achievement == "credit-p2"
    assert order.levels == dict.fromkeys(("ИП.1", "ИП.2", "ИП.3", "ИП.4"), 3)
    assert order.statements == {
        "original-result": "87 из 100",
        "original-hours": "34",
        "original-source": "Северный открытый университет: Исследовательский проект: от вопроса к защите",
        "credited-result": "5",
        "credited-hours": "34",
        "reference": decision.reference,
    }
    assert "17-у" not in repr(order)


def test_every_step_keeps_actor_time_and_document(world: World) -> None:
    case = world.credited(world.badge())
    with world.session() as session:
        steps = world.cases.history(session, case)
        kinds = [one.kind for one in documents.documents_of(session, case)]
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert [str(step.event) for step in steps] == [
        *("draft", "submit", "register", "start-check", "accept-check", "sign-matrix", "send-to-commission"),
        *("vote", "vote", "vote", "conclude", "order", "notify", "amend-plan", "close"),
    ]
    assert all(step.person and step.actor_kind == "person" for step in steps)
    decided = {Event.VOTE, Event.CONCLUDE, Event.ORDER, Event.ACCEPT_CHECK, Event.SIGN_MATRIX}
    assert all(step.shown.startswith("sha256:") for step in steps if step.event in decided)
    assert kinds == [
        *("application", "receipt", "check", "comparison", "protocol", "protocol_extract"),
        *("order", "notice", "amendment", "record"),
    ]


def test_documents_carry_the_school_s_seal_and_numbers_of_their_own(world: World) -> None:
    world.credited(world.badge())
    with world.session() as session:
        second = world.planned(session, code="P2b", title="Второй проект")
    world.credited(world.badge(), item=second)
    with world.session() as session:
        school = find(session, "s1")
        multikeys = [key.multikey for key in keys_of(session, "s1")]
        made = session.exec(select(CaseDocument)).all()
        for one in made:
            body = unseal(one.sealed, did_of(school), multikeys, world.now, limit=documents.LARGEST)
            assert body["number"] == one.number
            assert body["school"]["code"] == "s1"
        assert sorted(one.number for one in made if one.kind == "order") == [1, 2]


def test_both_reports_are_kept(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.later(days=1)
    world.decided(case)
    with world.session() as session:
        (one,) = evidence_of(session, case)
        opening, decision = report_of(one, Stage.OPENING), report_of(one, Stage.DECISION)
    assert opening is not None
    assert decision is not None
    assert opening.verdict is decision.verdict is Verdict.VALID
    assert (decision.at - opening.at).days == 1


def test_a_minor_s_notice_goes_to_learner_and_guardian(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.decided(case)
    for told in ([ALINA], [], ["somebody", "teacher"]):
        with pytest.raises(RuleNotMet):
            world.act("secretary", case, Event.NOTIFY, told=told, channel="account")
    world.told(case)
    with world.session() as session:
        assert {notice.person for notice in session.exec(select(CaseNotice))} == {ALINA, "guardian"}


def test_the_order_is_recorded_within_its_terms(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    registered = world.read(case).registered_on
    world.vote(case, "full")
    world.act("deputy", case, Event.CONCLUDE, extent="full")
    for day in ("2026-11-10", "2026-11-08", ""):
        with refused("paper"):
            world.act("director", case, Event.ORDER, number="1", date=day, signer="Директор")
    with refused("paper"):
        world.act("director", case, Event.ORDER, number="", date=str(registered), signer="Директор")
    world.sign(case)
    assert world.read(case).paper_number == "17-у"


# ── The negative way (Sc 5) ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def finance(world: World) -> str:
    with world.session() as session:
        return world.planned(
            session,
            code="P6",
            title="Финансовая грамотность",
            hours=17,
            outcomes=[Planned(code="ФИН.1", name="ФИН.1", level=1), Planned(code="ФИН.2", name="ФИН.2", level=1)],
        )


def test_a_refusal_is_reasoned_told_and_closes_when_nobody_objects(world: World, finance: str) -> None:
    case = world.drafted(world.badge(outcomes=(("ФИН.1", 1),)), item=finance)
    world.to_commission(case)
    world.vote(case, "refuse")
    with refused("lawful"):
        world.act("deputy", case, Event.SEND_BACK, reason="ещё раз")
        world.act("teacher", case, Event.SIGN_MATRIX)
        world.act("deputy", case, Event.SEND_TO_COMMISSION)
        world.vote(case, "full")
        world.act("deputy", case, Event.CONCLUDE, extent="full")
    world.act("deputy", case, Event.SEND_BACK, reason="голосовали не о том")
    world.act("teacher", case, Event.SIGN_MATRIX)
    world.act("deputy", case, Event.SEND_TO_COMMISSION)
    world.vote(case, "refuse")
    world.act("deputy", case, Event.CONCLUDE, extent="refuse")
    with refused("proposed-positive"):
        world.act("director", case, Event.ORDER, number="1", date="2026-11-09", signer="Д")
    with refused("reasons-per-outcome"):
        world.act("director", case, Event.REFUSE, number="1", date="2026-11-09", signer="Д")
    world.sign(case, refused=True)
    world.told(case)
    assert str(world.read(case).deadline) == "2026-11-23"
    with refused("window-over"):
        world.act("deputy", case, Event.CLOSE_REFUSED)
    world.later(days=15)
    with world.session() as session:
        assert world.cases.nightly(session, world.now) == 1
    assert world.state(case) is State.CLOSED
    assert world.ordered == []
    with world.session() as session:
        assert plans.line_of(session, finance).state is ItemState.OPEN


def test_an_appeal_is_heard_by_other_people(world: World, finance: str) -> None:
    case = world.drafted(world.badge(outcomes=(("ФИН.1", 1),)), item=finance)
    world.to_commission(case)
    world.decided(case, "refuse")
    world.told(case)
    world.act("guardian", case, Event.APPEAL, reason="Модуль учит и этому.")
    world.act("director", case, Event.SUSPEND, reason="до ответа")
    world.act("disputes", case, Event.UPHOLD, reason="Нужно оценить.")
    assert world.state(case) is State.MATCHING
    world.act("guardian", case, Event.AGREE_ASSESSMENT)
    with refused("told-ahead"):
        world.act("deputy", case, Event.START_ASSESSMENT, on="2026-11-12", reason="каб. 3")
    world.act("deputy", case, Event.START_ASSESSMENT, on="2026-11-16", reason="каб. 3")
    with refused("gaps-answered"):
        world.act("teacher", case, Event.FINISH_ASSESSMENT, came="yes")
    world.act("teacher", case, Event.FINISH_ASSESSMENT, {"level.ФИН.2": "1"}, came="yes")
    with refused("new-member"):
        world.act("member", case, Event.VOTE, extent="full", free="yes")
    world.vote(case, "full", "spare", "spare2")
    with refused("quorum"):
        world.act("deputy", case, Event.CONCLUDE, extent="full", mark="5")


def test_a_rejected_appeal_leaves_the_decision(world: World, finance: str) -> None:
    case = world.drafted(world.badge(outcomes=(("ФИН.1", 1),)), item=finance)
    world.to_commission(case)
    world.decided(case, "refuse")
    world.told(case)
    world.act("guardian", case, Event.APPEAL, reason="Не согласны.")
    world.act("disputes", case, Event.REJECT_APPEAL, reason="Результат не показан.")
    case_now = world.read(case)
    assert (case_now.state, case_now.extent) == (State.CLOSED, Extent.REFUSE)


def test_an_appeal_against_an_order_does_not_stop_it(world: World) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.decided(case)
    world.told(case)
    world.act("guardian", case, Event.APPEAL, reason="Отметка мала.")
    world.act("disputes", case, Event.REJECT_APPEAL, reason="Отметка верна.")
    assert world.state(case) is State.NOTIFIED
    world.act("deputy", case, Event.AMEND_PLAN, hours="34")
