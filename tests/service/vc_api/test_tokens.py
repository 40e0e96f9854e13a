"""VC-API for programs: which token opens which door."""

from datetime import timedelta
from pathlib import Path

import pytest

from keys.actor import Actor, ActorKind, Program, Rights, Thing
from service.rights import ALL_RIGHTS
from service.vc_api.tokens import Scope
from tests.service.house import build
from tests.service.programs import Programs

DOORS = ("credentials/issue", "credentials/verify", "credentials/derive", "credentials/status", "presentations/verify")


DAY = timedelta(days=1)


@pytest.mark.parametrize("door", DOORS)
def test_without_a_token_nobody_enters(shared: Programs, door: str) -> None:
    answer = shared.house.visitor().post(f"/vc-api/{door}", json={})
    assert (answer.status_code, answer.json()["code"]) == (401, "token-missing")
    assert answer.headers["www-authenticate"] == 'Bearer realm="zachetka"'
    for wrong in ("zachetka_" + "0" * 64, "x", "", "x" * 10_000):
        assert shared.call(door, {}, wrong).status_code == 401, wrong
    odd = {b"authorization": b"Bearer \xd0\x81\xff"}
    assert shared.house.visitor().post(f"/vc-api/{door}", json={}, headers=odd).status_code == 401
    refused = shared.call(door, {}, "zachetka_0")
    assert refused.headers["www-authenticate"] == 'Bearer realm="zachetka", error="invalid_token"'


@pytest.mark.parametrize("door", DOORS)
def test_a_signed_in_person_is_no_program(shared: Programs, door: str) -> None:
    assert shared.house.signed_in("awarder").post(f"/vc-api/{door}", json={}).status_code == 401


def test_a_token_ends(plain: Programs) -> None:
    plain.house.clock.move(30 * DAY - timedelta(seconds=1))
    assert plain.call("credentials/verify", {}).status_code == 400
    plain.house.clock.move(timedelta(seconds=1))
    assert plain.call("credentials/verify", {}).json()["code"] == "token-refused"


SCOPES = {
    "credentials/issue": Scope.ISSUE,
    "credentials/status": Scope.STATUS,
    "credentials/verify": Scope.VERIFY,
    "credentials/derive": Scope.VERIFY,
    "presentations/verify": Scope.VERIFY,
}


@pytest.mark.parametrize("door", DOORS)
def test_a_scope_opens_its_own_doors_alone(shared: Programs, door: str) -> None:
    for scope in Scope:
        answer = shared.call(door, {}, shared.token(scopes=[scope]))
        assert (answer.status_code == 403) == (scope is not SCOPES[door]), (scope, answer.text)


def test_a_token_decides_nothing_and_enters_nowhere_else(plain: Programs) -> None:
    rights = Rights(ALL_RIGHTS)
    everything = frozenset(rights.actions)
    token = Actor(kind=ActorKind.TOKEN, program=Program("t", "kol", everything))
    here = Thing(organisation="kol", learner="l1")
    deciding = {right.action for right in ALL_RIGHTS if right.decides}
    assert {"credit.order", "credit.vote", "award.revoke", "batch.approve", "token.make"} <= deciding
    assert [action for action in deciding if rights.can(token, action, here)] == []
    mine = {action for action in everything if rights.can(token, action, here)}
    anybody = {action for action in everything if rights.can(Actor(), action, here)}
    assert mine - anybody == {"program.issue", "program.verify", "program.status"}
    assert plain.house.visitor(authorization=f"Bearer {plain.text}", accept="*/*").get("/api/me").status_code == 401


def test_the_database_holds_no_token(plain: Programs) -> None:
    [token] = plain.tokens()
    kept = str(token.model_dump())
    assert plain.text not in kept
    assert plain.text.removeprefix("zachetka_") not in kept
    assert plain.text not in repr(plain.journal("token.made"))


def test_too_many_requests_have_to_wait(tmp_path: Path, house_url: str) -> None:
    house = build(tmp_path, house_url, vc_api="on", vc_api_per_minute=3)
    programs = Programs(house)
    answers = [programs.call("credentials/verify", {}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429]
    assert (answers[3].json()["code"], answers[3].headers["retry-after"]) == ("too-many-requests", "20")
    assert programs.call("credentials/verify", {}, programs.token()).status_code == 400  # another token has its own
    house.clock.move(timedelta(seconds=20))
    assert [programs.call("credentials/verify", {}).status_code for _ in range(2)] == [400, 429]
    house.parts.engine.dispose()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"null", b'{"a":1,"a":2}', b"[" * 50_000, b'{"credential":{"a":1e400}}']
)
def test_broken_bodies_are_problem_documents(shared: Programs, door: str, body: bytes) -> None:
    headers = {"authorization": f"Bearer {shared.text}"}
    answer = shared.house.visitor(**headers).post(f"/vc-api/{door}", content=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_the_setting_nothing_answers(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}")
    for door in DOORS:
        assert house.visitor().post(f"/vc-api/{door}", json={}).status_code == 404
    assert house.visitor().get("/tokens/kol").status_code == 404
    house.parts.engine.dispose()


def test_a_house_plays_its_own_parts_alone(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}", vc_api="on", parts=("verifier",))
    assert house.visitor().post("/vc-api/credentials/issue", json={}).status_code == 404
    assert house.visitor().post("/vc-api/credentials/verify", json={}).status_code == 401
    house.parts.engine.dispose()
