"""A proof is checked once for the same bytes and the same key, and for no others; a document is canonicalised once."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from keys import proofs
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import SignatureWrong
from keys.multikey import PublicKey, decode
from keys.proofs import Secured, Signatures, rdfc
from keys.proofs.suites import find_suite
from schemas.canonical import canonicalize
from schemas.loader import BUNDLED

SIGNER = Ed25519Signer(bytes(32), "did:web:ugu.example#key")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DOCUMENT = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "name": "Значок"}


def signed(**members: str) -> Secured:
    body = json.dumps(proofs.add({**DOCUMENT, **members}, SIGNER, created=NOW)).encode()
    return Secured(json.loads(body), sha256(body).hexdigest())


def digest(document: dict[str, Any]) -> bytes:
    return rdfc.digest(document, "sha256", BUNDLED)


def public() -> PublicKey:
    return decode(SIGNER.multikey)


class Counting:
    """Counts the checks that reach the key."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        monkeypatch.setattr("keys.proofs.signatures.check", self)

    def __call__(self, *given: Any) -> None:
        self.count += 1
        proofs.check(*given)


def test_the_same_bytes_under_the_same_key_are_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counting, signatures = Counting(monkeypatch), Signatures()
    for _ in range(3):
        secured = signed()
        signatures.check(secured, proofs.proofs_of(secured.document)[0], public())
    assert counting.count == 1
    other = signed(description="Другой")
    signatures.check(other, proofs.proofs_of(other.document)[0], public())
    assert counting.count == 2


def test_another_key_is_another_question() -> None:
    signatures, secured = Signatures(), signed()
    [proof] = proofs.proofs_of(secured.document)
    signatures.check(secured, proof, public())
    stranger = decode(Ed25519Signer(bytes([1] * 32), "did:web:x#x").multikey)
    with pytest.raises(SignatureWrong):
        signatures.check(secured, proof, stranger)


def test_a_proof_from_elsewhere_is_never_known() -> None:
    signatures, secured = Signatures(), signed()
    [proof] = proofs.proofs_of(secured.document)
    signatures.check(secured, dict(proof), public())  # the same words, but no part of these bytes
    forged = {**proof, "proofValue": proofs.proofs_of(signed(description="Другой").document)[0]["proofValue"]}
    with pytest.raises(SignatureWrong):
        signatures.check(secured, forged, public())


def test_what_failed_is_not_remembered_and_what_came_without_bytes_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    counting, signatures = Counting(monkeypatch), Signatures()
    tampered = signed()
    tampered.document["name"] = "Чужой"  # type: ignore[index]  # as a forger would
    for _ in range(2):
        with pytest.raises(SignatureWrong):
            signatures.check(tampered, proofs.proofs_of(tampered.document)[0], public())
    bare = Secured(signed().document)
    for _ in range(2):
        signatures.check(bare, proofs.proofs_of(bare.document)[0], public())
    assert counting.count == 4


def test_the_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    counting, signatures = Counting(monkeypatch), Signatures(most=2)
    for name in ("а", "б", "в", "а"):
        secured = signed(description=name)
        signatures.check(secured, proofs.proofs_of(secured.document)[0], public())
    assert counting.count == 4


def test_a_document_is_canonicalised_once_for_all_its_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def counted(document: Any, *given: Any, **named: Any) -> bytes:
        calls.append(document)
        return canonicalize(document, *given, **named)

    monkeypatch.setattr("keys.proofs.rdfc.canonicalize", counted)
    twice = Secured(proofs.add(proofs.add(DOCUMENT, SIGNER, created=NOW), SIGNER, created=NOW))
    calls.clear()
    for proof in proofs.proofs_of(twice.document):
        proofs.check(twice, proof, public())
    found = twice.content_hash()
    assert calls.count(twice.bare) == 1
    assert found == f"sha256:{digest(DOCUMENT).hex()}"


def test_a_proof_can_be_made_from_the_digest_alone() -> None:
    content = digest(DOCUMENT)
    assert proofs.add(DOCUMENT, SIGNER, created=NOW)["proof"] == [
        proofs.prove(DOCUMENT["@context"], content, SIGNER, created=NOW)
    ]


@pytest.mark.parametrize("purpose", ["assertionMethod", "authentication", "capabilityInvocation"])
@pytest.mark.parametrize("context", [["https://www.w3.org/ns/credentials/v2"], "https://www.w3.org/ns/credentials/v2"])
def test_the_usual_configuration_is_what_canonicalising_gives(purpose: str, context: object) -> None:
    suite = find_suite(proofs.RDFC)
    for created, method in (("2026-11-22T09:00:00Z", "did:web:a#b"), ("0", 'did:key:z"')):
        options = {
            "type": "DataIntegrityProof",
            "cryptosuite": proofs.RDFC,
            "created": created,
            "verificationMethod": method,
            "proofPurpose": purpose,
        }
        if '"' in method:
            with pytest.raises(Exception, match="ошибкой"):
                suite.hash_data(b"", options, context)
        else:
            expected = sha256(canonicalize({**options, "@context": context})).digest()
            assert suite.hash_data(b"", options, context) == expected
