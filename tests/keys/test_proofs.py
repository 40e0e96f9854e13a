"""Data Integrity proofs: made as the vectors say, refused when anything differs."""

import json
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys import proofs
from keys.ed25519 import Ed25519Signer
from keys.errors import (
    ChallengeWrong,
    DomainWrong,
    KeyWeak,
    ProofExpired,
    ProofInvalid,
    ProofMalformed,
    ProofMissing,
    ProofTooEarly,
    PurposeWrong,
    SignatureWrong,
    SuiteUnknown,
)
from keys.multikey import ED25519, PublicKey, decode, multibase_decode, multibase_encode
from keys.proofs.suites import find_suite
from schemas.errors import BadInput

CASES = sorted((Path(__file__).parents[1] / "vectors" / "proofs").glob("*.json"))
HOLDING = [case for case in CASES if not case.stem.endswith("-fail")]
FAILING = [case for case in CASES if case.stem.endswith("-fail")]
CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def read(case: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(case.read_text())
    return content


def hash_data(name: str, document: dict[str, Any], options: dict[str, Any]) -> bytes:
    suite = find_suite(name)
    return suite.hash_data(suite.digest(document), options, document.get("@context"))


def signer_of(case: dict[str, Any]) -> Ed25519Signer:
    return Ed25519Signer(bytes.fromhex(case["seed"]), case["signed"]["proof"][0]["verificationMethod"])


@pytest.mark.parametrize("path", HOLDING, ids=lambda path: path.stem)
def test_our_vectors_are_reproduced(path: Path) -> None:
    case = read(path)
    proof = case["signed"]["proof"][0]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    assert hash_data(case["suite"], case["unsigned"], options).hex() == case["hashData"]
    signed = proofs.add(case["unsigned"], signer_of(case), created=CREATED, suite=case["suite"], **case["options"])
    assert signed == case["signed"]
    proofs.check(signed, proof, decode(case["publicKeyMultibase"]))


@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.stem)
def test_our_bad_vectors_are_refused_with_their_code(path: Path) -> None:
    case = read(path)
    with pytest.raises(BadInput) as caught:
        proofs.check(case["signed"], case["signed"]["proof"][0], decode(case["publicKeyMultibase"]))
    assert caught.value.code == case["expected"]


