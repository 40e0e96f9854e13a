"""The fixtures of 1EdTech's public validator: refused or accepted for the right reason.

Their keys stand in the fragment of `https:` verification methods. We never take a key from there: here each issuer's address
answers with a profile that lists the key, as an issuer must publish it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.baking import unwrap
from tests.campus import Campus, write
from tests.verifier.answers import codes, leading
from verifier.verdict import Verdict
from verifier.verification import Verification

pytestmark = pytest.mark.vectors
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def badges(vectors: Path) -> Path:
    return vectors / "openbadges-3.0"


def verify(folder: Path, name: str, *, published: bool = True) -> Verification:
    campus = Campus(NOW)
    data = (folder / name).read_bytes()
    if published:
        publish_profile(campus, json.loads(unwrap(data)))
    return campus.verify(data)


def publish_profile(campus: Campus, document: dict[str, Any]) -> None:
    held = document.get("proof", [])
    proof = held[0] if isinstance(held, list) else held
    method = proof["verificationMethod"]
    owner, _, key = method.partition("#")
    listed = {"id": method, "type": "Multikey", "controller": owner, "publicKeyMultibase": key}
    campus.pages[owner] = write({"id": owner, "verificationMethod": [listed], "assertionMethod": [method]})


@pytest.mark.parametrize("name", ["simple.json", "simple-json.svg", "simple-json.png"])
def test_a_good_badge_of_a_stranger_is_authentic_and_nobody_s_in_this_network(badges: Path, name: str) -> None:
    found = verify(badges, name)

    assert codes(found.report)["proof"] == "signature-holds"
    assert codes(found.report)["schema"] == "schema-ok"
    assert codes(found.report)["status"] == "status-none"
    assert leading(found.report).code == "member-unknown"


def test_an_endorsement_is_called_one(badges: Path) -> None:
    found = verify(badges, "endorsement-valid.json")

    assert codes(found.report)["proof"] == "signature-holds"
    assert codes(found.report)["kind"] == "kind-endorsement"
    assert leading(found.report).code == "member-unknown"


@pytest.mark.parametrize("name", ["simple.json", "endorsement-valid.json", "complete.json", "simple-json.png"])
def test_a_key_that_only_stands_in_the_proof_is_no_key(badges: Path, name: str) -> None:
    assert leading(verify(badges, name, published=False).report).code == "key-unreachable"


def test_the_endorsements_inside_are_judged_and_do_not_stand_alone(badges: Path) -> None:
    found = verify(badges, "complete.json")

    assert codes(found.report)["endorsements"] == "endorsements-partly"
    assert {leading(one.report).code for one in found.endorsements} == {"undefined-type"}  # they lack extensions.json


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("simple-err-context.json", "context-missing"),
        ("simple-err-type.json", "undefined-type"),
        ("simple-err-credential-subject-type.json", "undefined-type"),
        ("simple-err-evidence-type.json", "undefined-type"),
        ("simple-err-issuer-type.json", "undefined-type"),
        ("simple-err-expired.json", "expired"),
        ("simple-noproof.json", "proof-missing"),
        ("simple-eddsa-2022.json", "proof-suite"),  # a suite that was never standardised, in the data model 1.1
    ],
)
def test_bad_badges_are_refused_for_their_own_reason(badges: Path, name: str, code: str) -> None:
    campus = Campus(NOW)
    document = json.loads((badges / name).read_bytes())
    if document.get("proof"):
        publish_profile(campus, document)
    found = campus.verify(write(document))

    assert leading(found.report).code == code


def test_a_broken_verification_method_is_not_trusted(badges: Path) -> None:
    document = json.loads((badges / "simple-err-proof-method.json").read_bytes())
    campus = Campus(NOW)
    publish_profile(campus, document)
    found = campus.verify(write(document))

    assert "signature-holds" not in codes(found.report).values()


def test_a_badge_under_a_list_that_cannot_be_had_cannot_be_told(badges: Path) -> None:
    found = verify(badges, "complete.json")

    assert codes(found.report)["proof"] == "signature-holds"
    assert codes(found.report)["status"] == "status-unreachable"


def test_a_token_without_a_name_of_its_key_is_never_valid(badges: Path) -> None:
    found = Campus(NOW).verify((badges / "simple.jwt").read_bytes())

    assert found.verdict is not Verdict.VALID
    assert found.shown is None
