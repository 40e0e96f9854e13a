"""SD-JWT: the examples of RFC 9901, every refusal it asks for, and the key binding."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import jose, jwk
from keys.errors.proofs import ChallengeWrong, DomainWrong, ProofInvalid
from keys.jose import errors, jws
from keys.jose.binding import TYP
from keys.jose.disclosures import conceal, digest, reveal
from keys.jose.profiles import SD_JWT_VC, VC_SD_JWT, VP_SD_JWT
from keys.multikey import ED25519, P256, P384
from schemas.reading import pointer_to
from schemas.refusals import Refused, TooDeep
from tests.keys.jose.wallet import NOW, badge, make, raw

SIGNER = make(P256)
HOLDER = make(ED25519, seed=3)
AGE = timedelta(minutes=5)
HEADER = {"alg": "ES256", "typ": "vc+sd-jwt"}


def salts() -> Callable[[], str]:
    numbers = iter(range(10_000))
    return lambda: f"salt-{next(numbers)}"


# --- RFC 9901 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # §4.2.1, §4.2.3: a member of an object; §4.2.2: an element of an array
        (
            '["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"]',
            (
                "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
                "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
            ),
        ),
        (
            '["lklxF5jMYlGTPUovMNIvCA", "FR"]',
            ("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0", "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"),
        ),
    ],
)
def test_the_digests_of_the_rfc(text: str, found: tuple[str, str]) -> None:
    assert (jwk.encode(text.encode()), digest(jwk.encode(text.encode()))) == found


def test_the_array_of_the_rfc_is_put_together() -> None:
    payload = {"nationalities": ["DE", {"...": "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"}, "US"]}

    shown = reveal(payload, ["WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0"])
    hidden = reveal(payload, [])

    assert (shown.claims, shown.hidden) == ({"nationalities": ["DE", "FR", "US"]}, 0)
    assert (hidden.claims, hidden.hidden) == ({"nationalities": ["DE", "US"]}, 1)


# --- there and back -----------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abц/~", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)
CLAIMS = st.dictionaries(st.text("abц/~", min_size=1, max_size=3), VALUES, min_size=1, max_size=4)


def places_in(value: Any, pointer: str = "") -> list[str]:
    """Every place of a document, outer ones first."""
    if isinstance(value, dict):
        inner = [(pointer_to(pointer, name), held) for name, held in value.items()]
    else:
        inner = [(f"{pointer}/{index}", held) for index, held in enumerate(value)] if isinstance(value, list) else []
    return [found for place, held in inner for found in (place, *places_in(held, place))]


def without(value: Any, gone: set[str], pointer: str = "") -> Any:
    """The document without some places, worked out the plain way."""
    if isinstance(value, dict):
        inner = {name: (pointer_to(pointer, name), held) for name, held in value.items()}
        return {name: without(held, gone, place) for name, (place, held) in inner.items() if place not in gone}
    if isinstance(value, list):
        places = [(f"{pointer}/{index}", held) for index, held in enumerate(value)]
        return [without(held, gone, place) for place, held in places if place not in gone]
    return value


@given(st.data())
def test_any_choice_of_disclosures_shows_exactly_that(data: st.DataObject) -> None:
    claims = data.draw(CLAIMS)
    every = places_in(claims)
    concealed = data.draw(st.sets(st.sampled_from(every)))
    payload, disclosures = conceal(claims, concealed, decoys=data.draw(st.integers(0, 2)), salt=salts())
    whole = reveal(payload, disclosures)

    assert whole.claims == claims
    assert set(whole.places) == concealed

    gone = data.draw(st.sets(st.sampled_from(sorted(concealed)))) if concealed else set()
    gone |= {place for place in concealed for outer in gone if place.startswith(f"{outer}/")}
    part = reveal(payload, [text for place, text in whole.places.items() if place not in gone])
    assert part.claims == without(claims, gone)
    assert len(part.places) == len(concealed) - len(gone)


@pytest.mark.parametrize(
    ("gone", "shown"),
    [
        (["/a/0/b", "/a/0/c/0"], {"a": [{"d": None}], "e": {}, "f": []}),
        (["/a/0/b", "/a/0/c/0", "/a/0/d"], {"e": {}, "f": []}),
        (["/a/0/c/0"], {"a": [{"b": 1, "d": None}], "e": {}, "f": []}),
        (["/a/0/c", "/a/0/d"], {"a": [{"b": 1}], "e": {}, "f": []}),
        (["/a", "/e", "/f"], {}),
    ],
)
def test_what_shows_nothing_any_more_is_not_shown(gone: list[str], shown: dict[str, Any]) -> None:
    claims = {"a": [{"b": 1, "c": [2], "d": None}], "e": {}, "f": []}
    payload, disclosures = conceal(claims, gone, salt=salts())

    assert reveal(payload, disclosures).shown == claims
    assert reveal(payload, []).shown == shown
    assert reveal(payload, []).claims == without(claims, set(gone))


def test_what_is_concealed_is_nowhere_in_the_token() -> None:
    token = jose.read(
        jose.conceal(badge(name="Ветрова"), SIGNER, ["/name", "/credentialSubject/achievement"], decoys=3)
    )
    payload = token.jws.payload.decode()

    assert "Ветрова" not in payload
    assert "Проект" not in payload
    assert len(json.loads(payload)["_sd"]) == 4
    assert json.loads(payload)["_sd"] == sorted(json.loads(payload)["_sd"])


@pytest.mark.parametrize("profile", [VC_SD_JWT, SD_JWT_VC])
def test_a_holder_shows_what_they_choose(profile: jose.Profile) -> None:
    subject = "/credentialSubject/achievement"
    vct = "https://sever.example/badge" if profile is SD_JWT_VC else ""
    text = jose.conceal(badge(), SIGNER, [subject, f"{subject}/name", "/validFrom"], profile, vct=vct)
    whole = jose.read(text)
    part = jose.read(jose.disclose(whole, [f"{subject}/name"]))
    none = jose.read(jose.disclose(whole, []))
    for token in (whole, part, none):
        jose.verify(token, SIGNER.public)

    assert (whole.document, whole.hidden) == (badge(), 0)
    assert part.document == badge(validFrom=None)
    assert (set(part.places), part.hidden) == ({subject, f"{subject}/name"}, 1)
    assert "achievement" not in none.document["credentialSubject"]


@pytest.mark.parametrize(
    "pointer",
    ["", "/", "/nothing", "name", "/type/7", "/type/00", "/type/-", "/id/x", "/iss", "/exp", "/cnf", "/status"],
)
def test_a_place_that_is_not_there_or_must_be_open_is_not_concealed(pointer: str) -> None:
    with pytest.raises(errors.CannotConceal):
        jose.conceal(badge(iss="x", exp=1, cnf={}, status={}), SIGNER, [pointer])


@pytest.mark.parametrize("name", ["_sd", "...", "_sd_alg"])
def test_reserved_names_of_its_own_are_not_signed(name: str) -> None:
    with pytest.raises(errors.NameReserved):
        jose.conceal(badge(evidence=[{name: "x"}]), SIGNER, ["/id"])


def test_the_ietf_form_needs_its_type() -> None:
    with pytest.raises(errors.ClaimMissing):
        jose.conceal(badge(), SIGNER, ["/name"] if "name" in badge() else ["/id"], SD_JWT_VC)


def test_a_presentation_may_conceal_too() -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "holder": "did:a:b",
    }
    token = jose.read(jose.conceal(document, SIGNER, ["/holder"], VP_SD_JWT))

    assert token.document == document


# --- refusals -----------------------------------------------------------------------------------------------------


def written(*parts: Any) -> str:
    return jwk.encode(json.dumps(list(parts)).encode())


NAME, OTHER, CELL = written("s1", "name", "Имя"), written("s2", "name", "Другое"), written("s3", "x")
SECURED = {"_sd": [digest(NAME)], "list": [{"...": digest(CELL)}]}
REFUSED: dict[str, tuple[dict[str, Any], list[str], type[Exception]]] = {
    "not referred to": (SECURED, [written("s9", "grade", 5)], errors.DisclosureForeign),
    "shown twice": (SECURED, [NAME, NAME], errors.DisclosureTwice),
    "one digest in two places": ({"_sd": [digest(NAME)], "a": {"_sd": [digest(NAME)]}}, [NAME], errors.DisclosureTwice),
    "one digest twice in one place": ({"_sd": [digest(NAME)] * 2}, [], errors.DisclosureTwice),
    "one digest twice, in an array": ({"a": [{"...": digest(CELL)}] * 2}, [], errors.DisclosureTwice),
    "a digest inside of what it shows": (
        {"_sd": [digest(NAME)], "a": [{"...": digest(NAME)}]},
        [],
        errors.DisclosureTwice,
    ),
    "a name that is there already": (SECURED | {"name": "x"}, [NAME], errors.DisclosureTwice),
    "one name from two disclosures": ({"_sd": [digest(NAME), digest(OTHER)]}, [NAME, OTHER], errors.DisclosureTwice),
    "a member where an element belongs": ({"list": [{"...": digest(NAME)}]}, [NAME], errors.DisclosureMalformed),
    "an element where a member belongs": ({"_sd": [digest(CELL)]}, [CELL], errors.DisclosureMalformed),
    "four parts": (SECURED, [written("s", "name", "x", 1)], errors.DisclosureMalformed),
    "one part": (SECURED, [written("s")], errors.DisclosureMalformed),
    "a salt that is no text": (SECURED, [written(5, "name", "x")], errors.DisclosureMalformed),
    "a name that is no text": (SECURED, [written("s", 5, "x")], errors.DisclosureMalformed),
    "an object": (SECURED, [jwk.encode(b'{"s": "x"}')], errors.DisclosureMalformed),
    "more than an array": (SECURED, [jwk.encode(b'["s","n",1],"x":2')], errors.DisclosureMalformed),
    "no JSON": (SECURED, [jwk.encode(b"[1,")], errors.DisclosureMalformed),
    "one member twice": (SECURED, [jwk.encode(b'["s","n",{"a":1,"a":2}]')], errors.DisclosureMalformed),
    "a number that readers round": (SECURED, [jwk.encode(b'["s","n",1e999]')], errors.DisclosureMalformed),
    "padding": (SECURED, [NAME + "="], errors.DisclosureMalformed),
    "nothing": (SECURED, [""], errors.DisclosureMalformed),
    "the name _sd": (SECURED, [written("s", "_sd", ["x"])], errors.NameReserved),
    "the name ...": (SECURED, [written("s", "...", "x")], errors.NameReserved),
    "a concealed issuer": (
        {"_sd": [digest(written("s", "iss", "x"))]},
        [written("s", "iss", "x")],
        errors.NameReserved,
    ),
    "a concealed end": ({"_sd": [digest(written("s", "exp", 5))]}, [written("s", "exp", 5)], errors.NameReserved),
    "a concealed key": ({"_sd": [digest(written("s", "cnf", {}))]}, [written("s", "cnf", {})], errors.NameReserved),
    "digests that are no list": ({"_sd": digest(NAME)}, [], errors.NameReserved),
    "a digest that is no text": ({"_sd": [5]}, [], errors.DisclosureMalformed),
    "an element's digest that is no text": ({"list": [{"...": None}]}, [], errors.DisclosureMalformed),
    "... beside another member": ({"list": [{"...": digest(CELL), "a": 1}]}, [], errors.NameReserved),
    "... outside of an array": ({"list": {"...": digest(CELL)}}, [CELL], errors.NameReserved),
    "an unknown hash": (SECURED | {"_sd_alg": "md5"}, [NAME], errors.HashUnknown),
    "a hash in other letters": (SECURED | {"_sd_alg": "SHA-256"}, [NAME], errors.HashUnknown),
    "a hash that is no text": (SECURED | {"_sd_alg": 256}, [NAME], errors.HashUnknown),
    "another hash than was used": (SECURED | {"_sd_alg": "sha-512"}, [NAME], errors.DisclosureForeign),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_be_read_in_two_ways_is_refused(case: str) -> None:
    payload, disclosures, error = REFUSED[case]

    with pytest.raises(error):
        reveal(payload, disclosures)


@pytest.mark.parametrize("algorithm", ["sha-256", "sha-384", "sha-512"])
def test_every_known_hash_is_read(algorithm: str) -> None:
    assert reveal({"_sd": [digest(NAME, algorithm)], "_sd_alg": algorithm}, [NAME]).claims == {"name": "Имя"}


def test_disclosures_inside_of_disclosures_have_an_end() -> None:
    disclosures = [written("s", "a", 1)]
    for _ in range(40):
        disclosures.append(written("s", "a", {"_sd": [digest(disclosures[-1])]}))

    with pytest.raises(TooDeep):
        reveal({"_sd": [digest(disclosures[-1])]}, disclosures)


@pytest.mark.parametrize("text", ["{0}", "{0}~{1}", "{0}~~", "{0}~{1}~~", "{0}~{1}~{1}~", "~{0}~", "{0}~{1}~a.b"])
def test_another_shape_of_the_text_is_refused(text: str) -> None:
    token = jose.read(jose.conceal(badge(), SIGNER, ["/id"]))

    with pytest.raises(errors.TokenInvalid):
        jose.read(text.format(token.jws.text, token.text.split("~")[1]))


@given(st.data())
def test_any_bit_that_is_flipped_is_refused(data: st.DataObject) -> None:
    token = jose.read(
        jose.conceal(badge(), make(P384), ["/id", "/credentialSubject/achievement"], holder=HOLDER.public)
    )
    text = bytearray(jose.bind(token, HOLDER, audience="a", nonce="n", now=NOW).encode())
    text[data.draw(st.integers(0, len(text) - 1))] ^= 1 << data.draw(st.integers(0, 6))

    with pytest.raises((ProofInvalid, Refused)):
        accept(text.decode())


def accept(text: str) -> None:
    token = jose.read(text)
    jose.verify(token, make(P384).public)
    jose.check_binding(token, now=NOW, age=AGE, audience="a", nonce="n")


# --- key binding --------------------------------------------------------------------------------------------------


@pytest.fixture
def held() -> jose.Token:
    return jose.read(jose.conceal(badge(), SIGNER, ["/id", "/validFrom"], holder=HOLDER.public))


def claims_of(text: str) -> dict[str, Any]:
    return dict(json.loads(jose.read(text).binding.payload))  # type: ignore[union-attr]


def bound_by(token: jose.Token, change: dict[str, Any], header: dict[str, Any] | None = None) -> jose.Token:
    """The token with a key binding of other claims, well signed by the holder."""
    text = jose.bind(token, HOLDER, audience="a", nonce="n", now=NOW)
    claims = {name: value for name, value in (claims_of(text) | change).items() if value is not None}
    return jose.read(token.text + raw(header or {"alg": "EdDSA", "typ": TYP}, claims, HOLDER))


def test_a_binding_holds_for_its_receiver_and_request(held: jose.Token) -> None:
    shown = jose.read(jose.disclose(held, ["/id"]))
    token = jose.read(jose.bind(shown, HOLDER, audience="https://s1.example", nonce="n-1", now=NOW))
    jose.check_binding(token, now=NOW, age=AGE, audience="https://s1.example", nonce="n-1")
    jose.check_binding(token, now=NOW, age=AGE)

    assert token.holder_key == HOLDER.public
    assert token.document == badge(validFrom=None)
    with pytest.raises(DomainWrong):
        jose.check_binding(token, now=NOW, age=AGE, audience="https://s2.example")
    with pytest.raises(ChallengeWrong):
        jose.check_binding(token, now=NOW, age=AGE, nonce="n-2")


def test_a_binding_that_is_not_there(held: jose.Token) -> None:
    nobodys = jose.read(jose.conceal(badge(), SIGNER, ["/id"]))
    for token in (held, nobodys, jose.read(jose.bind(nobodys, HOLDER, audience="a", nonce="n", now=NOW))):
        with pytest.raises(errors.BindingMissing):
            jose.check_binding(token, now=NOW, age=AGE)


@pytest.mark.parametrize(
    "change",
    [
        {"iat": int(NOW.timestamp()) - 301},
        {"iat": int(NOW.timestamp()) + 301},
        {"iat": None},
        {"iat": "now"},
        {"aud": None},
        {"aud": ["a"]},
        {"nonce": None},
        {"nonce": 5},
        {"sd_hash": None},
        {"sd_hash": digest("x")},
    ],
    ids=str,
)
def test_a_binding_with_other_claims_is_refused(held: jose.Token, change: dict[str, Any]) -> None:
    with pytest.raises(errors.BindingWrong):
        jose.check_binding(bound_by(held, change), now=NOW, age=AGE)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "EdDSA"},
        {"alg": "EdDSA", "typ": "JWT"},
        {"alg": "ES256", "typ": TYP},
        {"alg": "none", "typ": TYP},
        {"alg": "EdDSA", "typ": TYP, "jwk": jwk.write(HOLDER.public)},
        {"alg": "EdDSA", "typ": TYP, "crit": ["x"]},
    ],
    ids=str,
)
def test_a_binding_with_another_header_is_refused(held: jose.Token, header: dict[str, Any]) -> None:
    with pytest.raises(errors.BindingWrong):
        jose.check_binding(bound_by(held, {}, header), now=NOW, age=AGE)


def test_a_binding_of_another_selection_or_by_another_key_is_refused(held: jose.Token) -> None:
    *shown, binding = jose.bind(held, HOLDER, audience="a", nonce="n", now=NOW).split("~")
    thief = jose.bind(held, make(ED25519, seed=8), audience="a", nonce="n", now=NOW)
    for text in ("~".join([*shown[:-1], binding]), "~".join([shown[0], *shown[:0:-1], binding]), thief):
        with pytest.raises(errors.BindingWrong):
            jose.check_binding(jose.read(text), now=NOW, age=AGE)


@pytest.mark.parametrize("confirmed", [{"jwk": {"kty": "oct", "k": "AA"}}, {"kid": "a"}, [], "key"], ids=str)
def test_a_holder_whose_key_cannot_be_read(confirmed: object) -> None:
    payload, disclosures = conceal(badge(), ["/id"], salt=salts())
    text = "~".join([raw(HEADER, {**payload, "cnf": confirmed}, SIGNER), *disclosures, ""])

    with pytest.raises(errors.ClaimWrong):
        jose.check_binding(jose.read(text), now=NOW, age=AGE)


def test_concealing_leaves_the_document_as_it_was() -> None:
    document = badge()
    before = copy.deepcopy(document)
    jose.conceal(document, SIGNER, ["/credentialSubject/achievement/name", "/type/1"])

    assert document == before
    assert jws.parse(jose.conceal(document, SIGNER, ["/id"]).split("~")[0]).header["typ"] == "vc+sd-jwt"
