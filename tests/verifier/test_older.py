"""Credentials of the data model 1.1: read as strictly as those of 2.0, and called what they are."""

from typing import Any

import pytest

from schemas.canonical.contexts import BASE, OLD_BASE
from schemas.credential import Credential
from tests.campus import Campus, House
from tests.verifier.answers import INVALID, VALID, codes, leading
from verifier.verdict import Outcome

OB_301 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
OB_300 = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"


def draft(ugu: House, **changes: Any) -> dict[str, Any]:
    document = ugu.draft(statuses=(), validFrom=None)
    document["@context"] = [OLD_BASE, OB_301, DATA_INTEGRITY]
    document["issuanceDate"] = document["awardedDate"]
    changed = document | changes
    return {name: value for name, value in changed.items() if value is not None}


def test_an_older_badge_is_read_and_said_to_be_one(campus: Campus, ugu: House) -> None:
    document = ugu.sign(draft(ugu))
    ugu.deposit(document)
    found = campus.verify(document)

    assert found.verdict is VALID
    assert found.title == "Исследовательский проект: от вопроса к защите"
    told = codes(found.report)
    assert (told["model"], told["schema"], told["status"]) == ("model-older", "schema-older", "status-none")
    model = found.report.check("model")
    assert model is not None
    assert (model.outcome, model.decisive) == (Outcome.PASSED, False)


def test_a_badge_under_the_first_context_of_open_badges_3_is_read(campus: Campus, ugu: House) -> None:
    older = draft(ugu) | {"@context": [OLD_BASE, OB_300, DATA_INTEGRITY]}
    del older["awardedDate"]  # a word of the next edition
    document = ugu.sign(older)
    ugu.deposit(document)
    assert campus.verify(document).verdict is VALID

    renamed = document | {"@context": [OLD_BASE, OB_301, DATA_INTEGRITY]}
    assert campus.verify(renamed).verdict is INVALID  # the editions give some words other addresses


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuanceDate": "2027-01-01T00:00:00Z", "awardedDate": None}, "not-yet-valid"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, "not-yet-valid"),
        ({"expirationDate": "2026-11-22T08:00:00Z", "issuanceDate": "2026-10-01T00:00:00Z"}, "expired"),
        ({"expirationDate": "2026-10-01T00:00:00Z"}, "dates-reversed"),
    ],
)
def test_its_dates_have_other_names_and_the_same_weight(
    campus: Campus, ugu: House, changes: dict[str, Any], code: str
) -> None:
    found = campus.verify(ugu.sign(draft(ugu, **changes)))

    assert found.verdict is INVALID
    assert leading(found.report).code == code


def test_of_two_ends_the_earlier_one_counts() -> None:
    ends = {"expirationDate": "2026-12-01T00:00:00Z", "validUntil": "2026-11-01T00:00:00Z"}
    until = Credential({"@context": [OLD_BASE], **ends}).valid_until
    assert until is not None
    assert until.month == 11
    assert Credential({"@context": [BASE], "expirationDate": "2026-12-01T00:00:00Z"}).valid_until is None


def test_words_of_the_older_model_mean_nothing_in_the_new_one(campus: Campus, ugu: House) -> None:
    document = ugu.sign(ugu.draft()) | {"expirationDate": "2030-01-01T00:00:00Z"}
    found = campus.verify(document)

    assert leading(found.report).code == "undefined-term"


@pytest.mark.parametrize("contexts", [[BASE, OB_301], [OLD_BASE, BASE], [BASE, OLD_BASE], [OB_301, OLD_BASE]])
def test_contexts_of_both_models_are_not_mixed(campus: Campus, ugu: House, contexts: list[str]) -> None:
    found = campus.verify(ugu.sign(ugu.draft()) | {"@context": contexts})

    assert found.verdict is INVALID
    assert leading(found.report).code in {"redefinition", "context-order", "context-missing"}


def test_a_changed_one_is_noticed(campus: Campus, ugu: House) -> None:
    document = ugu.sign(draft(ugu))
    document["issuanceDate"] = "2026-09-02T00:00:00Z"

    assert leading(campus.verify(document).report).code == "proof-signature"
