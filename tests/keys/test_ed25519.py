"""Strictness above RFC 8032: one signature per key and text, no keys that fit every text."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from keys.ed25519 import Ed25519Signer, verify
from keys.errors.proofs import KeyWeak, SignatureWrong
from keys.multikey import decode

ORDER = 2**252 + 27742317777372353535851937790883648493
FIELD = 2**255 - 19

# every encoding of a point of order 1, 2, 4 or 8, canonical or not
SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


@pytest.fixture
def key() -> Ed25519Signer:
    return Ed25519Signer(
        bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), "did:key:x#x"
    )


def test_the_first_vector_of_rfc_8032(key: Ed25519Signer) -> None:
    signature = key.sign(b"")
    assert signature.hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    verify(decode(key.multikey).data, signature, b"")


def test_another_text_is_refused(key: Ed25519Signer) -> None:
    with pytest.raises(SignatureWrong):
        verify(decode(key.multikey).data, key.sign(b"a"), b"b")


def test_a_second_spelling_of_the_signature_is_refused(key: Ed25519Signer) -> None:
    signature = key.sign(b"a")
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    with pytest.raises(SignatureWrong):
        verify(decode(key.multikey).data, signature[:32] + scalar.to_bytes(32, "little"), b"a")


@pytest.mark.parametrize("point", SMALL)
def test_a_key_of_small_order_is_refused(point: str) -> None:
    with pytest.raises(KeyWeak):
        verify(bytes.fromhex(point), bytes.fromhex(point) + bytes(32), b"a")


def test_the_library_alone_would_accept_a_key_that_signs_everything() -> None:
    neutral = bytes.fromhex(SMALL[0])
    Ed25519PublicKey.from_public_bytes(neutral).verify(neutral + bytes(32), b"anything")


def test_a_key_written_over_the_field_is_refused() -> None:
    with pytest.raises(KeyWeak):
        verify((FIELD + 3).to_bytes(32, "little"), bytes(64), b"a")


@pytest.mark.parametrize("length", [0, 32, 63, 65, 128])
def test_a_signature_of_another_length_is_refused(key: Ed25519Signer, length: int) -> None:
    with pytest.raises(SignatureWrong):
        verify(decode(key.multikey).data, (key.sign(b"a") * 2)[:length], b"a")


def test_a_point_off_the_curve_is_refused(key: Ed25519Signer) -> None:
    with pytest.raises(SignatureWrong):
        verify((2).to_bytes(32, "little"), key.sign(b"a"), b"a")


def test_the_signer_shows_nothing_of_its_key(key: Ed25519Signer) -> None:
    assert repr(key) == str(key) == "<Ed25519Signer did:key:x#x>"
