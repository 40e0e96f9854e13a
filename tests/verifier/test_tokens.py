"""Badges as signed texts: the same checks as for JSON, keys that only the issuer's own document gives."""

import json
from datetime import timedelta
from typing import Any

import pytest

from keys import did, jose, jwk
from keys.curves import CURVES
from keys.ecdsa import EcdsaSigner
from keys.multikey import ED25519, P256, P384
from schemas.baking import bake_png, bake_svg
from tests.campus import Campus, House, make_holder, write
from tests.keys.jose.wallet import raw
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from tests.verifier.test_verify import PNG, SVG
from tests.verifier.texts import head, payload, signed_again
from verifier.errors import BrokenFile, FileTooLarge, NotACredential

DAY = timedelta(days=1)
BOTH = pytest.mark.parametrize("profile", [jose.VC_JWT, jose.OPEN_BADGES], ids=lambda profile: profile.typ)


# --- a badge ------------------------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("kind", [ED25519, P256, P384])
def test_a_badge_as_a_text_goes_through_every_check(
    campus: Campus, ugu: House, profile: jose.Profile, kind: str
) -> None:
    campus.now += DAY
    ugu.rotate(kind)
    found = campus.verify(ugu.award_text(profile))

    assert found.verdict is VALID
    assert codes(found.report) == {
        "format": "format-ok",
        "proof": "token-holds",
        "key": "key-of-issuer",
        "membership": "member-trusted",
        "licence": "licensed",
        "witness": "date-deposited",  # the deposit is of what is said, whatever form it is said in
        "status": "status-clear",
        "schema": "schema-ok",
        "dates": "dates-ok",
        "kind": "kind-badge",
    }
    assert found.report.checks[1].params == {"suite": f"{profile.typ}, {jwk.ALGORITHMS[kind]}"}
    assert found.title == "Исследовательский проект: от вопроса к защите"
    assert found.credential is not None
    assert "iss" not in found.credential.credential.document


@BOTH
def test_a_text_in_a_picture_is_the_same_badge(campus: Campus, ugu: House, profile: jose.Profile) -> None:
    text = ugu.award_text(profile)
    plain = campus.verify(text)

    for data in (text + b"\n", b" " + text, bake_png(PNG, text.decode()), bake_svg(SVG, text.decode())):
        found = campus.verify(data)
        assert found.verdict is VALID
        assert found.report.digest == plain.report.digest


def test_a_revoked_badge_as_a_text_is_revoked(campus: Campus, ugu: House) -> None:
    text = ugu.award_text()
    ugu.revoked.add(int(payload(text)["credentialStatus"]["statusListIndex"]))
    campus.changed()

    assert leading(campus.verify(text).report).code == "revoked"


def test_a_retired_key_keeps_verifying(campus: Campus, ugu: House) -> None:
    text = ugu.award_text()
    campus.now += DAY
    ugu.rotate(P256)
    campus.now += DAY

    assert codes(campus.verify(text).report)["key"] == "key-retired-later"
    late = jose.sign_credential(ugu.draft(), ugu.signers[0], issued=campus.now).encode()
    assert codes(campus.verify(late).report)["key"] == "key-outdated"


def test_dates_of_the_signature_count(campus: Campus, ugu: House) -> None:
    def at(**dates: Any) -> str:
        text = jose.sign_credential(ugu.draft(), ugu.signer, **dates)
        return codes(campus.verify(text.encode()).report)["proof"]

    assert at(issued=campus.now, expires=campus.now + DAY) == "token-holds"
    assert at(issued=campus.now + DAY) == "proof-created"
    assert at(expires=campus.now) == "proof-expired"


@BOTH
def test_the_term_of_a_badge_is_told_as_its_own(campus: Campus, ugu: House, profile: jose.Profile) -> None:
    def leads(**dates: Any) -> str:
        return leading(campus.verify(ugu.award_text(profile, **dates)).report).code

    assert leads(awarded_at=campus.now - 5 * DAY, validUntil="2026-11-21T00:00:00Z") == "expired"
    assert leads(validFrom="2026-12-01T00:00:00Z") == "not-yet-valid"


# --- whose key ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["whole", "fragment", "bare", "thumbprint", "none"])
def test_a_key_is_found_by_every_name_it_may_have(campus: Campus, ugu: House, name: str) -> None:
    multikey = ugu.signer.multikey
    names = {
        "whole": ugu.signer.method,
        "fragment": f"#{multikey}",
        "bare": multikey,
        "thumbprint": jwk.thumbprint(ugu.signer.public),
        "none": "",
    }
    text = jose.sign_credential(ugu.draft(), ugu.signer, kid=names[name]).encode()

    assert campus.verify(text).verdict is VALID


