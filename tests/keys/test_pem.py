import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from keys import jwk, pem
from keys.errors.written import BadMultikey
from keys.multikey import ED25519, P256, P384, RSA
from tests.campus_old import rsa_key


def written(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_the_key_in_a_pem_is_the_key_in_a_jwk() -> None:
    public = pem.read(written(rsa_key()))
    assert public.kind == RSA
    assert jwk.read(jwk.write(public)) == public
    pkcs1 = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()
    assert pem.read(pkcs1) == public


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (ec.generate_private_key(ec.SECP256R1()), P256),
        (ec.generate_private_key(ec.SECP384R1()), P384),
        (ed25519.Ed25519PrivateKey.generate(), ED25519),
    ],
)
def test_curves_are_read_as_well(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, kind: str) -> None:
    public = pem.read(written(key))
    assert public.kind == kind
    assert jwk.read(jwk.write(public)) == public


PRIVATE = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "\ud800",
        PRIVATE,
        written(rsa.generate_private_key(65537, 1024)),  # noqa: S505 - too short, which is the point
        written(ec.generate_private_key(ec.SECP521R1())),
        written(ec.generate_private_key(ec.SECP256K1())),
    ],
    ids=["empty", "broken", "surrogate", "private", "short", "P-521", "secp256k1"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadMultikey):
        pem.read(text)
