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
from keys.ecdsa import EcdsaSigner, make_secret
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import (
    KeyWeak,
    ProofExpired,
    ProofInvalid,
    ProofMalformed,
    ProofMissing,
    SignatureWrong,
    SuiteUnknown,
)
from keys.multikey import ED25519, PublicKey, decode, multibase_decode, multibase_encode
from keys.proofs.suites import find_suite
from keys.signer import Signer
from schemas.errors import BadInput
from schemas.loader import BUNDLED

VECTORS = Path(__file__).parents[1] / "vectors" / "proofs"


CASES = sorted(VECTORS.glob("*.json"))


HOLDING = [case for case in CASES if not case.stem.endswith("-fail")]


FAILING = [case for case in CASES if case.stem.endswith("-fail")]


CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def read(case: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(case.read_text())
    return content


def hash_data(case: dict[str, Any], options: dict[str, Any]) -> bytes:
    suite, document = find_suite(case["suite"]), case["unsigned"]
    algorithm = suite.hashes[decode(case["publicKeyMultibase"]).kind]
    content = suite.form.digest(document, algorithm, BUNDLED)
    return suite.hash_data(content, options, document.get("@context"), algorithm)


def signer_of(case: dict[str, Any]) -> Signer:
    kind, method = decode(case["publicKeyMultibase"]).kind, case["signed"]["proof"][0]["verificationMethod"]
    seed = bytes.fromhex(case["seed"])
    return Ed25519Signer(seed, method) if kind == ED25519 else EcdsaSigner(kind, seed, method)


@pytest.mark.parametrize("path", HOLDING, ids=lambda path: path.stem)
def test_our_vectors_are_reproduced(path: Path) -> None:
    case = read(path)
    proof = case["signed"]["proof"][0]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    assert hash_data(case, options).hex() == case["hashData"]
    signed = proofs.add(case["unsigned"], signer_of(case), created=CREATED, suite=case["suite"], **case["options"])
    assert signed == case["signed"]
    proofs.check(signed, proof, decode(case["publicKeyMultibase"]))


def test_our_vector_of_an_older_proof_holds_and_is_never_made() -> None:
    case = read(VECTORS.parent / "older" / "ed25519signature2020.json")
    proofs.check(case["signed"], case["signed"]["proof"][0], decode(case["publicKeyMultibase"]))
    with pytest.raises(SuiteUnknown):
        proofs.add(proofs.without_proofs(case["signed"]), KEYS["Ed25519"], created=CREATED, suite=proofs.ED25519_2020)
    with pytest.raises(SuiteUnknown):
        proofs.check(case["signed"], case["signed"]["proof"][0], public(KEYS["P-256"]))


@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.stem)
def test_our_bad_vectors_are_refused_with_their_code(path: Path) -> None:
    case = read(path)
    with pytest.raises(BadInput) as caught:
        proofs.check(case["signed"], case["signed"]["proof"][0], decode(case["publicKeyMultibase"]))
    assert caught.value.code == case["expected"]


METHOD = "did:web:s1.sever.example#key"


KEYS: dict[str, Signer] = {
    "Ed25519": Ed25519Signer(bytes(range(32)), METHOD),
    "P-256": EcdsaSigner("P-256", bytes(range(32)), METHOD),
    "P-384": EcdsaSigner("P-384", bytes(range(48)), METHOD),
}


SUITES = [
    (kind, suite)
    for kind, suites in (
        ("Ed25519", (proofs.RDFC, proofs.JCS)),
        ("P-256", (proofs.ECDSA_RDFC, proofs.ECDSA_JCS)),
        ("P-384", (proofs.ECDSA_RDFC, proofs.ECDSA_JCS)),
    )
    for suite in suites
]


@pytest.fixture(params=SUITES, ids="-".join)
def signed_by(request: pytest.FixtureRequest) -> tuple[Signer, str]:
    """A key and a suite that takes it."""
    kind, suite = request.param
    return KEYS[kind], suite


@pytest.fixture
def badge() -> dict[str, Any]:
    unsigned: dict[str, Any] = read(VECTORS / "badge-rdfc.json")["unsigned"]
    return unsigned


def public(signer: Signer) -> PublicKey:
    return decode(signer.multikey)


def test_every_changed_bit_of_a_signature_is_refused(badge: dict[str, Any], signed_by: tuple[Signer, str]) -> None:
    signer, suite = signed_by
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


def test_a_changed_character_anywhere_is_refused(badge: dict[str, Any], signed_by: tuple[Signer, str]) -> None:
    signer, suite = signed_by
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


def test_another_key_is_refused(badge: dict[str, Any], signed_by: tuple[Signer, str]) -> None:
    signer, suite = signed_by
    document = proofs.add(badge, signer, created=CREATED, suite=suite)
    kind = public(signer).kind
    other: Signer = Ed25519Signer(bytes(32), "") if kind == ED25519 else EcdsaSigner(kind, make_secret(kind), "")
    with pytest.raises(SignatureWrong):
        proofs.check(document, document["proof"][0], public(other))


@pytest.mark.parametrize("suite", [proofs.RDFC, proofs.JCS, proofs.ECDSA_RDFC, proofs.ECDSA_JCS])
@pytest.mark.parametrize("kind", KEYS)
def test_a_suite_takes_its_own_kinds_of_keys_only(badge: dict[str, Any], kind: str, suite: str) -> None:
    key = KEYS[kind]
    if (kind, suite) in SUITES:
        return
    with pytest.raises(SuiteUnknown):
        proofs.add(badge, key, created=CREATED, suite=suite)
    owner, _ = next((owner, name) for owner, name in SUITES if name == suite)
    document = proofs.add(badge, KEYS[owner], created=CREATED, suite=suite)
    with pytest.raises(SuiteUnknown):
        proofs.check(document, document["proof"][0], public(key))