def test_a_key_without_a_name_among_several_cannot_be_told(campus: Campus, ugu: House) -> None:
    campus.now += DAY
    ugu.rotate()
    campus.pages[ugu.url(".well-known/did.json")] = write(did.document(ugu.did, [one.multikey for one in ugu.keys]))
    text = jose.sign_credential(ugu.draft(), ugu.signer, kid="").encode()

    assert codes(campus.verify(text).report) == {"format": "format-ok", "key": "key-unnamed"}
    assert campus.verify(text).verdict is CANNOT_TELL


def test_v7_a_key_that_a_text_brings_itself_is_never_trusted(campus: Campus, ugu: House) -> None:
    thief = make_holder("thief")
    good = ugu.award_text(jose.OPEN_BADGES)
    own = signed_again(good, ugu.signer, {"kid": None, "jwk": jwk.write(ugu.signer.public)})
    forged = signed_again(good, thief, {"kid": None, "jwk": jwk.write(thief.public)})
    named = signed_again(good, thief, {"jwk": jwk.write(thief.public)})

    assert campus.verify(own).verdict is VALID  # it is one of the issuer's own, as the issuer's document says
    assert leading(campus.verify(forged).report).code == "key-not-listed"
    assert leading(campus.verify(named).report).code == "key-not-listed"
    assert {campus.verify(text).verdict for text in (forged, named)} == {INVALID}


def test_v10_a_key_of_somebody_else_signs_nothing(campus: Campus, ugu: House) -> None:
    other = campus.join("s1", name="Школа № 1")
    thief = make_holder("thief")
    good = ugu.award_text()
    for signer in (other.signer, thief):
        found = campus.verify(signed_again(good, signer, {"kid": signer.method, "alg": "EdDSA"}))
        assert leading(found.report).code == "proof-foreign"
        assert found.verdict is INVALID
    assert leading(campus.verify(signed_again(good, thief)).report).code == "proof-signature"
    assert not any("s1" in url for url in campus.asked)


def test_a_stranger_is_known_by_its_own_document(campus: Campus) -> None:
    stranger = campus.join("far", listed=False)
    key = EcdsaSigner(P256, bytes([5]) * CURVES[P256].size, f"{stranger.did}#k1")
    method = {"id": "#k1", "type": "JsonWebKey", "controller": stranger.did, "publicKeyJwk": jwk.write(key.public)}
    document = {"id": stranger.did, "verificationMethod": [method], "assertionMethod": ["#k1"]}
    campus.pages[stranger.url(".well-known/did.json")] = write(document)
    draft = stranger.draft()
    for kid in (key.method, "k1", jwk.thumbprint(key.public), ""):
        found = campus.verify(jose.sign_credential(draft, key, kid=kid).encode())
        assert codes(found.report)["proof"] == "token-holds"
        assert leading(found.report).code == "member-unknown"

    campus.pages[stranger.url(".well-known/did.json")] = write(document | {"assertionMethod": []})
    assert leading(campus.verify(jose.sign_credential(draft, key).encode()).report).code == "key-not-listed"
    campus.gone.add(stranger.url(".well-known/did.json"))
    for kid in (key.method, "k1"):
        found = campus.verify(jose.sign_credential(draft, key, kid=kid).encode())
        assert codes(found.report)["key"] == "key-unreachable"


@pytest.mark.parametrize("owner", ["https://far.example/issuers/7", "https://far.example/issuers/7#profile"])
def test_an_address_with_keys_at_other_addresses(campus: Campus, ugu: House, owner: str) -> None:
    issuer = "https://far.example/issuers/7"
    kid = "https://far.example/keys/1"
    key = EcdsaSigner(P384, bytes([6]) * CURVES[P384].size, kid)
    listed = {"id": kid, "type": "JsonWebKey", "controller": owner, "publicKeyJwk": jwk.write(key.public)}
    campus.pages[issuer] = write({"id": issuer, "verificationMethod": [listed], "assertionMethod": kid})
    draft = ugu.draft(issuer={"id": issuer, "type": ["Profile"], "name": "Далёкий"})
    found = campus.verify(jose.sign_credential(draft, key).encode())

    assert ("token-holds" if owner == issuer else "key-not-listed") in codes(found.report).values()
    assert "https://far.example/keys/1" not in campus.asked


