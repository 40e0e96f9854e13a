"""Credentials as tokens: profiles that are never mixed, claims that say what the credential says, envelopes."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from keys import jose, jwk
from keys.errors.proofs import ProofExpired, ProofTooEarly, SignatureWrong
from keys.jose import errors
from keys.jose.profiles import OPEN_BADGES, SD_JWT_VC, VC_JWT, VC_SD_JWT, VP_JWT, VP_SD_JWT, Profile
from keys.multikey import ED25519, P256
from schemas.refusals import DuplicateKey
from tests.keys.jose.wallet import ISSUER, KINDS, METHOD, NOW, badge, make, raw

SIGNER = make(P256)
HOLDER = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
OPEN = {"iss": ISSUER, "jti": badge()["id"], "sub": badge()["credentialSubject"]["id"], "nbf": 1795168800}


def presentation(*tokens: str, **changes: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        "type": ["VerifiablePresentation"],
        "holder": HOLDER,
        "verifiableCredential": [jose.envelope(token, VC_JWT) for token in tokens],
    } | changes


@pytest.mark.parametrize("profile", [VC_JWT, OPEN_BADGES])
@pytest.mark.parametrize("kind", KINDS)
def test_a_credential_comes_back_as_it_was_signed(profile: Profile, kind: str) -> None:
    signer = make(kind)
    token = jose.read(jose.sign_credential(badge(), signer, profile))
    jose.verify(token, signer.public)

    assert token.document == badge()
    assert (token.profile, token.kid, token.hidden) == (profile, METHOD, 0)
    assert token.claims["iss"] == ISSUER


def test_the_two_profiles_write_what_their_standards_ask() -> None:
    plain = jose.read(jose.sign_credential(badge(), SIGNER, VC_JWT, issued=NOW))
    open_badge = jose.read(jose.sign_credential(badge(validUntil="2027-11-20T10:00:00+03:00"), SIGNER, OPEN_BADGES))

    assert plain.jws.header == {"alg": "ES256", "typ": "vc+jwt", "cty": "vc", "kid": METHOD}
    assert plain.claims == {"iss": ISSUER, "iat": int(NOW.timestamp())}
    assert plain.issued == NOW
    assert open_badge.jws.header == {"alg": "ES256", "typ": "JWT", "kid": METHOD}
    assert open_badge.claims == {**OPEN, "exp": 1826694000}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"id": None}, errors.ClaimMissing),
        ({"validFrom": None}, errors.ClaimMissing),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, errors.ClaimMissing),
        ({"credentialSubject": [{"id": "urn:a:1"}, {"id": "urn:a:2"}]}, errors.ClaimMissing),
        ({"vc": {}}, errors.NestedClaim),
    ],
)
def test_a_badge_without_what_its_claims_need_is_not_signed(
    changes: dict[str, Any], error: type[errors.TokenInvalid]
) -> None:
    with pytest.raises(error):
        jose.sign_credential(badge(**changes), SIGNER, OPEN_BADGES)


VC = {"alg": "ES256", "typ": "vc+jwt"}
OB = {"alg": "ES256"}
WRONG: dict[str, tuple[dict[str, Any], dict[str, Any], type[errors.TokenInvalid]]] = {
    "another issuer": (VC, {"iss": "did:web:evil.example"}, errors.ClaimWrong),
    "an issuer that is a number": (VC, {"iss": 5}, errors.ClaimWrong),
    "another id": (VC, {"jti": "urn:uuid:0"}, errors.ClaimWrong),
    "another subject": (VC, {"sub": "did:example:mallory"}, errors.ClaimWrong),
    "a claim vc": (VC, {"vc": badge()}, errors.NestedClaim),
    "a receiver": (VC, {"aud": "https://s1.example"}, errors.ClaimWrong),
    "a claim vp": (VC, {"vp": {}}, errors.NestedClaim),
    "an issuer that cannot be read": (VC, {"iss": ISSUER, "issuer": 5}, errors.ClaimWrong),
    "open: another issuer": (OB, OPEN | {"iss": "did:web:evil.example"}, errors.ClaimWrong),
    "open: another id": (OB, OPEN | {"jti": "urn:uuid:0"}, errors.ClaimWrong),
    "open: another subject": (OB, OPEN | {"sub": "urn:uuid:0"}, errors.ClaimWrong),
    "open: another beginning": (OB, OPEN | {"nbf": 1795168801}, errors.ClaimWrong),
    "open: a beginning in words": (OB, OPEN | {"nbf": "2026-11-20T10:00:00Z"}, errors.ClaimWrong),
    "open: a beginning that is true": (OB, OPEN | {"nbf": True}, errors.ClaimWrong),
    "open: an end that the badge does not have": (OB, OPEN | {"exp": 1826694000}, errors.ClaimMissing),
    "open: no end though the badge has one": (OB, OPEN | {"validUntil": "2027-11-20T10:00:00Z"}, errors.ClaimMissing),
    "open: no issuer": (OB, {**OPEN, "iss": None}, errors.ClaimMissing),
    "open: no id": (OB, {**OPEN, "jti": None}, errors.ClaimMissing),
    "open: no subject": (OB, {**OPEN, "sub": None}, errors.ClaimMissing),
    "open: no beginning": (OB, {**OPEN, "nbf": None}, errors.ClaimMissing),
    "open: a later credential in vc": (OB, {**OPEN, "vc": badge()}, errors.NestedClaim),
    "open: more beside an older credential in vc": (
        OB,
        {**OPEN, "vc": badge(**{"@context": ["https://www.w3.org/2018/credentials/v1"]})},
        errors.NestedClaim,
    ),
    "open: another member of the header": (OB | {"x": 1}, OPEN, errors.HeaderForeign),
    "open: cty": (OB | {"cty": "vc"}, OPEN, errors.HeaderForeign),
    "open: jku": (OB | {"jku": "https://evil.example"}, OPEN, errors.KeyInHeader),
    "open: a private key": (OB | {"jwk": jwk.write(SIGNER.public) | {"d": "AQ"}}, OPEN, errors.KeyInHeader),
    "open: a key that is none": (OB | {"jwk": {"kty": "oct", "k": "AA"}}, OPEN, errors.KeyInHeader),
    "open: typ of VC-JOSE-COSE without its claims": (VC | {"jwk": jwk.write(SIGNER.public)}, OPEN, errors.KeyInHeader),
    "a member of another context than JWT": (OB | {"typ": "jwt"}, OPEN, errors.TypeWrong),
}


@pytest.mark.parametrize("case", WRONG)
def test_claims_that_contradict_the_credential_are_refused(case: str) -> None:
    header, claims, error = WRONG[case]
    payload = {name: value for name, value in {**badge(), **claims}.items() if value is not None}

    with pytest.raises(error):
        jose.read(raw(header, payload, SIGNER))


def test_claims_of_the_token_are_no_part_of_the_credential() -> None:
    claims = {
        "iss": ISSUER,
        "jti": badge()["id"],
        "iat": 1,
        "nbf": 1,
        "exp": 2,
        "sub": badge()["credentialSubject"]["id"],
    }
    token = jose.read(raw(VC, badge(**claims, grade=5), SIGNER))

    assert token.claims == claims
    assert token.document == badge(grade=5)  # for safe JSON-LD to refuse: nothing is dropped silently


def test_a_claim_that_stands_twice_is_refused() -> None:
    written = json.dumps(badge())[:-1] + f', "iss": "{ISSUER}", "iss": "did:web:evil.example"}}'

    with pytest.raises(DuplicateKey):
        jose.read(raw(VC, written, SIGNER))


def test_a_key_in_an_open_badges_header_is_only_a_hint() -> None:
    forger = make(P256, seed=7)
    header = {"alg": "ES256", "typ": "JWT", "jwk": jwk.write(forger.public)}
    token = jose.read(raw(header, badge(**OPEN), forger))

    assert token.own_key == forger.public
    with pytest.raises(SignatureWrong):
        jose.verify(token, SIGNER.public)


def test_a_badge_of_the_older_data_model_lies_in_vc(vectors: Path) -> None:
    token = jose.read((vectors / "openbadges-3.0/simple.jwt").read_text("utf-8").strip())

    assert token.profile is OPEN_BADGES
    assert token.document["credentialSubject"]["id"] == token.claims["sub"]
    assert token.document["issuanceDate"] == "2010-01-01T00:00:00Z"


def test_dates_of_the_signature() -> None:
    skew = timedelta(minutes=5)
    jose.check_times({"iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 1}, NOW, skew)
    jose.check_times({"nbf": int(NOW.timestamp()) + 299}, NOW, skew)
    with pytest.raises(ProofExpired):
        jose.check_times({"exp": int(NOW.timestamp())}, NOW, skew)
    for name in ("iat", "nbf"):
        with pytest.raises(ProofTooEarly):
            jose.check_times({name: int(NOW.timestamp()) + 301}, NOW, skew)
    for value in ("1", True, -1, 10**12, [1]):
        with pytest.raises(errors.ClaimWrong):
            jose.check_times({"exp": value}, NOW, skew)


# --- presentations and envelopes ----------------------------------------------------------------------------------


def test_a_presentation_comes_back_with_its_envelopes() -> None:
    inner = jose.sign_credential(badge(), SIGNER)
    holder = make(ED25519, HOLDER + "#a")
    text = jose.sign_presentation(presentation(inner), holder, audience="https://s1.example", nonce="n-1", issued=NOW)
    token = jose.read(text)
    jose.verify(token, holder.public)

    assert token.profile is VP_JWT
    assert token.document == presentation(inner)
    assert token.claims == {"iss": HOLDER, "aud": "https://s1.example", "nonce": "n-1", "iat": int(NOW.timestamp())}
    assert jose.open_envelope(token.document["verifiableCredential"][0]) == (inner, VC_JWT)


@pytest.mark.parametrize(
    "held",
    [
        [badge()],
        ["eyJhbGciOiJFUzI1NiJ9.eyJhIjoiYiJ9.AAAA"],
        [{"type": "EnvelopedVerifiableCredential", "id": "not-a-credential"}],
        [{"type": "EnvelopedVerifiableCredential"}],
        [{"type": "VerifiableCredential", "id": "data:application/vc+jwt,a.b.c"}],
        [{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,a.b.c", "name": "Диплом"}],
    ],
    ids=str,
)
def test_a_presentation_that_is_a_token_holds_envelopes_alone(held: list[Any]) -> None:
    document = presentation(verifiableCredential=held)

    with pytest.raises((errors.EnvelopeWrong, errors.ClaimWrong)):
        jose.sign_presentation(document, SIGNER)
    with pytest.raises((errors.EnvelopeWrong, errors.ClaimWrong)):
        jose.read(raw({"alg": "ES256", "typ": "vp+jwt"}, document, SIGNER))


TOKEN = jose.sign_credential(badge(), SIGNER)
GOOD = jose.envelope(TOKEN, VC_JWT)


@pytest.mark.parametrize("profile", [VC_JWT, VP_JWT])
def test_an_envelope_is_opened_to_what_was_put_in(profile: Profile) -> None:
    assert jose.open_envelope(jose.envelope(TOKEN, profile)) == (TOKEN, profile)


@pytest.mark.parametrize("profile", [VC_SD_JWT, VP_SD_JWT, SD_JWT_VC])
def test_an_envelope_of_disclosures_is_opened_to_what_was_put_in(profile: Profile) -> None:
    assert jose.open_envelope(jose.envelope(f"{TOKEN}~AAAA~", profile)) == (f"{TOKEN}~AAAA~", profile)


def test_the_form_of_open_badges_has_no_envelope() -> None:
    with pytest.raises(errors.EnvelopeWrong):
        jose.envelope(TOKEN, OPEN_BADGES)


@pytest.mark.parametrize(
    "change",
    [
        {"id": f"data:application/vp+jwt,{TOKEN}"},
        {"id": f"data:application/vc+jwt;base64,{TOKEN}"},
        {"id": f"data:application/jwt,{TOKEN}"},
        {"id": f"DATA:application/vc+jwt,{TOKEN}"},
        {"id": f"data:application/vc+jwt,{TOKEN} "},
        {"id": "data:application/vc+jwt,"},
        {"id": TOKEN},
        {"id": [TOKEN]},
        {"type": ["EnvelopedVerifiableCredential", "VerifiableCredential"]},
        {"type": "EnvelopedVerifiablePresentation"},
        {"@context": ["https://www.w3.org/ns/credentials/v2", {"issuer": "https://evil.example"}]},
        {"issuer": "did:web:good.example"},
    ],
    ids=str,
)
def test_another_envelope_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(errors.EnvelopeWrong):
        jose.open_envelope(GOOD | change)


def test_a_form_that_is_not_read_is_told_apart() -> None:
    with pytest.raises(errors.EnvelopeUnknown):
        jose.open_envelope(GOOD | {"id": "data:application/vc+cose;base64,0oRY"})
