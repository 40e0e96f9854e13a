"""The house's own pages: start, journal, docs, operation."""

import re
from pathlib import Path

import pytest
import structlog
from markupsafe import escape

from keys import journal, organisations
from keys.actor import Actor, ActorKind, Membership, Role
from service import logs
from service.database import unit_of_work
from service.docs import refusals
from service.identity import accounts
from service.identity.wording import ROLES
from service.navigation import Room, place_of, places_of
from service.start import DemoGroup, DemoGuide, DemoPerson
from tests.service.house import SINCE, START, House, build

PERSON = ActorKind.PERSON
ALL: tuple[Room, ...] = ("issuer", "verifier", "wallet", "network")


def hrefs(actor: Actor) -> list[str]:
    return [place.href for place in places_of(actor, ALL)]


def test_everybody_is_led_to_what_is_theirs() -> None:
    assert hrefs(Actor()) == ["/verify"]
    assert hrefs(Actor(kind=PERSON, learner="l1")) == ["/wallet", "/credit", "/notices", "/verify"]
    assert hrefs(Actor(kind=PERSON, wards=frozenset({"l1"}))) == ["/wallet", "/credit", "/notices", "/verify"]
    deputy = frozenset({Membership("s1", Role.DEPUTY), Membership("s1", Role.COMMISSION)})
    assert hrefs(Actor(kind=PERSON, memberships=deputy)) == ["/credit", "/roll/s1", "/objections/s1", "/verify"]
    awarder = frozenset({Membership("kol", Role.AWARDER), Membership("kva", Role.MANAGER)})
    assert hrefs(Actor(kind=PERSON, memberships=awarder)) == [
        "/requests",
        "/issuer/kol",
        "/issuer/kva",
        "/endorsements/kva",
        "/members/kva",
        "/keys/kva",
        "/verify",
    ]
    operator = frozenset({Membership("cpo", Role.OPERATOR)})
    assert hrefs(Actor(kind=PERSON, memberships=operator)) == ["/network", "/network/frameworks", "/journal", "/verify"]
    assert hrefs(Actor(kind=PERSON, person="somebody")) == ["/join", "/verify"]
    assert places_of(Actor(kind=PERSON, learner="l1"), ["issuer"]) == []


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/network", "/network"),
        ("/network/kol", "/network"),
        ("/network/frameworks", "/network/frameworks"),
        ("/network/frameworks/files/1", "/network/frameworks"),
        ("/networks", ""),
        ("/", ""),
    ],
)
def test_a_page_belongs_to_one_place(path: str, place: str) -> None:
    operator = Actor(kind=PERSON, memberships=frozenset({Membership("cpo", Role.OPERATOR)}))
    assert place_of(path, places_of(operator, ALL)) == place


def test_who_has_the_same_page_of_two_organisations_reads_whose_each_is() -> None:
    held = {Membership("kol", Role.AWARDER), Membership("kva", Role.MANAGER)}
    actor = Actor(kind=PERSON, memberships=frozenset(held))
    named = {place.href: place.whose for place in places_of(actor, ALL, {"kol": "Колледж связи"})}
    assert named["/issuer/kol"] == "Колледж связи"
    assert named["/issuer/kva"] == "kva"
    assert {named["/members/kva"], named["/requests"], named["/verify"]} == {""}


def test_the_frame_and_the_first_page_name_the_organisation_of_each_entry(plain: House) -> None:
    with unit_of_work(plain.parts.engine) as session:
        seats = [Membership("kol", Role.AWARDER), Membership("s1", Role.MANAGER)]
        accounts.add_account(session, id="both", name="Мхова Елена", memberships=seats, since=SINCE)
        names = organisations.short_names(session, ["s1", "kol", "nowhere"])
    page = plain.signed_in("both").get("/").text
    assert set(names) == {"s1", "kol"}
    for code, name in names.items():
        assert f'<a href="/issuer/{code}">Выдача значков: <span class="nav-whose">{escape(name)}</span></a>' in page
        assert f'" href="/issuer/{code}">Выдача значков: {escape(name)}</a>' in page
    assert "nav-whose" not in plain.signed_in("deputy").get("/").text


def test_a_stranger_sees_what_this_is(plain: House) -> None:
    page = plain.visitor().get("/").text
    assert "Книжка подписанных цифровых значков" in page
    assert "/sign-in" in page
    assert "вымышленные люди" not in page


