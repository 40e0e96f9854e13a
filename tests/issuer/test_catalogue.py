import json

import pytest
from sqlmodel import col, select

from issuer import catalogue
from issuer.errors.catalogue import BadModule, SamePerson, WrongStep
from issuer.errors.orders import NotPublished
from issuer.lint.faults import Phone
from issuer.tables import AchievementState, AchievementVersion
from keys.actor import Actor, ActorKind
from keys.errors.network import OrganisationUnknown
from keys.tables import JournalRow
from tests.issuer.world import AWARDER, METHODIST, NOW, World, module


def test_a_version_is_drafted_reviewed_by_a_second_person_and_published(world: World) -> None:
    spec = module(code="new")
    with world.transaction() as session:
        version = catalogue.draft(session, spec, AWARDER, NOW)
        assert version.state is AchievementState.DRAFT
        for by in (AWARDER, Actor(kind=ActorKind.COMMAND), Actor(kind=ActorKind.TOKEN, person="methodist")):
            with pytest.raises(SamePerson):
                catalogue.review(session, version.id, by, NOW)
        with pytest.raises(WrongStep):
            catalogue.publish(session, world.shelf, version.id, AWARDER, NOW)
        with pytest.raises(NotPublished):
            catalogue.published(session, "ugu", "new")
        catalogue.review(session, version.id, METHODIST, NOW)
        catalogue.publish(session, world.shelf, version.id, AWARDER, NOW)
        assert catalogue.published(session, "ugu", "new").id == version.id
        assert (version.drafted_by, version.reviewed_by, version.published_by) == ("awarder", "methodist", "awarder")


def test_each_step_is_taken_once(world: World) -> None:
    with world.transaction() as session:
        version = catalogue.draft(session, module(code="new"), AWARDER, NOW)
        catalogue.review(session, version.id, METHODIST, NOW)
        with pytest.raises(WrongStep):
            catalogue.review(session, version.id, METHODIST, NOW)
        catalogue.publish(session, world.shelf, version.id, METHODIST, NOW)
        with pytest.raises(WrongStep):
            catalogue.publish(session, world.shelf, version.id, METHODIST, NOW)
        catalogue.retire(session, version.id, METHODIST, NOW)
        with pytest.raises(WrongStep):
            catalogue.retire(session, version.id, METHODIST, NOW)


def test_the_public_document_is_what_the_address_of_the_achievement_leads_to(world: World) -> None:
    with world.transaction() as session:
        version = catalogue.published(session, "ugu", "m08")
    document = json.loads(world.shelf.get("orgs/ugu/achievements/m08-1") or b"")
    assert document["id"] == "https://ugu.sever.example/orgs/ugu/achievements/m08-1"
    assert document["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert {name: value for name, value in document.items() if name != "@context"} == version.document


def test_a_new_version_retires_the_one_before_and_leaves_its_document(world: World) -> None:
    with world.transaction() as session:
        first = catalogue.published(session, "ugu", "m08")
        second = world.offer(session, module(criteria="Защитить исследование."))
        assert (first.state, first.retired_at) == (AchievementState.RETIRED, world.joined)
        assert (second.version, second.document["version"]) == (2, "2")
        assert catalogue.published(session, "ugu", "m08").id == second.id
    assert world.shelf.get("orgs/ugu/achievements/m08-1")
    assert world.shelf.get("orgs/ugu/achievements/m08-2")


def test_a_retired_achievement_is_offered_no_more(world: World) -> None:
    with world.transaction() as session:
        catalogue.retire(session, catalogue.published(session, "ugu", "m07").id, METHODIST, NOW)
        assert [version.code for version in catalogue.all_published(session, "ugu")] == ["m08"]


def test_what_breaks_a_rule_is_not_even_drafted(world: World) -> None:
    with world.transaction() as session:
        with pytest.raises(BadModule):
            catalogue.draft(session, module(hours=0), AWARDER, NOW)
        with pytest.raises(Phone):
            catalogue.draft(session, module(description="Запись: 8 800 555-35-35"), AWARDER, NOW)
        with pytest.raises(OrganisationUnknown):
            catalogue.draft(session, module("nobody"), AWARDER, NOW)
        assert not session.exec(select(AchievementVersion).where(AchievementVersion.state == "draft")).all()


def test_every_step_is_in_the_journal(world: World) -> None:
    with world.transaction() as session:
        version = world.offer(session, module(code="new"))
        catalogue.retire(session, version.id, METHODIST, NOW)
        rows = session.exec(
            select(JournalRow).where(JournalRow.item == version.id).order_by(col(JournalRow.number))
        ).all()
    assert [(row.event, row.person) for row in rows] == [
        ("achievement.drafted", "awarder"),
        ("achievement.reviewed", "methodist"),
        ("achievement.published", "awarder"),
        ("achievement.retired", "methodist"),
    ]
