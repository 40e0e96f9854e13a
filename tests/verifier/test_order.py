"""V19: the order of the checks, and who is asked before the signature holds."""

import json
import random
import string
from typing import Any

from tests.campus import Campus, House, changed
from verifier.verdict import Verdict


def before_the_signature(campus: Campus, house: House) -> set[str]:
    """All that may be asked of anybody for a document whose signature does not hold."""
    return {campus.trust_url, house.url(".well-known/did.json")}


def test_v19_an_honest_badge_asks_in_order(campus: Campus, ugu: House) -> None:
    campus.verify(ugu.award())

    assert campus.asked == [
        campus.trust_url,
        ugu.url("status/revocation"),
        campus.operator.url(f"deposits/{campus.now.date()}"),
    ]


def test_v19_a_refused_document_asks_nobody(campus: Campus, ugu: House) -> None:
    campus.verify(changed(ugu.award(), lambda badge: badge.update(grade="5")))

    assert campus.asked == []


def test_v19_a_forged_badge_never_reaches_the_addresses_it_names(campus: Campus, ugu: House) -> None:
    def point_elsewhere(badge: dict[str, Any]) -> None:
        badge["credentialStatus"]["statusListCredential"] = "https://victim.example/admin"
        badge["credentialSubject"]["achievement"]["id"] = "https://victim.example/achievement"

    campus.verify(changed(ugu.award(), point_elsewhere))

    assert set(campus.asked) <= before_the_signature(campus, ugu)


def test_v19_a_forged_issuer_is_asked_for_its_key_and_for_nothing_else(campus: Campus, ugu: House) -> None:
    forged = json.loads(ugu.award())
    forged["issuer"]["id"] = "did:web:victim.example"
    forged["proof"][0]["verificationMethod"] = "did:web:victim.example#key-1"
    campus.verify(forged)

    assert campus.asked == [campus.trust_url, "https://victim.example/.well-known/did.json"]


def test_v19_a_foreign_proof_is_no_reason_to_ask_its_controller(campus: Campus, ugu: House) -> None:
    forged = json.loads(ugu.award())
    forged["proof"][0]["verificationMethod"] = "did:web:victim.example#key-1"
    campus.verify(forged)

    assert campus.asked == [campus.trust_url]


def test_v19_random_forgeries_open_no_other_door(campus: Campus, ugu: House) -> None:
    """Ten thousand badges with one random text replaced by an address: of strangers only the issuer's own keys are asked for."""
    chance = random.Random(19)  # noqa: S311 - the same forgeries every time
    document = json.loads(ugu.award())
    allowed = before_the_signature(campus, ugu)
    places = [place for place in _texts(document) if place[0] is not document.get("type")]
    for _ in range(10_000):
        url = f"https://{''.join(chance.choices(string.ascii_lowercase, k=8))}.example/x"
        holder, key = chance.choice(places)
        honest, holder[key] = holder[key], url
        asked_for_key = {url} if document["issuer"]["id"] == url else set()
        campus.asked.clear()
        found = campus.verifier.verify(json.dumps(document).encode(), now=campus.now)
        holder[key] = honest
        assert found.verdict is not Verdict.VALID
        assert set(campus.asked) <= allowed | asked_for_key


def _texts(value: Any) -> list[tuple[Any, Any]]:
    """Every place that holds a text, as (container, key)."""
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    found = [(value, key) for key, item in pairs if isinstance(item, str)]
    nested = [item for _, item in pairs if isinstance(item, dict | list)]
    return [*found, *(place for item in nested for place in _texts(item))]
