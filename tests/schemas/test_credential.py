from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from schemas.achievement import Achievement
from schemas.credential import Credential
from schemas.dates import BadTimestamp
from schemas.presentation import Presentation, compose
from schemas.refusals import Refused, Unreadable
from schemas.status_entry import StatusEntry, StatusUnsupported

from .badges import ACHIEVEMENT, badge, presentation
from .test_reading import DOCUMENTS

ATTRIBUTES = sorted(name for name, member in vars(Credential).items() if isinstance(member, property))
GOAL_ATTRIBUTES = sorted(name for name, member in vars(Achievement).items() if isinstance(member, property))


def test_reads_a_badge() -> None:
    credential = Credential(
        {**badge(), "validUntil": "2030-01-01T00:00:00+03:00", "proof": {"type": "DataIntegrityProof"}}
    )
    assert credential.id == "urn:uuid:6f1f8f0e-3c9e-4d5a-9c0b-1f2e3d4c5b6a"
    assert credential.types == ["VerifiableCredential", "OpenBadgeCredential"]
    assert credential.issuer_id == "did:web:ugu.sever.example"
    assert credential.issuer_name == "Северный открытый университет"
    assert credential.subject_id == "urn:uuid:0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
    assert credential.identifiers[0]["hashed"] is True
    assert credential.valid_from == credential.awarded_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert credential.valid_until == datetime(2029, 12, 31, 21, tzinfo=UTC)
    assert credential.statuses == [
        StatusEntry(
            "https://ugu.sever.example/status/1#94567", "revocation", 94567, "https://ugu.sever.example/status/1"
        )
    ]
    assert credential.proofs == [{"type": "DataIntegrityProof"}]
    assert [(found.description_id[-9:], found.value) for found in credential.results[:2]] == [
        ("#result-4", "87"),
        ("#result-5", "34"),
    ]
    assert credential.results[2].achieved_level == f"{ACHIEVEMENT}#result-1-level-3"
    assert credential.narrative == "Проект защищён."
    assert credential.text("name") == "Исследовательский проект: от вопроса к защите"
    assert credential.evidence == []
    assert "proof" not in credential.without_proofs()
    assert "proof" in credential.document


def test_reads_an_achievement() -> None:
    goal = Credential(badge()).achievement
    assert (goal.id, goal.kind, goal.criteria) == (ACHIEVEMENT, "MicroCredential", "Защитить проект.")
    assert (goal.name, goal.description) == ("Исследовательский проект: от вопроса к защите", "Модуль об исследовании.")
    assert goal.tags == ["форма: смешанная форма"]
    assert goal.pointer == "/credentialSubject/achievement"
    assert [(target.code, target.kind) for target in goal.alignments][:2] == [("ИП.1", "CFItem"), ("ИП.2", "CFItem")]
    points, hours, rubric, _ = goal.result_descriptions
    assert (points.kind, points.value_min, points.value_max, points.required_value) == ("RawScore", "0", "100", "60")
    assert hours.kind == "ext:Hours"
    step = rubric.level(rubric.required_level)
    assert step is not None
    assert (step.level, step.name) == (2, "базовый")
    assert rubric.alignments[0].code == "ИП.1"


def test_fields_that_nobody_knows_survive() -> None:
    document = {**badge(), "somethingNew": {"kept": True}}
    assert Credential(document).document["somethingNew"] == {"kept": True}


def test_single_values_and_arrays_are_read_alike() -> None:
    document = badge()
    document["type"] = "VerifiableCredential"
    document["issuer"] = "did:web:ugu.sever.example"
    document["credentialSubject"] = [document["credentialSubject"]]
    document["credentialStatus"] = [document["credentialStatus"]]
    subject = document["credentialSubject"][0]
    subject["achievement"] = [subject["achievement"]]
    subject["identifier"] = subject["identifier"][0]
    credential = Credential(document)
    assert credential.types == ["VerifiableCredential"]
    assert (credential.issuer_id, credential.issuer_name) == ("did:web:ugu.sever.example", "")
    assert credential.achievement.pointer == "/credentialSubject/0/achievement/0"
    assert len(credential.identifiers) == len(credential.statuses) == 1


