"""A network from nothing: founded by one command, everything after it on pages, on both databases."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr

from keys import organisations
from keys.actor import Membership, Role
from keys.ed25519 import Ed25519Signer
from keys.errors.network import BadOrganisation
from keys.tables import KeyState, OrganisationKind
from schemas.framework import Framework
from schemas.trust_list import TrustList
from service import founding, migrate
from service.database import open_engine, reading, unit_of_work
from service.doctor import Doctor
from service.founding import Beginning, Founded, Founder, KindMissing, NobodyNamed
from service.identity import accounts
from service.parts import assemble
from service.settings import Settings
from tests.service.house import START, Clock, House, send, token_of

OPERATOR = Founder(code="", name="Центр  персонализации", host="CPO.sever.example ", person="Иванова Мария Петровна")
COLLEGE = Founder(
    code="kol", name="Колледж связи", host="kol.sever.example", person="Петров Пётр Петрович", kind="college"
)
WISH = {
    "name": "Колледж связи",
    "kind": "college",
    "code": "kol",
    "host": "kol.sever.example",
    "licence": "Л-010",
    "licence_from": "2020-01-01",
    "contract": "№ 1",
}
CATALOGUE = "Код результата;Планируемый результат;Вид результата\nИП.1;Ставит цель;\nМП.К1;Ведёт спор;метапредметный\n"
FRAMEWORKS = "/network/frameworks"
FOREIGN_KEY = Ed25519Signer(bytes(32), "did:web:kol.sever.example#key").multikey
NEXT_KEY = Ed25519Signer(bytes([1] * 32), "did:web:kol.sever.example#key").multikey


@pytest.fixture
def empty(tmp_path: Path, database_url: str) -> Iterator[House]:
    """An installation with a database and nobody in it."""
    made = installation(tmp_path, database_url)
    yield made
    made.parts.engine.dispose()


def installation(folder: Path, database_url: str, **settings: Any) -> House:
    secret = SecretStr("s" * 32)
    given = {"data": folder, "database_url": database_url, "keys_in_checkout": True, "secret": secret, **settings}
    held = Settings(_env_file=None, **given)
    engine = open_engine(held.database)
    migrate.upgrade(engine)
    engine.dispose()
    clock = Clock()
    return House(held, clock, assemble(held, clock))


def found(house: House, wish: Founder = OPERATOR) -> Beginning:
    with unit_of_work(house.parts.engine) as session:
        made = founding.found(house.parts, session, wish, START, lambda size: bytes(range(size)))
        session.expunge(made.organisation)
    return made


def founded(house: House) -> TestClient:
    """A network with its operator, and the browser of its person, who has come in by the link."""
    return enter(house, found(house).address, "marta")


def enter(house: House, address: str, login: str) -> TestClient:
    visitor, path = house.visitor(), urlsplit(address).path
    fields = {"login": login, "password": "тундра и морошка"}
    answer = visitor.post(path, data={**fields, "csrf": ""}, headers={"origin": house.settings.public_url})
    assert answer.status_code == 303, answer.text
    return visitor


def invited(house: House, operator: TestClient, name: str, login: str) -> TestClient:
    page = send(operator, "/network/representatives", {"name": name}, form_at="/network")
    found = re.search(rf"{re.escape(house.settings.public_url)}(/enter/[^\"<\s]+)", page.text)
    assert found is not None, page.text
    return enter(house, found.group(1), login)


def joined(house: House, operator: TestClient, **changes: str) -> TestClient:
    speaker = invited(house, operator, "Петров Пётр", "petrov")
    assert send(speaker, "/join", {**WISH, **changes}, form_at="/join").status_code == 303
    page = operator.get("/network").text
    here = re.findall(r"/network/applications/[0-9a-f]+", page)[0]
    answer = send(operator, f"{here}/approve", {"basis": "Протокол № 1 от 1 ноября"}, form_at=here)
    assert answer.status_code == 303, answer.text
    return speaker


def brought(operator: TestClient, content: str, **fields: str) -> Response:
    data = {"framework": "outcomes", "title": "Каталог", "extent": "part", **fields}
    form = {**data, "csrf": token_of(operator.get(FRAMEWORKS))}
    return operator.post(FRAMEWORKS, data=form, files={"file": ("каталог.csv", content.encode(), "text/csv")})


def published(operator: TestClient, content: str, **fields: str) -> Response:
    answer = brought(operator, content, **fields)
    assert answer.status_code == 303, answer.text
    here = answer.headers["location"]
    page = operator.get(here)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page.text)
    assert seen is not None, page.text
    return send(operator, f"{here}/publish", {"seen": seen.group(1)}, form_at=here)


def trust(house: House) -> TrustList:
    return TrustList(json.loads(house.parts.shelf.get("trust") or b"{}"))


def catalogue(house: House) -> Framework:
    return Framework(json.loads(house.parts.shelf.get("frameworks/outcomes") or b"{}"))


def test_a_network_is_founded_on_an_empty_installation_and_nowhere_else(empty: House) -> None:
    begun = found(empty)
    assert (begun.organisation.code, begun.organisation.name) == ("cpo", "Центр персонализации")
    assert begun.organisation.host == "cpo.sever.example"
    assert begun.organisation.kind is OrganisationKind.OPERATOR
    assert begun.address.startswith("http://127.0.0.1:8000/enter/")
    [member] = trust(empty).members.values()
    assert [key["multikey"] for key in member.keys] == [begun.multikey]
    started = assemble(empty.settings, empty.clock)  # a server reads who the operator is when it starts
    assert [finding.faults for finding in Doctor(started, START).examine() if finding.faults] == []
    started.engine.dispose()
    with pytest.raises(Founded):
        found(empty)


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        ({"name": " "}, NobodyNamed),
        ({"person": "x" * 201}, NobodyNamed),
        ({"person": "Иванова\nМария\x07"}, NobodyNamed),
        ({"host": "not a host"}, BadOrganisation),
        ({"host": "https://cpo.example"}, BadOrganisation),
    ],
)
def test_what_cannot_be_founded_leaves_nothing(
    plain_empty: House, wish: dict[str, str], refused: type[Exception]
) -> None:
    told = {name: getattr(OPERATOR, name) for name in ("code", "name", "host", "person", "kind")}
    with pytest.raises(refused):
        found(plain_empty, Founder(**{**told, **wish}))
    with reading(plain_empty.parts.engine) as session:
        assert organisations.all_organisations(session) == []
    assert plain_empty.parts.shelf.get("trust") is None


@pytest.fixture
def plain_empty(tmp_path: Path) -> Iterator[House]:
    made = installation(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}")
    yield made
    made.parts.engine.dispose()


def test_where_another_installation_keeps_the_list_a_member_is_founded(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path / 'zachetka.sqlite'}"
    house = installation(tmp_path, database_url, operator_host="cpo.sever.example", operator_keys=[FOREIGN_KEY])
    with pytest.raises(KindMissing):
        found(house)
    begun = found(house, COLLEGE)
    assert (begun.organisation.code, begun.organisation.kind) == ("kol", OrganisationKind.COLLEGE)
    assert begun.multikey.encode() in (house.parts.shelf.get("orgs/kol/did.json") or b"")
    assert house.parts.shelf.get("trust") is None
    page = enter(house, begun.address, "petrov").get("/").text
    assert "/members/kol" in page
    assert "/join" not in page
    house.parts.engine.dispose()


def test_the_first_person_lets_the_others_in_by_pages_alone(empty: House) -> None:
    operator = founded(empty)
    speaker = joined(empty, operator)
    assert {member.code for member in trust(empty).members.values()} == {"cpo", "kol"}
    assert speaker.get("/issuer/kol").status_code == 200
    assert speaker.get("/members/kol").status_code == 200
    with reading(empty.parts.engine) as session:
        account = accounts.find(session, "petrov")
        assert account is not None
        held = accounts.memberships(session, account.id, START.date())
    assert held == {Membership("kol", Role.MANAGER), Membership("kol", Role.AWARDER)}


def test_who_is_invited_sees_the_way_to_an_application_and_nothing_of_others(empty: House) -> None:
    operator = founded(empty)
    speaker = invited(empty, operator, "Петров Пётр", "petrov")
    assert 'href="/join"' in speaker.get("/").text
    assert {speaker.get(path).status_code for path in ("/network", FRAMEWORKS, "/journal")} == {404}
    nameless = send(operator, "/network/representatives", {"name": "  "}, form_at="/network")
    assert nameless.status_code == 422


def test_a_member_with_an_installation_of_its_own_brings_its_key(empty: House) -> None:
    operator = founded(empty)
    joined(empty, operator, multikey=FOREIGN_KEY)
    assert empty.parts.shelf.get("orgs/kol/did.json") is None
    page = operator.get("/network/kol").text
    assert FOREIGN_KEY in page
    empty.clock.move(timedelta(hours=1))
    for wrong in ("z6Mk", FOREIGN_KEY):
        refused = send(operator, "/network/kol/key", {"multikey": wrong}, form_at="/network/kol")
        assert refused.status_code == 422
    entered = send(operator, "/network/kol/key", {"multikey": NEXT_KEY}, form_at="/network/kol")
    assert entered.status_code == 303
    with reading(empty.parts.engine) as session:
        states = {key.multikey: key.state for key in organisations.keys_of(session, "kol")}
    assert states == {FOREIGN_KEY: KeyState.RETIRED, NEXT_KEY: KeyState.ACTIVE}
    told = next(member for member in trust(empty).members.values() if member.code == "kol").keys
    assert {key["multikey"] for key in told} == {FOREIGN_KEY, NEXT_KEY}
    assert empty.parts.shelf.get("orgs/kol/did.json") is None


def test_no_key_is_entered_for_a_member_whose_keys_are_here(empty: House) -> None:
    operator = founded(empty)
    joined(empty, operator)
    refused = send(operator, "/network/kol/key", {"multikey": NEXT_KEY}, form_at="/network/kol")
    assert refused.status_code == 422


def test_a_key_that_is_none_is_told_in_the_application(empty: House) -> None:
    speaker = invited(empty, founded(empty), "Петров Пётр", "petrov")
    refused = send(
        speaker, "/join", {**WISH, "multikey": "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"}, form_at="/join"
    )
    assert refused.status_code == 422
    assert "z6Mk" in refused.text


def test_a_catalogue_is_published_and_changed_and_its_addresses_stay(empty: House) -> None:
    operator = founded(empty)
    assert published(operator, CATALOGUE).status_code == 303
    first = catalogue(empty)
    assert [(item.code, item.url.rpartition("/")[2], item.kind) for item in first.items] == [
        ("ИП.1", "1", "subject"),
        ("МП.К1", "2", "meta"),
    ]
    empty.clock.move(timedelta(hours=1))
    changed = "Код результата;Планируемый результат\nНОВ.1;Новый\nМП.К1;Ведёт спор вежливо\n"
    assert published(operator, changed, extent="whole", title="").status_code == 303
    second = catalogue(empty)
    assert second.title == "Каталог"
    assert [item.url for item in second.items] == [*(item.url for item in first.items), f"{second.url}/items/3"]
    assert [bool(item.ended) for item in second.items] == [True, False, False]
    assert second.items[1].text == "Ведёт спор вежливо"
    assert second.items[2].changed != first.items[0].changed
    assert empty.visitor().get("/frameworks/outcomes/items/1").status_code == 200
    offered = operator.get(f"{FRAMEWORKS}/outcomes/table.csv").text
    assert "НОВ.1" in offered
    assert "ИП.1" not in offered


def test_rows_with_faults_are_told_and_a_whole_file_waits_for_them(empty: House) -> None:
    operator = founded(empty)
    wrong = CATALOGUE + "ИП.1;Дважды;\n;Без кода;\n"
    here = brought(operator, wrong, extent="whole").headers["location"]
    page = operator.get(here).text
    assert 'name="seen"' not in page
    assert send(operator, f"{here}/publish", {"seen": "0" * 64}, form_at=FRAMEWORKS).status_code == 409
    faults = operator.get(f"{here}/faults.csv").text
    assert "Без кода" in faults
    assert "Ставит цель" not in faults
    assert empty.parts.shelf.get("frameworks/outcomes") is None
    assert published(operator, wrong).status_code == 303
    assert [item.code for item in catalogue(empty).items] == ["ИП.1", "МП.К1"]


def test_what_was_not_shown_is_not_published(empty: House) -> None:
    operator = founded(empty)
    here = brought(operator, CATALOGUE).headers["location"]
    published(operator, CATALOGUE.replace("Ставит", "Ищет"))
    stale = send(operator, f"{here}/publish", {"seen": "0" * 64}, form_at=here)
    assert stale.status_code == 409
    assert catalogue(empty).items[0].text == "Ищет цель"
    assert send(operator, f"{here}/discard", {}, form_at=here).status_code == 303
    assert operator.get(here).status_code == 404


def test_a_new_catalogue_needs_a_title(plain_empty: House) -> None:
    assert brought(founded(plain_empty), CATALOGUE, title=" ").status_code == 422


@pytest.mark.parametrize("framework", ["", "../trust", "каталог", "a/b", "x" * 65])
def test_a_catalogue_has_a_code_that_can_stand_in_an_address(plain_empty: House, framework: str) -> None:
    refused = brought(founded(plain_empty), CATALOGUE, framework=framework)
    assert refused.status_code == 422


def test_a_file_that_cannot_be_read_is_told(plain_empty: House) -> None:
    operator = founded(plain_empty)
    for content in ("", "{}", '{"CFDocument": {}}', "Код\nИП.1\n", "\0"):
        assert brought(operator, content).status_code == 422
