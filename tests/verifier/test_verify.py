import copy
import json
import pickle
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.baking import bake_png, bake_svg
from schemas.credential import Credential
from tests.campus import LEARNER, Campus, House, changed, write
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from verifier.errors import (
    BrokenFile,
    FileTooLarge,
    NotACredential,
    NothingInside,
    PresentationGiven,
)
from verifier.verdict import Outcome
from verifier.verified import VerifiedCredential

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'


def test_an_honest_badge_is_valid_and_every_check_was_reached(campus: Campus, ugu: House) -> None:
    found = campus.verify(ugu.award())

    assert found.verdict is VALID
    assert codes(found.report) == {
        "format": "format-ok",
        "proof": "signature-holds",
        "key": "key-of-issuer",
        "membership": "member-trusted",
        "licence": "licensed",
        "witness": "date-deposited",
        "status": "status-clear",
        "schema": "schema-ok",
        "dates": "dates-ok",
        "kind": "kind-badge",
    }


def test_what_may_be_shown_of_a_valid_badge(campus: Campus, ugu: House) -> None:
    found = campus.verify(ugu.award())

    assert (found.title, found.issuer) == (
        "Исследовательский проект: от вопроса к защите",
        "Северный открытый университет",
    )
    assert found.shown is not None
    assert found.shown.hours == 34
    assert [(one.code, one.level) for one in found.shown.outcomes] == [
        ("ИП.1", 3),
        ("ИП.2", 3),
        ("ИП.3", 3),
        ("ИП.4", 3),
    ]


def test_nothing_is_shown_and_nothing_travels_on_when_the_signature_does_not_hold(campus: Campus, ugu: House) -> None:
    found = campus.verify(changed(ugu.award(), lambda badge: badge.update(name="Ветрова Алина")))

    assert found.verdict is INVALID
    assert (found.credential, found.shown, found.title, found.issuer) == (None, None, "", "")


def test_a_report_repeats_nothing_of_the_holder(campus: Campus, ugu: House) -> None:
    found = campus.verify(changed(ugu.award(), lambda badge: badge.update({"Ветрова Алина": "8-А класс"})))

    told = json.dumps(found.report.to_json(), ensure_ascii=False)
    assert codes(found.report) == {"format": "undefined-term"}
    assert "Ветрова" not in told
    assert "8-А" not in told


def test_an_undefined_field_is_named_by_its_place(campus: Campus, ugu: House) -> None:
    found = campus.verify(changed(ugu.award(), lambda badge: badge["credentialSubject"].update(grade="5")))

    assert found.verdict is INVALID
    assert leading(found.report).code == "undefined-term"
    assert leading(found.report).params == {"pointer": "/credentialSubject/grade"}


def test_the_digest_is_that_of_the_credential_inside_the_picture(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    plain = campus.verify(badge)

    for picture in (bake_png(PNG, badge.decode()), bake_svg(SVG, badge.decode())):
        found = campus.verify(picture)
        assert found.verdict is VALID
        assert found.report.digest == plain.report.digest


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", BrokenFile),
        (b"{", BrokenFile),
        (b"not json at all", BrokenFile),
        (b"[]", BrokenFile),
        (b"\xff\xfe{}", BrokenFile),
        (b"{}", NotACredential),
        (b'{"type": "Person"}', NotACredential),
        (b'{"type": 5}', NotACredential),
        (b"eyJhbGciOiJSUzI1NiJ9.eyJ2YyI6e319.c2lnbmF0dXJl", NotACredential),
        (b"eyJhbGciOiJSUzI1NiJ9.eyJ2YyI6e319", BrokenFile),
        (PNG, NothingInside),
        (SVG, NothingInside),
        (PNG[:-8], BrokenFile),
        (b"<html><body>404</body></html>", BrokenFile),
        (b'{"type": ["VerifiableCredential"], "x": "' + b"x" * 300_000 + b'"}', FileTooLarge),
        (b'{"type": ["VerifiablePresentation"]}', PresentationGiven),
    ],
)
def test_where_no_credential_can_be_read_there_is_no_verdict(
    campus: Campus, data: bytes, error: type[NotACredential]
) -> None:
    with pytest.raises(NotACredential) as raised:
        campus.verify(data)

    assert type(raised.value) is error
    assert campus.asked == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"type": "VerifiableCredential", "type": "VerifiableCredential"}', "duplicate-key"),
        (b'{"type": "VerifiableCredential", "x": 1e400}', "number-refused"),
        (b'{"type": "VerifiableCredential", "x": ' + b"[" * 40 + b"]" * 40 + b"}", "too-deep"),
        (b'{"type": "VerifiableCredential", "x": "\\ud800"}', "text-refused"),
    ],
)
def test_json_that_two_readers_could_understand_differently_is_invalid(campus: Campus, data: bytes, code: str) -> None:
    found = campus.verify(data)

    assert found.verdict is INVALID
    assert codes(found.report) == {"format": code}


def test_a_badge_without_a_status_cannot_be_revoked_and_is_valid(campus: Campus, ugu: House) -> None:
    found = campus.verify(ugu.award(statuses=()))

    assert found.verdict is VALID
    assert codes(found.report)["status"] == "status-none"


def test_an_organisation_without_a_licence_makes_authentic_badges_that_no_school_can_credit(campus: Campus) -> None:
    employer = campus.join("sen", name="АО «Севэнерго-Демо»")
    found = campus.verify(employer.award())

    assert found.verdict is VALID
    licence = found.report.check("licence")
    assert licence is not None
    assert (licence.outcome, licence.code, licence.decisive) == (Outcome.FAILED, "unlicensed", False)


