"""ecdsa-sd-2023: whatever is chosen verifies and tells no more; what cannot be shown is refused."""

import json
import re
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys import cbor, proofs
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import (
    BaseProofMissing,
    BaseProofShown,
    ProofInvalid,
    ProofMalformed,
    SelectionEmpty,
    SelectionUnsupported,
    SelectionWrong,
    SignatureWrong,
)
from keys.multikey import P256, multibase_decode
from keys.proofs.sd.base import base_value
from keys.proofs.sd.selection import select
from keys.proofs.sd.signed import configuration_hash
from keys.proofs.sd.statements import Statements
from keys.proofs.sd.values import BaseValue, DerivedValue
from schemas.loader import BUNDLED
from schemas.refusals import UndefinedTerm
from tests.keys.shown import BADGE, BASE, CREATED, KEY, MANDATORY, PLACES, SHOWN, VECTORS, hold, show, texts

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
