"""The W3C's test vectors of the EdDSA cryptosuites, with every value between document and signature."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from keys import proofs
from keys.did import key_of_did_key
from keys.ed25519 import Ed25519Signer
from keys.errors import BadDid, ProofInvalid
from keys.multikey import PublicKey, decode, multibase_decode, multibase_encode
from keys.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from schemas.canonical import canonicalize, jcs
from schemas.dates import read_timestamp
from schemas.loader import BUNDLED, Contexts

pytestmark = pytest.mark.vectors

RDFC = ["eddsa-rdfc-2022", "eddsa-rdfc-2022/employ"]


@pytest.fixture
def contexts(vectors: Path) -> Contexts:
    """The vectors use two contexts that are not part of the product."""
    extra = {
        "https://www.w3.org/ns/credentials/examples/v2": vectors / "contexts" / "credentials-examples-v2.jsonld",
        "https://w3id.org/citizenship/v4rc1": vectors / "contexts" / "citizenship-v4rc1.jsonld",
    }
    return BUNDLED.with_files(extra)


@pytest.fixture
def folder(vectors: Path, contexts: Contexts, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(eddsa_rdfc_2022, "canonicalize", partial(canonicalize, contexts=contexts))
    return vectors / "vc-di-eddsa"


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text())
    return content


def text(file: Path) -> str:
    return file.read_text().strip()


def signer(pair: dict[str, str], method: str) -> Ed25519Signer:
    seed = multibase_decode(pair["privateKeyMultibase"]).removeprefix(bytes((0x80, 0x26)))
    made = Ed25519Signer(seed, method)
    assert made.multikey == pair["publicKeyMultibase"]
    return made


@pytest.mark.parametrize("case", RDFC)
def test_every_step_of_eddsa_rdfc_2022(folder: Path, contexts: Contexts, case: str) -> None:
    steps = folder / case
    signed = read(steps / "signedDataInt.json")
    document, configuration = proofs.without_proofs(signed), read(steps / "proofConfigDataInt.json")
    canon = partial(canonicalize, contexts=contexts)
    assert canon(document) == (steps / "canonDocDataInt.txt").read_bytes()
    assert sha256(canon(document)).hexdigest() == text(steps / "docHashDataInt.txt")
    assert canon(configuration) == (steps / "proofCanonDataInt.txt").read_bytes()
    assert sha256(canon(configuration)).hexdigest() == text(steps / "proofHashDataInt.txt")
    options = {name: value for name, value in configuration.items() if name != "@context"}
    data = eddsa_rdfc_2022.hash_data(eddsa_rdfc_2022.digest(document), options, document.get("@context"))
    assert data.hex() == text(steps / "combinedHashDataInt.txt")
    key = signer(read(folder / "keyPair.json"), configuration["verificationMethod"])
    assert key.sign(data).hex() == text(steps / "sigHexDataInt.txt")
    assert multibase_encode(key.sign(data)) == text(steps / "sigBTC58DataInt.txt") == signed["proof"]["proofValue"]


def test_every_step_of_eddsa_jcs_2022(folder: Path) -> None:
    steps = folder / "eddsa-jcs-2022"
    signed = read(steps / "signedJCS.json")
    document, configuration = proofs.without_proofs(signed), read(steps / "proofConfigJCS.json")
    assert jcs(document) == (steps / "canonDocJCS.txt").read_bytes()
    assert sha256(jcs(document)).hexdigest() == text(steps / "docHashJCS.txt")
    assert jcs(configuration) == (steps / "proofCanonJCS.txt").read_bytes()
    assert sha256(jcs(configuration)).hexdigest() == text(steps / "proofHashJCS.txt")
    data = eddsa_jcs_2022.hash_data(eddsa_jcs_2022.digest(document), configuration, document.get("@context"))
    assert data.hex() == text(steps / "combinedHashJCS.txt")
    key = signer(read(folder / "keyPair.json"), configuration["verificationMethod"])
    assert key.sign(data).hex() == text(steps / "sigHexJCS.txt")
    assert multibase_encode(key.sign(data)) == text(steps / "sigBTC58JCS.txt") == signed["proof"]["proofValue"]


@pytest.mark.parametrize(
    ("file", "suite"),
    [
        ("eddsa-rdfc-2022/signedDataInt.json", proofs.RDFC),
        ("eddsa-rdfc-2022/employ/signedDataInt.json", proofs.RDFC),
        ("eddsa-jcs-2022/signedJCS.json", proofs.JCS),
    ],
)
def test_adding_and_checking_give_the_published_document(folder: Path, file: str, suite: str) -> None:
    signed = read(folder / file)
    proof = signed["proof"]
    key = signer(read(folder / "keyPair.json"), proof["verificationMethod"])
    bare = proofs.without_proofs(signed)
    assert proofs.add(bare, key, created=read_timestamp(proof["created"]), suite=suite)["proof"] == [proof]
    proofs.check(signed, proof, key_of_did_key(proof["verificationMethod"]))


@pytest.mark.parametrize(
    ("file", "count"),
    [("signedProofSet1", 1), ("signedProofSet2", 2), ("signedProofChain1", 3), ("signedProofChain2", 4)],
)
def test_every_member_of_the_proof_sets_and_chains_holds(folder: Path, file: str, count: int) -> None:
    signed = read(folder / "proof-set-chain" / f"{file}.json")
    held = proofs.proofs_of(signed)
    assert len(held) == count
    for proof in held:
        proofs.check(signed, proof, key_of_did_key(proof["verificationMethod"]))


def test_a_chain_breaks_where_an_earlier_proof_was_taken_out(folder: Path) -> None:
    signed = read(folder / "proof-set-chain" / "signedProofChain2.json")
    *earlier, last = proofs.proofs_of(signed)
    with pytest.raises(ProofInvalid):
        proofs.check({**signed, "proof": [*earlier[:2], last]}, last, key_of_did_key(last["verificationMethod"]))


def test_a_proof_of_an_older_kind_is_refused(folder: Path) -> None:
    signed = read(folder / "Ed25519Signature2020" / "signedEdSig.json")
    with pytest.raises(ProofInvalid):
        proofs.check(signed, signed["proof"], decode(read(folder / "keyPair.json")["publicKeyMultibase"]))


def outside_key(method: str) -> PublicKey:
    """The key of a fixture: these keep it in the fragment, which no product code may believe."""
    return decode(method.partition("#")[2])


def test_the_fixtures_of_1edtech_hold_with_an_injected_resolver(vectors: Path) -> None:
    checked = 0
    for file in sorted((vectors / "openbadges-3.0").rglob("*.json")):
        if "-err-" in file.name or "noproof" in file.name:
            continue
        document = read(file)
        for proof in proofs.proofs_of(document) if "proof" in document else []:
            if proof.get("cryptosuite") == proofs.RDFC and "#z6Mk" in proof["verificationMethod"]:
                proofs.check(document, proof, outside_key(proof["verificationMethod"]))
                with pytest.raises(BadDid):
                    key_of_did_key(proof["verificationMethod"])
                checked += 1
    assert checked
