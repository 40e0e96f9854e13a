"""ecdsa-sd-2023: whatever is chosen verifies and tells no more; whatever is changed is refused."""

import json
import re
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys import cbor, proofs
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors import (
    BadCbor,
    BaseProofMissing,
    BaseProofShown,
    ProofInvalid,
    ProofMalformed,
    SelectionEmpty,
    SelectionUnsupported,
    SelectionWrong,
    SignatureWrong,
    SuiteUnknown,
)
from keys.multikey import P256, P384, multibase_decode, multibase_encode_url
from keys.proofs.sd.base import base_value
from keys.proofs.sd.selection import select
from keys.proofs.sd.signed import configuration_hash
from keys.proofs.sd.statements import Statements
from keys.proofs.sd.values import BaseValue, DerivedValue
from schemas.canonical.shape import walk
from schemas.errors import BadInput
from schemas.loader import BUNDLED
from schemas.refusals import UndefinedTerm

VECTORS = Path(__file__).parents[1] / "vectors" / "proofs"
CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KEY = EcdsaSigner(P256, bytes(range(32)), "did:web:ugu.sever.example#key")
MANDATORY = ["/issuer", "/validFrom", "/credentialSubject/achievement/name"]


def badge() -> dict[str, Any]:
    """A badge of which some objects have ids and some not, with several results."""
    document: dict[str, Any] = json.loads((VECTORS / "badge-rdfc.json").read_text())["unsigned"]
    document["description"] = {"@value": "Проект", "@language": "ru"}
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "resultDescription": f"urn:uuid:0000000{number}", "value": str(number * 7)}
        for number in range(4)
    ]
    return document


BADGE = badge()
BASE = proofs.add_base(BADGE, KEY, MANDATORY, created=CREATED)
PLACES = [pointer for pointer, _ in walk(BADGE) if pointer and "/description/" not in pointer]


def show(*selective: str, base: dict[str, Any] = BASE) -> dict[str, Any]:
    return proofs.derive(base, selective)


def hold(document: dict[str, Any]) -> None:
    proofs.check(document, document["proof"][0], KEY.public)


def texts(value: object) -> set[str]:
    """Every text of a document, keys aside."""
    if isinstance(value, str):
        return {value}
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {found for child in children for found in texts(child)}


# --- our own vector -----------------------------------------------------------------------------------------------


def test_our_vector_is_reproduced() -> None:
    case = json.loads((VECTORS.parent / "selective" / "badge.json").read_text())
    signed = case["base"]["proof"][0]
    issuer = EcdsaSigner(P256, bytes.fromhex(case["seed"]), signed["verificationMethod"])
    own = EcdsaSigner(P256, bytes.fromhex(case["proofSeed"]), "")
    label_key = bytes.fromhex(case["labelKey"])
    statements = Statements(case["unsigned"], label_key, BUNDLED)
    assert list(statements.lines) == case["statements"]
    options = {name: value for name, value in signed.items() if name != "proofValue"}
    configuration = configuration_hash(options, case["unsigned"]["@context"], BUNDLED)
    value = base_value(statements, configuration, case["mandatory"], signer=issuer, own=own, label_key=label_key)
    assert value.write() == signed["proofValue"]
    assert proofs.derive(case["base"], case["selective"]) == case["shown"]
    assert issuer.multikey == case["publicKeyMultibase"]
    proofs.check(case["shown"], case["shown"]["proof"][0], issuer.public)


# --- whatever is chosen -------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(PLACES), max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_selection_verifies_and_shows_what_was_chosen_and_nothing_else(chosen: list[str]) -> None:
    shown = show(*chosen)
    hold(shown)
    bare = proofs.without_proofs(shown)
    assert bare == select(BADGE, [*MANDATORY, *chosen])
    hidden = texts(BADGE) - texts(bare)
    value = multibase_decode(shown["proof"][0]["proofValue"])
    for secret in hidden:
        assert secret not in texts(bare)
        if len(secret) > 3:
            assert secret.encode() not in value


