"""What a school confirms, as a badge: it says what was seen, nothing that could be taken for study or for an organiser's award."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from issuer import catalogue
from issuer.attestation import attestation_of
from issuer.errors.catalogue import BadModule
from issuer.errors.orders import StatementMissing
from issuer.lint.faults import PersonalName
from issuer.module import NOT_CREDITABLE, Scale, ScaleKind, check_module
from schemas.attestation import CODE, FACTS, KIND, Fact, stated
from schemas.award import AwardOrder
from schemas.credential import Credential
from schemas.outcomes import hours, overall
from schemas.reading import read_json
from tests.issuer.world import AWARDER, NAMES, NOW, NUMBER, World

FACTS_SEEN: dict[str, str] = {fact: f"Сведение {fact}" for fact in Fact}


def order(**statements: str) -> AwardOrder:
    return AwardOrder(
        organisation="ugu",
        achievement=CODE,
        learner_number=NUMBER,
        event="attestation:1",
        awarded_at=NOW,
        statements={**FACTS_SEEN, **statements},
    )


def publish(world: World) -> None:
    with world.transaction() as session:
        world.offer(session, attestation_of("ugu"))


def test_the_badge_says_what_was_seen_and_nothing_else(world: World) -> None:
    publish(world)
    badge = Credential(read_json(world.issuer().issue(order(), AWARDER, NOW)))
    assert stated(badge) == FACTS_SEEN
    assert badge.achievement.kind == KIND
    assert NOT_CREDITABLE in badge.achievement.tags
    assert (hours(badge), overall(badge), badge.outcome_levels()) == (None, None, [])


def test_a_badge_of_another_kind_states_nothing(world: World) -> None:
    publish(world)
    document = read_json(world.issuer().issue(order(), AWARDER, NOW))
    document["credentialSubject"]["achievement"]["achievementType"] = "MicroCredential"
    assert stated(Credential(document)) == {}


def test_nothing_of_it_stays_unsaid(world: World) -> None:
    publish(world)
    with pytest.raises(StatementMissing):
        world.issuer().issue(order(**{Fact.RESULT: ""}), AWARDER, NOW)


@pytest.mark.parametrize("title", ["Диплом Алины", "Ветровой за второе место"])
def test_the_learners_name_stays_out(world: World, title: str) -> None:
    publish(world)

    def names(_session: Session, _number: str) -> tuple[str, ...]:
        return NAMES

    with pytest.raises(PersonalName):
        world.issuer(names=names).issue(order(**{Fact.WHAT: title}), AWARDER, NOW)


def test_each_fact_has_a_name_in_the_published_document(world: World) -> None:
    publish(world)
    with world.transaction() as session:
        document = catalogue.published(session, "ugu", CODE).document
    assert [found["name"] for found in document["resultDescription"]] == list(FACTS.values())
    assert not any(tag.startswith("уровень") for tag in document["tag"])


def test_an_attestation_measures_nothing_and_everything_else_does() -> None:
    attestation = attestation_of("ugu")
    for measure in ({"hours": 8}, {"level": 1}, {"scale": Scale(kind=ScaleKind.PASS)}):
        with pytest.raises(BadModule):
            check_module(replace(attestation, **measure))
    with pytest.raises(BadModule):
        check_module(replace(attestation, kind="MicroCredential"))
