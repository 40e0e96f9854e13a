"""An independent reader of JWT, PyJWT: it takes our signatures and we take its own."""

import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from keys import jose, jwk
from keys.multikey import P521
from tests.keys.jose.wallet import ISSUER, KINDS, badge, make

PRIVATE: dict[str, Callable[[], Any]] = {
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "ES384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "ES512": lambda: ec.generate_private_key(ec.SECP521R1()),
    "RS256": lambda: rsa.generate_private_key(65537, 2048),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("profile", [jose.VC_JWT, jose.OPEN_BADGES], ids=lambda profile: profile.typ)
def test_our_tokens_are_read(kind: str, profile: jose.Profile) -> None:
    signer = make(kind)
    text = jose.sign_credential(badge(), signer, profile)
    claims = jwt.decode(text, jwt.PyJWK(jwk.write(signer.public)).key, algorithms=[jwk.ALGORITHMS[kind]])

    assert claims == {**badge(), **jose.read(text).claims}
    assert kind != P521 or len(text.split(".")[2]) == 176


@pytest.mark.parametrize("algorithm", PRIVATE)
def test_its_tokens_are_read(algorithm: str) -> None:
    private = PRIVATE[algorithm]()
    written = jwt.get_algorithm_by_name(algorithm).to_jwk(private.public_key())
    text = jwt.encode({**badge(), "iss": ISSUER}, private, algorithm, headers={"typ": "vc+jwt", "kid": "k"})
    token = jose.read(text)
    public = {name: value for name, value in json.loads(written).items() if name != "key_ops"}
    jose.verify(token, jwk.read(public))

    assert (token.document, token.kid) == (badge(), "k")