@given(st.lists(st.sampled_from(PLACES), max_size=6), st.lists(st.sampled_from(PLACES), max_size=4))
@settings(max_examples=30, deadline=None)
def test_any_mandatory_part_is_always_shown(mandatory: list[str], chosen: list[str]) -> None:
    base = proofs.add_base(BADGE, KEY, mandatory, created=CREATED)
    if not [*mandatory, *chosen]:
        with pytest.raises(SelectionEmpty):
            show(base=base)
        return
    shown = show(*chosen, base=base)
    hold(shown)
    assert proofs.without_proofs(shown) == select(BADGE, [*mandatory, *chosen])


def test_the_whole_can_be_shown_as_well() -> None:
    shown = show("")
    hold(shown)
    assert proofs.without_proofs(shown) == BADGE


def test_the_order_of_what_is_left_stays() -> None:
    shown = show("/credentialSubject/result/3", "/credentialSubject/result/1")
    hold(shown)
    assert [result["value"] for result in shown["credentialSubject"]["result"]] == ["7", "21"]


def test_other_proofs_of_the_whole_stay_behind() -> None:
    both = proofs.add(BASE, Ed25519Signer(bytes(32), "did:web:ugu.sever.example#ed"), created=CREATED)
    shown = show("/name", base=both)
    hold(shown)
    assert len(shown["proof"]) == 1


# --- what the labels tell -----------------------------------------------------------------------------------------


def labels(document: dict[str, Any]) -> set[bytes]:
    return set(DerivedValue.read(document["proof"][0]["proofValue"]).labels.values())


def test_labels_say_nothing_of_what_is_hidden() -> None:
    """Under another key the same part has other labels, and the place of what is shown follows from them alone."""
    again = proofs.add_base(BADGE, KEY, MANDATORY, created=CREATED)
    chosen = ("/credentialSubject/result/2",)
    assert labels(show(*chosen)).isdisjoint(labels(show(*chosen, base=again)))
    shorter = deepcopy(BADGE)
    del shorter["credentialSubject"]["result"][3]
    one, other = show(*chosen), show(*chosen, base=proofs.add_base(shorter, KEY, MANDATORY, created=CREATED))
    assert proofs.without_proofs(one) == proofs.without_proofs(other)
    sizes = {len(cbor.encode(list(labels(document)))) for document in (one, other)}
    assert len(sizes) == 1
    assert len(one["proof"][0]["proofValue"]) == len(other["proof"][0]["proofValue"])


def test_the_key_of_the_labels_and_the_other_signatures_stay_with_the_holder() -> None:
    base = BaseValue.read(BASE["proof"][0]["proofValue"])
    value = multibase_decode(show("/name")["proof"][0]["proofValue"])
    assert base.label_key not in value
    kept = [one for one in base.signatures if one in value]
    assert len(kept) < len(base.signatures)
    assert len(DerivedValue.read(show("/name")["proof"][0]["proofValue"]).signatures) == len(kept)


# --- whatever is changed ------------------------------------------------------------------------------------------


CHOSEN = ("/name", "/description", "/credentialSubject/result/1", "/credentialSubject/result/2")


SHOWN = show(*CHOSEN)


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


# --- refusals -----------------------------------------------------------------------------------------------------


def test_a_base_proof_is_not_for_showing() -> None:
    with pytest.raises(BaseProofShown, match="для владельца"):
        hold(BASE)
    assert proofs.is_base_proof(BASE["proof"][0])
    assert not proofs.is_base_proof(SHOWN["proof"][0])


def test_nothing_can_be_derived_from_other_proofs() -> None:
    signed = proofs.add(BADGE, KEY, created=CREATED, suite=proofs.ECDSA_RDFC)
    for document in (signed, SHOWN):
        with pytest.raises(BaseProofMissing):
            show("/name", base=document)
    with pytest.raises(ProofInvalid):
        show("/name", base=BADGE)


def test_a_changed_base_gives_nothing_that_holds() -> None:
    changed = {**BASE, "name": "Другой"}
    with pytest.raises(SignatureWrong):
        hold(show("/name", base=changed))
    with pytest.raises(ProofMalformed):
        show("/name", base={**BASE, "awardedDate": "2026-11-22T09:30:00Z"})


