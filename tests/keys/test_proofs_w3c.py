"""The W3C's test vectors of the EdDSA and ECDSA cryptosuites that sign whole, with every value between document and signature."""

import json
from dataclasses import dataclass
from hashlib import new
from pathlib import Path
from typing import Any

import pytest

import schemas.loader
from keys import algorithms, proofs
from keys.did import key_of_did_key
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import ProofInvalid
from keys.errors.written import BadDid
from keys.multikey import P256, P384, PublicKey, decode, multibase_decode, multibase_encode
from keys.proofs import ed25519signature2020
from keys.proofs.suites import find_suite
from keys.signer import Signer
from schemas.canonical import canonicalize, jcs
from schemas.dates import read_timestamp
from schemas.errors import BadInput
from schemas.loader import BUNDLED, Contexts

pytestmark = pytest.mark.vectors


@dataclass(frozen=True)
class Case:
    """One folder of vectors; `mark` stands at the end of its file names."""

    suite: str
    folder: str
    mark: str
    keys: str
    algorithm: str = "sha256"


CASES = [
    Case(proofs.RDFC, "vc-di-eddsa/eddsa-rdfc-2022", "DataInt", "vc-di-eddsa/keyPair.json"),
    Case(proofs.RDFC, "vc-di-eddsa/eddsa-rdfc-2022/employ", "DataInt", "vc-di-eddsa/keyPair.json"),
    Case(proofs.JCS, "vc-di-eddsa/eddsa-jcs-2022", "JCS", "vc-di-eddsa/keyPair.json"),
    *(
        Case(suite, f"vc-di-ecdsa/{name}-p{size}{inner}", f"{mark}P{size}", f"vc-di-ecdsa/p{size}KeyPair.json", digest)
        for size, digest in ((256, "sha256"), (384, "sha384"))
        for suite, name, inner, mark in (
            (proofs.ECDSA_RDFC, "ecdsa-rdfc-2019", "", "ECDSA"),
            (proofs.ECDSA_RDFC, "ecdsa-rdfc-2019", "/employ", "ECDSA"),
            (proofs.ECDSA_JCS, "ecdsa-jcs-2019", "", "JCSECDSA"),
        )
    ),
]


@pytest.fixture
def contexts(vectors: Path) -> Contexts:
    """The vectors use two contexts that are not part of the product."""
    extra = {
        "https://www.w3.org/ns/credentials/examples/v2": vectors / "contexts" / "credentials-examples-v2.jsonld",
        "https://w3id.org/citizenship/v4rc1": vectors / "contexts" / "citizenship-v4rc1.jsonld",
    }
    return BUNDLED.with_files(extra)


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text())
    return content


def text(file: Path) -> str:
    return file.read_text().strip()


SECRETS = {b"\x86\x26": P256, b"\x87\x26": P384}


def signer(pair: dict[str, str], method: str) -> Signer:
    secret = multibase_decode(pair.get("privateKeyMultibase") or pair["secretKeyMultibase"])
    kind, number = SECRETS.get(secret[:2]), secret[2:]
    made = EcdsaSigner(kind, number, method) if kind else Ed25519Signer(number, method)
    assert made.multikey == pair["publicKeyMultibase"]
    return made


def canonical(case: Case, document: dict[str, Any], contexts: Contexts) -> bytes:
    return jcs(document) if "jcs" in case.suite else canonicalize(document, case.algorithm, contexts=contexts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder)
def test_every_step_of_every_suite(vectors: Path, contexts: Contexts, case: Case) -> None:
    def step(name: str) -> Path:
        [file] = (vectors / case.folder).glob(f"{name}{case.mark}.*")
        return file

    signed, configuration = read(step("signed")), read(step("proofConfig"))
    document = proofs.without_proofs(signed)
    for content, name in ((document, "doc"), (configuration, "proof")):
        found = canonical(case, content, contexts)
        assert found == step({"doc": "canonDoc", "proof": "proofCanon"}[name]).read_bytes()
        assert new(case.algorithm, found).hexdigest() == text(step(f"{name}Hash"))
    suite = find_suite(case.suite)
    bare = {name: value for name, value in configuration.items() if name != "@context" or "jcs" in case.suite}
    context = document["@context"]
    digest = suite.form.digest(document, case.algorithm, contexts)
    data = suite.hash_data(digest, bare, context, case.algorithm, contexts)
    assert data.hex() == text(step("combinedHash"))
    value = text(step("sigBTC58"))
    assert value == signed["proof"]["proofValue"] == multibase_encode(bytes.fromhex(text(step("sigHex"))))
    key = signer(read(vectors / case.keys), configuration["verificationMethod"])
    algorithms.verify(decode(key.multikey), multibase_decode(value), data)
    assert multibase_encode(key.sign(data)) == value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder)
