"""Every suite counts before the verifier; a badge shown in part is what it is; proofs that rest on others."""

import json
from datetime import timedelta
from typing import Any

import pytest

from keys.ed25519 import Ed25519Signer
from keys.multikey import ED25519, P256, P384, decode, multibase_encode
from keys.proofs import ECDSA_JCS, ECDSA_RDFC, ED25519_2020, JCS, RDFC, add_base, derive, ed25519signature2020
from schemas.dates import write_timestamp
from schemas.loader import BUNDLED
from tests.campus import CONTEXTS, LEARNER, Campus, House, make_holder, write
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from verifier.controllers import Keys
from verifier.credit.conditions import conditions_of
from verifier.credit.facts import Answer
from verifier.verdict import Outcome

FRAME = ("/issuer", "/validFrom", "/awardedDate", "/credentialStatus")
TITLE = ("/credentialSubject/achievement/name",)


@pytest.fixture
def curved(campus: Campus) -> House:
    """A university that signs on P-256."""
    house = campus.join("ugu", name="Северный открытый университет", licence="Л-030")
    campus.now += timedelta(days=1)
    house.rotate(P256)
    campus.now += timedelta(days=1)
    return house


@pytest.mark.parametrize(
    ("kind", "suite"),
    [
        (ED25519, RDFC),
        (ED25519, JCS),
        (P256, ECDSA_RDFC),
        (P256, ECDSA_JCS),
        (P384, ECDSA_RDFC),
        (P384, ECDSA_JCS),
    ],
)
def test_every_suite_counts_with_the_keys_that_it_takes(campus: Campus, ugu: House, kind: str, suite: str) -> None:
    campus.now += timedelta(days=1)
    ugu.rotate(kind)
    document = ugu.sign(ugu.draft(), suite=suite)
    found = campus.verify(document)

    assert found.verdict is VALID
    assert found.report.checks[1].params == {"suite": suite}
    document["name"] = "Другое"
    assert leading(campus.verify(json.loads(json.dumps(document))).report).code == "proof-signature"


def test_a_key_of_another_kind_does_not_fit_the_suite(campus: Campus, curved: House) -> None:
    document = curved.sign(curved.draft())
    document["proof"][0]["cryptosuite"] = RDFC

    assert leading(campus.verify(document).report).code == "proof-suite"
    assert campus.verify(document).verdict is INVALID


def older(house: House, document: dict[str, Any]) -> dict[str, Any]:
    """The document under a proof as they were made before cryptosuites."""
    suite, signer = ed25519signature2020.SUITE, house.signer
    document["@context"] = [*CONTEXTS, "https://w3id.org/security/suites/ed25519-2020/v1"]
    options = {
        "type": ED25519_2020,
        "created": write_timestamp(house.campus.now),
        "verificationMethod": signer.method,
        "proofPurpose": "assertionMethod",
    }
    data = suite.hash_data(suite.form.digest(document, "sha256", BUNDLED), options, document["@context"])
    return {**document, "proof": [{**options, "proofValue": multibase_encode(signer.sign(data))}]}


def test_an_older_sort_of_proof_is_read(campus: Campus, ugu: House) -> None:
    document = older(ugu, ugu.draft())
    found = campus.verify(document)

    assert found.verdict is VALID
    assert found.report.checks[1].params == {"suite": ED25519_2020}
    document["proof"][0]["created"] = write_timestamp(campus.now - timedelta(days=1))
    assert leading(campus.verify(document).report).code == "proof-signature"


# --- shown in part ------------------------------------------------------------------------------------------------


def test_a_part_of_a_badge_is_valid_and_said_to_be_a_part(campus: Campus, curved: House) -> None:
    base = curved.award_in_parts(*FRAME)
    shown = derive(base, TITLE)
    found = campus.verify(shown)

    assert found.verdict is VALID
    assert codes(found.report) == {
        "format": "format-ok",
        "proof": "signature-holds",
        "key": "key-of-issuer",
        "membership": "member-trusted",
        "licence": "licensed",
        "witness": "date-own-statement",
        "status": "status-clear",
        "schema": "schema-part-ok",
        "dates": "dates-ok",
        "kind": "kind-badge",
        "whole": "shown-in-part",
    }
    assert found.title == base["credentialSubject"]["achievement"]["name"]
    assert "result" not in shown["credentialSubject"]