def test_a_person_sees_where_to_go(plain: House) -> None:
    page = plain.signed_in("operator").get("/").text
    assert "/journal" in page
    assert "Кто и когда выдавал" in page


def test_the_demonstration_is_loud_and_offers_its_people(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}", demo=True)
    with unit_of_work(house.parts.engine) as session:
        accounts.add_account(session, id="invented", name="Вымышленная Вера", demo=True)
    vera = DemoPerson("invented", "Вымышленная Вера", "тьютор", "Смотрит")
    house.app.state.demo = DemoGuide(
        "Округ", (DemoGroup("Школы", (vera,)),), share="/v/abc", phone="http://192.0.2.7:8000"
    )
    stranger = house.visitor()
    page = stranger.get("/").text
    for told in ("Все люди, школы и документы вымышлены", "Вымышленная Вера", "/v/abc", "http://192.0.2.7:8000"):
        assert told in page
    assert stranger.post("/demo/sign-in", data={"account": "invented"}).status_code == 303
    assert re.search(r'name="csrf" value="[0-9a-f]{64}"', stranger.get("/").text)
    house.parts.engine.dispose()


def test_the_operator_reads_the_journal_page_by_page(plain: House) -> None:
    with unit_of_work(plain.parts.engine) as session:
        for number in range(120):
            journal.append(
                session, at=START, event="award.made", actor_kind="person", person="awarder", item=f"a{number}"
            )
    operator = plain.signed_in("operator")
    newest = operator.get("/journal").text
    assert "a119" in newest
    assert "значок вручён" in newest
    assert ">a19<" not in newest
    assert "/journal?before=21" in newest
    oldest = operator.get("/journal?before=21").text
    assert "a19" in oldest
    assert "/journal?before=" not in oldest


@pytest.mark.parametrize(("account", "status"), [("deputy", 404), ("olga", 404)])
def test_nobody_else_reads_the_journal(plain: House, account: str, status: int) -> None:
    assert plain.signed_in(account).get("/journal").status_code == status
    assert plain.visitor().get("/journal").status_code == 303


def test_an_account_shows_what_its_person_is(plain: House) -> None:
    page = plain.signed_in("deputy").get("/account").text
    assert "заместитель директора" in page
    assert "Организация s1" in page


def test_every_role_has_a_name() -> None:
    assert set(ROLES) == set(Role)


def test_the_doors_are_written_down_without_outside_resources(plain: House) -> None:
    visitor = plain.visitor()
    document = visitor.get("/openapi.json").json()
    assert {"/api/verify", "/api/me", "/trust", "/healthz"} <= set(document["paths"])
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["x-action"]
            assert "application/problem+json" in operation["responses"]["4XX"]["content"]
    page = visitor.get("/docs").text
    assert "/api/verify" in page
    assert 'id="not-signed-in"' in page
    assert "<script src" not in page
    assert re.findall(r'(?:src|href)="(https?://[^"]*)"', page) == []


def test_every_code_stands_for_one_refusal() -> None:
    codes = [refusal.code for refusal in refusals()]
    assert len(codes) == len(set(codes)) > 50


def test_alive_and_ready(house: House) -> None:
    visitor = house.visitor()
    assert visitor.get("/healthz").json() == {"status": "alive"}
    ready = visitor.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)


def test_alive_but_not_ready(plain: House) -> None:
    with plain.parts.engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = 'other'")
    answer = plain.visitor().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": False, "data-folder": True}
    assert plain.visitor().get("/healthz").status_code == 200


def test_measures_know_routes_and_no_people(plain: House) -> None:
    visitor = plain.visitor()
    visitor.get("/v/kanareyka-7319-kanareyka")
    visitor.get("/no/such/kanareyka")
    text = visitor.get("/metrics").text
    assert 'zachetka_requests_total{method="GET",route="/v/{token}",status="404"} 1.0' in text
    assert "kanareyka" not in text


def test_the_log_knows_routes_and_no_people(plain: House, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    visitor = plain.visitor()
    visitor.get("/v/kanareyka-7319-kanareyka")
    visitor.post("/sign-in", data={"login": "kanareyka", "password": "kanareyka"})
    written = capsys.readouterr()
    assert "/v/{token}" in written.out + written.err
    assert "kanareyka" not in written.out + written.err
    structlog.reset_defaults()