@pytest.fixture(params=[proofs.RDFC, proofs.JCS])
def suite(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def badge() -> dict[str, Any]:
    unsigned: dict[str, Any] = read(HOLDING[0])["unsigned"]
    return unsigned


def public(signer: Ed25519Signer) -> PublicKey:
    return decode(signer.multikey)


def test_every_changed_bit_of_a_signature_is_refused(badge: dict[str, Any], signer: Ed25519Signer, suite: str) -> None:
    document = proofs.add(badge, signer, created=CREATED, suite=suite)
    proof = document["proof"][0]
    signature = multibase_decode(proof["proofValue"])
    for place in range(len(signature) * 8):
        changed = bytearray(signature)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(SignatureWrong):
            proofs.check(document, {**proof, "proofValue": multibase_encode(bytes(changed))}, public(signer))


def texts(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every string of a document is."""
    if isinstance(value, str):
        return [place]
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, child in children for found in texts(child, (*place, name))]


def test_a_changed_character_anywhere_is_refused(badge: dict[str, Any], signer: Ed25519Signer, suite: str) -> None:
    document = proofs.add(badge, signer, created=CREATED, suite=suite)
    random = Random(20261122)  # noqa: S311 - places to change, the same in every run
    for place in texts(document):
        changed = deepcopy(document)
        holder: Any = changed
        for name in place[:-1]:
            holder = holder[name]
        text = holder[place[-1]]
        at = random.randrange(len(text))
        holder[place[-1]] = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
        with pytest.raises(BadInput):
            proofs.check(changed, changed["proof"][0], public(signer))


def test_another_key_is_refused(badge: dict[str, Any], signer: Ed25519Signer, suite: str) -> None:
    document = proofs.add(badge, signer, created=CREATED, suite=suite)
    with pytest.raises(SignatureWrong):
        proofs.check(document, document["proof"][0], public(Ed25519Signer(bytes(32), "did:key:a#a")))


def test_a_key_of_small_order_or_another_kind_is_refused(badge: dict[str, Any], signer: Ed25519Signer) -> None:
    document = proofs.add(badge, signer, created=CREATED)
    with pytest.raises(KeyWeak):
        proofs.check(document, document["proof"][0], PublicKey(ED25519, bytes(32)))
    with pytest.raises(SuiteUnknown):
        proofs.check(document, document["proof"][0], PublicKey("P-256", bytes(33)))


def test_the_members_of_a_set_hold_each_for_itself(badge: dict[str, Any], signer: Ed25519Signer) -> None:
    one = proofs.add(badge, signer, created=CREATED)
    two = proofs.add(one, signer, created=CREATED, suite=proofs.JCS)
    assert two["proof"][0] == one["proof"][0]
    assert one["proof"] is not two["proof"]
    for proof in proofs.proofs_of(two):
        proofs.check(two, proof, public(signer))
    alone = {**two, "proof": two["proof"][1]}  # one object instead of a list, and the other stripped
    assert proofs.proofs_of(alone) == [two["proof"][1]]
    proofs.check(alone, alone["proof"], public(signer))


def test_a_chained_proof_covers_the_one_that_it_names(badge: dict[str, Any], signer: Ed25519Signer) -> None:
    first = {
        **proofs.add(badge, signer, created=CREATED)["proof"][0],
        "id": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544",
    }
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": proofs.JCS,
        "verificationMethod": signer.method,
        "proofPurpose": "assertionMethod",
        "previousProof": first["id"],
    }
    value = signer.sign(hash_data(proofs.JCS, {**badge, "proof": [first]}, options))
    second = {**options, "proofValue": multibase_encode(value)}
    proofs.check({**badge, "proof": [first, second]}, second, public(signer))
    with pytest.raises(SignatureWrong):
        proofs.check({**badge, "proof": [{**first, "created": "2026-11-23T00:00:00Z"}, second]}, second, public(signer))
    for stripped in ([second], [first, first, second], [{**first, "id": "urn:uuid:0"}, second]):
        with pytest.raises(ProofMalformed):
            proofs.check({**badge, "proof": stripped}, second, public(signer))
    for named in ([], 7, [7], "urn:uuid:unknown"):
        with pytest.raises(ProofInvalid):
            proofs.check({**badge, "proof": [first, second]}, {**second, "previousProof": named}, public(signer))


@pytest.mark.parametrize("held", [None, [], {}])
def test_no_proof_is_no_proof(badge: dict[str, Any], held: object) -> None:
    with pytest.raises(ProofMissing) if held != {} else pytest.raises(ProofMalformed):
        document = {**badge, "proof": held}
        proofs.check(document, proofs.proofs_of(document)[0], PublicKey(ED25519, bytes(32)))
    with pytest.raises(ProofMissing):
        proofs.proofs_of(badge)


@pytest.mark.parametrize("held", ["proof", 7, [7], [[]], [None]])
def test_other_shapes_are_malformed(badge: dict[str, Any], held: object) -> None:
    with pytest.raises(ProofMalformed):
        proofs.proofs_of({**badge, "proof": held})


@pytest.mark.parametrize("field", ["type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue"])
@pytest.mark.parametrize("value", [None, 7, [], {}, ""])
def test_a_missing_or_wrong_field_is_refused(
    badge: dict[str, Any], signer: Ed25519Signer, field: str, value: object
) -> None:
    document = proofs.add(badge, signer, created=CREATED, suite=proofs.JCS)
    with pytest.raises(ProofInvalid):
        proofs.check(document, {**document["proof"][0], field: value}, public(signer))


@pytest.mark.parametrize("value", ["", "z", "z1", "f00", "zO0Il", "z" + "1" * 64, "z" + "1" * 2000])
def test_a_proof_value_of_another_shape_is_malformed(badge: dict[str, Any], signer: Ed25519Signer, value: str) -> None:
    document = proofs.add(badge, signer, created=CREATED, suite=proofs.JCS)
    with pytest.raises(ProofInvalid):
        proofs.check(document, {**document["proof"][0], "proofValue": value}, public(signer))


def test_an_undefined_field_is_never_signed(badge: dict[str, Any], signer: Ed25519Signer) -> None:
    with pytest.raises(BadInput) as caught:
        proofs.add({**badge, "grade": "5"}, signer, created=CREATED)
    assert caught.value.code == "undefined-term"


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["@id", "did:a:b", "#x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["id", "domain", "challenge", "nonce", "previousProof", "expires", "@context", "@id", "proof", "x"]
)


@given(
    st.dictionaries(names | st.text(max_size=8), junk, min_size=1, max_size=4),
    st.sampled_from([proofs.RDFC, proofs.JCS]),
)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_proof_the_answer_is_one_of_our_errors(fields: dict[str, Any], suite: str) -> None:
    case = read(HOLDING[0])
    signed = proofs.add(case["unsigned"], signer_of(case), created=CREATED, suite=suite)
    proof = {**signed["proof"][0], **fields}
    with suppress(BadInput):
        proofs.check({**signed, "proof": [proof]}, proof, decode(case["publicKeyMultibase"]))
        assert proof == signed["proof"][0]


def terms(**changed: object) -> dict[str, object]:
    return {
        "proofPurpose": "authentication",
        "created": "2026-11-22T09:30:00Z",
        "domain": "https://s1.sever.example",
        "challenge": "c-1",
        **changed,
    }


def hold(proof: dict[str, object], **asked: Any) -> None:
    given = {
        "now": CREATED,
        "purpose": "authentication",
        "domain": "https://s1.sever.example",
        "challenge": "c-1",
        **asked,
    }
    proofs.check_terms(proof, **given)


def test_terms_that_hold() -> None:
    hold(terms())
    hold(terms(), domain=None, challenge=None)
    hold(terms(domain=["https://a.example", "https://s1.sever.example"]))
    hold(terms(expires="2026-11-22T09:30:01Z"))
    hold(terms(), now=CREATED - timedelta(minutes=5))
    proof = terms()
    del proof["created"]
    hold(proof)


@pytest.mark.parametrize(
    ("proof", "asked", "error"),
    [
        (terms(proofPurpose="assertionMethod"), {}, PurposeWrong),
        (terms(), {"purpose": "assertionMethod"}, PurposeWrong),
        (terms(domain="https://s2.sever.example"), {}, DomainWrong),
        (terms(domain=["https://s2.sever.example"]), {}, DomainWrong),
        (terms(domain=None), {}, DomainWrong),
        (terms(challenge="c-2"), {}, ChallengeWrong),
        (terms(challenge=["c-1"]), {}, ChallengeWrong),
        (terms(challenge=None), {}, ChallengeWrong),
        (terms(expires="2026-11-22T09:30:00Z"), {}, ProofExpired),
        (terms(), {"now": CREATED - timedelta(minutes=5, seconds=1)}, ProofTooEarly),
        (terms(created="2026-11-22"), {}, ProofMalformed),
        (terms(created="2026-11-22T09:30:00"), {}, ProofMalformed),
        (terms(created=7), {}, ProofMalformed),
        (terms(created=None), {}, ProofMalformed),
        (terms(expires="Sun, 22 Nov 2026 09:30:00 GMT"), {}, ProofMalformed),
    ],
)
def test_terms_that_do_not_hold(proof: dict[str, object], asked: dict[str, Any], error: type[ProofInvalid]) -> None:
    with pytest.raises(error):
        hold(proof, **asked)
