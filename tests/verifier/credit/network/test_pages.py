"""Contracts and plans over HTTP: a deputy enters a contract, records a badge, takes it back; a family chooses no credit."""

import re

from httpx2 import Response

from tests.verifier.credit.network.test_recording import M08, line
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import ALINA, World
from verifier.credit.network.tables import NetworkContract
from verifier.credit.tables import ItemState, PlanItem

BASE = "/credit/contracts/s1"
TERMS = {
    "title": "Совместная программа",
    "valid_from": "2026-09-01",
    "valid_until": "2027-05-31",
    "data_clause": "Участник передаёт школе результаты ученика.",
}


def entered(office: Office) -> str:
    """A contract with the university in force, through its forms; the address of its page."""
    page = office.post("deputy", BASE, TERMS).headers["location"]
    world = office.world
    with world.session() as session:
        component = session.get_one(PlanItem, world.item).component
    steps: tuple[tuple[str, dict[str, str]], ...] = (
        ("party", {"organisation": world.ugu.did, "role": "participant"}),
        ("programme", {"provider": world.ugu.did, "code": M08, "name": "M08", "hours": "34", "target": component}),
        ("conclude", {"number": "7", "signed_on": "2026-11-09"}),
    )
    for step, fields in steps:
        answer = office.post("deputy", f"{page}/{step}", fields)
        assert answer.status_code == 303, answer.text
    return page


def record(office: Office, page: str, badge: bytes) -> Response:
    shown = fields_of(office.get("deputy", page).text, f"{page}/results")
    return office.post("deputy", f"{page}/results", {**shown, "item": office.world.item}, badge=("b.json", badge))


def test_a_deputy_enters_a_contract_and_records_a_result_under_it(world: World) -> None:
    office = Office(world)
    page = entered(office)
    assert record(office, page, world.badge()).status_code == 303
    assert line(world).state is ItemState.CREDITED
    assert {notice["person"] for notice in world.notices} == {ALINA, "guardian"}
    shown = office.get("director", page).text
    assert "Ветрова Алина Игоревна" in shown
    assert "87 из 100" in shown
    assert "Записать результат" not in shown
    assert [(event, who) for event, who, _ in office.journal][-2:] == [
        ("credit.recorded", "deputy"),
        ("credit.read", "director"),
    ]
    plan = office.get("guardian", f"/api/credit/plans/{ALINA}").json()["lines"][0]
    assert (plan["state"], plan["track"], plan["mark"], plan["case"]) == ("credited", "network", "5", None)
    assert "№ 7" in office.get("guardian", f"/credit/plans/{ALINA}").text


def test_a_badge_that_is_refused_says_why_beside_its_field(world: World) -> None:
    office = Office(world)
    page = entered(office)
    badge = world.badge()
    world.ugu.revoke(badge)
    answer = record(office, page, badge)
    assert answer.status_code == 422
    assert "Значок отозван" in answer.text
    assert line(world).state is ItemState.OPEN
    assert record(office, page, b"").status_code == 422


def test_taking_back_asks_for_a_reason(world: World) -> None:
    office = Office(world)
    page = entered(office)
    record(office, page, world.badge())
    [row] = [item for event, _, item in office.journal if event == "credit.recorded"]
    undo = f"{BASE}/results/{row}/take-back"
    ids = re.findall(r' id="([^"]+)"', office.get("deputy", page).text)
    assert len(ids) == len(set(ids)), "the page can also end the contract, for a reason of its own"
    assert office.post("deputy", undo, {"reason": " "}).status_code == 422
    assert office.post("deputy", undo, {"reason": "Ошибка"}).status_code == 303
    assert "запись отменена" in office.get("deputy", page).text
    assert office.post("deputy", undo, {"reason": "Ошибка"}).status_code == 422
    assert line(world).state is ItemState.OPEN


def test_what_is_missing_or_wrong_is_told_and_nothing_is_kept(world: World) -> None:
    office = Office(world)
    assert office.post("deputy", BASE, {**TERMS, "valid_until": "2026-08-31"}).status_code == 422
    assert office.post("deputy", BASE, {**TERMS, "title": ""}).status_code == 422
    page = office.post("deputy", BASE, TERMS).headers["location"]
    wrong: tuple[tuple[str, dict[str, str]], ...] = (
        ("conclude", {"number": "7", "signed_on": "2026-11-09"}),
        ("conclude", {"number": "7", "signed_on": "2027-11-09"}),
        ("party", {"organisation": "did:web:nobody.example", "role": "participant"}),
        ("party", {"organisation": world.ugu.did, "role": "base"}),
        ("party", {"organisation": world.ugu.did, "role": "x"}),
        ("programme", {"provider": world.ugu.did, "code": "m", "name": "M", "hours": "1", "target": "x"}),
        ("programme", {"provider": world.ugu.did, "code": "m", "name": "M", "hours": "0", "target": "x"}),
        ("end", {"ended_on": "2026-12-01", "reason": "Так"}),
    )
    for step, fields in wrong:
        answer = office.post("deputy", f"{page}/{step}", fields)
        assert answer.status_code == 422, (step, answer.text)
    with world.session() as session:
        contract = session.get_one(NetworkContract, page.rpartition("/")[2])
        assert contract.state == "draft"


def test_a_contract_in_force_is_fixed_and_can_end(world: World) -> None:
    office = Office(world)
    page = entered(office)
    again = office.post("deputy", f"{page}/party", {"organisation": world.ugu.did, "role": "participant"})
    assert "менять его нельзя" in again.text
    assert office.post("deputy", f"{page}/end", {"ended_on": "2026-12-01", "reason": "Соглашение"}).status_code == 303
    assert "Соглашение" in office.get("secretary", page).text


def test_contracts_are_the_offices_and_changing_them_the_deputys(world: World) -> None:
    office = Office(world)
    page = entered(office)
    for who in ("teacher", "guardian", "foreign:deputy"):
        assert office.get(who, BASE).status_code in {403, 404}, who
        assert office.get(who, page).status_code in {403, 404}, who
    assert office.get("secretary", BASE).status_code == 200
    assert office.post("secretary", BASE, TERMS).status_code == 403
    assert office.get("foreign:deputy", page.replace("/s1/", "/s2/")).status_code == 404


def test_a_family_chooses_to_learn_without_credit_and_changes_its_mind(world: World) -> None:
    office = Office(world)
    plan, act = f"/credit/plans/{ALINA}", f"/credit/plans/{ALINA}/parallel"
    fields = fields_of(office.get("guardian", plan).text, act)
    assert office.post("deputy", act, fields).status_code == 403
    assert office.post("guardian", act, fields).status_code == 303
    assert "учится параллельно" in office.get("deputy", plan).text
    assert office.get("guardian", f"/api/credit/plans/{ALINA}").json()["lines"][0]["track"] == "parallel"
    assert office.post("guardian", act, fields_of(office.get("guardian", plan).text, act)).status_code == 303
    assert office.get("guardian", f"/api/credit/plans/{ALINA}").json()["lines"][0]["track"] == ""
    assert office.post("guardian", act, {"item": "x", "act": "choose"}).status_code == 404
