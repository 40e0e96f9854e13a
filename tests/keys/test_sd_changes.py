"""ecdsa-sd-2023: whatever is changed, left out, added or mixed is refused."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys import cbor, proofs
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import ProofInvalid, ProofMalformed, SignatureWrong, SuiteUnknown
from keys.multikey import P256, P384, multibase_decode, multibase_encode_url
from keys.proofs.sd.values import DerivedValue
from schemas.errors import BadInput
from tests.keys.shown import BADGE, BASE, CHOSEN, CREATED, KEY, MANDATORY, SHOWN, hold, show


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(found for name, child in children for found in places(child, (*place, name)))]


def holder(document: Any, place: tuple[Any, ...]) -> Any:
    for name in place[:-1]:
        document = document[name]
    return document


def test_any_change_of_a_shown_value_is_refused() -> None:
    shown = show(*CHOSEN)
    for place in places(shown):
        changed = deepcopy(shown)
        inside = holder(changed, place)
        if place and isinstance(inside[place[-1]], str):
            inside[place[-1]] += "а"
            with pytest.raises(BadInput):
                hold(changed)


def test_whatever_is_left_out_afterwards_is_refused() -> None:
    """The mandatory part above all: the holder may choose, nobody after them may."""
    shown = show(*CHOSEN)
    for place in places(proofs.without_proofs(shown)):
        changed = deepcopy(shown)
        if place:
            del holder(changed, place)[place[-1]]
            with pytest.raises(BadInput):
                hold(changed)


def test_whatever_is_added_is_refused() -> None:
    shown = show(*CHOSEN)
    for name, value in (("validUntil", "2030-01-01T00:00:00Z"), ("grade", "5"), ("evidence", [{"type": ["Evidence"]}])):
        with pytest.raises(BadInput):
            hold({**shown, name: value})
    more = deepcopy(shown)
    more["credentialSubject"]["result"].append({"type": ["Result"], "resultDescription": "urn:uuid:1", "value": "100"})
    with pytest.raises(BadInput):
        hold(more)


def test_statements_of_two_objects_cannot_be_mixed() -> None:
    """Each value is signed with the label of its object: results do not lend each other their points."""
    shown = show(*CHOSEN)
    one, two = shown["credentialSubject"]["result"]
    one["value"], two["value"] = two["value"], one["value"]
    with pytest.raises(SignatureWrong):
        hold(shown)


def test_parts_of_two_badges_cannot_be_mixed() -> None:
    other = deepcopy(BADGE)
    other["name"] = "Другой значок"
    one, two = show("/name"), show("/name", base=proofs.add_base(other, KEY, MANDATORY, created=CREATED))
    with pytest.raises(SignatureWrong):
        hold({**one, "name": two["name"]})
    mine = DerivedValue.read(one["proof"][0]["proofValue"])
    theirs = DerivedValue.read(two["proof"][0]["proofValue"])
    mixed = DerivedValue(mine.signature, mine.public, theirs.signatures, mine.labels, mine.mandatory)
    with pytest.raises(SignatureWrong):
        hold({**one, "name": two["name"], "proof": [{**one["proof"][0], "proofValue": mixed.write()}]})


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_changed_byte_of_the_proof_is_refused(data: st.DataObject) -> None:
    shown = SHOWN
    value = bytearray(multibase_decode(shown["proof"][0]["proofValue"]))
    place = data.draw(st.integers(0, len(value) - 1))
    value[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ProofInvalid):
        hold({**shown, "proof": [{**shown["proof"][0], "proofValue": multibase_encode_url(bytes(value))}]})


def test_any_cut_or_lengthened_proof_is_refused() -> None:
    value = multibase_decode(SHOWN["proof"][0]["proofValue"])
    for length in range(0, len(value), 7):
        with pytest.raises(ProofInvalid):
            hold({**SHOWN, "proof": [{**SHOWN["proof"][0], "proofValue": multibase_encode_url(value[:length])}]})
    for changed in (value + b"\0", value * 2, value[:3] + b"\xd9\x5d\x01" + value[3:]):
        with pytest.raises(ProofMalformed):
            hold({**SHOWN, "proof": [{**SHOWN["proof"][0], "proofValue": multibase_encode_url(changed)}]})


@pytest.mark.parametrize(
    "change",
    [
        {"created": "2026-11-22T09:30:01Z"},
        {"verificationMethod": "did:web:ddt.sever.example#key"},
        {"proofPurpose": "authentication"},
        {"previousProof": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"},
        {"domain": "https://s1.sever.example"},
        {"cryptosuite": proofs.ECDSA_RDFC},
        {"proofValue": BASE["proof"][0]["proofValue"]},
        {"proofValue": "z" + SHOWN["proof"][0]["proofValue"][1:]},
        {"proofValue": SHOWN["proof"][0]["proofValue"] + "="},
    ],
)
def test_a_changed_proof_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ProofInvalid):
        hold({**SHOWN, "proof": [{**SHOWN["proof"][0], **change}]})


def test_another_key_and_other_kinds_of_keys_are_refused() -> None:
    other = EcdsaSigner(P256, bytes(range(1, 33)), "").public
    with pytest.raises(SignatureWrong):
        proofs.check(SHOWN, SHOWN["proof"][0], other)
    with pytest.raises(SuiteUnknown):
        proofs.check(SHOWN, SHOWN["proof"][0], EcdsaSigner(P384, bytes(range(48)), "").public)
    for signer in (EcdsaSigner(P384, bytes(range(48)), ""), Ed25519Signer(bytes(32), "")):
        with pytest.raises(SuiteUnknown):
            proofs.add_base(BADGE, signer, MANDATORY, created=CREATED)


def value_of(**changed: Any) -> dict[str, Any]:
    """What is shown, with other things in its proof value."""
    held = DerivedValue.read(SHOWN["proof"][0]["proofValue"])
    fields = {name: getattr(held, name) for name in ("signature", "public", "signatures", "labels", "mandatory")}
    return {**SHOWN, "proof": [{**SHOWN["proof"][0], "proofValue": DerivedValue(**{**fields, **changed}).write()}]}


HELD = DerivedValue.read(SHOWN["proof"][0]["proofValue"])


@pytest.mark.parametrize(
    "changed",
    [
        {"signatures": HELD.signatures[::-1]},
        {"signatures": HELD.signatures[1:]},
        {"signatures": [*HELD.signatures, HELD.signatures[0]]},
        {"signatures": []},
        {"labels": dict(zip(HELD.labels, [*HELD.labels.values()][::-1], strict=True))},
        {"labels": dict.fromkeys(HELD.labels, HELD.labels[0])},
        {"labels": {**HELD.labels, len(HELD.labels): bytes(32)}},
        {"labels": {number + 1: label for number, label in HELD.labels.items()}},
        {"labels": {}},
        {"mandatory": HELD.mandatory[1:]},
        {"mandatory": [*HELD.mandatory, 999]},
        {"mandatory": HELD.mandatory[::-1]},
        {"mandatory": [*HELD.mandatory, HELD.mandatory[-1]]},
        {"mandatory": [-1, *HELD.mandatory]},
        {"mandatory": []},
        {"public": KEY.public},
    ],
)
def test_a_proof_value_with_other_things_in_it_is_refused(changed: dict[str, Any]) -> None:
    hold(value_of())
    with pytest.raises(ProofInvalid):
        hold(value_of(**changed))


HEADER, SIGNATURE = b"\xd9\x5d\x01", HELD.signature
POINT = b"\x80\x24" + HELD.public.data


@pytest.mark.parametrize(
    "parts",
    [
        None,
        [],
        {},
        [SIGNATURE, POINT, [], {}],
        [SIGNATURE, POINT, [], {}, [], []],
        [SIGNATURE[1:], POINT, [], {}, []],
        [SIGNATURE.hex(), POINT, [], {}, []],
        [SIGNATURE, POINT[:-1], [], {}, []],
        [SIGNATURE, b"\x80\x24\x02" + b"\xff" * 32, [], {}, []],
        [SIGNATURE, b"\xed\x01" + bytes(32), [], {}, []],
        [SIGNATURE, POINT, {}, {}, []],
        [SIGNATURE, POINT, [b""], {}, []],
        [SIGNATURE, POINT, [], [], []],
        [SIGNATURE, POINT, [], {"0": bytes(32)}, []],
        [SIGNATURE, POINT, [], {False: bytes(32)}, []],
        [SIGNATURE, POINT, [], {0: bytes(31)}, []],
        [SIGNATURE, POINT, [], {}, [True]],
        [SIGNATURE, POINT, [], {}, ["0"]],
        [SIGNATURE, POINT, [], {}, [0.0]],
    ],
)
def test_a_proof_value_of_another_shape_is_malformed(parts: object) -> None:
    value = multibase_encode_url(HEADER + cbor.encode(parts))
    with pytest.raises(ProofMalformed):
        DerivedValue.read(value)


def test_a_proof_value_may_not_be_endless() -> None:
    with pytest.raises(ProofMalformed):
        DerivedValue.read(multibase_encode_url(HEADER + bytes(1_000_000)))
