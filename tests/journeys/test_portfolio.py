"""Scenario 10: a learner's own olympiad diploma, in pencil; the class teacher confirms; the school's signed attestation arrives."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from schemas.attestation import Fact, stated
from schemas.credential import Credential
from service.demo.build import build
from service.demo.people import account_of
from service.demo.stage import Stage
from service.demo.visitor import Visitor
from tests.town import served, settings_for, town_of_today

pytestmark = pytest.mark.journey

LEARNER, WALLET = "l3", f"/wallet/{account_of('l3')}"
PLACE = f"{WALLET}/portfolio/records"
DIPLOMA: dict[str, str | list[str]] = {
    "title": "Олимпиада по физике",
    "section": "study",
    "organiser": "Северный открытый университет",
    "held_on": "2026-09-20",
    "scale": "regional",
    "result": "призёр",
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    settings, municipality = settings_for(tmp_path_factory.mktemp("town")), town_of_today()
    build(settings, municipality)
    with served(settings, municipality, datetime.now(UTC)) as stage:
        yield stage


def class_teacher(stage: Stage) -> Visitor:
    """The class teacher of the learner's school, as the municipality has it."""
    school = next(row.school for row in stage.municipality.learners if row.code == LEARNER)
    roles = ((member.code, member.roles) for member in stage.municipality.staff)
    return stage.person(next(code for code, held in roles if (school, "class_teacher") in held))


def test_from_pencil_to_the_schools_word(stage: Stage) -> None:
    learner, teacher = stage.person(LEARNER), class_teacher(stage)
    page = learner.submit(f"{PLACE}/new", PLACE, DIPLOMA).path
    assert "не подтверждено" in learner.get(page).text
    assert "Олимпиада" not in teacher.get("/portfolio/queue").text
    learner.submit(page, f"{page}/ask", {})
    queue = teacher.get("/portfolio/queue").text
    (waiting,) = re.findall(r"/portfolio/queue/[0-9a-f]{32}", queue)
    teacher.submit(waiting, waiting, {"act": "confirm", "title": "Региональная олимпиада по физике"})
    stage.work()

    badge = next(row for row in learner.read(f"/api{WALLET}")["badges"] if "Подтверждение" in row["title"])
    assert badge["verdict"] == "valid"
    assert badge["organisation"] == next(row.name for row in stage.municipality.organisations if row.code == "s2")
    document = learner.accepted(learner.get(f"{WALLET}/badges/{badge['id']}.json")).body
    assert stage.verdict(document) == "valid"
    text = learner.accepted(learner.get(f"{WALLET}/badges/{badge['id']}.jwt")).body
    assert f"{WALLET}/badges/{badge['id']}.jwt" in learner.get(f"{WALLET}/badges/{badge['id']}").text
    assert (text.count(b"."), stage.verdict(text)) == (2, "valid")
    said = stated(Credential(json.loads(document)))
    assert said[Fact.WHAT] == "Региональная олимпиада по физике"
    assert said[Fact.MONTH] == "09.2026"
    assert said[Fact.BY] == "классный руководитель"

    shown = learner.get(page).text
    assert f"{WALLET}/badges/{badge['id']}" in shown
    assert "Олимпиада по физике" in shown
    assert 'class="stamp"' in shown
    assert "Школа подтвердила достижение" in learner.get("/notices").text
