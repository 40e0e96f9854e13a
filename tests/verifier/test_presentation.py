"""A set shown by its holder: who shows it, and each badge for itself (THREATS V11)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from keys.proofs import JCS, add
from tests.campus import Campus, House, changed, make_holder, write
from tests.verifier.answers import INVALID, VALID, codes
from verifier.errors import BrokenFile, NotACredential
from verifier.policy import Policy

ALINA = make_holder("L1")


def test_a_set_is_judged_badge_by_badge(campus: Campus, ugu: House) -> None:
    good, bad = ugu.award(), ugu.award()
    ugu.revoke(bad)
    found = campus.verify_presentation(campus.present([good, bad], ALINA))

    assert found.report.verdict is VALID
    assert codes(found.report) == {"format": "format-ok", "possession": "possession-shown"}
    assert found.holder == ALINA.method.partition("#")[0]
    assert [item.verdict for item in found.items] == [VALID, INVALID]


def test_nobody_is_asked_twice_for_one_set(campus: Campus, ugu: House) -> None:
    campus.verify_presentation(campus.present([ugu.award(), ugu.award(), ugu.award()], ALINA))

    assert len(campus.asked) == len(set(campus.asked)) == 3


def test_a_list_that_is_out_of_reach_is_so_for_the_whole_set(campus: Campus, ugu: House) -> None:
    shown = campus.present([ugu.award(), ugu.award()], ALINA)
    campus.gone.add(ugu.url("status/revocation"))
    found = campus.verify_presentation(shown)

    assert [codes(item.report)["status"] for item in found.items] == ["status-unreachable"] * 2
    assert campus.asked.count(ugu.url("status/revocation")) == 1


def test_an_empty_set_is_no_badge(campus: Campus) -> None:
    shown = add(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "holder": ALINA.method.partition("#")[0],
        },
        ALINA,
        created=campus.now,
        purpose="authentication",
    )

    assert campus.verify_presentation(write(shown)).items == ()


FORGERIES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda shown: shown.pop("proof"), "possession-missing"),
    (
        lambda shown: shown.update(holder="did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"),
        "possession-foreign",
    ),
    (lambda shown: shown.pop("holder"), "possession-broken"),
    (lambda shown: shown["proof"][0].update(proofPurpose="assertionMethod"), "possession-purpose"),
    (lambda shown: shown["proof"][0].update(created="2026-11-22T08:00:00Z"), "possession-broken"),
    (lambda shown: shown["proof"][0].update(cryptosuite="xyz"), "possession-unknown"),
    (lambda shown: shown["verifiableCredential"].pop(), "possession-broken"),
]


@pytest.mark.parametrize(("change", "code"), FORGERIES)
def test_a_set_that_its_holder_did_not_sign(
    campus: Campus, ugu: House, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    found = campus.verify_presentation(changed(campus.present([ugu.award(), ugu.award()], ALINA), change))

    assert codes(found.report)["possession"] == code
    assert found.report.verdict is not VALID
    assert found.holder == ""
    assert {item.verdict for item in found.items} == {VALID}  # the badges themselves are real


def test_holders_with_documents_elsewhere_are_not_asked(campus: Campus, ugu: House) -> None:
    shown = json.loads(campus.present([ugu.award()], ALINA))
    shown["holder"] = ugu.did
    shown["proof"] = add(shown, ugu.signer, created=campus.now, purpose="authentication")["proof"][-1:]
    found = campus.verify_presentation(write(shown))

    assert codes(found.report)["possession"] == "possession-unknown"
    assert ugu.url(".well-known/did.json") not in campus.asked


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"domain": "ugu.sever.example", "challenge": "c-1"}, "possession-shown"),
        ({"domain": "ugu.sever.example"}, "possession-shown"),
        ({}, "possession-shown"),
        ({"domain": "sen.sever.example", "challenge": "c-1"}, "proof-domain"),
        ({"domain": "ugu.sever.example", "challenge": "c-2"}, "proof-challenge"),
    ],
)
def test_v11_what_was_asked_must_be_what_was_answered(
    campus: Campus, ugu: House, asked: dict[str, str], code: str
) -> None:
    shown = campus.present([ugu.award()], ALINA, domain="ugu.sever.example", challenge="c-1")

    assert codes(campus.verify_presentation(shown, **asked).report)["possession"] == code


def test_v11_an_answer_to_a_challenge_is_fresh(campus: Campus, ugu: House) -> None:
    shown = campus.present([ugu.award()], ALINA, challenge="c-1")
    campus.now += timedelta(minutes=6)

    assert codes(campus.verify_presentation(shown, challenge="c-1").report)["possession"] == "presentation-old"
    assert codes(campus.verify_presentation(shown).report)["possession"] == "possession-shown"


def test_a_set_in_plain_json_signature(campus: Campus, ugu: House) -> None:
    shown = json.loads(campus.present([ugu.award()], ALINA))
    shown.pop("proof")
    signed = add(shown, ALINA, created=campus.now, purpose="authentication", suite=JCS)

    assert campus.verify_presentation(write(signed)).report.verdict is VALID


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda shown: shown.update(grade="5"), "undefined-term"),
        (lambda shown: shown["verifiableCredential"][0].update(grade="5"), "undefined-term"),
        (lambda shown: shown.update(holder={"type": "Person"}), "unreadable"),
        (lambda shown: shown["verifiableCredential"].append("x"), "unreadable"),
        (lambda shown: shown["verifiableCredential"].append({"type": "Person"}), "unreadable"),
    ],
)
def test_a_set_that_breaks_the_rules_is_not_opened(
    campus: Campus, ugu: House, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    found = campus.verify_presentation(changed(campus.present([ugu.award()], ALINA), change))

    assert codes(found.report) == {"format": code}
    assert found.items == ()
    assert found.report.verdict is INVALID


def test_what_is_no_set_is_an_error(campus: Campus, ugu: House) -> None:
    with pytest.raises(NotACredential):
        campus.verify_presentation(ugu.award())
    with pytest.raises(BrokenFile):
        campus.verify_presentation(b"{")
    assert codes(campus.verify_presentation(b'{"type": 1, "type": 1}').report) == {"format": "duplicate-key"}


def test_limits_hold_for_the_set_and_for_each_badge(campus: Campus, ugu: House) -> None:
    shown = campus.present([ugu.award(), ugu.award()], ALINA)
    few = campus.make_verifier(policy=Policy(presented=1)).verify_presentation(shown, now=campus.now)
    small = campus.make_verifier(policy=Policy(credential_bytes=1000)).verify_presentation(shown, now=campus.now)

    assert codes(few.report) == {"format": "too-complex"}
    assert [codes(item.report) for item in small.items] == [{"format": "too-large"}] * 2


def test_forty_badges_in_one_set(campus: Campus, ugu: House) -> None:
    found = campus.verify_presentation(campus.present([ugu.award() for _ in range(40)], ALINA))

    assert found.report.verdict is VALID
    assert {item.verdict for item in found.items} == {VALID}