def test_the_deposit_of_the_whole_says_nothing_of_a_part(campus: Campus, curved: House) -> None:
    base = curved.award_in_parts(*FRAME)
    curved.deposit(base)

    assert codes(campus.verify(derive(base, TITLE)).report)["witness"] == "date-own-statement"
    seen = campus.verify(derive(base, TITLE), seen=campus.now)
    assert codes(seen.report)["witness"] == "date-seen"


def test_a_part_without_a_witness_under_a_stolen_key_cannot_be_told(campus: Campus, curved: House) -> None:
    base = curved.award_in_parts(*FRAME)
    campus.now += timedelta(days=2)
    curved.rotate(P256)
    curved.compromise(1, campus.now - timedelta(days=1))
    found = campus.verify(derive(base, TITLE))

    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "key-compromise-undated")


def test_a_part_is_revoked_with_the_whole(campus: Campus, curved: House) -> None:
    base = curved.award_in_parts(*FRAME)
    curved.revoke(write(base))
    found = campus.verify(derive(base, TITLE))

    assert (found.verdict, leading(found.report).code) == (INVALID, "revoked")


def test_whoever_leaves_the_status_out_is_never_green(campus: Campus, curved: House) -> None:
    """An issuer that did not make the status mandatory lets a holder hide that the badge was revoked."""
    base = curved.award_in_parts("/issuer", "/validFrom")
    curved.revoke(write(base))
    found = campus.verify(derive(base, TITLE))

    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "status-not-shown")
    assert campus.verify(derive(base, [*TITLE, "/credentialStatus"])).verdict is INVALID


def test_a_part_that_names_no_achievement_shows_nothing(campus: Campus, curved: House) -> None:
    found = campus.verify(derive(curved.award_in_parts(*FRAME), ["/credentialSubject/id"]))

    assert found.verdict is VALID
    assert (found.shown, found.credential) == (None, None)


def test_a_part_that_shows_no_subject_is_no_credential(campus: Campus, curved: House) -> None:
    found = campus.verify(derive(curved.award_in_parts(*FRAME), ["/name"]))

    assert (found.verdict, leading(found.report).code) == (INVALID, "unreadable")


@pytest.mark.parametrize("name", ["validFrom", "awardedDate", "credentialStatus"])
def test_what_must_be_shown_cannot_be_taken_out(campus: Campus, curved: House, name: str) -> None:
    shown = derive(curved.award_in_parts(*FRAME), TITLE)
    del shown[name]

    assert leading(campus.verify(shown).report).code == "proof-signature"


def test_a_wrong_shape_is_wrong_in_a_part_too(campus: Campus, curved: House) -> None:
    entries = [curved.status_entry("revocation", 1), curved.status_entry("suspension", 1)]
    base = curved.award_in_parts(*FRAME, credentialStatus=entries)
    found = campus.verify(derive(base, TITLE))

    assert (found.verdict, leading(found.report).code) == (INVALID, "schema")


def test_a_base_proof_is_told_as_what_it_is(campus: Campus, curved: House) -> None:
    found = campus.verify(curved.award_in_parts(*FRAME))

    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "proof-base")
    assert found.credential is None


def test_a_base_proof_beside_one_of_the_whole_does_no_harm(campus: Campus, curved: House) -> None:
    both = curved.sign(curved.award_in_parts(*FRAME))
    found = campus.verify(both)

    assert found.verdict is VALID
    assert codes(found.report)["other_proofs"] == "proofs-unread"
    assert "whole" not in codes(found.report)
    assert campus.verify(derive(both, TITLE)).verdict is VALID


def test_a_part_that_was_signed_whole_as_well_is_a_whole(campus: Campus, curved: House) -> None:
    shown = curved.sign(derive(curved.award_in_parts(*FRAME), ["/credentialSubject", "/id", "/type"]))

    assert "whole" not in codes(campus.verify(shown).report)


def test_no_school_credits_a_part_without_a_person_who_saw_the_whole(campus: Campus, curved: House) -> None:
    """The tag "not for credit" may be what was left out (DOMAIN §2.5, G5)."""
    base = curved.award_in_parts(*FRAME, "/credentialSubject/identifier", "/credentialSubject/achievement")
    for document, answer in (
        (curved.sign(base), Answer.PASSED),
        (derive(base, ["/credentialSubject"]), Answer.UNKNOWN),
    ):
        found = campus.verify(document)
        assert found.credential is not None
        conditions = conditions_of(
            found.report, found.credential.credential, number=LEARNER, used=False, now=campus.now
        )
        assert conditions["G5"].answer is answer


