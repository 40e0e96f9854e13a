"""What a school decides for itself: terms, scales, rules; and who is waited for."""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from issuer.module import is_code
from keys.actor import Actor, ActorKind, Bond, Membership, Rights, Role, Thing
from service.database import unit_of_work
from tests.verifier.credit.world import START, World
from verifier.credit import marks, plans, policy, rules
from verifier.credit.calendar import WorkingDays
from verifier.credit.days import school_year
from verifier.credit.errors import BadPlan
from verifier.credit.events import Event
from verifier.credit.facts import Extent, Party, State
from verifier.credit.marks import Original
from verifier.credit.matching import Part, Planned
from verifier.credit.plans import ComponentSpec
from verifier.credit.policies import editions
from verifier.credit.policies.editions import LocalAct
from verifier.credit.policy import Conversion, SchoolPolicy
from verifier.credit.recognition import part_code
from verifier.credit.rights import RIGHTS
from verifier.credit.rules import LOCAL_ACT, LegalRule
from verifier.credit.states import FINAL, TABLE
from verifier.credit.tables import Case
from verifier.credit.terms import resumed, term_of
from verifier.credit.waiting import Standing, mine, next_events

DAYS = WorkingDays(zone=ZoneInfo("Europe/Moscow"))
MONDAY = date(2026, 11, 9)


# ── Marks ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "mark"),
    [
        ("100", "0", "100", "5"),
        ("85", "0", "100", "5"),
        ("84.5", "0", "100", "4"),
        ("70", "0", "100", "4"),
        ("69,9", "0", "100", "3"),
        ("60", "0", "100", "3"),
        ("59", "0", "100", None),
        ("4", "2", "5", "4"),
        ("2", "2", "5", None),
        ("2", "1", "3", None),  # no table for rubrics: people decide
        ("зачтено", "0", "100", None),
        ("NaN", "0", "100", None),
        ("", "", "", marks.NO_MARK),
    ],
)
def test_conversion(value: str, minimum: str, maximum: str, mark: str | None) -> None:
    assert marks.converted(Original(value=value, minimum=minimum, maximum=maximum), SchoolPolicy()) == mark


def test_several_results_give_the_lowest_mark() -> None:
    hundred = [Original(value=value, minimum="0", maximum="100") for value in ("90", "72")]
    assert marks.offered(hundred, SchoolPolicy()) == "4"
    assert marks.offered([*hundred, Original()], SchoolPolicy()) == "4"
    assert marks.offered([Original()], SchoolPolicy()) == marks.NO_MARK
    assert marks.offered([], SchoolPolicy()) is None
    assert marks.offered([*hundred, Original(value="2", minimum="1", maximum="3")], SchoolPolicy()) is None


def test_a_lower_mark() -> None:
    assert marks.is_lower("4", "5")
    assert marks.is_lower(marks.NO_MARK, "3")
    assert not marks.is_lower("5", "5")
    assert not marks.is_lower("3", marks.NO_MARK)
    assert not marks.is_lower("3", None)


# ── Policy, rules, calendar of a school ──────────────────────────────────────────────────────────────────────────


def test_a_policy_holds_from_its_day_and_survives_the_database(engine: Engine) -> None:
    strict = SchoolPolicy(
        decide_days=5,
        last_application_day=date(2027, 4, 20),
        conversions=(Conversion(0, 10, ((9, "5"), (5, "3"))),),
        calendar_years=(2031,),
    )
    with unit_of_work(engine) as session:
        editions.adopt(session, "s1", strict, date(2026, 12, 1), act=LocalAct(), by="deputy", now=START)
        assert policy.policy_of(session, "s1", date(2026, 11, 30)) == SchoolPolicy()
        assert policy.policy_of(session, "s1", date(2026, 12, 1)) == strict
        assert policy.policy_of(session, "s2", date(2026, 12, 1)) == SchoolPolicy()
    assert strict.closes_for("11") == date(2027, 4, 20)
    assert strict.closes_for("10") is None


