"""ID tokens: one that is believed, and everything that is not."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from keys.jwk import encode
from service.identity.providers import tokens
from service.identity.providers.errors import ProviderUntrue
from service.identity.providers.tokens import Expected

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
ISSUER, CLIENT, NONCE = "https://id.sever.example", "zachetka", "n-0S6_WzA2Mj"
EXPECTED = Expected(ISSUER, CLIENT, NONCE)
GENUINE = {"iss": ISSUER, "sub": "1000300100", "aud": CLIENT, "exp": AT + 300, "iat": AT, "nonce": NONCE}
EC = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed", "use": "sig"})
STRANGER = ECKey.generate_key("P-256", {"kid": "ec"})
KEYS = tokens.read_keys(dict(KeySet([EC, RSA, ED]).as_dict(private=False)))


def signed(claims: dict[str, Any], key: Any = EC, header: dict[str, Any] | None = None) -> str:
    named = {"alg": "ES256", "kid": "ec", **(header or {})}
    given = {name: value for name, value in named.items() if value is not None}
    return jwt.encode(
        given, claims, key, registry=jws.JWSRegistry(algorithms=[named["alg"]], strict_check_header=False)
    )


def refused(text: str, keys: tokens.KeySet = KEYS) -> str:
    with pytest.raises(ProviderUntrue) as refusal:
        tokens.subject_of(text, keys, EXPECTED, NOW)
    return str(refusal.value.params["reason"])


@pytest.mark.parametrize(("key", "header"), [(EC, {}), (RSA, {"alg": "RS256", "kid": "rsa"})])
@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"aud": [CLIENT]},
        {"aud": [CLIENT, "other"], "azp": CLIENT},
        {"exp": AT - 59, "iat": AT - 599},
        {"iat": AT + 60, "nbf": AT + 60},
        {"email": "somebody@example.ru", "name": "Кто-то"},
    ],
)
def test_what_the_provider_says_to_us_is_believed(key: Any, header: dict[str, Any], claims: dict[str, Any]) -> None:
    token = signed({**GENUINE, **claims}, key, header)
    assert tokens.subject_of(token, KEYS, EXPECTED, NOW) == "1000300100"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://other.sever.example"}, "iss"),
        ({"iss": f"{ISSUER}/"}, "iss"),
        ({"iss": None}, "iss"),
        ({"aud": "other"}, "aud"),
        ({"aud": []}, "aud"),
        ({"aud": {CLIENT: True}}, "aud"),
        ({"aud": [CLIENT, "other"]}, "azp"),
        ({"azp": "other"}, "azp"),
        ({"exp": AT - 60}, "exp"),
        ({"exp": None}, "exp"),
        ({"exp": True}, "exp"),
        ({"iat": AT + 61}, "iat"),
        ({"iat": AT - 600}, "iat"),
        ({"iat": "now"}, "iat"),
        ({"nbf": AT + 61}, "nbf"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": ""}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"sub": ""}, "sub"),
        ({"sub": 1000300100}, "sub"),
        ({"sub": "x" * 256}, "sub"),
        ({"sub": "Алина"}, "sub"),
    ],
)
def test_what_is_not_said_to_us_just_now_by_the_provider_is_not_believed(claims: dict[str, Any], reason: str) -> None:
    told = {name: value for name, value in {**GENUINE, **claims}.items() if value is not None}
    assert refused(by_hand(told)) == reason


def by_hand(claims: dict[str, Any]) -> str:
    """Signed rightly, whatever it says: libraries would not write all of this."""
    return jws.serialize_compact({"alg": "ES256", "kid": "ec"}, json.dumps(claims).encode(), EC)


@pytest.mark.parametrize(
    ("header", "key", "reason"),
    [
        ({}, STRANGER, "proof-signature"),
        ({"kid": "unknown"}, EC, "key"),
        ({"kid": None}, EC, "key"),
        ({"alg": "RS256"}, RSA, "jws-alg-key"),
        ({"kid": "rsa"}, EC, "jws-alg-key"),
        ({"typ": "at+jwt"}, EC, "typ"),
        ({"typ": "logout+jwt"}, EC, "typ"),
        ({"jwk": STRANGER.as_dict(private=False)}, STRANGER, "jws-key"),
        ({"jku": "https://evil.example/keys"}, STRANGER, "jws-key"),
    ],
)
def test_another_key_or_another_kind_of_token_is_not_believed(header: dict[str, Any], key: Any, reason: str) -> None:
    assert refused(signed(GENUINE, key, header)) == reason


def unsigned(alg: str) -> str:
    head = encode(json.dumps({"alg": alg, "kid": "ec"}).encode())
    return f"{head}.{encode(json.dumps(GENUINE).encode())}."


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE"])
def test_a_token_that_nobody_has_signed_is_not_believed(alg: str) -> None:
    assert refused(unsigned(alg)) == "jws-alg-none"


def test_a_public_key_is_no_password() -> None:
    """HMAC with the public key of the provider as the secret (RFC 8725 §2.1)."""
    body = unsigned("HS256").rstrip(".")
    mac = hmac.new(RSA.as_pem(private=False), body.encode(), hashlib.sha256).digest()
    assert refused(f"{body}.{encode(mac)}") == "jws-alg-symmetric"


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "....", "{}", "x" * 70_000])
def test_what_is_no_token_is_refused_as_calmly(text: str) -> None:
    refused(text)
    with pytest.raises(ProviderUntrue):
        tokens.key_named(text)


def test_one_key_needs_no_name() -> None:
    alone = tokens.read_keys(dict(KeySet([EC]).as_dict(private=False)))
    assert tokens.subject_of(signed(GENUINE, EC, {"kid": None}), alone, EXPECTED, NOW) == "1000300100"
    assert refused(signed(GENUINE, EC, {"kid": None}), {}) == "key"


def test_keys_for_other_uses_are_passed_over() -> None:
    cipher = {**RSAKey.generate_key(2048).as_dict(private=False), "kid": "enc", "use": "enc"}
    odd: list[Any] = [cipher, {"kty": "oct", "kid": "oct", "k": "AAAA"}, {"kid": "none"}, 5, None]
    assert set(tokens.read_keys({"keys": [*odd, EC.as_dict(private=False)]})) == {"ec"}
    assert tokens.read_keys({"keys": "none"}) == tokens.read_keys({}) == {}
