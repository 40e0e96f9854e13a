"""VC-API for programs: the status of a badge is changed; credentials and presentations are judged; a part is derived."""

from collections.abc import Callable
from typing import Any

import pytest

from keys import proofs
from keys.did import controller_of
from keys.ecdsa import EcdsaSigner, make_secret
from keys.multikey import P256
from tests.campus import make_holder
from tests.service.house import START
from tests.service.programs import Programs


def verdict(programs: Programs, badge: dict[str, Any]) -> tuple[int, str]:
    answer = programs.call("credentials/verify", {"verifiableCredential": badge})
    return answer.status_code, "" if answer.status_code == 200 else answer.json()["code"]


def test_a_revocation_is_passed_on_and_final(programs: Programs) -> None:
    badge = programs.issued()
    assert verdict(programs, badge) == (200, "")
    assert programs.call("credentials/status", programs.status(badge["id"])).status_code == 200
    assert verdict(programs, badge) == (400, "revoked")
    again = programs.call("credentials/status", programs.status(badge["id"]))
    assert (again.status_code, again.json()["code"]) == (409, "already-revoked")
    back = programs.call("credentials/status", programs.status(badge["id"], status=False))
    assert (back.status_code, back.json()["code"]) == (409, "revocation-final")
    [revoked], [passed] = programs.journal("award.revoked"), programs.journal("program.status")
    assert (revoked.actor_kind, revoked.person) == ("token", None)
    assert passed.item.endswith(f"/{revoked.item}")


def test_a_suspension_is_lifted_again(plain: Programs) -> None:
    badge = plain.issued()
    assert plain.call("credentials/status", plain.status(badge["id"], "suspension")).status_code == 200
    assert verdict(plain, badge) == (400, "suspended")
    lifted = plain.status(badge["id"], "suspension", status=False)
    assert plain.call("credentials/status", lifted).status_code == 200
    assert verdict(plain, badge) == (200, "")


def test_the_holder_is_owed_a_reason(plain: Programs) -> None:
    badge = plain.issued()
    answer = plain.call("credentials/status", plain.status(badge["id"], reason=" "))
    assert (answer.status_code, answer.json()["code"], answer.json()["pointer"]) == (
        400,
        "reason-missing",
        "/options/reason",
    )
    assert verdict(plain, badge) == (200, "")


def test_a_badge_of_somebody_else_is_not_there(plain: Programs) -> None:
    badge = plain.issued()
    for identifier, text in ((badge["id"], plain.token("s1")), ("urn:uuid:0", plain.text), ("\x00", plain.text)):
        answer = plain.call("credentials/status", plain.status(identifier), text)
        assert (answer.status_code, answer.json()["code"]) == (404, "award-unknown")
    assert verdict(plain, badge) == (200, "")


@pytest.mark.parametrize(
    "change",
    [
        {"credentialId": 5},
        {"credentialStatus": None},
        {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "message"}},
        {"credentialStatus": {"type": "StatusList2021Entry", "statusPurpose": "revocation"}},
        {"status": "1"},
    ],
)
def test_requests_of_another_shape_change_nothing(plain: Programs, change: dict[str, Any]) -> None:
    badge = plain.issued()
    answer = plain.call("credentials/status", {**plain.status(badge["id"]), **change})
    assert (answer.status_code, answer.json()["code"]) == (400, "vc-api-request")
    assert verdict(plain, badge) == (200, "")


def _raised(badge: dict[str, Any]) -> None:
    badge["credentialSubject"]["result"][0]["value"] = "100"


def _added(badge: dict[str, Any]) -> None:
    badge["honours"] = "да"


def _bared(badge: dict[str, Any]) -> None:
    del badge["proof"]


@pytest.mark.parametrize(
    ("forge", "kind"),
    [
        (_raised, "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"),
        (_added, "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"),
        (_bared, "https://w3id.org/security#PROOF_VERIFICATION_ERROR"),
    ],
)
def test_a_rejected_credential_is_400_with_the_standard_s_name(
    plain: Programs, forge: Callable[[dict[str, Any]], None], kind: str
) -> None:
    badge = plain.issued()
    forge(badge)
    answer = plain.call("credentials/verify", {"verifiableCredential": badge})
    told = answer.json()
    assert (answer.status_code, told["verified"], told["type"]) == (400, False, kind)
    assert told["problemDetails"][0]["detail"]


def test_what_cannot_be_told_is_no_yes(plain: Programs) -> None:
    stranger = make_holder("stranger")
    badge = {**plain.issued(), "issuer": {"id": controller_of(stranger.method), "type": ["Profile"], "name": "Некто"}}
    del badge["proof"], badge["credentialStatus"]
    signed = proofs.add(badge, stranger, created=START)
    answer = plain.call("credentials/verify", {"verifiableCredential": signed})
    assert answer.status_code == 400
    assert {detail["outcome"] for detail in answer.json()["problemDetails"]} == {"unknown"}


def test_a_presentation_is_judged_with_everything_in_it(plain: Programs) -> None:
    badge, holder = plain.issued(), make_holder("holder")
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": controller_of(holder.method),
        "verifiableCredential": [badge],
    }
    asked = {"domain": "https://reader.example", "challenge": "c-1"}
    signed = proofs.add(
        presentation,
        holder,
        created=START,
        purpose="authentication",
        domain=asked["domain"],
        challenge=asked["challenge"],
    )
    door = "presentations/verify"
    assert plain.call(door, {"verifiablePresentation": signed, "options": asked}).json()["verified"] is True
    for options, kind in (
        ({**asked, "challenge": "c-2"}, "INVALID_CHALLENGE_ERROR"),
        ({**asked, "domain": "x"}, "INVALID_DOMAIN_ERROR"),
    ):
        answer = plain.call(door, {"verifiablePresentation": signed, "options": options})
        assert (answer.status_code, answer.json()["title"]) == (400, kind)
    plain.call("credentials/status", plain.status(badge["id"]))
    answer = plain.call(door, {"verifiablePresentation": signed, "options": asked})
    assert (answer.status_code, answer.json()["code"]) == (400, "revoked")


def test_a_part_is_derived(plain: Programs) -> None:
    made = make_secret(P256)
    signer = EcdsaSigner(P256, made, "did:web:kol.sever.example#key")
    badge = {name: value for name, value in plain.issued().items() if name != "proof"}
    based = proofs.add_base(badge, signer, ["/issuer", "/validFrom"], created=START)
    body = {"verifiableCredential": based, "options": {"selectivePointers": ["/credentialSubject/achievement/name"]}}
    answer = plain.call("credentials/derive", body)
    part = answer.json()["verifiableCredential"]
    assert answer.status_code == 201
    assert part["credentialSubject"]["achievement"]["name"] == badge["credentialSubject"]["achievement"]["name"]
    assert "result" not in part["credentialSubject"]
    assert plain.call("credentials/derive", {"verifiableCredential": badge}).status_code == 400
