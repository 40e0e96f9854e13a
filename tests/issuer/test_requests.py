"""`Idempotency-Key`: the same request again is the same award; another one under the key is refused."""

from typing import Any

import pytest

from tests.issuer.lists import number
from tests.issuer.office import Office
from tests.issuer.world import World

ASKED: dict[str, Any] = {
    "organisation": "ugu",
    "achievement": "m08",
    "learner_number": number(1),
    "event": "ведомость № 7",
    "result": "87",
}


def test_the_same_key_and_body_give_the_same_answer(world: World) -> None:
    client = Office(world).client()
    answers = [client.post("/api/awards", json=ASKED, headers={"Idempotency-Key": "k-1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    client = Office(world).client()
    client.post("/api/awards", json=ASKED, headers={"Idempotency-Key": "k-1"})
    answer = client.post("/api/awards", json={**ASKED, "event": "другая"}, headers={"Idempotency-Key": "k-1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "key-reused")
    assert client.post("/api/awards", json={**ASKED, "event": "другая"}).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "\x01"])
def test_a_key_that_cannot_be_kept_is_refused(world: World, key: str) -> None:
    answer = Office(world).client().post("/api/awards", json=ASKED, headers={"Idempotency-Key": key})
    assert answer.json()["code"] == "bad-key"