def test_a_case_is_judged_by_the_policy_of_its_submission(world: World) -> None:
    case = world.drafted(world.badge())
    from_tomorrow = (START + timedelta(days=1)).date()
    with world.session() as session:
        two_days = SchoolPolicy(decide_days=2)
        editions.adopt(session, "s1", two_days, from_tomorrow, act=LocalAct(), by="deputy", now=START)
    world.act("guardian", case, Event.SUBMIT)
    world.later(days=1)
    world.act("secretary", case, Event.REGISTER)
    assert str(world.read(case).deadline) == "2026-11-24"


def test_an_unconfirmed_rule_is_the_school_s_act_until_it_is_confirmed(engine: Engine) -> None:
    confirmed = LegalRule(rule="R11", text="", basis="Положение школы", point="п. 4", valid_from=date(2026, 9, 1))
    with unit_of_work(engine) as session:
        assert rules.rule_of("R11", MONDAY, rules.rules_of(session, "s1")).basis == LOCAL_ACT
        rules.enter(session, "s1", confirmed)
        own = rules.rules_of(session, "s1")
    assert (rules.rule_of("R11", MONDAY, own).basis, rules.rule_of("R11", MONDAY, own).point) == (
        "Положение школы",
        "п. 4",
    )
    assert rules.rule_of("R11", date(2026, 8, 31), own).basis == LOCAL_ACT
    assert rules.rules_in_force(MONDAY, own)["R11"].text
    assert rules.rule_of("R99", MONDAY).basis == LOCAL_ACT


# ── Terms ────────────────────────────────────────────────────────────────────────────────────────────────────────


def a_case(state: State, extent: Extent | None = None) -> Case:
    return Case.model_construct(state=state, extent=extent, decided_on=MONDAY, notified_on=MONDAY, assessment_on=MONDAY)


def test_every_state_has_a_term_on_a_working_day_or_is_final() -> None:
    for state, extent, offset in product(State, [None, *Extent], range(14)):
        today = MONDAY + timedelta(days=offset)
        term = term_of(a_case(state, extent), SchoolPolicy(), DAYS, today)
        if state is State.DRAFT or state in FINAL:
            assert term is None
        else:
            assert term is not None
            assert DAYS.is_working(term.ends)
            assert term.rule in {rule.rule for rule in rules.NETWORK_RULES}


def test_a_stopped_term_goes_on_with_what_was_left() -> None:
    ends, stopped = date(2026, 11, 23), date(2026, 11, 11)
    assert resumed(ends, stopped, DAYS, date(2026, 11, 18)) == date(2026, 11, 26) + timedelta(days=4)
    assert resumed(stopped, ends, DAYS, MONDAY) == date(2026, 11, 10)


# ── Whose turn ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_in_every_open_state_somebody_is_waited_for_or_time_is() -> None:
    for state in State:
        case = Standing(state=state, extent=Extent.FULL)
        assert bool(next_events(case)) is (state not in FINAL)
        for event in next_events(case):
            assert any(row.source is state and row.event is event for row in TABLE)
    assert next_events(Standing(state=State.NOTIFIED, extent=Extent.REFUSE)) == ()


@pytest.mark.parametrize(
    ("case", "events"),
    [
        (Standing(state=State.MATCHING), (Event.SIGN_MATRIX,)),
        (Standing(state=State.MATCHING, signed=True), (Event.SEND_TO_COMMISSION,)),
        (Standing(state=State.MATCHING, assessment_due=True), (Event.START_ASSESSMENT, Event.SIGN_MATRIX)),
        (Standing(state=State.CHECKING, incurable=True), (Event.REJECT_CHECK,)),
        (Standing(state=State.IN_COMMISSION), (Event.VOTE,)),
        (Standing(state=State.IN_COMMISSION, voted=True), ()),
        (Standing(state=State.IN_COMMISSION, voted=True, quorum=True), (Event.CONCLUDE,)),
        (Standing(state=State.PROPOSED, extent=Extent.REFUSE), (Event.REFUSE,)),
        (Standing(state=State.PROPOSED, extent=Extent.PARTIAL, agreement_due=True), (Event.AGREE_PROPOSAL,)),
        (Standing(state=State.NOTIFIED, extent=Extent.REFUSE, overdue=True), (Event.CLOSE_REFUSED,)),
        (Standing(state=State.AWAITING_DOCUMENTS, overdue=True), (Event.LAPSE, Event.SUPPLY)),
    ],
)
def test_the_next_step(case: Standing, events: tuple[Event, ...]) -> None:
    assert next_events(case) == events