def test_a_status_list_shown_in_part_is_not_relied_on(campus: Campus, curved: House) -> None:
    badge = curved.sign(curved.draft())
    whole = curved.status_list("revocation")
    hidden = derive(base_of(curved, whole), ["/issuer", "/validFrom", "/credentialSubject"])
    campus.pages[curved.url("status/revocation")] = write(hidden)
    found = campus.verify(badge)

    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "status-unsigned")


def base_of(house: House, document: dict[str, Any]) -> dict[str, Any]:
    return add_base(document, house.signer, [], created=house.campus.now)


# --- chains -------------------------------------------------------------------------------------------------------

ONE = "urn:uuid:5b2a1b2c-0000-4000-8000-000000000001"
TWO = "urn:uuid:5b2a1b2c-0000-4000-8000-000000000002"


def test_a_chain_holds_where_every_link_does(campus: Campus, ugu: House) -> None:
    other = campus.join("ddt")
    first = other.sign(ugu.draft(), proof_id=ONE)
    second = ugu.sign(first, proof_id=TWO, previous=ONE)
    third = ugu.sign(second, previous=[TWO])
    found = campus.verify(third)

    assert found.verdict is VALID
    assert codes(found.report)["other_proofs"] == "proofs-unread"


def test_a_chain_on_a_proof_that_does_not_hold(campus: Campus, ugu: House) -> None:
    other = campus.join("ddt")
    forged = other.sign(ugu.draft(), proof_id=ONE)
    forged["proof"][0]["created"] = write_timestamp(campus.now - timedelta(hours=1))
    for chain in (ugu.sign(forged, previous=ONE), ugu.sign(ugu.sign(forged, proof_id=TWO, previous=ONE), previous=TWO)):
        found = campus.verify(chain)
        assert (found.verdict, leading(found.report).code) == (INVALID, "proof-previous")


@pytest.mark.parametrize("change", [{"cryptosuite": "xyz-2099"}, {"verificationMethod": "did:web:far.example#key"}])
def test_a_chain_on_a_proof_that_cannot_be_read(campus: Campus, ugu: House, change: dict[str, str]) -> None:
    first = campus.join("ddt").sign(ugu.draft(), proof_id=ONE)
    first["proof"][0] |= change
    found = campus.verify(ugu.sign(first, previous=ONE))

    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "proof-previous-unread")


def test_a_chain_that_runs_in_a_circle_ends(campus: Campus, ugu: House) -> None:
    signed = ugu.sign(ugu.sign(ugu.draft(), proof_id=ONE), proof_id=TWO, previous=ONE)
    signed["proof"][0]["previousProof"] = TWO

    assert campus.verify(signed).verdict is INVALID


# --- purposes -----------------------------------------------------------------------------------------------------


def test_a_key_serves_the_purposes_that_its_controller_gives_it(campus: Campus, ugu: House) -> None:
    """Both directions: the proof names a purpose, and the controller's document stands behind the key for it."""
    document = json.loads(campus.get(ugu.url(".well-known/did.json")))
    method = ugu.signer.method
    for listed, purpose, good in (
        ("assertionMethod", "assertionMethod", True),
        ("authentication", "authentication", True),
        ("assertionMethod", "authentication", False),
        ("authentication", "assertionMethod", False),
    ):
        body = write({**document, "assertionMethod": [], listed: [method]})
        found = Keys(network=None, complete=True, documents={ugu.did: body}).find(method, purpose)
        assert (found.check.outcome is Outcome.PASSED) is good
        assert (found.public == decode(ugu.signer.multikey)) is good


def test_the_network_s_history_is_of_keys_that_assert(campus: Campus, ugu: House) -> None:
    reading = campus.verifier.gathering.network(campus.now)
    keys = Keys(network=reading.list, complete=True, documents={ugu.did: campus.get(ugu.url(".well-known/did.json"))})

    assert keys.find(ugu.signer.method).historic is not None
    assert keys.find(ugu.signer.method, "authentication").check.code == "key-not-listed"


def test_a_did_key_agrees_on_no_secrets() -> None:
    holder: Ed25519Signer = make_holder("somebody")
    keys = Keys(network=None, complete=False, documents={})

    assert keys.find(holder.method, "authentication").check.outcome is Outcome.PASSED
    assert keys.find(holder.method, "keyAgreement").check.code == "key-not-listed"