@pytest.mark.parametrize(
    "pointer",
    [
        "name",
        "/",
        "/nothing",
        "/name/0",
        "/@context",
        "/@context/0",
        "/credentialSubject/result/4",
        "/credentialSubject/result/-",
        "/credentialSubject/result/01",
        "/credentialSubject/result/٣",
        "/credentialSubject/result/1/id",
        "/description/@value",
        "/na~2me",
        "/name~",
    ],
)
def test_a_pointer_that_leads_nowhere_is_refused(pointer: str) -> None:
    with pytest.raises(SelectionWrong):
        show(pointer)
    with pytest.raises(SelectionWrong):
        proofs.add_base(BADGE, KEY, [pointer], created=CREATED)


def test_pointers_are_unescaped() -> None:
    document = {"@context": "x", "a/b": {"c~d": 1, "~1": 2}, "type": "T"}
    assert select(document, ["/a~1b/c~0d"]) == {"@context": "x", "type": "T", "a/b": {"c~d": 1}}
    assert select(document, ["/a~1b/~01"]) == {"@context": "x", "type": "T", "a/b": {"~1": 2}}


def test_a_document_whose_parts_have_no_names_is_refused() -> None:
    listed = deepcopy(BADGE)
    listed["credentialSubject"]["achievement"]["resultDescription"] = [
        {
            "id": "urn:uuid:1",
            "type": ["ResultDescription"],
            "name": "Оценка",
            "resultType": "LetterGrade",
            "allowedValue": ["A", "B"],
        }
    ]
    carrying = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [proofs.without_proofs(BADGE)],
    }
    for document in (listed, carrying):
        with pytest.raises(SelectionUnsupported):
            proofs.add_base(document, KEY, ["/type"], created=CREATED)


def test_an_undefined_field_is_never_signed() -> None:
    with pytest.raises(UndefinedTerm):
        proofs.add_base({**BADGE, "grade": "5"}, KEY, MANDATORY, created=CREATED)


def test_names_that_look_like_ours_do_no_harm() -> None:
    """A document may hold the very names that objects are given for a moment."""
    document = deepcopy(BADGE)
    document["id"] = "urn:bnid:0:1"
    document["credentialSubject"]["result"][0]["resultDescription"] = "urn:bnid:1:5"
    base = proofs.add_base(document, KEY, MANDATORY, created=CREATED)
    shown = show("/credentialSubject/result", base=base)
    hold(shown)
    assert shown["id"] == "urn:bnid:0:1"
    assert not re.search("bnid:[2-9]", json.dumps(shown))


# --- CBOR ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "",
        "8200",  # cut off
        "0001",  # something after the value
        "1800",  # 0 in two bytes
        "9f01ff",  # a stream
        "5f4100ff",
        "a200010002",  # a key twice
        "c000",  # tags: a date, a bignum, a pattern, shared values, a set, the mark of CBOR itself
        "c24101",
        "d82341aa",
        "d81c80",
        "d9010280",
        "d9d9f700",
        "d840" + "4100",  # a typed array
        "8181818181818100",  # deep
    ],
)
def test_cbor_is_read_in_one_form_only(data: str) -> None:
    with pytest.raises(BadCbor):
        cbor.decode(bytes.fromhex(data))


@given(
    st.recursive(
        st.integers(0, 2**32) | st.binary(max_size=70) | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 99), inner, max_size=3),
        max_leaves=4,
    )
)
def test_what_is_written_is_read_back(value: object) -> None:
    try:
        assert cbor.decode(cbor.encode(value)) == value
    except BadCbor:
        assert json.dumps(value, default=str).count("[") + json.dumps(value, default=str).count("{") > 3


@given(st.binary(max_size=60))
def test_whatever_is_read_is_the_one_spelling_of_its_value(data: bytes) -> None:
    try:
        value = cbor.decode(data)
    except BadCbor:
        return
    assert cbor.encode(value) == data