def test_only_the_people_concerned_are_asked() -> None:
    submitted = Standing(state=State.SUBMITTED)
    assert mine(submitted, {Party.SECRETARY}) == (Event.REGISTER,)
    assert mine(submitted, {Party.DIRECTOR, Party.GUARDIAN}) == ()


# ── Rights ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_rights_follow_the_table() -> None:
    rights = Rights(RIGHTS)
    director = Actor(kind=ActorKind.PERSON, person="d", memberships=frozenset({Membership("s1", Role.DIRECTOR)}))
    own, foreign = Thing(organisation="s1", learner="l1"), Thing(organisation="s2", learner="l1")
    assert rights.can(director, "credit.order", own)
    assert not rights.can(director, "credit.order", foreign)
    assert not rights.can(director, "credit.vote", own)
    token = Actor(kind=ActorKind.TOKEN, person="d", memberships=director.memberships)
    assert not rights.can(token, "credit.order", own)
    minor = Actor(kind=ActorKind.PERSON, person="l1", learner="l1", adult=False)
    assert rights.can(minor, "credit.draft", own)
    assert not rights.can(minor, "credit.submit", own)
    assert {f"credit.{event}" for event in Event} <= rights.actions
    assert {row.decides for row in RIGHTS if row.action == "credit.conclude"} == {True}
    assert all(row.bond is not Bond.ANYONE for row in RIGHTS)


# ── Plans ────────────────────────────────────────────────────────────────────────────────────────────────────────

ONE = (Planned(code="А.1", name="А.1", level=2),)


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": 0},
        {"outcomes": ()},
        {"outcomes": (Planned(code="А.1", name="А.1", level=2, required=False),)},
        {"outcomes": (Planned(code="А.1", name="А.1", level=4),)},
        {"outcomes": (Planned(code="А.1", name="А.1", level=2, part="9"),)},
        {"outcomes": (*ONE, *ONE)},
        {"parts": (Part("1", "Раздел", 11),)},
    ],
)
def test_a_component_that_could_not_be_compared_is_refused(engine: Engine, changes: dict[str, object]) -> None:
    given = {"school": "s1", "code": "P", "title": "П", "hours": 10, "recognition": "r", "outcomes": ONE} | changes
    with unit_of_work(engine) as session, pytest.raises(BadPlan):
        plans.add_component(session, ComponentSpec(**given))  # type: ignore[arg-type]


def test_the_school_year_begins_in_september() -> None:
    assert school_year(date(2026, 8, 31)) == "2025/26"
    assert school_year(date(2026, 9, 1)) == "2026/27"
    assert school_year(date(2099, 9, 1)) == "2099/00"


def test_codes_of_recognitions_of_sub_parts_can_stand_in_addresses() -> None:
    assert part_code("credit-p1", "1.1") == "credit-p1-1-1"
    codes = [part_code(f"credit-{'p' * 32}", part) for part in ("А", "Б", "1-й раздел программы", "section-one")]
    assert len(set(codes)) == 4
    assert all(is_code(code) for code in codes)


def test_sub_parts_whose_numbers_look_alike_have_badges_of_their_own() -> None:
    codes = [part_code("credit-p1", part) for part in ("1.1", "1-1", "1 1", "1..1", "1.1.", "11", "1_1", "-1.1")]
    assert len(set(codes)) == len(codes)
    assert all(is_code(code) for code in codes)


def test_a_moment_belongs_to_the_school_s_day() -> None:
    assert DAYS.local(datetime(2026, 11, 9, 22, tzinfo=START.tzinfo)) == date(2026, 11, 10)
