"""ECDSA on P-256 and P-384: raw halves in their range, points on their curve, keys that tell their kind."""

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from keys import algorithms, did, ecdsa
from keys.curves import CURVES, point
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import SignatureWrong
from keys.errors.written import BadDid, BadMultikey, BadPoint, KeyKindUnknown
from keys.multikey import ED25519, P256, P384, PublicKey, decode, encode, from_bytes, multibase_encode, to_bytes

# RFC 6979 A.2.5 and A.2.6: the private number, and the signature of "sample" under the hash of the curve
RFC_6979 = {
    P256: (
        "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
        (
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
        ),
    ),
    P384: (
        "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
        (
            "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
            "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8"
        ),
    ),
}
KINDS = list(RFC_6979)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def key(kind: str) -> EcdsaSigner:
    return EcdsaSigner(kind, bytes.fromhex(RFC_6979[kind][0]), "did:key:x#x")


def test_the_signatures_of_rfc_6979(kind: str, key: EcdsaSigner) -> None:
    assert key.sign(b"sample").hex().upper() == RFC_6979[kind][1]
    algorithms.verify(key.public, key.sign(b"sample"), b"sample")
    with pytest.raises(SignatureWrong):
        algorithms.verify(key.public, key.sign(b"sample"), b"test")


def test_the_higher_s_is_a_signature_too(kind: str, key: EcdsaSigner) -> None:
    size, order = CURVES[kind].size, CURVES[kind].order
    signature = key.sign(b"sample")
    mirrored = signature[:size] + (order - int.from_bytes(signature[size:])).to_bytes(size)
    assert mirrored != signature
    ecdsa.verify(key.public, mirrored, b"sample")


def test_halves_out_of_range_are_refused(kind: str, key: EcdsaSigner) -> None:
    size, order = CURVES[kind].size, CURVES[kind].order
    signature = key.sign(b"sample")
    r, s = signature[:size], signature[size:]
    largest = b"\xff" * size
    for changed in (bytes(size) + s, r + bytes(size), order.to_bytes(size) + s, r + order.to_bytes(size), largest + s):
        with pytest.raises(SignatureWrong):
            ecdsa.verify(key.public, changed, b"sample")
    wrapped = int.from_bytes(s) + order
    if wrapped < 2 ** (8 * size):
        with pytest.raises(SignatureWrong):
            ecdsa.verify(key.public, r + wrapped.to_bytes(size), b"sample")


def test_another_length_and_der_are_refused(kind: str, key: EcdsaSigner) -> None:
    size = CURVES[kind].size
    signature = key.sign(b"sample")
    der = encode_dss_signature(int.from_bytes(signature[:size]), int.from_bytes(signature[size:]))
    for changed in (b"", signature[:-1], signature + b"\0", b"\0" + signature, signature * 2, der):
        with pytest.raises(SignatureWrong):
            ecdsa.verify(key.public, changed, b"sample")


def test_every_changed_bit_is_refused(key: EcdsaSigner) -> None:
    signature = key.sign(b"sample")
    for place in range(len(signature) * 8):
        changed = bytearray(signature)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(SignatureWrong):
            ecdsa.verify(key.public, bytes(changed), b"sample")


def test_the_hash_is_that_of_the_curve() -> None:
    key = EcdsaSigner(P384, bytes.fromhex(RFC_6979[P384][0]), "")
    secret = ec.derive_private_key(int(RFC_6979[P384][0], 16), ec.SECP384R1())
    halves = decode_dss_signature(secret.sign(b"sample", ec.ECDSA(SHA256())))
    with pytest.raises(SignatureWrong):
        ecdsa.verify(key.public, b"".join(half.to_bytes(48) for half in halves), b"sample")


def test_points_off_the_curve_and_other_forms_of_points_are_refused(kind: str, key: EcdsaSigner) -> None:
    library = point(kind, key.public.data)
    whole = library.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    size = CURVES[kind].size
    forms = [
        b"",
        b"\0",
        b"\0" * (size + 1),
        whole,
        b"\x06" + whole[1:],
        whole[: size + 1],
        b"\x05" + key.public.data[1:],
        b"\x02" + b"\xff" * size,
        key.public.data + b"\0",
    ]
    for data in forms:
        with pytest.raises(BadPoint):
            point(kind, data)
        with pytest.raises(BadMultikey):
            from_bytes(to_bytes(PublicKey(kind, data)))
        with pytest.raises(SignatureWrong):
            ecdsa.verify(PublicKey(kind, data), key.sign(b"a"), b"a")


@given(st.integers(min_value=2, max_value=3), st.binary(min_size=32, max_size=32))
def test_a_multikey_is_read_only_where_its_point_is_on_the_curve(sign: int, x: bytes) -> None:
    """y² = x³ - 3x + b has a solution for about half of all x; Euler's criterion says for which."""
    p = 2**256 - 2**224 + 2**192 + 2**96 - 1
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    number = int.from_bytes(x)
    square = (pow(number, 3, p) - 3 * number + b) % p
    lies = number < p and pow(square, (p - 1) // 2, p) == 1
    text = multibase_encode(b"\x80\x24" + bytes((sign,)) + x)
    if lies:
        assert encode(decode(text)) == text
    else:
        with pytest.raises(BadMultikey):
            decode(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP", P256),
        ("z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ", P384),
        ("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", ED25519),
    ],
)
def test_the_multikeys_of_the_w3c(text: str, kind: str) -> None:
    assert decode(text).kind == kind
    assert encode(decode(text)) == text
    method = did.verification_method(did.did_key(text), text)
    for purpose in ("assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation"):
        assert did.key_of_did_key(method, purpose) == decode(text)
    for purpose in ("keyAgreement", "", "assertion"):
        with pytest.raises(BadDid):
            did.key_of_did_key(method, purpose)


def test_a_key_is_made_and_used(kind: str) -> None:
    one, two = (EcdsaSigner(kind, ecdsa.make_secret(kind), "did:key:x#x") for _ in range(2))
    assert one.multikey != two.multikey
    assert decode(one.multikey) == one.public
    ecdsa.verify(one.public, one.sign(b"a"), b"a")
    with pytest.raises(SignatureWrong):
        ecdsa.verify(two.public, one.sign(b"a"), b"a")


def test_private_numbers_outside_the_group_are_refused(kind: str) -> None:
    size, order = CURVES[kind].size, CURVES[kind].order
    for secret in (
        b"",
        bytes(size),
        order.to_bytes(size),
        b"\xff" * size,
        (5).to_bytes(size - 1),
        bytes(1) + b"\1" * size,
    ):
        with pytest.raises(BadPoint):
            EcdsaSigner(kind, secret, "")


def test_the_key_says_the_algorithm() -> None:
    ed, p256 = Ed25519Signer(bytes(32), ""), EcdsaSigner(P256, sha256(b"a").digest(), "")
    algorithms.verify(decode(ed.multikey), ed.sign(b"a"), b"a")
    with pytest.raises(SignatureWrong):
        algorithms.verify(decode(ed.multikey), p256.sign(b"a"), b"a")
    with pytest.raises(SignatureWrong):
        algorithms.verify(p256.public, ed.sign(b"a"), b"a")
    with pytest.raises(KeyKindUnknown):
        algorithms.verify(PublicKey("X25519", b""), b"", b"")
    with pytest.raises(BadPoint):
        EcdsaSigner("P-521", bytes(66), "")


def test_the_signer_shows_nothing_of_its_key(key: EcdsaSigner) -> None:
    assert repr(key) == str(key) == "<EcdsaSigner did:key:x#x>"
