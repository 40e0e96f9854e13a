"""Track N: what a badge of a partner needs so that the school may write its result into the plan, and what then stands there."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from schemas.errors import Conflict, ZachetkaError
from tests.verifier.credit.world import ALINA, TIMUR, ZONE, School, World, parts_of_programming
from verifier.credit import plans
from verifier.credit.curricula import sections
from verifier.credit.errors import NoComponent, UnreadableBadge
from verifier.credit.events import Event
from verifier.credit.matching import Planned
from verifier.credit.network import contracts, errors, parallel, recording
from verifier.credit.network.contracts import Programme, Terms
from verifier.credit.network.recording import Recording
from verifier.credit.network.tables import ContractRole, NetworkContract, NetworkResult
from verifier.credit.tables import ItemState, PlanComponent, PlanItem

M08 = "https://ugu.sever.example/orgs/ugu/achievements/M08"
AUTUMN = (date(2026, 9, 1), date(2027, 5, 31))


def concluded(world: World, item: str = "", part: str = "", days: tuple[date, date] = AUTUMN, code: str = M08) -> str:
    """A contract of the school with the university, in force, about the component of a line of the plan."""
    with world.session() as session:
        terms = Terms(title="Проект", valid_from=days[0], valid_until=days[1], data_clause="Только результаты.")
        base = ("did:web:s1.sever.example", "Школа")
        contract = contracts.enter(session, "s1", terms, base=base, by="deputy", now=world.now)
        members = world.campus.verifier.members(world.now)
        contracts.add_party(session, contract, world.ugu.did, ContractRole.PARTICIPANT, members)
        component = session.get_one(PlanItem, item or world.item).component
        programme = Programme(provider=world.ugu.did, code=code, title="M08", hours=34, component=component, part=part)
        contracts.add_programme(session, contract, programme)
        contracts.conclude(session, contract, number="7", signed_on=world.now.date(), today=world.now.date())
        return contract.id


def record(world: World, contract: str, badge: bytes, item: str = "") -> str:
    """The deputy records a badge; the id of the record."""
    with world.session() as session:
        by = Recording(
            verifier=world.campus.verifier,
            people=School(world.now.astimezone(ZONE).date()),
            zone=ZONE,
            by="deputy",
            now=world.now,
        )
        held = session.get_one(NetworkContract, contract)
        return recording.record(session, held, item=item or world.item, badge=badge, recording=by).id


def line(world: World, item: str = "") -> plans.PlanLine:
    with world.session() as session:
        return plans.line_of(session, item or world.item)


def test_a_badge_under_a_contract_goes_into_the_plan_without_a_case(world: World) -> None:
    found = record(world, concluded(world), world.badge())
    stands = line(world)
    assert (stands.state, stands.mark, stands.freed_hours, stands.case) == (ItemState.CREDITED, "5", 34, None)
    with world.session() as session:
        row = session.get_one(NetworkResult, found)
        assert (row.learner, row.mark, row.hours, row.recorded_by) == (ALINA, "5", 34, "deputy")
        assert row.original["value"] == "87"
        assert {answer["answer"] for answer in row.conditions.values()} == {"passed"}
        assert row.report["verdict"] == "valid"
        assert recording.standing_of(session, ALINA)[world.item][1].number == "7"


def test_a_programme_may_stand_for_a_part_and_then_for_the_rest(world: World) -> None:
    with world.session() as session:
        item = world.planned(session, parts=parts_of_programming(), hours=68, outcomes=_programming())
    badge = world.badge()
    record(world, concluded(world, item, part="1.1"), badge, item)
    stands = line(world, item)
    assert (stands.state, stands.credited_parts, stands.freed_hours) == (ItemState.PART, ("1.1",), 48)
    with pytest.raises(errors.CreditedBefore):
        record(world, concluded(world, item, part="1.2"), badge, item)
    record(world, concluded(world, item, part="1.2"), world.badge(), item)
    assert line(world, item).freed_hours == 68


def test_a_programme_for_a_section_that_the_plan_has_no_more_is_not_named(world: World) -> None:
    with world.session() as session:
        item = world.planned(session, parts=parts_of_programming(), hours=68, outcomes=_programming())
    contract = concluded(world, item, part="1.2")
    with world.session() as session:
        component = session.get_one(PlanComponent, session.get_one(PlanItem, item).component)
        sections.remove(session, component, "1.2", world.now.date())
    with pytest.raises(errors.ProgrammeNotNamed):
        record(world, contract, world.badge(), item)


def _programming() -> list[Planned]:
    return [Planned(code="ИНФ.1", name="Пишет", level=3, part="1.1"), Planned(code="ИНФ.3", name="Базы", level=2)]


def _forged(world: World) -> bytes:
    return world.badge().replace(b'"87"', b'"97"')


def _revoked(world: World) -> bytes:
    badge = world.badge()
    world.ugu.revoke(badge)
    return badge


def _unlisted(world: World) -> bytes:
    house = world.campus.join("out", name="Курсы", licence=None)
    return house.award(awarded_at=world.now - timedelta(days=7))


REFUSED: dict[str, tuple[type[ZachetkaError], Callable[[World], bytes]]] = {
    "its points were changed": (errors.BadgeUnsound, _forged),
    "its issuer took it back": (errors.BadgeNotInForce, _revoked),
    "its issuer has no licence": (errors.ProviderUnlicensed, _unlisted),
    "it is somebody else's": (errors.OtherLearner, lambda world: world.badge(learner=_number(TIMUR))),
    "it is state final attestation": (errors.StateFinal, lambda world: world.badge(title="ЕГЭ по физике")),
    "it will be awarded next week": (errors.AwardedLater, lambda world: world.badge(**_dated(world, 7))),
    "its result is below the pass": (errors.NotPassed, lambda world: world.badge(result="40")),
    "its day lies before the term": (errors.NotInForce, lambda world: world.badge(**_dated(world, -68))),
    "it is no badge": (UnreadableBadge, lambda _: b"{}"),
}


def _dated(world: World, days: int) -> dict[str, Any]:
    return {"awarded_at": world.now + timedelta(days=days)}


def _number(learner: str) -> str:
    return School(date(2026, 11, 9)).learner(learner).number


@pytest.mark.parametrize("why", REFUSED)
def test_a_badge_is_refused_where(world: World, why: str) -> None:
    error, make = REFUSED[why]
    contract = concluded(world, days=(date(2026, 10, 1), AUTUMN[1]))
    badge = make(world)
    with pytest.raises(error):
        record(world, contract, badge)
    assert line(world).state is ItemState.OPEN


def test_the_contract_must_name_the_programme_for_this_line(world: World) -> None:
    with pytest.raises(errors.ProgrammeNotNamed):
        record(world, concluded(world, code="m99"), world.badge())
    with world.session() as session:
        other = world.planned(session, code="P9")
    with pytest.raises(errors.ProgrammeNotNamed):
        record(world, concluded(world), world.badge(), other)


def test_a_draft_carries_nothing_and_an_ended_contract_what_came_before(world: World) -> None:
    contract = concluded(world)
    with world.session() as session:
        held = session.get_one(NetworkContract, contract)
        contracts.end(session, held, from_day=world.now.date() - timedelta(days=7), reason="Соглашение сторон")
    with pytest.raises(errors.NotInForce):
        record(world, contract, world.badge())
    record(world, contract, world.badge(**_dated(world, -8)))
    with world.session() as session:
        held = session.get_one(NetworkContract, concluded(world))
        held.state = type(held.state).DRAFT
        assert not contracts.held(held, world.now.date())


def test_one_result_counts_once_by_whatever_way(world: World) -> None:
    contract, badge = concluded(world), world.badge()
    record(world, contract, badge)
    with pytest.raises(errors.NotOpen):
        record(world, contract, world.badge())
    with world.session() as session:
        component = session.get_one(PlanItem, world.item).component
        again = plans.assign(session, learner=ALINA, component=component, year="2027/28", now=world.now).id
    with pytest.raises(errors.CreditedBefore):
        record(world, contract, badge, again)
    case = world.drafted(badge, item=again)
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("deputy", case, Event.START_CHECK)
    with world.session() as session:
        work = world.cases.look(session, world.actor("deputy"), case, world.now)
        [held] = work.evidence
        assert held.conditions is not None
        assert held.conditions["G6"] == {"answer": "failed", "code": "credited-before"}


def test_an_application_under_way_or_the_familys_no_keep_the_line(world: World) -> None:
    contract = concluded(world)
    with world.session() as session:
        parallel.choose(session, learner=ALINA, item=world.item, by="guardian", now=world.now)
    with pytest.raises(errors.FamilyWantsNone):
        record(world, contract, world.badge())
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    with world.session() as session:
        assert parallel.standing_of(session, ALINA) == {}
        with pytest.raises(errors.NotOpen):
            parallel.choose(session, learner=ALINA, item=world.item, by="guardian", now=world.now)
    with pytest.raises(errors.NotOpen):
        record(world, contract, world.badge())


def test_a_record_taken_back_opens_the_plan_and_stays_in_the_register(world: World) -> None:
    contract, badge = concluded(world), world.badge()
    found = record(world, contract, badge)
    with world.session() as session:
        result = recording.result_of(session, "s1", found)
        recording.take_back(session, result, reason="Ошибка", by="deputy", now=world.now)
        with pytest.raises(Conflict):
            recording.take_back(session, result, reason="Ошибка", by="deputy", now=world.now)
    assert (line(world).state, line(world).freed_hours) == (ItemState.OPEN, 0)
    record(world, contract, badge)
    with world.session() as session:
        assert len(session.exec(select(NetworkResult)).all()) == 2


def test_a_line_of_another_school_is_none(world: World) -> None:
    with world.session() as session:
        foreign = world.planned(session, school="s2")
    with pytest.raises(NoComponent):
        record(world, concluded(world), world.badge(), foreign)


def test_the_familys_choice_is_about_its_own_line_and_can_be_taken_back(world: World) -> None:
    with world.session() as session:
        with pytest.raises(NoComponent):
            parallel.choose(session, learner=TIMUR, item=world.item, by="guardian", now=world.now)
        first = parallel.choose(session, learner=ALINA, item=world.item, by="guardian", now=world.now)
        assert parallel.choose(session, learner=ALINA, item=world.item, by="guardian", now=world.now) is first
        assert parallel.end(session, learner=ALINA, item=world.item, by="guardian", now=world.now)
        assert not parallel.end(session, learner=ALINA, item=world.item, by="guardian", now=world.now)
