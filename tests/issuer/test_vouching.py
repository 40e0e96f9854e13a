"""A partner of another installation vouches by file: judged by the network's list, carried by badges, taken off again."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from issuer import catalogue, endorsements
from issuer.vouching import LARGEST
from keys.tables import JournalRow
from schemas.dates import write_timestamp
from schemas.reading import read_json
from service.vouching import Vouching
from tests.campus import Campus, House
from tests.campus_papers import draft_endorsement, endorse
from tests.issuer.office import Office
from tests.issuer.world import AWARDER, NOW, World, order
from verifier.verdict import Verdict

TEXT = "Практику ведут наши врачи."


class Network:
    """The small world, and beside it a network in which a hospital has an installation of its own."""

    def __init__(self, world: World) -> None:
        self.office = Office(world)
        self.campus = Campus(NOW)
        self.hospital: House = self.campus.join("crb", name="Окружная больница")
        app = self.office.app()
        app.state.judge_endorsement = Vouching(self.campus.verifier)
        self.client = TestClient(app, headers={"x-account": "awarder"}, follow_redirects=False)
        with world.transaction() as session:
            version = catalogue.published(session, "ugu", "m08")
        self.about, self.page = version.document["id"], f"/issuer/ugu/catalogue/{version.id}"
        self.version = version.id

    def hand_in(self, document: Mapping[str, Any], *, pasted: bool = False) -> Any:
        body = json.dumps(document, ensure_ascii=False)
        if pasted:
            return self.client.post(f"{self.page}/endorsements", data={"text": body})
        return self.client.post(f"{self.page}/endorsements", files={"file": ("crb.json", body.encode())})

    def kept(self) -> list[tuple[str, str, str]]:
        with self.office.world.transaction() as session:
            found = endorsements.all_of(session, self.version)
            return [(one.endorser, one.name, one.comment) for one in endorsements.in_force(found, NOW)]

    def carried(self, event: str) -> list[dict[str, Any]]:
        badge = read_json(self.office.world.issuer().issue(order(event=event), AWARDER, NOW))
        found: list[dict[str, Any]] = badge["credentialSubject"]["achievement"].get("endorsement", [])
        return found


@pytest.fixture
def network(world: World) -> Network:
    return Network(world)


@pytest.mark.parametrize("pasted", [False, True])
def test_what_was_signed_elsewhere_is_carried_and_shown_like_the_others(network: Network, pasted: bool) -> None:  # noqa: FBT001
    signed = endorse(network.hospital, network.about, text=TEXT)
    assert network.hand_in(signed, pasted=pasted).status_code == 303
    assert network.kept() == [(network.hospital.did, "Окружная больница", TEXT)]
    page = network.client.get(network.page).text
    assert all(told in page for told in ("Окружная больница", TEXT, "Поручились"))
    assert network.carried("№ 1") == [signed]
    assert network.campus.verify(signed).verdict is Verdict.VALID
    with network.office.world.transaction() as session:
        events = {row.event: row.organisation for row in session.exec(select(JournalRow))}
    assert events["endorsement.handed-in"] == "ugu"


def test_a_later_one_takes_the_place_of_the_earlier(network: Network) -> None:
    network.hand_in(endorse(network.hospital, network.about, text="Сперва так."))
    network.hand_in(
        endorse(network.hospital, network.about, text=TEXT, validUntil=write_timestamp(NOW + timedelta(days=9)))
    )
    assert [said for *_, said in network.kept()] == [TEXT]


def test_it_is_taken_off_by_whoever_answers_for_the_achievement(network: Network) -> None:
    network.hand_in(endorse(network.hospital, network.about, text=TEXT))
    with network.office.world.transaction() as session:
        [one] = endorsements.all_of(session, network.version)
    here = f"{network.page}/endorsements/{one.id}/withdraw"
    assert network.office.client("stranger").post(here).status_code != 303
    assert network.client.post(here).status_code == 303
    assert (network.kept(), network.carried("№ 2")) == ([], [])
    assert network.client.post(here).status_code == 409
    assert network.client.post(f"{network.page}/endorsements/nothing/withdraw").status_code == 404


def changed(document: dict[str, Any]) -> dict[str, Any]:
    subject = {**document["credentialSubject"], "endorsementComment": "Совсем другое."}
    return {**document, "credentialSubject": subject}


REFUSED: Mapping[str, tuple[Callable[[Network], dict[str, Any]], str]] = {
    "about something else": (
        lambda net: endorse(net.hospital, "https://ugu.sever.example/other", text=TEXT),
        "о другом",
    ),
    "changed": (lambda net: changed(endorse(net.hospital, net.about, text=TEXT)), "недействительно"),
    "over": (
        lambda net: endorse(net.hospital, net.about, text=TEXT, validUntil=write_timestamp(NOW - timedelta(seconds=1))),
        "недействительно",
    ),
    "unsigned": (lambda net: draft_endorsement(net.hospital, net.about, TEXT), ""),
    "a stranger to the network": (lambda net: endorse(net.campus.join("far", listed=False), net.about, text=TEXT), ""),
    "with a telephone": (
        lambda net: endorse(net.hospital, net.about, text="Звоните: +7 921 123-45-67."),
        "номер телефона",
    ),
    "too long": (lambda net: endorse(net.hospital, net.about, text="ы" * LARGEST), "не больше 16"),
    "saying nothing": (lambda net: endorse(net.hospital, net.about, text=" "), ""),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_nothing_else_is_taken(network: Network, kind: str) -> None:
    make, told = REFUSED[kind]
    answer = network.hand_in(make(network))
    assert answer.status_code == 422
    assert told in answer.text
    assert (network.kept(), network.carried("№ 3")) == ([], [])


def test_a_badge_is_no_endorsement_and_nothing_is_nothing(network: Network) -> None:
    house = network.campus.join("ugu2", name="Другой университет", licence="Л-031")
    assert network.hand_in(read_json(house.award())).status_code == 422
    empty = network.client.post(f"{network.page}/endorsements", data={"text": " "})
    assert (empty.status_code, "вставьте его текст" in empty.text) == (422, True)
    assert network.kept() == []
