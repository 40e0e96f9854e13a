"""C2SP Wycheproof, where its files lie in `wycheproof/` of the outside test data: only the right signature holds (THREATS V12)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from keys import rsa
from keys.algorithms import verify
from keys.curves import compress
from keys.errors.proofs import ProofInvalid
from keys.multikey import ED25519, P256, P384, P521, RSA, PublicKey

FILES = {
    "ed25519_test.json": ED25519,
    "ecdsa_secp256r1_sha256_p1363_test.json": P256,
    "ecdsa_secp384r1_sha384_p1363_test.json": P384,
    "ecdsa_secp521r1_sha512_p1363_test.json": P521,
    "rsa_signature_2048_sha256_test.json": RSA,
    "rsa_signature_4096_sha256_test.json": RSA,
}
LEAST_EXPONENT = 65537  # of RSA keys with a smaller one nobody here knows anything


def public(group: Mapping[str, Any], kind: str) -> PublicKey:
    key = group["publicKey"]
    if kind == RSA:
        return PublicKey(kind, rsa.public_bytes(int(key["modulus"], 16), int(key["publicExponent"], 16)))
    if kind == ED25519:
        return PublicKey(kind, bytes.fromhex(key["pk"]))
    return PublicKey(kind, compress(kind, int(key["wx"], 16), int(key["wy"], 16)))


def known(group: Mapping[str, Any]) -> bool:
    return int(group["publicKey"].get("publicExponent", hex(LEAST_EXPONENT)), 16) >= LEAST_EXPONENT


def holds(key: PublicKey, case: Mapping[str, Any]) -> bool:
    try:
        verify(key, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
    except ProofInvalid:
        return False
    return True


@pytest.mark.parametrize("name", FILES)
def test_v12_every_signature_is_judged_as_wycheproof_judges_it(vectors: Path, name: str) -> None:
    file = vectors / "wycheproof" / name
    if not file.is_file():
        pytest.skip(f"no {name} among the outside test data")
    groups = filter(known, json.loads(file.read_text("utf-8"))["testGroups"])
    cases = [(public(group, FILES[name]), case) for group in groups for case in group["tests"]]
    clear = [(key, case) for key, case in cases if case["result"] != "acceptable"]  # what is left to whoever reads
    assert len(clear) >= 100
    assert [case["tcId"] for key, case in clear if holds(key, case) != (case["result"] == "valid")] == []