def test_texts_in_several_languages() -> None:
    names = [{"@value": "Project", "@language": "en-GB"}, {"@value": "Проект", "@language": "ru"}]
    credential = Credential({**badge(), "name": names})
    assert (credential.text("name"), credential.text("name", "en"), credential.text("name", "fi")) == (
        "Проект",
        "Project",
        "Project",
    )
    assert credential.text("description") == ""
    assert Achievement({"name": {"@value": "Проект", "@language": "ru"}}).name == "Проект"


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("issuer", {}, "issuer_id"),
        ("issuer", ["did:web:a", "did:web:b"], "issuer_id"),
        ("credentialSubject", [{}, {}], "subject"),
        ("credentialSubject", "urn:x", "subject"),
        ("credentialSubject", {"achievement": []}, "achievement"),
        ("credentialStatus", ["urn:x"], "statuses"),
        ("credentialStatus", {"type": "BitstringStatusListEntry"}, "statuses"),
        ("type", [1], "types"),
        ("validFrom", 5, "valid_from"),
        ("id", ["urn:a", "urn:b"], "id"),
    ],
)
def test_another_shape_is_an_error_and_never_a_guess(field: str, value: object, name: str) -> None:
    with pytest.raises(Unreadable):
        getattr(Credential({**badge(), field: value}), name)


@pytest.mark.parametrize("index", ["-1", "1.0", "٣", "01", "", 7, "12345678901"])
def test_a_status_index_is_a_decimal_string(index: object) -> None:
    document = badge()
    document["credentialStatus"]["statusListIndex"] = index
    with pytest.raises(Unreadable):
        _ = Credential(document).statuses


def test_a_status_of_another_kind_is_not_passed_over() -> None:
    document = badge()
    document["credentialStatus"] = [document["credentialStatus"], {"id": "urn:x", "type": "StatusList2021Entry"}]
    with pytest.raises(StatusUnsupported) as caught:
        _ = Credential(document).statuses
    assert caught.value.pointer == "/credentialStatus/1"


def test_a_date_without_zone_is_refused_with_its_place() -> None:
    with pytest.raises(BadTimestamp) as caught:
        _ = Credential({**badge(), "validUntil": "2030-01-01"}).valid_until
    assert caught.value.pointer == "/validUntil"


@given(DOCUMENTS)
def test_any_document_is_read_or_refused(document: dict[str, Any]) -> None:
    for target in (
        document,
        {"credentialSubject": document},
        {"credentialSubject": {"achievement": document, "result": document}},
    ):
        credential = Credential(target)
        for name in ATTRIBUTES:
            try:
                getattr(credential, name)
            except Refused:
                continue
    for name in GOAL_ATTRIBUTES:
        try:
            getattr(Achievement(document), name)
        except Refused:
            continue


def test_reads_a_presentation() -> None:
    found = Presentation(presentation(badge(), badge()))
    assert found.holder.startswith("did:key:")
    assert [credential.id for credential in found.credentials] == [badge()["id"]] * 2
    assert found.proofs == []
    assert Presentation({"type": "VerifiablePresentation"}).holder == ""
    for wrong in (
        badge(),
        {"type": "VerifiablePresentation", "holder": ["urn:x", "urn:y"], "verifiableCredential": ["urn:x"]},
    ):
        with pytest.raises(Unreadable):
            _ = Presentation(wrong).holder
        with pytest.raises(Unreadable):
            _ = Presentation(wrong).credentials


def test_composes_a_presentation() -> None:
    document = compose(presentation_id="urn:p", holder="did:key:z", credentials=[badge()])
    assert Presentation(document).holder == "did:key:z"
    assert document["verifiableCredential"] == [badge()]