def test_a_signature_says_nothing_under_another_suite(badge: dict[str, Any], signed_by: tuple[Signer, str]) -> None:
    signer, suite = signed_by
    document = proofs.add(badge, signer, created=CREATED, suite=suite)
    for other in {name for kind, name in SUITES if kind == public(signer).kind} - {suite}:
        with pytest.raises(ProofInvalid):
            proofs.check(document, {**document["proof"][0], "cryptosuite": other}, public(signer))


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


@pytest.mark.parametrize(
    "domain", ["https://s1.sever.example", ["https://s2.sever.example", "https://s1.sever.example"]]
)
def test_what_a_proof_is_good_for_is_signed_with_it(
    badge: dict[str, Any], signed_by: tuple[Signer, str], domain: str | list[str]
) -> None:
    key, suite = signed_by
    document = proofs.add(
        badge,
        key,
        created=CREATED,
        suite=suite,
        purpose="authentication",
        domain=domain,
        challenge="c-1",
        expires=CREATED + timedelta(hours=1),
    )
    [proof] = document["proof"]
    assert (proof["expires"], proof["domain"]) == ("2026-11-22T10:30:00Z", domain)
    proofs.check(document, proof, public(key))
    asked: dict[str, Any] = {"purpose": "authentication", "domain": domain, "challenge": "c-1"}
    proofs.check_terms(proof, now=CREATED, **asked)
    with pytest.raises(ProofExpired):
        proofs.check_terms(proof, now=CREATED + timedelta(hours=1), **asked)
    for changed in ({"expires": "2027-11-22T10:30:00Z"}, {"domain": "https://s3.sever.example"}, {"challenge": "c-2"}):
        with pytest.raises(SignatureWrong):
            proofs.check(document, {**proof, **changed}, public(key))


ONE, TWO = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544", "urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54"


def chained(badge: dict[str, Any], key: Signer, suite: str, previous: str | list[str]) -> dict[str, Any]:
    """Two proofs of a set, and a third that covers those it names."""
    one = proofs.add(badge, key, created=CREATED, suite=suite, proof_id=ONE)
    two = proofs.add(one, key, created=CREATED, suite=suite, proof_id=TWO)
    return proofs.add(two, key, created=CREATED, suite=suite, previous=previous)


@pytest.mark.parametrize("previous", [ONE, [ONE], [ONE, TWO], [TWO, ONE]])
def test_a_chained_proof_covers_the_ones_that_it_names(
    badge: dict[str, Any], signed_by: tuple[Signer, str], previous: str | list[str]
) -> None:
    key, suite = signed_by
    document = chained(badge, key, suite, previous)
    [first, second, last] = document["proof"]
    assert last["previousProof"] == previous
    for proof in document["proof"]:
        proofs.check(document, proof, decode(key.multikey))
    changed = {**document, "proof": [{**first, "created": "2026-11-23T00:00:00Z"}, second, last]}
    with pytest.raises(SignatureWrong):
        proofs.check(changed, last, decode(key.multikey))
    free = {**document, "proof": [first, {**second, "created": "2026-11-23T00:00:00Z"}, last]}
    if TWO in previous:
        with pytest.raises(SignatureWrong):
            proofs.check(free, last, decode(key.multikey))
    else:
        proofs.check(free, last, decode(key.multikey))  # what it does not name, it does not cover


def test_a_chain_of_which_a_link_was_taken_out_or_doubled(badge: dict[str, Any], signer: Ed25519Signer) -> None:
    [first, second, last] = chained(badge, signer, proofs.JCS, ONE)["proof"]
    for stripped in ([last], [second, last], [first, first, last], [{**first, "id": "urn:uuid:0"}, last]):
        with pytest.raises(ProofMalformed):
            proofs.check({**badge, "proof": stripped}, last, public(signer))
    wrong: list[Any] = [[], 7, [7], {}, "urn:uuid:unknown", [ONE, "urn:uuid:unknown"]]
    for named in wrong:
        with pytest.raises(ProofMalformed):
            proofs.check({**badge, "proof": [first, second, last]}, {**last, "previousProof": named}, public(signer))


@pytest.mark.parametrize("previous", ["urn:uuid:unknown", [], [ONE, "urn:uuid:unknown"]])
def test_a_chain_is_not_made_on_what_is_not_there(
    badge: dict[str, Any], signer: Ed25519Signer, previous: str | list[str]
) -> None:
    with pytest.raises(ProofMalformed):
        chained(badge, signer, proofs.RDFC, previous)
    with pytest.raises(ProofMissing):
        proofs.add(badge, signer, created=CREATED, previous=ONE)


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
    st.sampled_from(SUITES),
)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_proof_the_answer_is_one_of_our_errors(
    fields: dict[str, Any], signed_by: tuple[str, str]
) -> None:
    kind, suite = signed_by
    signed = proofs.add(read(VECTORS / "badge-rdfc.json")["unsigned"], KEYS[kind], created=CREATED, suite=suite)
    proof = {**signed["proof"][0], **fields}
    with suppress(BadInput):
        proofs.check({**signed, "proof": [proof]}, proof, public(KEYS[kind]))
        assert proof == signed["proof"][0]