def test_a_unit_awards_under_the_licence_of_its_parent(campus: Campus) -> None:
    campus.join("kol", licence="Л-010")
    unit = campus.join("kva", parent="kol")
    licence = campus.verify(unit.award()).report.check("licence")

    assert licence is not None
    assert (licence.code, licence.params) == ("licensed", {"licence": "Л-010"})


def test_another_document_gets_an_honest_answer(campus: Campus, ugu: House) -> None:
    subject = {"id": "did:web:ddt.sever.example", "name": "Полярис"}
    document = ugu.draft(type=["VerifiableCredential"], credentialSubject=subject, awardedDate=None)
    found = campus.verify(ugu.sign(document))

    assert found.verdict is VALID
    assert codes(found.report)["kind"] == "kind-other"
    assert codes(found.report)["schema"] == "schema-none"
    assert (found.credential, found.shown) == (None, None)


def test_a_status_list_is_recognised_as_one(campus: Campus, ugu: House) -> None:
    found = campus.verify(ugu.sign(ugu.status_list("revocation")))

    assert found.verdict is VALID
    assert codes(found.report)["kind"] == "kind-status-list"


@pytest.mark.parametrize(("asked", "code"), [(LEARNER, "recipient-same"), ("alina@example.org", "recipient-other")])
def test_o6_whose_badge_it_is_can_be_asked(campus: Campus, ugu: House, asked: str, code: str) -> None:
    found = campus.verify(ugu.award(), recipient=asked)

    assert codes(found.report)["recipient"] == code
    assert found.verdict is VALID
    assert asked not in str(found.report.to_json())


def test_dates(campus: Campus, ugu: House) -> None:
    day, now = timedelta(days=1), campus.now
    ended = ugu.award(validUntil=(now + day).isoformat().replace("+00:00", "Z"))
    future = ugu.award(awarded_at=now + day)
    reversed_ = ugu.award(validUntil=(now - day).isoformat().replace("+00:00", "Z"))

    assert campus.verify(ended).verdict is VALID
    assert leading(campus.verify(future).report).code == "not-yet-valid"
    assert leading(campus.verify(reversed_).report).code == "dates-reversed"
    campus.now = now + day
    assert leading(campus.verify(ended).report).code == "expired"
    assert campus.verify(future).verdict is VALID


def test_an_expired_badge_still_travels_on_with_its_report(campus: Campus, ugu: House) -> None:
    badge = ugu.award(validUntil="2026-11-22T10:00:00Z")
    campus.now += timedelta(days=2)
    found = campus.verify(badge)

    assert found.verdict is INVALID
    assert found.credential is not None
    assert found.credential.verdict is INVALID


def test_a_badge_that_breaks_the_schema_is_invalid_though_it_is_signed(campus: Campus, ugu: House) -> None:
    draft = ugu.draft()
    del draft["credentialSubject"]["achievement"]["criteria"]
    found = campus.verify(ugu.sign(draft))

    assert found.verdict is INVALID
    assert leading(found.report).code == "schema"


@pytest.mark.parametrize("odd", [{"achievement": ["urn:x:y"]}, {"result": ["urn:x:y"]}, {"identifier": ["urn:x:y"]}])
def test_a_signed_badge_that_cannot_be_read_goes_no_further(campus: Campus, ugu: House, odd: dict[str, object]) -> None:
    draft = ugu.draft()
    draft["credentialSubject"] |= odd
    found = campus.verify(ugu.sign(draft))

    assert codes(found.report)["proof"] == "signature-holds"
    assert found.verdict is INVALID
    assert found.credential is None
    asked = campus.verify(ugu.sign(draft), recipient="alina@example.org").report.check("recipient")
    assert asked is not None
    assert not asked.decisive


def test_a_badge_without_a_date_cannot_be_placed_in_time(campus: Campus, ugu: House) -> None:
    draft = ugu.draft(validFrom=None, awardedDate=None, statuses=())
    document = ugu.sign(draft)
    found = campus.verify(document)

    assert found.verdict is INVALID  # Open Badges demands validFrom
    assert codes(found.report)["membership"] == "member-trusted"  # the signature's own date stands in


@pytest.mark.parametrize("make", ["constructor", "pickle"])
def test_v8_nothing_but_the_verifier_builds_a_verified_credential(campus: Campus, ugu: House, make: str) -> None:
    found = campus.verify(ugu.award()).credential
    assert found is not None

    if make == "constructor":
        with pytest.raises(TypeError):
            VerifiedCredential(found.credential, found.report, seal=object())
    else:
        with pytest.raises(TypeError):
            pickle.dumps(found)
    assert copy.deepcopy(found) is found


def test_v8_no_module_but_the_verifier_admits_credentials() -> None:
    root = Path(__file__).resolve().parents[2]
    packages = ("schemas", "keys", "issuer", "verifier", "wallet_web", "service")
    users = [
        str(file.relative_to(root))
        for package in packages
        for file in (root / package).rglob("*.py")
        if "import VerifiedCredential, admit" in file.read_text("utf-8") or "verified.admit" in file.read_text("utf-8")
    ]

    assert users == ["verifier/verification.py"]


def test_v8_what_travels_on_is_the_signed_document(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    found = campus.verify(badge).credential

    assert found is not None
    assert found.credential.document == json.loads(badge)
    assert isinstance(found.credential, Credential)


def test_the_same_badge_in_another_layout_is_the_same_badge(campus: Campus, ugu: House) -> None:
    document = json.loads(ugu.award())
    other = json.dumps(dict(reversed(document.items()))).encode()

    assert campus.verify(other).verdict is VALID
    assert campus.verify(write(document)).verdict is VALID


def test_an_unreachable_network_leaves_the_answer_open(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.gone.add(campus.trust_url)
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "trust-missing"
