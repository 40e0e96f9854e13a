"""Compact JWS: the examples of the RFCs, and twenty-three attacks on the header under every algorithm (THREATS V7)."""

import hmac
import json
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa as rsa_keys
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from keys import jose, jwk, rsa
from keys.errors.proofs import KeyWeak, ProofInvalid, SignatureWrong
from keys.jose import errors, jws
from keys.multikey import ED25519, RSA, PublicKey
from keys.signer import Signer
from schemas.refusals import Refused
from tests.keys.jose.wallet import KINDS, METHOD, badge, make, raw
from tests.keys.test_jwk import RFC_7515_A3, RFC_7515_A4, RFC_8037

CLAIMS = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
RFC_7515_A2 = {
    "kty": "RSA",
    "n": (
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs"
        "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV"
        "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
    ),
    "e": "AQAB",
}
PUBLISHED = {
    "RS256": (
        RFC_7515_A2,
        (
            f"eyJhbGciOiJSUzI1NiJ9.{CLAIMS}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8"
            "W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9"
            "383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0"
            "igcN_IoypGlUPQGe77Rw"
        ),
    ),
    "ES256": (
        RFC_7515_A3,
        (
            f"eyJhbGciOiJFUzI1NiJ9.{CLAIMS}."
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        ),
    ),
    "ES512": (
        RFC_7515_A4,
        (
            "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7Xd"
            "tAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"
        ),
    ),
    "EdDSA": (
        RFC_8037,
        (
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        ),
    ),
}


def public_of(key: dict[str, str]) -> PublicKey:
    return jwk.read({name: value for name, value in key.items() if name != "d"})


class RsaSigner:
    """What others sign with; ours never does."""

    def __init__(self) -> None:
        self.key = rsa_keys.generate_private_key(65537, 2048)
        numbers = self.key.public_key().public_numbers()
        self.public = PublicKey(RSA, rsa.public_bytes(numbers.n, numbers.e))
        self.method, self.multikey = METHOD, ""

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, PKCS1v15(), SHA256())


@pytest.fixture(scope="module", params=[*KINDS, RSA])
def signer(request: pytest.FixtureRequest) -> Signer:
    return RsaSigner() if request.param == RSA else make(request.param)


@pytest.mark.parametrize("algorithm", PUBLISHED)
def test_the_signatures_of_the_rfcs_hold(algorithm: str) -> None:
    key, text = PUBLISHED[algorithm]
    signed = jws.parse(text)
    jws.verify(signed, public_of(key))

    assert signed.header == {"alg": algorithm}
    changed = jws.parse(text[:-8] + "AAAA" + text[-4:])
    with pytest.raises(SignatureWrong):
        jws.verify(changed, public_of(key))


def test_what_is_signed_here_is_read_here(signer: Signer) -> None:
    text = jws.sign({"typ": "vc+jwt", "kid": METHOD}, {"имя": "Значок"}, signer)
    signed = jws.parse(text)
    jws.verify(signed, signer.public)

    assert signed.header == {"alg": jwk.ALGORITHMS[signer.public.kind], "typ": "vc+jwt", "kid": METHOD}
    assert json.loads(signed.payload) == {"имя": "Значок"}


def test_another_key_of_the_same_kind_did_not_sign(signer: Signer) -> None:
    text = jws.sign({}, {"a": "b"}, signer)
    other = RsaSigner() if signer.public.kind == RSA else make(signer.public.kind, seed=2)

    with pytest.raises(SignatureWrong):
        jws.verify(jws.parse(text), other.public)


def test_the_key_says_the_algorithm(signer: Signer) -> None:
    for kind in KINDS:
        if kind != signer.public.kind:
            text = raw({"alg": jwk.ALGORITHMS[kind]}, {"a": "b"}, signer)
            with pytest.raises(errors.AlgorithmWrong):
                jws.verify(jws.parse(text), signer.public)


# --- attacks on the header ----------------------------------------------------------------------------------------

