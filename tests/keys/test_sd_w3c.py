"""The W3C's test vectors of ecdsa-sd-2023: every value from the document to the base proof, to the derived one and back."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from keys import proofs
from keys.did import key_of_did_key
from keys.ecdsa import EcdsaSigner
from keys.errors.proofs import BaseProofShown
from keys.multikey import P256, encode, multibase_decode
from keys.proofs import Secured
from keys.proofs.ecdsa_sd_2023 import lines_shown, parted
from keys.proofs.sd.base import base_value
from keys.proofs.sd.disclosure import derived_value
from keys.proofs.sd.selection import select
from keys.proofs.sd.signed import configuration_hash, signed_data
from keys.proofs.sd.statements import Statements
from keys.proofs.sd.values import BaseValue, DerivedValue, numbered
from schemas.canonical import canonicalize, label
from schemas.loader import BUNDLED, Contexts

pytestmark = pytest.mark.vectors
NAMES = {"prc": "prCred", "employ": "employ"}


class Vectors:
    """One folder of values, and what the issuer and the holder knew."""

    def __init__(self, root: Path, case: str, contexts: Contexts) -> None:
        self.root, self.case, self.contexts = root / "vc-di-ecdsa", case, contexts
        keys = self.read("ecdsa-sd-2023/SDKeyMaterial.json")
        self.label_key = bytes.fromhex(keys["hmacKeyString"])
        self.signed = self.step("addSignedSDBase")
        self.document = proofs.without_proofs(self.signed)
        self.method = self.signed["proof"]["verificationMethod"]
        self.signer, self.own = (self.key(keys[name]) for name in ("baseKeyPair", "proofKeyPair"))
        self.mandatory = self.read(f"{NAMES[case]}Mandatory.json")
        self.selective = self.read(f"{NAMES[case]}Selective.json")
        self.statements = Statements(self.document, self.label_key, contexts)

    def key(self, pair: dict[str, str]) -> EcdsaSigner:
        made = EcdsaSigner(P256, multibase_decode(pair["secretKeyMultibase"]).removeprefix(b"\x86\x26"), self.method)
        assert made.multikey == pair["publicKeyMultibase"]
        return made

    def read(self, name: str) -> Any:
        return json.loads((self.root / name).read_text())

    def step(self, name: str) -> Any:
        return self.read(f"ecdsa-sd-2023/{self.case}/{name}.json")

    def configuration(self) -> bytes:
        options = {name: value for name, value in self.signed["proof"].items() if name != "proofValue"}
        return configuration_hash(options, self.document["@context"], self.contexts)


@pytest.fixture
def contexts(vectors: Path) -> Contexts:
    return BUNDLED.with_files({"https://w3id.org/citizenship/v4rc1": vectors / "contexts" / "citizenship-v4rc1.jsonld"})


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, vectors: Path, contexts: Contexts) -> Vectors:
    return Vectors(vectors, request.param, contexts)


def places(entries: dict[str, Any]) -> dict[int, str]:
    return {int(place): line for place, line in entries["value"]}


def test_the_statements_of_the_base(case: Vectors) -> None:
    assert list(label(case.document, contexts=case.contexts).lines) == case.step("addBaseDocCanon")
    assert list(case.statements.lines) == case.step("addBaseDocHMACCanon")
    told = case.step("addBaseTransform")
    must = case.statements.made_by(case.mandatory)
    lines = dict(enumerate(case.statements.lines))
    assert {place: line for place, line in lines.items() if place in must} == places(told["mandatory"])
    assert {place: line for place, line in lines.items() if place not in must} == places(told["nonMandatory"])
    assert told["mandatoryPointers"] == case.mandatory
    for entry in case.step("addPointerValues"):
        assert select(case.document, [entry["pointer"]])[entry["pointer"][1:]] == entry["value"]


def test_what_the_issuer_signs(case: Vectors) -> None:
    configuration = case.step("addProofConfig")
    canonical = canonicalize(configuration, contexts=case.contexts)
    file = case.root / f"ecdsa-sd-2023/{case.case}/addProofConfigCanon.txt"
    assert canonical == file.read_bytes()
    hashes = case.step("addHashData")
    assert case.configuration().hex() == hashes["proofHash"] == sha256(canonical).hexdigest()
    must = sorted(case.statements.made_by(case.mandatory))
    lines = [case.statements.lines[place] for place in must]
    data = signed_data(case.configuration(), case.own.public, lines)
    assert data[-32:].hex() == hashes["mandatoryHash"]
    assert data[:32].hex() == hashes["proofHash"]


def test_the_base_proof(case: Vectors) -> None:
    value = base_value(
        case.statements,
        case.configuration(),
        case.mandatory,
        signer=case.signer,
        own=case.own,
        label_key=case.label_key,
    )
    told = case.step("addRawBaseSignatureInfo")
    assert value.signature.hex() == told["baseSignature"]
    assert encode(value.public) == told["publicKey"]
    assert [one.hex() for one in value.signatures] == told["signatures"]
    assert list(value.mandatory) == told["mandatoryPointers"]
    assert value.write() == case.signed["proof"]["proofValue"]
    assert BaseValue.read(value.write()) == value


def test_what_the_holder_recovers_and_chooses(case: Vectors) -> None:
    base = BaseValue.read(case.signed["proof"]["proofValue"])
    told = case.step("derivedRecoveredBaseData")
    assert base.signature.hex() == told["baseSignature"]
    assert encode(base.public) == told["proofPublicKey"]
    assert base.label_key.hex() == told["hmacKey"]
    assert [one.hex() for one in base.signatures] == told["signatures"]
    groups = case.step("derivedGroupIndexes")
    combined = [*case.mandatory, *case.selective]
    for name, pointers in (("mandatory", case.mandatory), ("selective", case.selective), ("combined", combined)):
        assert sorted(case.statements.made_by(pointers)) == sorted(groups[f"{name}Indexes"])
    every = case.step("derivedAllGroupData")
    assert list(case.statements.lines) == every["nquads"]
    for name, group in every["groups"].items():
        pointers = {"mandatory": case.mandatory, "selective": case.selective, "combined": combined}[name]
        assert case.statements.made_by(pointers) == places(group["matching"]).keys()


def test_the_derived_proof(case: Vectors) -> None:
    base = BaseValue.read(case.signed["proof"]["proofValue"])
    value = derived_value(case.statements, base, [*case.mandatory, *case.selective])
    told = case.step("derivedDisclosureData")
    assert value.signature.hex() == told["baseSignature"]
    assert encode(value.public) == told["publicKey"]
    assert [one.hex() for one in value.signatures] == told["signatures"]
    assert value.labels == numbered(dict(told["labelMap"]["value"]))
    assert list(value.mandatory) == told["mandatoryIndexes"]
    assert list(value.mandatory) == case.step("derivedAdjMandatoryIndexes")["adjMandatoryIndexes"]
    filtered = case.step("derivedAdjSignatures")
    assert [one.hex() for one in value.signatures] == filtered["filteredSignatures"]
    assert [base.signatures[place] for place in filtered["adjSignatureIndexes"]] == list(value.signatures)


def test_the_document_that_is_shown(case: Vectors) -> None:
    shown = proofs.derive(case.signed, case.selective, contexts=case.contexts)
    published = case.step("derivedRevealDocument")
    assert shown == {**published, "proof": [published["proof"]]}
    assert proofs.without_proofs(shown) == case.step("derivedUnsignedReveal")


def test_every_step_of_the_check(case: Vectors) -> None:
    published = case.step("derivedRevealDocument")
    secured = Secured(published, contexts=case.contexts)
    value = DerivedValue.read(published["proof"]["proofValue"])
    told = case.step("verifyDerivedProofValue")
    assert value.signature.hex() == told["baseSignature"]
    assert encode(value.public) == told["publicKey"]
    assert [one.hex() for one in value.signatures] == told["signatures"]
    assert value.labels == numbered(dict(told["labelMap"]))
    assert list(value.mandatory) == told["mandatoryIndexes"]
    lines = lines_shown(secured, value)
    assert lines == case.step("verifyNQuads")
    mandatory, others = parted(lines, value)
    data = case.step("verifyCreateVerifyData")
    assert others == data["nonMandatory"]
    assert sha256("".join(mandatory).encode()).hexdigest() == data["mandatoryHash"]
    assert case.configuration().hex() == data["proofHash"]
    proofs.check(secured, published["proof"], key_of_did_key(case.method))


def test_the_base_proof_itself_is_not_shown(case: Vectors) -> None:
    with pytest.raises(BaseProofShown):
        proofs.check(Secured(case.signed, contexts=case.contexts), case.signed["proof"], key_of_did_key(case.method))
    assert proofs.is_base_proof(case.signed["proof"])