def test_adding_and_checking_give_the_published_document(vectors: Path, contexts: Contexts, case: Case) -> None:
    signed = read(vectors / case.folder / f"signed{case.mark}.json")
    proof = signed["proof"]
    key = signer(read(vectors / case.keys), proof["verificationMethod"])
    bare, created = proofs.without_proofs(signed), read_timestamp(proof["created"])
    made = proofs.add(bare, key, created=created, suite=case.suite, contexts=contexts)
    assert made["proof"] == [proof]
    proofs.check(proofs.Secured(signed, contexts=contexts), proof, key_of_did_key(proof["verificationMethod"]))


def test_every_step_of_an_older_proof(vectors: Path) -> None:
    """Ed25519Signature2020; its own context comes with the product and stands here after one that does not."""
    steps = vectors / "vc-di-eddsa" / "Ed25519Signature2020"
    examples, own = "https://www.w3.org/ns/credentials/examples/v2", "https://w3id.org/security/suites/ed25519-2020/v1"
    bundled = Path(schemas.loader.__file__).parent / "contexts" / "security-ed25519-2020-v1.json"
    contexts = BUNDLED.with_files({examples: vectors / "contexts" / "credentials-examples-v2.jsonld", own: bundled})
    signed, configuration = read(steps / "signedEdSig.json"), read(steps / "proofConfigEdSig.json")
    document, proof = proofs.without_proofs(signed), signed["proof"]
    assert canonicalize(document, contexts=contexts) == (steps / "canonDocEdSig.txt").read_bytes()
    assert canonicalize(configuration, contexts=contexts) == (steps / "proofCanonEdSig.txt").read_bytes()
    suite = ed25519signature2020.SUITE
    digest = suite.form.digest(document, "sha256", contexts)
    assert digest.hex() == text(steps / "docHashEdSig.txt")
    options = {name: value for name, value in configuration.items() if name != "@context"}
    data = suite.hash_data(digest, options, document["@context"], contexts=contexts)
    assert data[:32].hex() == text(steps / "proofHashEdSig.txt")
    assert data.hex() == text(steps / "combinedHashEdSig.txt")
    key = signer(read(vectors / "vc-di-eddsa/keyPair.json"), proof["verificationMethod"])
    assert key.sign(data).hex() == text(steps / "sigHexEdSig.txt")
    assert multibase_encode(key.sign(data)) == text(steps / "sigBTC58EdSig.txt") == proof["proofValue"]
    secured = proofs.Secured(signed, contexts=contexts)
    proofs.check(secured, proof, key_of_did_key(proof["verificationMethod"]))
    for change in ({"created": "2023-02-24T23:36:39Z"}, {"cryptosuite": proofs.RDFC}, {"type": "DataIntegrityProof"}):
        with pytest.raises(BadInput):
            proofs.check(secured, {**proof, **change}, key_of_did_key(proof["verificationMethod"]))


CHAIN = "vc-di-eddsa/proof-set-chain"


@pytest.mark.parametrize(
    ("file", "count"),
    [("signedProofSet1", 1), ("signedProofSet2", 2), ("signedProofChain1", 3), ("signedProofChain2", 4)],
)
def test_every_member_of_the_proof_sets_and_chains_holds(
    vectors: Path, contexts: Contexts, file: str, count: int
) -> None:
    signed = proofs.Secured(read(vectors / CHAIN / f"{file}.json"), contexts=contexts)
    held = proofs.proofs_of(signed.document)
    assert len(held) == count
    for proof in held:
        proofs.check(signed, proof, key_of_did_key(proof["verificationMethod"]))


def test_the_proof_sets_and_chains_are_built_step_by_step(vectors: Path, contexts: Contexts) -> None:
    steps = vectors / CHAIN
    pairs = list(read(steps / "multiKeyPairs.json").values())
    document = read(steps / "unsigned.json")
    names = ["ProofSetConfig1", "ProofSetConfig2", "ProofChainConfig1", "ProofChainConfig2"]
    for number, (name, pair) in enumerate(zip(names, pairs, strict=True)):
        options = read(steps / f"p{name[1:]}.json")
        document = proofs.add(
            document,
            signer(pair, options["verificationMethod"]),
            created=read_timestamp(options["created"]),
            suite=options["cryptosuite"],
            proof_id=options.get("id"),
            previous=options.get("previousProof"),
            contexts=contexts,
        )
        signed = read(steps / f"signed{['ProofSet1', 'ProofSet2', 'ProofChain1', 'ProofChain2'][number]}.json")
        assert document == {**signed, "proof": proofs.proofs_of(signed)}


def test_a_chain_breaks_where_an_earlier_proof_was_taken_out(vectors: Path, contexts: Contexts) -> None:
    signed = read(vectors / CHAIN / "signedProofChain2.json")
    *earlier, last = proofs.proofs_of(signed)
    shortened = proofs.Secured({**signed, "proof": [*earlier[:2], last]}, contexts=contexts)
    with pytest.raises(ProofInvalid):
        proofs.check(shortened, last, key_of_did_key(last["verificationMethod"]))


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
