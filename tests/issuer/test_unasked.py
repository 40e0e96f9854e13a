"""An organisation vouches for another one's published achievement without having been asked; badges carry it once it is taken."""

import json
import re

import pytest

from issuer import catalogue, endorsements, unasked
from issuer.endorsements import MOST
from issuer.tables import Endorsement, EndorsementState
from keys.actor import Role
from tests.issuer.office import ACTORS, Office
from tests.issuer.test_endorsements import ENDORSER, badge, vouched
from tests.issuer.world import AWARDER, NOW, World, person

SAID = {"comment": "Проект ведут наши инженеры.", "until": "2030-01-31"}
PUBLISHED = "/endorsements/sen/published"


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setitem(ACTORS, "expert", ENDORSER)
    monkeypatch.setitem(ACTORS, "clerk", person("clerk", ("sen", Role.AWARDER)))
    return Office(world)


def version_of(office: Office) -> str:
    with office.world.transaction() as session:
        return catalogue.published(session, "ugu", "m08").id


def offered(office: Office, said: dict[str, str] = SAID) -> str:
    """The door of the one who answers for the badge, up to what is done there."""
    version = version_of(office)
    answer = office.client("expert").post(f"{PUBLISHED}/{version}", data=said)
    assert answer.status_code == 303, answer.text
    return f"/issuer/ugu/catalogue/{version}/endorsements/{answer.headers['location'].rpartition('/')[2]}"


def state_of(office: Office) -> EndorsementState:
    return row_of(office).state


def row_of(office: Office) -> Endorsement:
    with office.world.transaction() as session:
        found = unasked.of(session, catalogue.published(session, "ugu", "m08"), "sen")
        assert found is not None
        session.expunge(found)
        return found


def test_it_is_found_by_words_and_by_its_address(office: Office) -> None:
    expert, version = office.client("expert"), version_of(office)
    with office.world.transaction() as session:
        address = catalogue.published(session, "ugu", "m08").document["id"]
    for query in ("", "ПРОЕКТ", address):
        assert f"{PUBLISHED}/{version}" in expert.get(PUBLISHED, params={"q": query}).text, query
    for query in ("нет такого", address.replace("m08-1", "m08-99"), address.replace("/ugu/", "/kol/")):
        assert f"{PUBLISHED}/{version}" not in expert.get(PUBLISHED, params={"q": query}).text, query
    assert address in expert.get(f"{PUBLISHED}/{version}").text


def test_nothing_is_carried_before_it_is_taken(office: Office) -> None:
    issuer, manager = office.world.issuer(), office.client("manager")
    here = offered(office)
    assert vouched(badge(issuer, "№ 1")) == []
    assert "endorsement" not in json.loads(office.world.shelf.get("orgs/ugu/achievements/m08-1") or b"")
    assert "Предлагают поручиться" in manager.get("/issuer/ugu/catalogue").text
    assert SAID["comment"] in manager.get(here.partition("/endorsements/")[0]).text
    assert manager.post(f"{here}/accept").status_code == 303
    [signed] = vouched(badge(issuer, "№ 2"))
    assert signed["credentialSubject"]["endorsementComment"] == SAID["comment"]  # type: ignore[index]
    assert json.loads(office.world.shelf.get("orgs/ugu/achievements/m08-1") or b"")["endorsement"] == [signed]
    assert manager.post(f"{here}/accept").status_code == 409
    assert "Предлагают поручиться" not in manager.get("/issuer/ugu/catalogue").text


def test_who_signed_it_stays_written_when_it_is_taken(office: Office) -> None:
    here = offered(office)
    office.client("manager").post(f"{here}/accept")
    row = row_of(office)
    assert (row.state, row.settled_by, row.settled_at) == (EndorsementState.GIVEN, "expert", NOW)


def test_what_was_not_taken_may_be_offered_anew(office: Office) -> None:
    issuer, manager, expert = office.world.issuer(), office.client("manager"), office.client("expert")
    here = offered(office)
    assert manager.post(f"{here}/refuse").status_code == 303
    assert manager.post(f"{here}/accept").status_code == 409
    assert expert.post(f"/endorsements/sen/{here.rpartition('/')[2]}/give", data=SAID).status_code == 409
    assert vouched(badge(issuer, "№ 1")) == []
    again = offered(office, {"comment": "Другие слова."})
    assert again == here
    manager.post(f"{again}/accept")
    assert len(vouched(badge(issuer, "№ 2"))) == 1


def test_it_can_be_taken_back_while_nobody_has_answered(office: Office) -> None:
    here = offered(office)
    mine = f"/endorsements/sen/{here.rpartition('/')[2]}"
    assert "Забрать поручительство" in office.client("expert").get(mine).text
    assert office.client("expert").post(f"{mine}/withdraw").status_code == 303
    assert state_of(office) is EndorsementState.NOT_TAKEN
    assert office.client("manager").post(f"{here}/accept").status_code == 409


@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        ("comment", {"comment": " "}, "за что именно"),
        ("comment", {"comment": "Звоните: +7 921 123 45 67"}, "номер телефона"),
        ("until", {"comment": "Хорошо.", "until": "завтра"}, "дата в будущем"),
    ],
)
def test_an_error_stands_beside_its_field_and_leaves_nothing(
    office: Office, field: str, said: dict[str, str], told: str
) -> None:
    answer = office.client("expert").post(f"{PUBLISHED}/{version_of(office)}", data=said)
    assert answer.status_code == 422
    beside = re.search(rf'id="field-{field}-error">(.*?)</p>', answer.text, re.DOTALL)
    assert beside
    assert told in beside[1]
    with office.world.transaction() as session:
        assert unasked.of(session, catalogue.published(session, "ugu", "m08"), "sen") is None


def test_a_version_has_few_places(office: Office) -> None:
    with office.world.transaction() as session:
        version = catalogue.published(session, "ugu", "m08")
        for number in range(MOST):
            endorsements.begin(session, version, f"partner{number}", AWARDER, NOW)
    answer = office.client("expert").post(f"{PUBLISHED}/{version_of(office)}", data=SAID)
    assert answer.status_code == 422
    assert f"не больше {MOST}" in answer.text


def test_nobody_vouches_for_a_badge_of_their_own(office: Office) -> None:
    version, manager = version_of(office), office.client("manager")
    assert version not in manager.get("/endorsements/ugu/published").text
    assert manager.post(f"/endorsements/ugu/published/{version}", data=SAID).status_code == 400


def test_nobody_else_offers_or_takes(office: Office) -> None:
    version = version_of(office)
    assert office.client("clerk").get(f"{PUBLISHED}/{version}").status_code == 403  # a colleague, without the right
    assert office.client("manager").post(f"{PUBLISHED}/{version}", data=SAID).status_code == 404
    here = offered(office)
    for act in ("accept", "refuse"):
        assert office.client("expert").post(f"{here}/{act}").status_code == 404
        assert office.client("stranger").post(f"{here}/{act}").status_code == 404
    assert state_of(office) is EndorsementState.OFFERED
