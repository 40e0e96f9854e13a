"""No change of a signed badge is ever accepted, except one that means the same."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keys.proofs import ECDSA_JCS, JCS, derive
from schemas.canonical import canonicalize
from schemas.refusals import Refused
from tests.campus import Campus, House, write
from verifier.errors import NotACredential
from verifier.verdict import Verdict

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CAMPUS = Campus(NOW)
UGU = CAMPUS.join("ugu", name="Северный открытый университет", licence="Л-030")
FRAME = ("/issuer", "/validFrom", "/awardedDate", "/credentialStatus")


def curved(kind: str) -> House:
    """An organisation that signs on a curve."""
    house = CAMPUS.join(f"u{kind[-3:]}", name="Институт", licence="Л-031")
    house.keys.clear()
    house.rotate(kind)
    return house


def badges() -> dict[str, dict[str, Any]]:
    """One honest badge for each way of signing."""
    on_256, on_384 = curved("P-256"), curved("P-384")
    chained = UGU.sign(on_256.sign(UGU.draft(), proof_id="urn:uuid:1"), previous="urn:uuid:1")
    made = {
        "eddsa-rdfc-2022": json.loads(UGU.award()),
        "eddsa-jcs-2022": UGU.sign(UGU.draft(), suite=JCS),
        "ecdsa-rdfc-2019": on_256.sign(on_256.draft()),
        "ecdsa-jcs-2019": on_384.sign(on_384.draft(), suite=ECDSA_JCS),
        "ecdsa-sd-2023": derive(on_256.award_in_parts(*FRAME), ["/name", "/credentialSubject/result"]),
        "chain": chained,
    }
    return {suite: json.loads(write(badge)) for suite, badge in made.items()}


BADGES = badges()
each_suite = pytest.mark.parametrize("suite", BADGES)
RUNS = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

Path = tuple[str | int, ...]


def paths(value: Any, so_far: Path = ()) -> list[Path]:
    """Every place in a document."""
    if isinstance(value, dict):
        pairs: list[tuple[str | int, Any]] = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    else:
        return [so_far]
    return [so_far, *(path for key, item in pairs for path in paths(item, (*so_far, key)))]


PLACES = {suite: paths(badge) for suite, badge in BADGES.items()}
INSIDE = {suite: [path for path in places if path] for suite, places in PLACES.items()}
scalars = st.one_of(
    st.text(max_size=12), st.integers(-10, 10), st.booleans(), st.none(), st.just([]), st.just({}), st.floats(0, 1)
)
values = st.one_of(scalars, st.lists(scalars, max_size=2), st.dictionaries(st.text(max_size=5), scalars, max_size=2))


def at(document: Any, path: Path) -> Any:
    for key in path:
        document = document[key]
    return document


def accepted(document: Any) -> bool:
    """Whether the verifier takes it for valid."""
    return accepted_bytes(json.dumps(document).encode())


def accepted_bytes(data: bytes) -> bool:
    try:
        return CAMPUS.verifier.verify(data, now=NOW).verdict is Verdict.VALID
    except NotACredential:
        return False


def same_meaning(document: Any, suite: str) -> bool:
    """Whether content and proof options have the canonical form of the honest badge."""
    return _meaning(document) == _meaning(BADGES[suite])


def _meaning(document: Any) -> object:
    try:
        proofs = document["proof"] if isinstance(document["proof"], list) else [document["proof"]]
        content = canonicalize({name: value for name, value in document.items() if name != "proof"})
        options = [
            (
                canonicalize(
                    {
                        **{k: v for k, v in proof.items() if k not in ("proofValue", "@context")},
                        "@context": document["@context"],
                    }
                ),
                proof["proofValue"],
            )
            for proof in proofs
        ]
    except (Refused, KeyError, TypeError, AttributeError):
        return object()
    return content, options


@each_suite
def test_the_honest_badge_is_accepted(suite: str) -> None:
    assert accepted(BADGES[suite])


@each_suite
@RUNS
@given(st.data(), values)
def test_a_value_replaced_anywhere(suite: str, data: st.DataObject, value: Any) -> None:
    path = data.draw(st.sampled_from(INSIDE[suite]))
    document = copy.deepcopy(BADGES[suite])
    at(document, path[:-1])[path[-1]] = value

    assert not accepted(document) or same_meaning(document, suite)


@each_suite
@RUNS
@given(st.data())
def test_a_member_taken_away_anywhere(suite: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(INSIDE[suite]))
    document = copy.deepcopy(BADGES[suite])
    del at(document, path[:-1])[path[-1]]

    assert not accepted(document)


@each_suite
@RUNS
@given(st.data(), st.text(min_size=1, max_size=8), scalars)
def test_v1_a_member_added_anywhere(suite: str, data: st.DataObject, name: str, value: Any) -> None:
    path = data.draw(st.sampled_from(PLACES[suite]))
    document = copy.deepcopy(BADGES[suite])
    place = at(document, path)
    if isinstance(place, dict):
        if name in place:
            return
        place[name] = value
    elif isinstance(place, list):
        place.append({name: value})
    else:
        return

    assert not accepted(document)


@each_suite
@RUNS
@given(st.data())
def test_two_values_exchanged(suite: str, data: st.DataObject) -> None:
    one, other = (data.draw(st.sampled_from(INSIDE[suite])) for _ in range(2))
    document = copy.deepcopy(BADGES[suite])
    if one[: len(other)] == other or other[: len(one)] == one:
        return
    first, second = at(document, one), at(document, other)
    at(document, one[:-1])[one[-1]], at(document, other[:-1])[other[-1]] = second, first

    assert not accepted(document) or same_meaning(document, suite)


def means_the_same(data: bytes, suite: str) -> bool:
    try:
        return same_meaning(json.loads(data), suite)
    except ValueError:
        return False


@each_suite
@RUNS
@given(st.data(), st.integers(0, 7))
def test_a_bit_turned_in_the_file(suite: str, data: st.DataObject, bit: int) -> None:
    turned = bytearray(write(BADGES[suite]))
    turned[data.draw(st.integers(0, len(turned) - 1))] ^= 1 << bit

    assert not accepted_bytes(bytes(turned)) or means_the_same(bytes(turned), suite)


@each_suite
@RUNS
@given(st.data(), st.integers(1, 40), st.binary(max_size=10))
def test_a_piece_of_the_file_exchanged(suite: str, data: st.DataObject, length: int, piece: bytes) -> None:
    whole = write(BADGES[suite])
    place = data.draw(st.integers(0, len(whole) - 1))
    exchanged = whole[:place] + piece + whole[place + length :]

    assert not accepted_bytes(exchanged) or means_the_same(exchanged, suite)


@each_suite
@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner)))
def test_a_document_of_any_shape_gets_an_answer_or_one_clear_error(suite: str, anything: Any) -> None:
    document = {**BADGES[suite], "credentialSubject": anything, "issuer": anything, "type": ["VerifiableCredential"]}

    assert not accepted(document)
