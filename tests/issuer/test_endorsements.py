"""A partner vouches for a badge: asked, signed, carried by the badges that follow, withdrawn; told by the verifier."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from issuer import catalogue, endorsements
from issuer.issue import Issuer
from keys.actor import Role
from keys.deposits import content_hash
from keys.multikey import decode
from keys.proofs import Secured, check, proofs_of
from schemas.reading import read_json
from tests.issuer.lists import awards_of, csv_of, good, run, started, whole
from tests.issuer.office import ACTORS, Office
from tests.issuer.world import AWARDER, NOW, World, order, person

ENDORSER = person("expert", ("sen", Role.MANAGER))


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setitem(ACTORS, "expert", ENDORSER)
    return Office(world)


def asked(office: Office, endorser: str = "sen") -> str:
    """The page on which the one who was asked answers."""
    with office.world.transaction() as session:
        version = catalogue.published(session, "ugu", "m08")
    answer = office.client().post(f"/issuer/ugu/catalogue/{version.id}/endorsers", data={"endorser": endorser})
    assert answer.status_code == 303, answer.text
    with office.world.transaction() as session:
        return f"/endorsements/{endorser}/{endorsements.all_of(session, version.id)[-1].id}"


def badge(issuer: Issuer, event: str = "ведомость № 7") -> dict[str, object]:
    document: dict[str, object] = read_json(issuer.issue(order(event=event), AWARDER, NOW))
    return document


def vouched(document: dict[str, object]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = document["credentialSubject"]["achievement"].get("endorsement", [])  # type: ignore[index]
    return found


def test_badges_carry_what_was_signed_from_then_on(office: Office) -> None:
    issuer, expert = office.world.issuer(), office.client("expert")
    before = badge(issuer, "№ 1")
    here = asked(office)
    assert "Ждёт ответа" in expert.get("/endorsements/sen").text
    assert "Вас просят поручиться" in expert.get(here).text
    said = {"comment": "Проект ведут наши инженеры.", "until": "2030-01-31"}
    assert expert.post(f"{here}/give", data=said).status_code == 303
    assert "Проект ведут наши инженеры." in expert.get(here).text
    after = badge(issuer, "№ 2")
    assert vouched(before) == []
    [signed] = vouched(after)
    assert signed["credentialSubject"]["id"] == after["credentialSubject"]["achievement"]["id"]  # type: ignore[index]
    assert signed["validUntil"] == "2030-01-31T23:59:59Z"
    [proof] = proofs_of(signed)
    check(Secured(signed), proof, decode(proof["verificationMethod"].partition("#")[2]))
    shown = json.loads(office.world.shelf.get("orgs/ugu/achievements/m08-1") or b"")
    assert shown["endorsement"] == [signed]


def test_a_list_of_awards_carries_it_too(office: Office) -> None:
    here = asked(office)
    office.client("expert").post(f"{here}/give", data={"comment": "Хорошо."})
    batch = started(office.world, csv_of(good(3)))
    run(office.world)
    whole(office.world, batch)
    carried = [len(vouched(read_json(award.stored or b""))) for award in awards_of(office.world, batch)]
    assert carried == [1, 1, 1]


def test_withdrawn_it_stays_out_of_new_badges(office: Office) -> None:
    issuer, expert = office.world.issuer(), office.client("expert")
    here = asked(office)
    expert.post(f"{here}/give", data={"comment": "Хорошо."})
    assert len(vouched(badge(issuer, "№ 1"))) == 1
    assert expert.post(f"{here}/withdraw").status_code == 303
    assert vouched(badge(issuer, "№ 2")) == []
    assert "endorsement" not in json.loads(office.world.shelf.get("orgs/ugu/achievements/m08-1") or b"")
    assert expert.post(f"{here}/withdraw").status_code == 409
    assert expert.post(f"{here}/give", data={"comment": "Снова хорошо."}).status_code == 303
    assert len(vouched(badge(issuer, "№ 3"))) == 1


def test_one_may_decline_and_think_again(office: Office) -> None:
    expert = office.client("expert")
    here = asked(office)
    assert expert.post(f"{here}/decline").status_code == 303
    assert expert.post(f"{here}/decline").status_code == 409
    assert expert.post(f"{here}/give", data={"comment": "Всё же хорошо."}).status_code == 303


@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        ("comment", {"comment": " "}, "за что именно"),
        ("comment", {"comment": "Звоните: +7 921 123 45 67"}, "номер телефона"),
        ("until", {"comment": "Хорошо.", "until": "2020-01-01"}, "дата в будущем"),
        ("until", {"comment": "Хорошо.", "until": "завтра"}, "дата в будущем"),
    ],
)
def test_an_error_stands_beside_its_field(office: Office, field: str, said: dict[str, str], told: str) -> None:
    answer = office.client("expert").post(f"{asked(office)}/give", data=said)
    assert answer.status_code == 422
    beside = re.search(rf'id="field-{field}-error">(.*?)</p>', answer.text, re.DOTALL)
    assert beside
    assert told in beside[1]


def test_only_another_organisation_is_asked_and_only_once(office: Office) -> None:
    asked(office)
    with office.world.transaction() as session:
        version = catalogue.published(session, "ugu", "m08")
    client: TestClient = office.client()
    for endorser in ("sen", "ugu", "nobody", ""):
        answer = client.post(f"/issuer/ugu/catalogue/{version.id}/endorsers", data={"endorser": endorser})
        assert answer.status_code == 422, endorser
        assert "Выберите другую организацию" in answer.text


def test_nobody_else_answers(office: Office) -> None:
    here = asked(office)
    assert office.client().get(here).status_code == 404
    assert office.client("manager").post(f"{here}/give", data={"comment": "Хорошо."}).status_code == 404
    foreign = here.replace("/sen/", "/ugu/")
    assert office.client("manager").get(foreign).status_code == 404


def test_its_date_is_witnessed(office: Office) -> None:
    left: list[str] = []
    issuer = office.world.issuer(deposit=lambda _session, digest, _did, _now: left.append(digest))
    here = asked(office).rpartition("/")[2]
    with office.world.transaction() as session:
        found, _ = endorsements.find(session, "sen", here)
        issuer.endorse(session, found, endorsements.Said("Хорошо."), ENDORSER, NOW)
    assert left == [content_hash(found.document or {})]
