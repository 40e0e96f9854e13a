"""JSON Web Keys: the examples of the RFCs, one spelling for each key, and did:jwk."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa as rsa_keys

from keys import algorithms, did, jwk, rsa
from keys.curves import CURVES
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import SignatureWrong
from keys.errors.written import BadDid, BadDidDocument, BadJwk, BadMultikey
from keys.multikey import ED25519, P256, P384, P521, RSA, PublicKey, encode

# RFC 7638 §3.1, RFC 8037 A.2, RFC 7515 A.3 and A.4
RFC_7638 = {
    "kty": "RSA",
    "n": (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMst"
        "n64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajr"
        "n1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    ),
    "e": "AQAB",
    "alg": "RS256",
    "kid": "2011-04-29",
}
RFC_8037 = {
    "kty": "OKP",
    "crv": "Ed25519",
    "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
RFC_7515_A3 = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
}
RFC_7515_A4 = {
    "kty": "EC",
    "crv": "P-521",
    "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
    "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2",
    "d": "AY5pb7A0UFiB3RELSD64fTLOSV_jazdF7fLYyuTw8lOfRhWg6Y6rUrPAxerEzgdRhajnu0ferB0d53vM9mE15j2C",
}
PUBLIC = {name: value for name, value in RFC_7515_A3.items() if name != "d"}
DID_JWK = (  # the first example of the did:jwk method
    "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tj"
    "eUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"
)


def made(kind: str) -> PublicKey:
    """A key that a kind always gives."""
    if kind == ED25519:
        return Ed25519Signer(bytes(range(32)), "").public
    return EcdsaSigner(kind, bytes([1]) * CURVES[kind].size if kind != P521 else bytes([0] + [1] * 65), "").public


@pytest.mark.parametrize(
    ("key", "thumbprint"),
    [
        (RFC_7638, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (RFC_8037, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
    ],
)
def test_the_thumbprints_of_the_rfcs(key: dict[str, str], thumbprint: str) -> None:
    public = jwk.read({name: value for name, value in key.items() if name != "d"})

    assert jwk.thumbprint(public) == thumbprint


@pytest.mark.parametrize("kind", [ED25519, P256, P384, P521])
def test_a_key_is_written_and_read_back(kind: str) -> None:
    public = made(kind)

    assert jwk.read(jwk.write(public)) == public
    assert jwk.read({**jwk.write(public), "alg": jwk.ALGORITHMS[kind], "use": "sig", "key_ops": ["verify"]}) == public


def test_an_rsa_key_is_written_and_read_back() -> None:
    public = jwk.read(RFC_7638)

    assert public.kind == RSA
    assert jwk.write(public) == {name: RFC_7638[name] for name in ("e", "kty", "n")}


@pytest.mark.parametrize("key", [RFC_8037, RFC_7515_A3, RFC_7515_A4])
def test_a_private_jwk_signs_as_itself(key: dict[str, str]) -> None:
    signer = jwk.signer(key, "did:example:a#b")

    algorithms.verify(signer.public, signer.sign(b"data"), b"data")
    assert signer.method == "did:example:a#b"
    with pytest.raises(SignatureWrong):
        algorithms.verify(signer.public, signer.sign(b"data"), b"date")


def test_p_521_has_no_multikey() -> None:
    with pytest.raises(BadMultikey):
        encode(made(P521))


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "oct"},
        {"kty": "OKP"},
        {"kty": None},
        {"crv": "secp256k1"},
        {"crv": "P-384"},
        {"x": PUBLIC["y"]},
        {"y": PUBLIC["x"]},
        {"x": PUBLIC["x"] + "="},
        {"x": PUBLIC["x"][:-1]},
        {"x": "AA" + PUBLIC["x"]},
        {"x": 5},
        {"y": None},
        {"use": "enc"},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"alg": "ES384"},
        {"alg": "HS256"},
        {"d": RFC_7515_A3["d"]},
        {"k": "AAAA"},
    ],
    ids=str,
)
def test_a_jwk_that_is_not_one_sound_public_key_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadJwk):
        jwk.read(PUBLIC | change)


@pytest.mark.parametrize("key", [None, [], "key", 5, {}])
def test_what_is_no_jwk_is_refused(key: object) -> None:
    with pytest.raises(BadJwk):
        jwk.read(key)


def test_a_second_spelling_of_base64url_is_refused() -> None:
    last = PUBLIC["x"][-1]
    again = PUBLIC["x"][:-1] + chr(ord(last) + 1)  # the two lowest bits of the last letter say nothing

    with pytest.raises(BadJwk):
        jwk.read(PUBLIC | {"x": again})


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [
        (2**1023 + 1, 65537),
        (2**2046 + 1, 65537),
        (2**8192 + 1, 65537),
        (2**2047 + 2, 65537),
        (2**2047 + 1, 1),
        (2**2047 + 1, 3),
        (2**2047 + 1, 65538),
        (2**2047 + 1, 2**64 + 1),
    ],
)
def test_an_unsound_rsa_key_is_refused(modulus: int, exponent: int) -> None:
    with pytest.raises(BadMultikey):
        rsa.public_bytes(modulus, exponent)


def test_a_longer_spelling_of_an_rsa_number_is_refused() -> None:
    with pytest.raises(BadJwk):
        jwk.read({"kty": "RSA", "n": RFC_7638["n"], "e": "AAEAAQ"})


def test_an_rsa_signature_of_another_length_is_refused() -> None:
    key = rsa_keys.generate_private_key(65537, 2048).public_key().public_numbers()

    with pytest.raises(SignatureWrong):
        rsa.verify(rsa.public_bytes(key.n, key.e), bytes(255), b"data")
    with pytest.raises(SignatureWrong):
        rsa.verify(b"not a key", bytes(256), b"data")


@pytest.mark.parametrize("change", [{"d": RFC_8037["d"]}, {"d": None}, {"d": "AA"}, {"kty": "RSA"}])
def test_a_private_jwk_whose_halves_differ_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadJwk):
        jwk.signer(RFC_7515_A3 | change, "")


# --- did:jwk, JsonWebKey ------------------------------------------------------------------------------------------


def test_a_did_jwk_is_its_own_document() -> None:
    key = did.key_of_did_jwk(f"{DID_JWK}#0")

    assert key == jwk.read(json.loads(jwk.decode(DID_JWK.removeprefix("did:jwk:"))))
    assert did.did_jwk(key) == DID_JWK


@pytest.mark.parametrize(
    "method",
    [
        DID_JWK,
        f"{DID_JWK}#1",
        f"{DID_JWK}#{DID_JWK}",
        f"{DID_JWK[:-1]}#0",
        f"{DID_JWK}=#0",
        "did:jwk:#0",
        "did:jwk:e30#0",
        "did:jwk:W10#0",
        f"did:jwk:{'A' * 4_000}#0",
        f"did:jwk:{jwk.encode(json.dumps(RFC_7515_A3).encode())}#0",
        f"did:jwk:{jwk.encode(json.dumps(PUBLIC | {'use': 'enc'}).encode())}#0",
        f"did:key:{DID_JWK}#0",
    ],
)
def test_other_did_jwk_are_refused(method: str) -> None:
    with pytest.raises(BadDid):
        did.key_of_did_jwk(method)


def test_a_did_jwk_agrees_on_no_keys() -> None:
    with pytest.raises(BadDid):
        did.key_of_did_jwk(f"{DID_JWK}#0", "keyAgreement")


WEB = "did:web:s1.sever.example"
METHOD = {"id": f"{WEB}#k1", "type": "JsonWebKey", "controller": WEB, "publicKeyJwk": PUBLIC}


def test_a_did_document_may_write_its_key_as_a_jwk() -> None:
    document = {"id": WEB, "verificationMethod": [METHOD], "assertionMethod": [f"{WEB}#k1"]}

    assert did.key_for(document, f"{WEB}#k1") == jwk.read(PUBLIC)


@pytest.mark.parametrize(
    "change",
    [
        {"publicKeyJwk": RFC_7515_A3},
        {"publicKeyJwk": None},
        {"publicKeyMultibase": encode(made(P256))},  # two keys in one method
    ],
)
def test_a_method_without_one_public_key_is_refused(change: dict[str, Any]) -> None:
    document = {"id": WEB, "verificationMethod": [METHOD | change], "assertionMethod": [f"{WEB}#k1"]}

    with pytest.raises(BadDidDocument):
        did.key_for(document, f"{WEB}#k1")
