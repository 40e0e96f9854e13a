"""What a case was compared with stays as it was; everything else moves on with its school year."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from tests.verifier.credit.curricula.brought import TODAY
from tests.verifier.credit.world import ALINA, TIMUR, World
from verifier.credit import plans
from verifier.credit.curricula import versions
from verifier.credit.curricula.tables import ComponentVersion
from verifier.credit.curricula.versions import Content
from verifier.credit.errors import BadPlan, VersionBackdated
from verifier.credit.events import Event
from verifier.credit.tables import PlanComponent, PlanItem

NEXT_YEAR = date(2027, 9, 1)


def component(world: World) -> str:
    with world.session() as session:
        return session.get_one(PlanItem, world.item).component


def change(world: World, hours: int, begins: date = TODAY) -> bool:
    with world.session() as session:
        row = session.get_one(PlanComponent, component(world))
        there = versions.content_of(session, versions.newest(session, row.id))
        return versions.adopt(session, row, replace(there, plan=replace(there.plan, hours=hours)), begins)


def hours(world: World, item: str) -> int:
    with world.session() as session:
        return plans.line_of(session, item).hours


def given(world: World, learner: str, year: str) -> str:
    with world.session() as session:
        return plans.assign(session, learner=learner, component=component(world), year=year, now=world.now).id


def numbers(world: World) -> list[int]:
    with world.session() as session:
        return sorted(session.exec(select(ComponentVersion.version)).all())


def test_open_lines_move_on(world: World) -> None:
    change(world, 40)
    assert hours(world, world.item) == 40


def test_a_case_that_was_handed_in_keeps_what_it_is_compared_with(world: World) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    other = given(world, TIMUR, "2026/27")
    change(world, 40)
    assert (hours(world, world.item), hours(world, other)) == (34, 40)


def test_a_draft_or_a_withdrawn_application_holds_nothing(world: World) -> None:
    case = world.drafted(world.badge())
    change(world, 40)
    assert hours(world, world.item) == 40
    world.act("guardian", case, Event.SUBMIT)
    change(world, 42)
    assert hours(world, world.item) == 40
    world.act("guardian", case, Event.WITHDRAW)
    change(world, 44)
    assert hours(world, world.item) == 44


def test_a_decided_case_is_shown_as_it_was_decided(world: World) -> None:
    case = world.credited(world.badge())
    with world.session() as session:
        before = world.cases.look(session, world.actor("deputy"), case, world.now).comparison
    change(world, 40)
    with world.session() as session:
        row = session.get_one(PlanComponent, component(world))
        there = versions.content_of(session, versions.newest(session, row.id))
        fewer = replace(there, plan=replace(there.plan, outcomes=there.plan.outcomes[:1]))
        versions.adopt(session, row, fewer, NEXT_YEAR)
    with world.session() as session:
        after = world.cases.look(session, world.actor("deputy"), case, world.now).comparison
    assert after == before


def test_what_begins_next_year_leaves_this_year_alone(world: World) -> None:
    change(world, 40, NEXT_YEAR)
    assert hours(world, world.item) == 34
    assert hours(world, given(world, ALINA, "2027/28")) == 40
    assert hours(world, given(world, TIMUR, "2026/27")) == 34


def test_two_changes_of_one_day_are_one_version_until_a_case_stands_on_it(world: World) -> None:
    change(world, 40)
    change(world, 42)
    assert numbers(world) == [1, 2]
    world.act("guardian", world.drafted(world.badge()), Event.SUBMIT)
    change(world, 44)
    assert numbers(world) == [1, 2, 3]
    assert hours(world, world.item) == 42


def test_nothing_new_is_no_version_and_none_begins_before_the_last(world: World) -> None:
    assert not change(world, 34)
    change(world, 40, NEXT_YEAR)
    with pytest.raises(VersionBackdated):
        change(world, 42)
    assert numbers(world) == [1, 2]


@pytest.mark.parametrize("hours", [0, -1])
def test_what_could_not_be_compared_is_no_version(world: World, hours: int) -> None:
    with pytest.raises(BadPlan):
        change(world, hours)
    with world.session() as session:
        row = session.get_one(PlanComponent, component(world))
        there = versions.content_of(session, versions.newest(session, row.id))
        twice = replace(there.plan, outcomes=(*there.plan.outcomes, there.plan.outcomes[0]))
        with pytest.raises(BadPlan):
            versions.adopt(session, row, Content(there.title, twice), TODAY)
