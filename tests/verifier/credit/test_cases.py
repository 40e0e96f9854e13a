"""Whole cases on both databases: the positive way, the negative way, what is kept, and what is refused."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import select

from keys.actor import ActorKind
from keys.organisations import did_of, find, keys_of
from keys.sealed import unseal
from schemas.errors import NotFound, ZachetkaError
from tests.campus import PROJECT, make_holder
from tests.verifier.credit.world import ALINA, EGOR, START, TIMUR, World, parts_of_programming
from verifier.credit import documents, plans
from verifier.credit.errors import (
    ForeignPresentation,
    NoComponent,
    NotYourMove,
    PeopleDecide,
    RuleNotMet,
    ShownChanged,
    Stale,
    UnreadableBadge,
    YearUnknown,
)
from verifier.credit.events import Event
from verifier.credit.evidence import Stage, evidence_of, report_of
from verifier.credit.facts import Extent, State
from verifier.credit.matching import Planned
from verifier.credit.tables import CaseDocument, CaseNotice, CaseStep, CaseVote, ItemState, Wish
from verifier.verdict import Verdict


def refused(code: str) -> Any:
    """Expect a guard's refusal by its code."""
    return pytest.raises(RuleNotMet, check=lambda error: error.code == code)


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
    assert order.organisation == "s1"
    assert order.achievement == "credit-p2"
    assert order.levels == dict.fromkeys(("ИП.1", "ИП.2", "ИП.3", "ИП.4"), 3)
    assert order.statements == {
        "original-result": "87 из 100",
        "original-hours": "34",
        "original-source": "Северный открытый университет: Исследовательский проект: от вопроса к защите",
        "credited-result": "5",
        "credited-hours": "34",
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


# ── Check ────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── Partial credit (Sc 2) ────────────────────────────────────────────────────────────────────────────────────────


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


# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── Applications ─────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── Clock ────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── After the decision (Sc 11) ───────────────────────────────────────────────────────────────────────────────────


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
