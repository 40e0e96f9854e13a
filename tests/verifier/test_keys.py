"""Whose key, and when: rotation, compromise, controllers that disagree, keys that cannot be had (THREATS I8, I9, V10)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from keys import did
from tests.campus import Campus, House, make_holder, make_signer, write
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from verifier.verdict import Verdict

DAY = timedelta(days=1)


def test_a_retired_key_keeps_verifying(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.now += DAY
    ugu.rotate()
    campus.now += DAY
    found = campus.verify(badge)

    assert found.verdict is VALID
    assert codes(found.report)["key"] == "key-retired-later"
    assert campus.verify(ugu.award()).verdict is VALID


def test_a_retired_key_signs_no_more(campus: Campus, ugu: House) -> None:
    campus.now += DAY
    ugu.rotate()
    campus.now += DAY
    found = campus.verify(ugu.sign(ugu.draft(), key=0))

    assert leading(found.report).code == "key-outdated"
    assert found.verdict is INVALID
    assert found.credential is None


def test_a_key_cannot_sign_before_its_time(campus: Campus, ugu: House) -> None:
    campus.now += DAY
    ugu.rotate()
    found = campus.verify(ugu.sign(ugu.draft(), at=campus.now - DAY))

    assert leading(found.report).code == "key-too-early"
    assert found.verdict is INVALID


COMPROMISES = [
    # days before the compromise: said to be signed, deposited (None: never); the answer
    (3, 3, VALID, "key-compromised-later"),
    (3, None, CANNOT_TELL, "key-compromise-undated"),  # the thief may have written the date
    (3, -1, CANNOT_TELL, "key-compromise-undated"),  # deposited only after the theft
    (0, 0, INVALID, "key-compromised"),
    (-1, -1, INVALID, "key-compromised"),
    (-1, None, INVALID, "key-compromised"),
]


@pytest.mark.parametrize(("signed", "deposited", "verdict", "code"), COMPROMISES)
def test_i8_compromise(
    campus: Campus, ugu: House, signed: int, deposited: int | None, verdict: Verdict, code: str
) -> None:
    theft = campus.now - 5 * DAY
    at = theft - signed * DAY
    document = ugu.sign(ugu.draft(awarded_at=at), at=at)
    if deposited is not None:
        ugu.deposit(document, at=theft - deposited * DAY)
    ugu.compromise(0, theft)
    ugu.rotate()
    found = campus.verify(document)

    assert codes(found.report)["key"] == code
    assert found.verdict is verdict


def test_i8_a_status_list_under_a_stolen_key_proves_nothing(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.now += 3 * DAY
    old_list = campus.get(ugu.url("status/revocation"))
    ugu.compromise(0, campus.now - DAY)
    ugu.rotate()
    campus.pages[ugu.url("status/revocation")] = old_list
    found = campus.verify(badge)

    assert codes(found.report)["key"] == "key-compromised-later"
    assert codes(found.report)["status"] == "status-unsigned"


def test_i9_an_earlier_sight_by_a_member_is_a_witness_too(campus: Campus, ugu: House) -> None:
    theft = campus.now - 5 * DAY
    at = theft - 3 * DAY
    document = write(ugu.sign(ugu.draft(awarded_at=at), at=at))
    ugu.compromise(0, theft)
    ugu.rotate()

    assert campus.verify(document, seen=theft - DAY).verdict is VALID
    assert campus.verify(document, seen=theft + DAY).verdict is CANNOT_TELL


def test_a_new_key_that_the_list_does_not_have_yet_is_found_in_the_organisation_s_own_document(
    campus: Campus, ugu: House
) -> None:
    old_list = campus.get(campus.trust_url)
    campus.now += timedelta(hours=1)
    ugu.rotate()
    badge = ugu.award()
    campus.pages[campus.trust_url] = old_list
    campus.asked.clear()

    assert campus.verify(badge).verdict is VALID
    assert campus.asked[:2] == [campus.trust_url, ugu.url(".well-known/did.json")]


def test_a_status_list_under_a_key_newer_than_the_network_s_list(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    old_list = campus.get(campus.trust_url)
    campus.now += timedelta(hours=1)
    ugu.rotate()
    campus.pages[campus.trust_url] = old_list
    campus.asked.clear()

    assert campus.verify(badge).verdict is VALID
    assert campus.asked[:3] == [
        campus.trust_url,
        ugu.url("status/revocation"),
        ugu.url(".well-known/did.json"),
    ]


def test_a_key_that_the_list_has_needs_no_other_document(campus: Campus, ugu: House) -> None:
    campus.gone.add(ugu.url(".well-known/did.json"))

    assert campus.verify(ugu.award()).verdict is VALID


def test_an_unreachable_key_is_no_verdict_about_the_badge(campus: Campus) -> None:
    stranger = campus.join("far", listed=False)
    badge = stranger.award()
    campus.gone.add(stranger.url(".well-known/did.json"))
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "key-unreachable"
    assert codes(found.report)["membership"] == "member-unknown"


def test_a_member_with_an_unreachable_key_is_not_called_a_stranger(campus: Campus, ugu: House) -> None:
    forged = json.loads(ugu.award())
    forged["proof"][0]["verificationMethod"] = f"{ugu.did}#key-9"
    campus.gone.add(ugu.url(".well-known/did.json"))

    assert codes(campus.verify(forged).report).keys() == {"format", "key"}


def test_a_retired_key_without_the_network_s_history_cannot_be_told(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.now += DAY
    ugu.rotate()
    campus.gone.add(campus.trust_url)
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "key-history-missing"


STRANGER = "did:web:far.sever.example"


def stranger_document(**changes: Any) -> dict[str, Any]:
    return did.document(STRANGER, [make_signer("far-0", STRANGER).multikey]) | changes


ODD_DOCUMENTS = [
    ("another's", stranger_document(id="did:web:near.sever.example"), INVALID, "key-controller"),
    ("no purposes", stranger_document(assertionMethod=[]), INVALID, "key-not-listed"),
    ("other purpose", {**stranger_document(assertionMethod=[]), "authentication": ["#x"]}, INVALID, "key-not-listed"),
    ("no methods", stranger_document(verificationMethod=[]), INVALID, "key-not-listed"),
    ("methods are text", stranger_document(verificationMethod="x", assertionMethod="y"), INVALID, "key-not-listed"),
    (
        "controlled by another",
        stranger_document(
            verificationMethod=[
                {**stranger_document()["verificationMethod"][0], "controller": "did:web:near.sever.example"}
            ]
        ),
        INVALID,
        "key-not-listed",
    ),
]


@pytest.mark.parametrize(("document", "verdict", "code"), [row[1:] for row in ODD_DOCUMENTS])
def test_v10_the_controller_must_stand_behind_its_key(
    campus: Campus, document: dict[str, Any], verdict: Verdict, code: str
) -> None:
    stranger = campus.join("far", listed=False)
    badge = stranger.award()
    campus.pages[stranger.url(".well-known/did.json")] = write(document)
    found = campus.verify(badge)

    assert (found.verdict, leading(found.report).code) == (verdict, code)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"id": 1, "id": 2}', b"x" * 70_000])
def test_an_unreadable_key_document_is_no_verdict_about_the_badge(campus: Campus, body: bytes) -> None:
    stranger = campus.join("far", listed=False)
    badge = stranger.award()
    campus.pages[stranger.url(".well-known/did.json")] = body
    found = campus.verify(badge)

    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "key-unreadable")


def test_an_issuer_that_is_only_a_key_is_somebody_unknown(campus: Campus, ugu: House) -> None:
    holder = make_holder("anybody")
    document = ugu.draft(issuer={"id": did.controller_of(holder.method), "type": ["Profile"], "name": "Я"}, statuses=())
    ugu.signers.append(holder)
    found = campus.verify(ugu.sign(document))

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "member-unknown"
    assert found.shown is not None
    assert (found.shown.organisation, found.shown.claimed_by) == ("", "Я")


def test_a_key_address_that_nobody_can_read(campus: Campus, ugu: House) -> None:
    forged = json.loads(ugu.award())
    forged["issuer"]["id"] = "did:example:123"
    forged["proof"][0]["verificationMethod"] = "did:example:123#key-1"
    found = campus.verify(forged)

    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "key-method-unknown")


HTTPS = "https://issuer.example/profile"


def https_profile(**changes: Any) -> dict[str, Any]:
    key = make_signer("profile", HTTPS)
    method = {"id": key.method, "type": "Multikey", "controller": HTTPS, "publicKeyMultibase": key.multikey}
    return {"id": HTTPS, "verificationMethod": [method], "assertionMethod": [key.method]} | changes


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (https_profile(), "member-unknown"),
        (https_profile(assertionMethod=https_profile()["verificationMethod"]), "member-unknown"),
        (https_profile(assertionMethod=[]), "key-not-listed"),
        (https_profile(verificationMethod=[]), "key-not-listed"),
        (https_profile(id="https://other.example/profile"), "key-controller"),
        (
            https_profile(
                verificationMethod=[{**https_profile()["verificationMethod"][0], "controller": "https://x.example"}]
            ),
            "key-not-listed",
        ),
        (
            https_profile(
                verificationMethod=[{**https_profile()["verificationMethod"][0], "publicKeyMultibase": "z1"}]
            ),
            "key-unreadable",
        ),
    ],
)
def test_an_issuer_at_an_https_address_must_show_its_key_there(
    campus: Campus, ugu: House, document: dict[str, Any], code: str
) -> None:
    ugu.signers.append(make_signer("profile", HTTPS))
    badge = ugu.sign(ugu.draft(issuer={"id": HTTPS, "type": ["Profile"], "name": "X"}, statuses=()))
    campus.pages[HTTPS] = write(document)

    assert leading(campus.verify(badge).report).code == code