@pytest.mark.parametrize("make", [did.did_key, did.did_jwk], ids=["did:key", "did:jwk"])
def test_an_issuer_that_is_a_key_needs_no_document(campus: Campus, ugu: House, make: Any) -> None:
    bare = EcdsaSigner(P256, bytes([5]) * CURVES[P256].size, "")
    own = make(bare.multikey) if make is did.did_key else make(bare.public)
    fragment = bare.multikey if make is did.did_key else "0"
    draft = ugu.draft(issuer={"id": own, "type": ["Profile"], "name": "Некто"})
    for kid in (f"{own}#{fragment}", f"#{fragment}", ""):
        found = campus.verify(jose.sign_credential(draft, bare, kid=kid).encode())
        assert codes(found.report)["proof"] == "token-holds"
        assert leading(found.report).code == "member-unknown"
    found = campus.verify(jose.sign_credential(draft, bare, kid=f"{own}#1").encode())
    assert leading(found.report).code == "key-not-listed"


# --- what is refused ----------------------------------------------------------------------------------------------

ATTACKS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "none": ({"alg": "none"}, {}, "jws-alg-none"),
    "HMAC": ({"alg": "HS256"}, {}, "jws-alg-symmetric"),
    "RSA": ({"alg": "RS256"}, {}, "jws-alg-key"),
    "another curve": ({"alg": "ES256"}, {}, "jws-alg-key"),
    "crit": ({"crit": ["exp"]}, {}, "jws-crit"),
    "b64": ({"b64": False}, {}, "jws-b64"),
    "jku": ({"jku": "https://evil.example/"}, {}, "jws-key"),
    "x5c": ({"x5c": ["AA"]}, {}, "jws-key"),
    "jwk": ({"jwk": {"kty": "OKP"}}, {}, "jws-key"),
    "typ of a login": ({"typ": "at+jwt"}, {}, "jwt-typ"),
    "typ of a set": ({"typ": "vp+jwt", "cty": "vp"}, {}, "jwt-typ"),
    "the other profile": ({"typ": "JWT", "cty": None}, {}, "jwt-claim-missing"),
    "another issuer in iss": ({}, {"iss": "did:web:evil.example"}, "jwt-claim"),
    "another subject in sub": ({}, {"sub": "urn:uuid:0"}, "jwt-claim"),
    "a claim vc": ({}, {"vc": {"type": ["VerifiableCredential"]}}, "jwt-vc-claim"),
    "an unknown claim": ({}, {"grade": "5"}, "undefined-term"),
    "a claim for one receiver": ({}, {"aud": "https://s1.example"}, "jwt-claim"),
    "an unknown context": (
        {},
        {"@context": ["https://www.w3.org/ns/credentials/v2", "https://evil.example"]},
        "context-unknown",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_v7_what_an_issuer_would_not_sign_is_refused_with_its_code(campus: Campus, ugu: House, attack: str) -> None:
    header, claims, code = ATTACKS[attack]
    found = campus.verify(signed_again(ugu.award_text(), ugu.signer, header, **claims))

    assert leading(found.report).code == code
    assert found.verdict is INVALID
    assert (found.credential, found.shown) == (None, None)


def test_a_payload_that_names_something_twice_is_refused(campus: Campus, ugu: House) -> None:
    text = ugu.award_text()
    written = json.dumps(payload(text))[:-1] + ', "name": "Другое"}'
    found = campus.verify(raw(head(text), written, ugu.signer).encode())

    assert leading(found.report).code == "duplicate-key"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda text: text.replace(b".", b". ", 1), BrokenFile),
        (lambda text: text + b"=", BrokenFile),
        (lambda text: text + b".AAAA", BrokenFile),
        (lambda text: text.split(b".")[0] + b"." + b"A" * 1_000_001, BrokenFile),
        (lambda text: text * 500, BrokenFile),
        (lambda text: text.ljust(40_000_000, b"A"), FileTooLarge),
    ],
)
def test_what_is_no_whole_text_is_no_credential(
    campus: Campus, ugu: House, change: Any, error: type[Exception]
) -> None:
    text = ugu.award_text()

    with pytest.raises(error):
        campus.verify(change(text))


def test_a_text_that_was_cut_short_proves_nothing(campus: Campus, ugu: House) -> None:
    assert leading(campus.verify(ugu.award_text()[:-8] + b"A").report).code == "proof-signature"


def test_a_token_of_something_else_is_no_credential(campus: Campus, ugu: House) -> None:
    for claims in ({"sub": "alina", "aud": "shop"}, {"type": "Person"}):
        with pytest.raises(NotACredential):
            campus.verify(raw({"alg": "EdDSA", "typ": "JWT"}, claims, ugu.signer).encode())
    identity = raw({"alg": "EdDSA", "typ": "dc+sd-jwt"}, {"vct": "urn:eudi:pid:1", "name": "Алина"}, ugu.signer) + "~"
    with pytest.raises(NotACredential):
        campus.verify(identity.encode())


def test_a_badge_beyond_measure_is_too_large(campus: Campus, ugu: House) -> None:
    with pytest.raises(FileTooLarge):
        campus.verify(signed_again(ugu.award_text(), ugu.signer, name="x" * 600_000))
