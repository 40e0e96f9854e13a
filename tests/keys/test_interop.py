"""What we sign verifies in the field's own software, and what that signs verifies here (npm @digitalbazaar/vc and its suites)."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from keys import did, proofs
from keys.did import key_of_did_key
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.multikey import P256, P384, decode, multibase_encode
from keys.signer import Signer
from tests.conftest import missing
from tests.differential.oracles import ROOT, Worker

pytestmark = pytest.mark.node

HERE = ROOT / "tests" / "interop"
COMMAND = ("node", str(HERE / "field.mjs"))
CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NOW = "2026-11-22T09:30:00Z"
SECRETS = {"Ed25519": bytes(range(32)), P256: bytes(range(1, 33)), P384: bytes(range(1, 49))}
PREFIXES = {"Ed25519": b"\x80\x26", P256: b"\x86\x26", P384: b"\x87\x26"}


@pytest.fixture(scope="module")
def field() -> Iterator[Worker]:
    if shutil.which("node") is None or not (HERE / "node_modules").is_dir():
        missing("node", "no Node.js, or its packages are not there (`make .venv/node`)")
    with Worker(COMMAND, 30) as worker:
        yield worker


def signer(kind: str) -> Signer:
    def made(method: str) -> Signer:
        secret = SECRETS[kind]
        return Ed25519Signer(secret, method) if kind == "Ed25519" else EcdsaSigner(kind, secret, method)

    multikey = made("").multikey
    return made(did.verification_method(did.did_key(multikey), multikey))


def badge(key: Signer) -> dict[str, Any]:
    file = Path(__file__).parents[1] / "vectors" / "proofs" / "badge-rdfc.json"
    document: dict[str, Any] = json.loads(file.read_text())["unsigned"]
    document["issuer"]["id"] = did.controller_of(key.method)
    document["credentialSubject"]["result"] = [{"type": ["Result"], "value": str(value)} for value in (87, 34, 12)]
    return document


def secret_pair(kind: str) -> dict[str, str]:
    key = signer(kind)
    secret = SECRETS[kind] + (decode(key.multikey).data if kind == "Ed25519" else b"")
    return {
        "publicKeyMultibase": key.multikey,
        "secretKeyMultibase": multibase_encode(PREFIXES[kind] + secret),
    }


WHOLE = [("Ed25519", proofs.RDFC), (P256, proofs.ECDSA_RDFC), (P384, proofs.ECDSA_RDFC)]
MANDATORY = ["/issuer", "/validFrom", "/credentialSubject/achievement/name"]
SELECTIVE = ["/name", "/credentialSubject/result/2", "/credentialSubject/achievement/criteria"]


def hold(document: dict[str, Any]) -> None:
    for proof in proofs.proofs_of(document):
        proofs.check(document, proof, key_of_did_key(proof["verificationMethod"]))


@pytest.mark.parametrize(("kind", "suite"), WHOLE)
def test_ours_verify_there(field: Worker, kind: str, suite: str) -> None:
    signed = proofs.add(badge(signer(kind)), signer(kind), created=CREATED, suite=suite)
    assert field.ask(act="verify", document=signed, now=NOW) == {"verified": True}
    changed = field.ask(act="verify", document={**signed, "name": "Другое"}, now=NOW)
    assert changed["verified"] is False
    assert "Invalid signature" in changed["error"]


@pytest.mark.parametrize(("kind", "suite"), WHOLE)
def test_theirs_verify_here(field: Worker, kind: str, suite: str) -> None:
    answer = field.ask(act="sign", document=badge(signer(kind)), suite=suite, key=secret_pair(kind), created=NOW)
    hold(answer["document"])


def shown_by(field: Worker, holder: str, base: dict[str, Any]) -> dict[str, Any]:
    if holder == "ours":
        return proofs.derive(base, SELECTIVE)
    shown: dict[str, Any] = field.ask(act="derive", document=base, selective=SELECTIVE)["document"]
    return shown


def base_by(field: Worker, issuer: str) -> dict[str, Any]:
    key = signer(P256)
    if issuer == "ours":
        return proofs.add_base(badge(key), key, MANDATORY, created=CREATED)
    request = {"suite": proofs.ECDSA_SD, "key": secret_pair(P256), "mandatory": MANDATORY, "created": NOW}
    base: dict[str, Any] = field.ask(act="sign", document=badge(key), **request)["document"]
    return base


@pytest.mark.parametrize("issuer", ["ours", "theirs"])
@pytest.mark.parametrize("holder", ["ours", "theirs"])
def test_whoever_signs_and_whoever_shows_both_verify(field: Worker, issuer: str, holder: str) -> None:
    base = base_by(field, issuer)
    shown = shown_by(field, holder, base)
    hold(shown)
    assert field.ask(act="verify", document=shown, now=NOW) == {"verified": True}
    [mine, theirs] = [proofs.without_proofs(shown_by(field, other, base)) for other in ("ours", "theirs")]
    assert mine == theirs
    assert field.ask(act="verify", document={**shown, "name": "Другое"}, now=NOW)["verified"] is False