FORGER = make(ED25519, seed=9)
HEADERS: dict[str, tuple[dict[str, Any], type[errors.TokenInvalid]]] = {
    "none": ({"alg": "none"}, errors.AlgorithmNone),
    "None": ({"alg": "None"}, errors.AlgorithmNone),
    "nOnE": ({"alg": "nOnE"}, errors.AlgorithmNone),
    "HMAC with the public key": ({"alg": "HS256"}, errors.AlgorithmSymmetric),
    "HMAC, longer": ({"alg": "HS512"}, errors.AlgorithmSymmetric),
    "an algorithm of nobody": ({"alg": "XX256"}, errors.AlgorithmUnknown),
    "a curve not read here": ({"alg": "ES256K"}, errors.AlgorithmUnknown),
    "RSA with another padding": ({"alg": "PS256"}, errors.AlgorithmUnknown),
    "an encryption": ({"alg": "RSA-OAEP", "enc": "A256GCM"}, errors.PayloadUnencoded),
    "no algorithm": ({"alg": None}, errors.HeaderMalformed),
    "an algorithm in a list": ({"alg": ["EdDSA"]}, errors.HeaderMalformed),
    "unknown crit": ({"crit": ["exp"], "exp": 1}, errors.CriticalUnknown),
    "empty crit": ({"crit": []}, errors.CriticalUnknown),
    "b64": ({"b64": False}, errors.PayloadUnencoded),
    "b64 with crit": ({"b64": False, "crit": ["b64"]}, errors.CriticalUnknown),
    "compression": ({"zip": "DEF"}, errors.PayloadUnencoded),
    "jwk": ({"jwk": jwk.write(FORGER.public)}, errors.KeyInHeader),
    "jku": ({"jku": "https://evil.example/keys"}, errors.KeyInHeader),
    "x5u": ({"x5u": "https://evil.example/chain"}, errors.KeyInHeader),
    "x5c": ({"x5c": ["MIIB"]}, errors.KeyInHeader),
    "x5t": ({"x5t#S256": "AAAA"}, errors.KeyInHeader),
    "kid of another type": ({"kid": {"$ne": ""}}, errors.HeaderMalformed),
    "typ of another type": ({"typ": ["vc+jwt"]}, errors.HeaderMalformed),
    "typ of another token": ({"typ": "at+jwt"}, errors.TypeWrong),
    "typ of a plain JWT with a media type's cty": ({"typ": "JWT"}, errors.HeaderForeign),
    "typ of a presentation": ({"typ": "vp+jwt"}, errors.TypeWrong),
    "typ of disclosures": ({"typ": "vc+sd-jwt"}, errors.TypeWrong),
    "typ in other letters": ({"typ": "VC+JWT"}, errors.TypeWrong),
    "cty of another thing": ({"cty": "vp"}, errors.TypeWrong),
}


@pytest.mark.parametrize("attack", HEADERS)
def test_v7_a_header_that_brings_its_own_rules_is_refused(signer: Signer, attack: str) -> None:
    change, error = HEADERS[attack]
    good = {"alg": jwk.ALGORITHMS[signer.public.kind], "typ": "vc+jwt", "cty": "vc", "kid": METHOD}
    header = {name: value for name, value in (good | change).items() if value is not None}
    by = FORGER if "jwk" in change else signer

    with pytest.raises(error):
        jose.verify(jose.read(raw(header, badge(iss=badge()["issuer"]["id"]), by)), signer.public)


def test_v7_a_mac_under_the_public_key_proves_nothing(signer: Signer) -> None:
    for secret in (signer.public.data, json.dumps(jwk.write(signer.public)).encode()):
        head = ".".join([jwk.encode(b'{"alg":"HS256","typ":"vc+jwt"}'), jwk.encode(json.dumps(badge()).encode())])
        text = f"{head}.{jwk.encode(hmac.digest(secret, head.encode(), sha256))}"
        with pytest.raises(errors.AlgorithmSymmetric):
            jose.read(text)
        with pytest.raises(errors.AlgorithmSymmetric):
            jws.verify(jws.parse(text), signer.public)


