"""A college, a school and a wallet that share nothing but signed documents and the doors of ARCHITECTURE §4."""

import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from service.demo.people import account_of, guardian_of
from tests.journeys.apart import COLLEGE, LEARNER, SCHOOL, Apart, House, Person, Running, build, wait_for

pytestmark = pytest.mark.journey

CHILD, FATHER = account_of(LEARNER), guardian_of(LEARNER)
PAPER = {"number": "44-у", "signer": "Директор П. Р. Ладогин"}


def collected(house: House, staff: str, award: str) -> bytes:
    """The staff make a code for an award, the family fetches it there: the bytes as they were signed."""
    with Person(house, staff) as awarder, Person(house, FATHER) as family:
        code = awarder.send(f"/api/awards/{award}/offer", {})["code"]
        answer = family.call("POST", f"/api/offers/{code}", json={"learner": CHILD})
        assert answer.status_code == 200, answer.text
        again = family.call("POST", f"/api/offers/{code}", json={"learner": CHILD})
        assert again.content == answer.content
        return answer.content


def awarded(apart: Apart) -> bytes:
    """The college awards its module by the learner's number; the badge as the family fetches it."""
    with Person(apart.college, "dratvin") as awarder:
        order = {
            "organisation": COLLEGE,
            "achievement": "m03",
            "learner_number": apart.number,
            "event": "Ведомость № 8",
        }
        award = awarder.send("/api/awards", order)
        assert award["state"] == "stored", "the learner has no wallet there"
    return collected(apart.college, "dratvin", award["id"])


def kept(apart: Apart, badge: bytes) -> str:
    """The badge in the family's wallet; its id there."""
    with Person(apart.wallet, FATHER) as family:
        return family.press(family.upload(f"/wallet/{CHILD}/collect", badge)).rpartition("/")[2]


def verdicts(apart: Apart) -> dict[str, str]:
    with Person(apart.wallet, FATHER) as family:
        return {row["organisation"]: row["verdict"] for row in family.read(f"/api/wallet/{CHILD}")["badges"]}


def applied(apart: Apart, badge: str) -> str:
    """The school asks, the wallet signs, the family hands in; the case."""
    with Person(apart.school, FATHER) as family, Person(apart.wallet, FATHER) as holder:
        [line] = family.read(f"/api/credit/plans/{CHILD}")["lines"]
        asked = {"badges": [badge], "domain": f"did:web:{SCHOOL}.sever.example", "challenge": line["id"]}
        presentation = holder.send(f"/api/wallet/{CHILD}/presentations", asked)
        case = family.send(
            "/credit/applications", {"component": line["id"], "wish": "full", "presentation": presentation}
        )
        return str(case["id"])


def act(apart: Apart, case: str, who: str, event: str, **fields: Any) -> dict[str, Any]:
    """One act by somebody of the school, on the case as they see it."""
    with Person(apart.school, who) as person:
        seen = person.read(f"/api/credit/cases/{case}")
        asked = {"version": seen["version"], "shown": seen["shown"], "fields": fields}
        done: dict[str, Any] = person.send(f"/api/credit/cases/{case}/{event}", asked)
        return done


def credited(apart: Apart, case: str) -> None:
    """From the registered application to the closed case, by people."""
    act(apart, case, "lugova", "register")
    with Person(apart.school, "osokina") as deputy:
        wait_for(lambda: deputy.read(f"/api/credit/cases/{case}")["evidence"][0]["conditions"])
        today = deputy.read(f"/api/credit/cases/{case}")["steps"][0]["at"][:10]
    act(apart, case, "osokina", "accept-check")
    act(apart, case, "golubika", "sign-matrix")
    act(apart, case, "osokina", "send-to-commission")
    for member in ("golubika", "osokina"):
        act(apart, case, member, "vote", extent="full", free=True)
    act(apart, case, "osokina", "conclude", extent="full", mark="pass")
    act(apart, case, "ladogin", "order", date=today, **PAPER)
    act(apart, case, "lugova", "notify", told=[CHILD, account_of(FATHER)], channel="account")
    act(apart, case, "osokina", "amend-plan", hours="12")
    assert act(apart, case, "osokina", "close", journal=True, file=True)["state"] == "closed"


def recognised(apart: Apart) -> bytes:
    """The school's own badge, as the family fetches it there."""
    with Person(apart.school, "golubika") as awarder:
        found = wait_for(lambda: _signed(awarder))
    return collected(apart.school, "golubika", found)


def _signed(awarder: Person) -> str:
    page = awarder.call("GET", f"/issuer/{SCHOOL}").text
    awards = re.findall(rf"/issuer/{SCHOOL}/awards/([0-9a-f]{{32}})", page)
    return awards[0] if awards and awarder.read(f"/api/awards/{awards[0]}")["credential"] else ""


def test_a_badge_goes_from_college_to_wallet_to_school_and_stays_good_when_the_college_is_gone(
    tmp_path: Path, database_url: str
) -> None:
    apart = build(tmp_path, database_url)
    with ExitStack() as running:
        running.enter_context(Running(apart.school))
        running.enter_context(Running(apart.wallet))
        with Running(apart.college):
            badge = awarded(apart)
            case = applied(apart, kept(apart, badge))
            credited(apart, case)
            own = recognised(apart)
            kept(apart, own)
            assert json.loads(own)["credentialSubject"]["achievement"]["name"].startswith("Зачёт результатов")
            assert set(verdicts(apart).values()) == {"valid"}
        assert set(verdicts(apart).values()) == {"valid"}
        assert len(verdicts(apart)) == 2
        with Person(apart.school, FATHER) as family:
            for one in (badge, own):
                told = family.bring("/api/verify", one)["credentials"][0]
                assert told["verdict"] == "valid", told
