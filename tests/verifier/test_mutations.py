"""One change, one answer: what each forgery of an honest badge is found out by."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from keys.multikey import multibase_decode, multibase_encode
from tests.campus import CONTEXTS, Campus, House, changed, write
from tests.verifier.answers import INVALID, leading

Document = dict[str, Any]
Change = Callable[[Document], object]


def subject(badge: Document) -> Document:
    held: Document = badge["credentialSubject"]
    return held


def proof(badge: Document) -> Document:
    held: Document = badge["proof"][0]
    return held


def issuer_is(name: str) -> Change:
    return lambda badge: badge["issuer"].update(id=name)


FORGERIES: list[tuple[str, Change, str, str]] = [
    # what was signed
    ("points", lambda b: subject(b)["result"][0].update(value="100"), "proof", "proof-signature"),
    (
        "level",
        lambda b: subject(b)["result"][2].update(achievedLevel=subject(b)["result"][2]["achievedLevel"][:-1] + "1"),
        "proof",
        "proof-signature",
    ),
    ("title", lambda b: subject(b)["achievement"].update(name="Олимпиада"), "proof", "proof-signature"),
    ("id", lambda b: b.update(id="urn:uuid:00000000-0000-4000-8000-000000000000"), "proof", "proof-signature"),
    ("holder", lambda b: subject(b)["identifier"][0].update(salt="other"), "proof", "proof-signature"),
    ("date", lambda b: b.update(awardedDate="2026-09-02T00:00:00Z"), "proof", "proof-signature"),
    ("no status", lambda b: b.pop("credentialStatus"), "proof", "proof-signature"),
    ("other bit", lambda b: b["credentialStatus"].update(statusListIndex="7"), "proof", "proof-signature"),
    (
        "outcome added",
        lambda b: subject(b)["achievement"]["alignment"].append(
            {"type": ["Alignment"], "targetName": "x", "targetUrl": "https://x.example/1"}
        ),
        "proof",
        "proof-signature",
    ),
    ("outcomes gone", lambda b: subject(b)["achievement"].pop("alignment"), "proof", "proof-signature"),
    # V1, what the signature would not cover
    ("undefined field", lambda b: b.update(grade="5"), "format", "undefined-term"),
    ("undefined field within", lambda b: subject(b)["achievement"].update(creditHours=72), "format", "undefined-term"),
    ("undefined type", lambda b: b["type"].append("GoldenBadge"), "format", "undefined-type"),
    ("relative id", lambda b: subject(b).update(id="somebody"), "format", "relative-iri"),
    ("null", lambda b: b.update(validUntil=None), "format", "null-value"),
    ("empty list", lambda b: b.update(evidence=[]), "format", "empty-value"),
    ("keyword", lambda b: b.update({"@id": "urn:x:y"}), "format", "keyword-refused"),
    ("full name of a term", lambda b: b.update({"https://schema.org/name": "x"}), "format", "key-refused"),
    # V2, what the words mean
    ("unknown context", lambda b: b["@context"].append("https://evil.example/v1"), "format", "context-unknown"),
    ("own context", lambda b: b["@context"].append({"points": "https://x.example/p"}), "format", "context-inline"),
    ("vocabulary", lambda b: b["@context"].append({"@vocab": "https://x.example/"}), "format", "context-inline"),
    ("base", lambda b: b["@context"].append({"@base": "https://x.example/"}), "format", "context-inline"),
    ("contexts turned round", lambda b: b.update({"@context": CONTEXTS[::-1]}), "format", "context-missing"),
    ("context twice", lambda b: b["@context"].append(CONTEXTS[1]), "format", "context-order"),
    ("no context", lambda b: b.pop("@context"), "format", "context-missing"),
    ("context within", lambda b: subject(b).update({"@context": CONTEXTS[1]}), "format", "context-misplaced"),
    # V9 and V10, who signed and how
    ("no proof", lambda b: b.pop("proof"), "proof", "proof-missing"),
    ("empty proofs", lambda b: b.update(proof=[]), "proof", "proof-missing"),
    ("proof is text", lambda b: b.update(proof="signed"), "proof", "proof-malformed"),
    ("proofs are text", lambda b: b.update(proof=["signed"]), "proof", "proof-malformed"),
    ("eleven proofs", lambda b: b.update(proof=[proof(b)] * 11), "proof", "proof-too-many"),
    ("no value", lambda b: proof(b).pop("proofValue"), "proof", "proof-malformed"),
    ("other base", lambda b: proof(b).update(proofValue="u" + proof(b)["proofValue"][1:]), "proof", "proof-malformed"),
    ("short value", lambda b: proof(b).update(proofValue=proof(b)["proofValue"][:-4]), "proof", "proof-malformed"),
    ("no method", lambda b: proof(b).pop("verificationMethod"), "proof", "proof-malformed"),
    ("method is a number", lambda b: proof(b).update(verificationMethod=5), "proof", "proof-malformed"),
    ("other purpose", lambda b: proof(b).update(proofPurpose="authentication"), "proof", "proof-purpose"),
    ("no purpose", lambda b: proof(b).pop("proofPurpose"), "proof", "proof-purpose"),
    ("other moment", lambda b: proof(b).update(created="2026-11-22T08:59:59Z"), "proof", "proof-signature"),
    ("later moment", lambda b: proof(b).update(created="2027-11-22T09:00:00Z"), "proof", "proof-created"),
    ("moment without zone", lambda b: proof(b).update(created="2026-11-22T09:00:00"), "proof", "proof-malformed"),
    ("expired proof", lambda b: proof(b).update(expires="2026-11-22T08:00:00Z"), "proof", "proof-expired"),
    ("field in the proof", lambda b: proof(b).update(grade="5"), "proof", "proof-malformed"),
    ("nonce in the proof", lambda b: proof(b).update(nonce="1"), "proof", "proof-signature"),
    ("chain to nowhere", lambda b: proof(b).update(previousProof="urn:uuid:0"), "proof", "proof-malformed"),
    ("issuer exchanged", issuer_is("did:web:cpo.sever.example"), "proof", "proof-foreign"),
    ("issuer unknown", issuer_is("did:web:evil.example"), "proof", "proof-foreign"),
    ("issuer without method", issuer_is("did:example:123"), "proof", "proof-foreign"),
    ("issuer is a list", lambda b: b.update(issuer=["did:web:a.example", "did:web:b.example"]), "format", "unreadable"),
    ("date unreadable", lambda b: b.update(validFrom="вчера"), "format", "bad-timestamp"),
    ("subject is text", lambda b: b.update(credentialSubject="me"), "format", "relative-iri"),
]


@pytest.mark.parametrize(("change", "name", "code"), [row[1:] for row in FORGERIES], ids=[row[0] for row in FORGERIES])
def test_every_forgery_is_named(campus: Campus, ugu: House, change: Change, name: str, code: str) -> None:
    found = campus.verify(changed(ugu.award(), change))

    assert (leading(found.report).name, leading(found.report).code) == (name, code)
    assert found.verdict is INVALID
    assert found.credential is None


def test_v10_a_key_that_the_issuer_never_named(campus: Campus, ugu: House) -> None:
    thief = campus.join("evil")
    forged = json.loads(ugu.award())
    forged["proof"] = thief.sign(forged)["proof"][-1:]
    forged["proof"][0]["verificationMethod"] = f"{ugu.did}#{thief.signer.multikey}"
    found = campus.verify(forged)

    assert leading(found.report).code == "key-not-listed"
    assert found.verdict is INVALID


def test_v12_no_bit_of_a_signature_can_be_turned(campus: Campus, ugu: House) -> None:
    badge = json.loads(ugu.award())
    value = multibase_decode(badge["proof"][0]["proofValue"])
    for place in range(0, len(value) * 8, 5):
        flipped = bytearray(value)
        flipped[place // 8] ^= 1 << place % 8
        badge["proof"][0]["proofValue"] = multibase_encode(bytes(flipped))
        found = campus.verify(write(badge))
        assert leading(found.report).code == "proof-signature", place
