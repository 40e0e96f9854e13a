"""Paths of achievements: the last step awards what they lead to, once, whoever stores it and however many at the same moment."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from issuer import catalogue, paths
from issuer.errors.catalogue import BadPathway, PathFixed
from issuer.errors.orders import AwardedByPath, PathIncomplete
from issuer.module import Scale, ScaleKind
from issuer.paths import PathSpec, Step
from issuer.tables import AchievementPath, Award, AwardState
from keys import organisations
from keys.sealed import unseal
from schemas import pathway
from schemas.award import AwardOrder
from schemas.identity import number_from
from tests.issuer.lists import csv_of, enter, good, number, run, started, whole
from tests.issuer.office import Office
from tests.issuer.world import AWARDER, METHODIST, NOW, NUMBER, World, module, order, outcome

STEPS: Sequence[Step] = (("ugu", "m08"), ("ugu", "m07"), ("sen", "m10"))


def spec(**changes: object) -> PathSpec:
    facts: dict[str, object] = {
        "organisation": "ugu",
        "code": "engineer",
        "title": "Юный инженер",
        "description": "Три шага к проекту.",
        "achievement": "grand",
        "needed": 2,
    }
    return PathSpec(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.fixture
def path(world: World) -> AchievementPath:
    """An open path of three steps, two of which are enough."""
    with world.transaction() as session:
        world.offer(session, module(code="grand", scale=Scale(kind=ScaleKind.PASS), outcomes=(outcome("ИП.1"),)))
        drafted = paths.draft(session, spec(), AWARDER, NOW)
        paths.revise(session, drafted, spec(), STEPS, AWARDER, NOW)
        world.issuer().publish_path(session, drafted, METHODIST, NOW)
        return drafted


def write_down(world: World, said: PathSpec, steps: Sequence[Step]) -> None:
    with world.transaction() as session:
        drafted = paths.draft(session, said, AWARDER, NOW)
        paths.revise(session, drafted, said, steps, AWARDER, NOW)


def grand(world: World) -> list[Award]:
    with world.transaction() as session:
        return list(session.exec(select(Award).where(Award.achievement == "grand")))


def pass_m07(event: str = "№ 2", **changes: object) -> AwardOrder:
    return order(achievement="m07", result=None, levels={}, event=event, **changes)


@pytest.mark.usefixtures("path")
def test_the_last_step_awards_what_the_path_leads_to(world: World) -> None:
    issuer = world.issuer()
    issuer.issue(order(), AWARDER, NOW)
    assert grand(world) == []
    issuer.issue(pass_m07(), AWARDER, NOW)
    [award] = grand(world)
    assert (award.state, award.learner_number, award.event) == (AwardState.ORDERED, NUMBER, "Путь engineer")
    assert (award.actor_kind, award.ordered_by) == ("job", None)
    assert issuer.finish_waiting(NOW) == 1
    assert grand(world)[0].state is AwardState.DELIVERED
    issuer.issue(pass_m07("№ 3"), AWARDER, NOW)
    assert len(grand(world)) == 1


@pytest.mark.usefixtures("path")
def test_the_same_step_twice_is_one_step(world: World) -> None:
    issuer = world.issuer()
    issuer.issue(order(), AWARDER, NOW)
    issuer.issue(order(event="ведомость № 8"), AWARDER, NOW)
    assert grand(world) == []


@pytest.mark.usefixtures("path")
def test_a_revoked_or_suspended_badge_is_no_step(world: World) -> None:
    issuer = world.issuer()
    first = issuer.place(order(), AWARDER, NOW)
    issuer.finish(first, NOW)
    with world.transaction() as session:
        issuer.suspend(session, first, reason="проверяем", by=METHODIST, now=NOW)
    issuer.issue(pass_m07(), AWARDER, NOW)
    assert grand(world) == []
    with world.transaction() as session:
        issuer.lift(session, first, reason="верно", by=METHODIST, now=NOW)
    assert [issuer.sweep_paths(NOW) for _ in range(2)] == [1, 0]
    assert len(grand(world)) == 1


@pytest.mark.usefixtures("path")
def test_a_list_completes_paths_for_everybody_in_it(world: World) -> None:
    issuer = world.issuer()
    for place in range(2):
        issuer.issue(pass_m07(learner_number=number(place)), AWARDER, NOW)
    batch = started(world, csv_of(good(5)))
    run(world)
    whole(world, batch)
    assert {award.learner_number for award in grand(world)} == {number(0), number(1)}


@pytest.mark.usefixtures("path")
def test_two_last_steps_at_the_same_moment_award_once(world: World) -> None:
    learners = [number_from(bytes([n]) * 16) for n in range(1, 5)]
    issuer = world.issuer()
    for learner in learners:
        steps = [order(learner_number=learner), pass_m07(learner_number=learner)]
        placed = [issuer.place(step, AWARDER, NOW) for step in steps]
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda award: issuer.finish(award, NOW), placed))
    assert sorted(award.learner_number for award in grand(world)) == sorted(learners)


def test_whoever_was_through_before_it_opened_is_found(world: World) -> None:
    issuer = world.issuer()
    issuer.issue(order(), AWARDER, NOW)
    issuer.issue(pass_m07(), AWARDER, NOW)
    with world.transaction() as session:
        world.offer(session, module(code="grand", scale=Scale(kind=ScaleKind.PASS), outcomes=()))
        drafted = paths.draft(session, spec(), AWARDER, NOW)
        paths.revise(session, drafted, spec(), STEPS, AWARDER, NOW)
        issuer.publish_path(session, drafted, METHODIST, NOW)
    assert issuer.sweep_paths(NOW) == 1


@pytest.mark.usefixtures("path")
def test_by_hand_only_to_whoever_has_gone_it(world: World) -> None:
    issuer = world.issuer()
    by_hand = order(achievement="grand", result=None, levels={})
    [fault] = issuer.preview(by_hand, NOW).faults
    assert isinstance(fault, PathIncomplete)
    assert (fault.pointer, fault.params["held"], fault.params["needed"]) == ("/learner_number", 0, 2)
    with pytest.raises(PathIncomplete):
        issuer.place(by_hand, AWARDER, NOW)
    with pytest.raises(AwardedByPath):
        enter(world, csv_of(good(1)), code="grand")


def test_a_closed_path_awards_no_more(world: World, path: AchievementPath) -> None:
    issuer = world.issuer()
    issuer.issue(order(), AWARDER, NOW)
    with world.transaction() as session:
        issuer.retire_path(session, session.get_one(AchievementPath, path.id), METHODIST, NOW)
    issuer.issue(pass_m07(), AWARDER, NOW)
    assert grand(world) == []
    assert issuer.sweep_paths(NOW) == 0


@pytest.mark.parametrize(
    ("pointer", "change", "steps"),
    [
        ("/code", {"code": "п"}, ()),
        ("/title", {"title": " "}, ()),
        ("/needed", {"needed": 0}, ()),
        ("/achievement", {"achievement": "m08"}, ()),
        ("/achievement", {"achievement": "m99"}, ()),
        ("/steps", {}, (("ugu", "m08"), ("ugu", "m08"))),
    ],
)
@pytest.mark.usefixtures("path")
def test_a_particular_that_breaks_a_rule_is_named(
    world: World, pointer: str, change: dict[str, object], steps: Sequence[Step]
) -> None:
    with pytest.raises(BadPathway) as refused:
        write_down(world, spec(**{"code": "other", **change}), steps)
    assert refused.value.pointer == pointer


def test_only_a_draft_is_changed_and_it_leads_somewhere_else(world: World, path: AchievementPath) -> None:
    with world.transaction() as session:
        known = session.get_one(AchievementPath, path.id)
        with pytest.raises(PathFixed):
            paths.publish(session, known, METHODIST, NOW)
        with pytest.raises(PathFixed):
            paths.revise(session, known, spec(), (), AWARDER, NOW)
        circle = paths.draft(session, spec(code="circle", needed=1), AWARDER, NOW)
        with pytest.raises(BadPathway):
            paths.publish(session, circle, METHODIST, NOW)
        paths.revise(session, circle, spec(code="circle", needed=1), [("ugu", "grand")], AWARDER, NOW)
        with pytest.raises(BadPathway):
            paths.publish(session, circle, METHODIST, NOW)


@pytest.mark.usefixtures("path")
def test_its_public_document_is_sealed_and_says_what_is_missing(world: World) -> None:
    body = world.shelf.get("paths/ugu.engineer") or b""
    with world.transaction() as session:
        did = organisations.did_of(organisations.find(session, "ugu"))
        keys = [key.multikey for key in organisations.keys_of(session, "ugu")]
        achievement = catalogue.published(session, "ugu", "m08").document["id"]
    read = pathway.read(unseal(body, did, keys, NOW, limit=100_000))
    assert (read.title, read.needed, len(read.steps), read.is_open) == ("Юный инженер", 2, 3, True)
    assert read.held([achievement, "https://other.example/orgs/ugu/achievements/m07-1"]) == {read.steps[0].url}


def test_staff_write_a_path_and_the_manager_opens_it(world: World) -> None:
    with world.transaction() as session:
        world.offer(session, module(code="grand", scale=Scale(kind=ScaleKind.PASS), outcomes=()))
    office = Office(world)
    client, manager = office.client(), office.client("manager")
    assert "Путей пока нет" in client.get("/issuer/ugu/paths").text
    said = {"code": "way", "title": "Путь", "description": "Шаги.", "achievement": "grand", "needed": "2"}
    wrong = client.post("/issuer/ugu/paths", data={**said, "needed": "много"})
    assert re.search(r'id="field-needed-error">.*?Исправьте: сколько шагов', wrong.text, re.DOTALL)
    here = client.post("/issuer/ugu/paths", data=said).headers["location"]
    assert "Ничего не нашлось" in client.get(here, params={"q": "рыба"}).text
    assert 'value="sen/m10"' in client.get(here, params={"q": "m10"}).text
    for key in ("sen/m10", "ugu/m08", "ugu/m07"):
        assert client.post(here, data={"add": key}).status_code == 303
    assert client.post(here, data={"add": "ugu/m99"}).status_code == 422
    assert client.post(here, data={"remove": "ugu/m07"}).status_code == 303
    assert client.post(f"{here}/publish").status_code == 403
    assert manager.post(f"{here}/publish").status_code == 303
    assert "вручается сам" in client.get(here).text
    assert client.post(here, data=said).status_code == 409
    assert manager.post(f"{here}/retire").status_code == 303


def test_a_path_of_another_organisation_is_not_found(world: World, path: AchievementPath) -> None:
    client: TestClient = Office(world).client("stranger")
    assert client.get(f"/issuer/ugu/paths/{path.id}").status_code == 404
    assert client.get(f"/issuer/kol/paths/{path.id}").status_code == 404