def test_v7_a_signature_that_is_not_there(signer: Signer) -> None:
    text = jose.sign_credential(badge(), make(ED25519)).rpartition(".")[0] + "."

    with pytest.raises(errors.AlgorithmWrong if signer.public.kind != ED25519 else SignatureWrong):
        jose.verify(jose.read(text), signer.public)


HEAD = jwk.encode(b'{"alg":"EdDSA"}')
BODY = jwk.encode(b'{"a":"b"}')


def headed(header: bytes) -> str:
    return f"{jwk.encode(header)}.{BODY}.AAAA"


MALFORMED: dict[str, str] = {
    "empty": "",
    "two parts": f"{HEAD}.{BODY}",
    "four parts": f"{HEAD}.{BODY}.AAAA.AAAA",
    "detached": f"{HEAD}..AAAA",
    "no header": f".{BODY}.AAAA",
    "padding": f"{HEAD}.{BODY}=.AAAA",
    "padded header": f"{HEAD}=.{BODY}.AAAA",
    "the other alphabet": f"{HEAD}.{BODY}.AA+/",
    "a blank": f"{HEAD}. {BODY}.AAAA",
    "a new line": f"{HEAD}.{BODY}.AAAA\n",
    "a tab": f"\t{HEAD}.{BODY}.AAAA",
    "a letter outside ASCII": f"{HEAD}.{BODY}.AAAА",
    "a second spelling": f"{HEAD}.{BODY}.AAB",
    "a length that is none": f"{HEAD}.{BODY}.AAAAA",
    "a header that is a list": headed(b'["EdDSA"]'),
    "a header that is no JSON": headed(b"alg=EdDSA"),
    "a header in another encoding": headed('{"alg":"EdDSA"}'.encode("utf-16")),
    "a header with a mark before it": headed(b'\xef\xbb\xbf{"alg":"EdDSA"}'),
    "a signature beyond measure": f"{HEAD}.{BODY}.{'A' * 4_096}",
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_a_text_with_two_readings_or_none_is_refused(text: str) -> None:
    with pytest.raises(errors.JwsMalformed):
        jws.parse(text)


def test_a_second_spelling_of_the_last_letter_is_refused() -> None:
    text = jose.sign_credential(badge(), make(ED25519))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    again = text[:-1] + letters[letters.index(text[-1]) ^ 1]

    with pytest.raises(errors.JwsMalformed):
        jws.parse(again)


def test_a_member_that_stands_twice_is_refused(signer: Signer) -> None:
    algorithm = jwk.ALGORITHMS[signer.public.kind]

    with pytest.raises(errors.HeaderMalformed):
        jws.parse(raw(f'{{"alg":"{algorithm}","alg":"none"}}', {}, signer))


def test_what_is_too_large_is_refused() -> None:
    signer = make(ED25519)

    with pytest.raises(errors.JwsTooLarge):
        jws.parse(raw({"alg": "EdDSA"}, {"a": "b" * 5_000}, signer), limit=4_000)
    with pytest.raises(errors.JwsTooLarge):
        jws.parse(raw({"alg": "EdDSA", "x": "b" * 9_000}, {}, signer))


def test_unknown_members_that_ask_for_nothing_are_passed_over() -> None:
    signer = make(ED25519)
    text = raw({"alg": "EdDSA", "typ": "vc+jwt", "trust_chain": ["a"]}, badge(), signer)
    token = jose.read(text)
    jose.verify(token, signer.public)

    assert "trust_chain" not in token.document


def test_a_key_of_small_order_is_refused() -> None:
    weak = PublicKey(ED25519, bytes([1]) + bytes(31))
    text = f"{HEAD}.{BODY}.{jwk.encode(bytes([1]) + bytes(63))}"

    with pytest.raises((KeyWeak, SignatureWrong)):
        jws.verify(jws.parse(text), weak)


@given(st.data())
def test_any_bit_that_is_flipped_is_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    signer = make(kind)
    text = bytearray(jose.sign_credential(badge(), signer).encode())
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= 1 << data.draw(st.integers(0, 6))

    with pytest.raises((ProofInvalid, Refused)):
        jose.verify(jose.read(text.decode()), signer.public)
