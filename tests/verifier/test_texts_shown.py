"""Signed texts that are shown in part, in sets and in envelopes; and any letter of them changed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keys import did, jose
from keys.proofs import add
from schemas.presentation import compose
from tests.campus import Campus, House, make_holder, make_uuid, write
from tests.keys.jose.wallet import raw
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from tests.verifier.texts import concealed, signed_again
from verifier.credit.evidence import presented
from verifier.errors import NotACredential, PresentationGiven
from verifier.verdict import Outcome

# --- shown in part ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", [jose.VC_SD_JWT, jose.SD_JWT_VC], ids=lambda profile: profile.typ)
def test_a_badge_in_parts_is_whole_until_something_is_left_out(
    campus: Campus, ugu: House, profile: jose.Profile
) -> None:
    text = concealed(ugu, "/credentialSubject/identifier", "/credentialSubject/result", profile=profile)
    whole = campus.verify(text.encode())
    part = campus.verify(jose.disclose(jose.read(text), ["/credentialSubject/result"]).encode())

    assert whole.verdict is VALID
    assert codes(whole.report)["witness"] == "date-deposited"
    assert "whole" not in codes(whole.report)
    assert part.verdict is VALID
    assert codes(part.report)["whole"] == "shown-in-part"
    assert codes(part.report)["schema"] == "schema-part-ok"
    assert codes(part.report)["witness"] == "date-own-statement"
    assert part.credential is not None
    assert part.credential.credential.identifiers == []


def test_a_part_may_show_nothing_of_a_list(campus: Campus, ugu: House) -> None:
    results = [f"/credentialSubject/result/{place}" for place in range(len(ugu.draft()["credentialSubject"]["result"]))]
    text = concealed(ugu, *results, "/credentialSubject/achievement/criteria/narrative")
    part = campus.verify(jose.disclose(jose.read(text), []).encode())

    assert codes(part.report)["format"] == "format-ok"
    assert part.verdict is VALID


def test_a_status_that_is_not_shown_is_not_taken_for_none(campus: Campus, ugu: House) -> None:
    text = concealed(ugu, "/credentialStatus")
    found = campus.verify(jose.disclose(jose.read(text), []).encode())

    assert codes(found.report)["status"] == "status-not-shown"
    assert found.verdict is CANNOT_TELL


def test_a_disclosure_of_another_badge_is_refused(campus: Campus, ugu: House) -> None:
    one, other = concealed(ugu, "/name"), concealed(ugu, "/name")
    found = campus.verify(one.encode() + other.split("~")[1].encode() + b"~")

    assert leading(found.report).code == "sd-foreign"
    assert found.verdict is INVALID


def test_the_holder_binds_a_badge_to_whoever_asked(campus: Campus, ugu: House) -> None:
    holder, thief = make_holder("alina"), make_holder("thief")
    token = jose.read(concealed(ugu, "/credentialSubject/identifier", holder=holder))
    text = jose.bind(token, holder, audience="https://s1.example", nonce="n-1", now=campus.now).encode()
    asked = {"domain": "https://s1.example", "challenge": "n-1"}
    found = campus.verify_presentation(text, **asked)

    assert [found.report.verdict, found.items[0].verdict] == [VALID, VALID]
    assert found.holder == did.did_jwk(holder.public)
    assert campus.verify(text).report.check("possession") == found.report.checks[0]

    def possession(data: bytes, **question: str) -> str:
        return leading(campus.verify_presentation(data, **(asked | question)).report).code

    assert possession(text, domain="https://s2.example") == "proof-domain"
    assert possession(text, challenge="n-2") == "proof-challenge"
    stolen = jose.bind(token, thief, audience="https://s1.example", nonce="n-1", now=campus.now).encode()
    assert possession(stolen) == "possession-broken"
    assert campus.verify(stolen).verdict is INVALID
    campus.now += timedelta(minutes=6)
    assert possession(text) == "possession-broken"
    assert campus.verify(text).verdict is VALID  # nobody asked, so nobody needs it fresh


def test_a_badge_without_a_binding_is_no_set(campus: Campus, ugu: House) -> None:
    for data in (concealed(ugu, "/name").encode(), ugu.award_text(), ugu.award()):
        with pytest.raises(NotACredential):
            campus.verify_presentation(data)


# --- sets and envelopes -------------------------------------------------------------------------------------------


def test_an_envelope_is_what_is_in_it(campus: Campus, ugu: House) -> None:
    text = ugu.award_text().decode()
    found = campus.verify(write(jose.envelope(text, jose.VC_JWT)))

    assert found.verdict is VALID
    assert found.report.digest == campus.verify(text.encode()).report.digest


@pytest.mark.parametrize(
    ("change", "outcome", "code"),
    [
        ({"issuer": "did:web:good.example"}, INVALID, "envelope"),
        ({"id": "data:application/vc+jwt,AAAA"}, INVALID, "envelope"),
        ({"id": "data:application/vc+cose;base64,0oRY"}, CANNOT_TELL, "envelope-unknown"),
    ],
)
def test_v8_an_envelope_says_nothing_itself(
    campus: Campus, ugu: House, change: dict[str, Any], outcome: object, code: str
) -> None:
    found = campus.verify(write(jose.envelope(ugu.award_text().decode(), jose.VC_JWT) | change))

    assert (found.verdict, leading(found.report).code) == (outcome, code)


def test_an_envelope_must_name_the_form_that_is_in_it(campus: Campus, ugu: House) -> None:
    sealed = ugu.award_text(jose.OPEN_BADGES).decode()
    found = campus.verify(write(jose.envelope(sealed, jose.VC_JWT)))

    assert leading(found.report).code == "jwt-typ"


def mixed(ugu: House) -> list[dict[str, Any]]:
    """Three envelopes: a good badge, a forged one, one of which only the wrapping is there."""
    good = ugu.award_text()
    forged = signed_again(good, make_holder("thief"))
    texts = [good.decode(), forged.decode(), good.decode().split(".")[0] + ".e30.AAAA"]
    return [jose.envelope(text, jose.VC_JWT) for text in texts]


def test_envelopes_in_a_signed_set_are_judged_one_by_one(campus: Campus, ugu: House) -> None:
    holder = make_holder("alina")
    who = did.controller_of(holder.method)
    plain = json.loads(ugu.award())
    shown = compose(presentation_id=make_uuid("p"), holder=who, credentials=[plain, *mixed(ugu)])
    found = campus.verify_presentation(write(add(shown, holder, created=campus.now, purpose="authentication")))

    assert found.report.verdict is VALID
    assert found.holder == who
    assert [item.verdict for item in found.items] == [VALID, VALID, INVALID, INVALID]
    assert leading(found.items[2].report).code == "proof-signature"
    assert leading(found.items[3].report).code == "envelope"


@pytest.mark.parametrize("make", [did.did_key, did.did_jwk], ids=["did:key", "did:jwk"])
def test_a_set_that_is_a_text_is_judged_one_by_one(campus: Campus, ugu: House, make: Any) -> None:
    holder = make_holder("alina")
    who = make(holder.multikey) if make is did.did_key else make(holder.public)
    shown = compose(presentation_id=make_uuid("p"), holder=who, credentials=mixed(ugu))
    asked = {"domain": "https://s1.example", "challenge": "n-1"}

    def text(**options: Any) -> bytes:
        told: dict[str, Any] = {
            "audience": "https://s1.example",
            "nonce": "n-1",
            "issued": campus.now,
            "kid": "",
        } | options
        return jose.sign_presentation(shown, holder, **told).encode()

    found = campus.verify_presentation(text(), **asked)
    assert (found.report.verdict, found.holder) == (VALID, who)
    assert [item.verdict for item in found.items] == [VALID, INVALID, INVALID]
    with pytest.raises(PresentationGiven):
        campus.verify(text())

    def refused(data: bytes) -> str:
        answer = campus.verify_presentation(data, **asked)
        assert answer.holder == ""
        return leading(answer.report).code

    assert refused(text(audience="https://s2.example")) == "proof-domain"
    assert refused(text(audience=None)) == "proof-domain"
    both = signed_again(text(), holder, aud=["https://s1.example", "https://s2.example"])
    assert refused(both) == "proof-domain"  # either of them could show it to the other
    assert refused(text(nonce="n-2")) == "proof-challenge"
    assert refused(text(issued=campus.now - timedelta(minutes=6))) == "presentation-old"
    assert refused(text(issued=None)) == "presentation-old"
    assert refused(text(issued=campus.now + timedelta(minutes=6))) == "possession-broken"
    assert refused(signed_again(text(), make_holder("thief"))) == "possession-broken"


def test_a_set_that_is_a_text_holds_nothing_unsealed(campus: Campus, ugu: House) -> None:
    holder = make_holder("alina")
    document = compose(
        presentation_id=make_uuid("p"), holder=did.controller_of(holder.method), credentials=[json.loads(ugu.award())]
    )
    found = campus.verify_presentation(raw({"alg": "EdDSA", "typ": "vp+jwt"}, document, holder).encode())

    assert leading(found.report).code == "envelope"
    assert found.items == ()


def test_proofs_inside_of_a_text_count_for_nothing(campus: Campus, ugu: House) -> None:
    document = ugu.sign(ugu.draft())
    found = campus.verify(jose.sign_credential(document, ugu.signer).encode())

    assert found.verdict is VALID
    remark = found.report.check("other_proofs")
    assert remark is not None
    assert (remark.outcome, remark.code) == (Outcome.UNKNOWN, "proofs-unread")


def test_a_case_takes_what_was_shown_in_any_form(campus: Campus, ugu: House) -> None:
    holder, thing = make_holder("alina"), json.loads(ugu.award())
    envelopes = mixed(ugu)[:2]
    document = compose(
        presentation_id=make_uuid("p"), holder=did.controller_of(holder.method), credentials=[thing, *envelopes]
    )
    signed = add(document, holder, created=campus.now, purpose="authentication")
    sealed = jose.sign_presentation(document | {"verifiableCredential": envelopes}, holder).encode()
    bound = jose.bind(
        jose.read(concealed(ugu, "/name", holder=holder)), holder, audience="a", nonce="n", now=campus.now
    )

    assert [json.loads(one) for one in presented(write(signed))] == [thing, *envelopes]
    assert [json.loads(one) for one in presented(sealed)] == envelopes
    assert presented(bound.encode()) == [bound.encode()]
    assert [campus.verify(one).verdict for one in presented(sealed)] == [VALID, INVALID]


# --- tampering ----------------------------------------------------------------------------------------------------

TOWN = Campus()
HOUSE = TOWN.join("ugu", name="Северный открытый университет", licence="Л-030")
ALINA = make_holder("alina")
TEXTS = {
    "vc+jwt": HOUSE.award_text(),
    "JWT": HOUSE.award_text(jose.OPEN_BADGES),
    "vc+sd-jwt": concealed(HOUSE, "/name", "/credentialSubject/result").encode(),
    "key binding": jose.bind(
        jose.read(concealed(HOUSE, "/name", holder=ALINA)), ALINA, audience="a", nonce="n", now=TOWN.now
    ).encode(),
}


def accepted(text: bytes) -> bool:
    try:
        return TOWN.verify(text).verdict is VALID
    except NotACredential:
        return False


@pytest.mark.parametrize("form", TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_any_letter_of_a_text_that_is_changed_is_refused(form: str, data: st.DataObject) -> None:
    text = bytearray(TEXTS[form])
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(b"ABCabc012-_.~= {"))
    assume(text[place] != letter)
    text[place] = letter

    assert accepted(TEXTS[form])
    assert not accepted(bytes(text)) or bytes(text).strip() == TEXTS[form]
