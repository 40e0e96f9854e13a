import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator
from referencing import Registry

from issuer.compose import IssuerProfile, StatusPlace, compose
from issuer.describe import achievement_document, source_document
from issuer.lint import lint
from issuer.module import ModuleSpec
from schemas.achievement import Achievement
from schemas.award import AwardOrder
from schemas.canonical import canonicalize
from schemas.credential import Credential
from schemas.identity import matches
from schemas.outcomes import hours, overall, shown
from schemas.validate import validate
from tests.issuer.world import MODULES, NOW, NUMBER, order

UGU = IssuerProfile(did="did:web:ugu.sever.example", name="Университет", url="https://ugu.sever.example")
UNIT = IssuerProfile(did="did:web:kva.sever.example", name="Технопарк", url="https://kva.sever.example", parent=UGU)
PLACE = StatusPlace("https://ugu.sever.example/status/ugu-1", 77)
ORDERS = {
    "m08": order(narrative="Исследовала течения."),
    "m07": order(achievement="m07", result=None, levels={}),
    "m10": order(achievement="m10", result=None, levels={}),
    "m11": order(achievement="m11", result="5", levels={}, statements={"exam": "сдан на 5"}),
}


def badge(spec: ModuleSpec = MODULES[0], made: AwardOrder | None = None, issuer: IssuerProfile = UGU) -> dict[str, Any]:
    address = f"https://ugu.sever.example/orgs/ugu/achievements/{spec.code}-1"
    return compose(
        Achievement(achievement_document(spec, id=address, version=1)),
        issuer,
        made or ORDERS[spec.code],
        credential_id="urn:uuid:6b86b273-ff34-4ce1-9d6b-804eff5a3f57",
        subject_id="urn:uuid:d4735e3a-265e-46ee-a03f-59718b9b5d03",
        salt="4e07408562bedb8b60ce05c1decfe3ad",
        status=PLACE,
        source=source_document(spec.source) if spec.source else None,
    )


@pytest.mark.parametrize("spec", MODULES, ids=lambda spec: spec.code)
def test_every_badge_is_linted_valid_and_canonical(spec: ModuleSpec) -> None:
    document = badge(spec)
    assert lint(document) == ()
    validate(document)
    assert canonicalize(document)


@pytest.mark.vectors
@pytest.mark.parametrize(
    "name", ["ob_v3p0_achievementcredential_schema", "strict_ob_v3p0_achievementcredential_schema"]
)
@pytest.mark.parametrize("spec", MODULES, ids=lambda spec: spec.code)
def test_every_badge_keeps_the_published_schema_and_the_strict_one(vectors: Path, name: str, spec: ModuleSpec) -> None:
    schema = json.loads((vectors / "1edtech-schemas" / f"{name}.json").read_text("utf-8"))
    document = {**badge(spec), "proof": [{"type": "DataIntegrityProof"}]}
    assert list(Draft201909Validator(schema, registry=Registry()).iter_errors(document)) == []


def test_contexts_and_types_are_exactly_those_of_open_badges() -> None:
    document = badge()
    assert document["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]


def test_composing_is_pure() -> None:
    made, spec = order(), MODULES[0]
    achievement = achievement_document(spec, id="https://ugu.sever.example/a", version=1)
    before = deepcopy(achievement)
    first, second = badge(spec, made), badge(spec, made)
    assert first == second
    assert achievement == before


def test_what_was_ordered_is_read_back() -> None:
    credential = Credential(badge())
    levels = {found.code: (found.level, found.assessed) for found in shown(credential)}
    assert levels == {"ИП.1": (2, True), "МП.П2": (3, True), "ИП.9": (None, False)}
    assert hours(credential) == 34
    result = overall(credential)
    assert result is not None
    assert (result.value, result.required, result.passed) == ("87", "60", True)
    assert credential.narrative == "Исследовала течения."
    assert credential.awarded_at == credential.valid_from == NOW


def test_a_pass_without_points_says_completed() -> None:
    result = overall(Credential(badge(MODULES[1])))
    assert result is not None
    assert result.passed
    assert result.value is None


def test_the_learner_is_a_salted_hash_and_nothing_else() -> None:
    document = badge()
    assert matches(Credential(document), NUMBER)
    assert NUMBER not in json.dumps(document)
    assert set(document["credentialSubject"]) == {"id", "type", "identifier", "achievement", "result", "narrative"}


def test_a_unit_names_the_organisation_above_it() -> None:
    profile = badge(issuer=UNIT)["issuer"]
    assert profile["id"] == "did:web:kva.sever.example"
    assert profile["parentOrg"]["id"] == "did:web:ugu.sever.example"


def test_the_assessor_is_named_where_it_is_another() -> None:
    subject = badge(MODULES[3])["credentialSubject"]
    assert subject["source"] == {"id": "did:web:kol.sever.example", "type": ["Profile"], "name": "Колледж"}
    assert subject["result"][-1]["value"] == "сдан на 5"


def test_the_status_entry_is_one_bit_in_the_issuers_list() -> None:
    assert badge()["credentialStatus"] == {
        "id": "https://ugu.sever.example/status/ugu-1#77",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "77",
        "statusListCredential": "https://ugu.sever.example/status/ugu-1",
    }
