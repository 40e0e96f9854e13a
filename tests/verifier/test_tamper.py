"""No change of a signed badge is ever accepted, except one that means the same."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.canonical import canonicalize
from schemas.refusals import Refused
from tests.campus import Campus, write
from verifier.errors import NotACredential
from verifier.verdict import Verdict

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CAMPUS = Campus(NOW)
UGU = CAMPUS.join("ugu", name="Северный открытый университет", licence="Л-030")
BADGE: dict[str, Any] = json.loads(UGU.award())
BYTES = write(BADGE)
RUNS = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

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


PLACES = paths(BADGE)
INSIDE = [path for path in PLACES if path]
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


def same_meaning(document: Any) -> bool:
    """Whether content and proof options have the canonical form of the honest badge."""
    return _meaning(document) == _meaning(BADGE)


def _meaning(document: Any) -> object:
    try:
        proofs = document["proof"] if isinstance(document["proof"], list) else [document["proof"]]
        content = canonicalize({name: value for name, value in document.items() if name != "proof"})
        options = [
            (
                canonicalize(
                    {**{k: v for k, v in proof.items() if k != "proofValue"}, "@context": document["@context"]}
                ),
                proof["proofValue"],
            )
            for proof in proofs
        ]
    except (Refused, KeyError, TypeError, AttributeError):
        return object()
    return content, options


def test_the_honest_badge_is_accepted() -> None:
    assert accepted(BADGE)


@RUNS
@given(st.sampled_from(INSIDE), values)
def test_a_value_replaced_anywhere(path: Path, value: Any) -> None:
    document = copy.deepcopy(BADGE)
    at(document, path[:-1])[path[-1]] = value

    assert not accepted(document) or same_meaning(document)


@RUNS
@given(st.sampled_from(INSIDE))
def test_a_member_taken_away_anywhere(path: Path) -> None:
    document = copy.deepcopy(BADGE)
    del at(document, path[:-1])[path[-1]]

    assert not accepted(document)


@RUNS
@given(st.sampled_from(PLACES), st.text(min_size=1, max_size=8), scalars)
def test_v1_a_member_added_anywhere(path: Path, name: str, value: Any) -> None:
    document = copy.deepcopy(BADGE)
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


@RUNS
@given(st.sampled_from(INSIDE), st.sampled_from(INSIDE))
def test_two_values_exchanged(one: Path, other: Path) -> None:
    document = copy.deepcopy(BADGE)
    if one[: len(other)] == other or other[: len(one)] == one:
        return
    first, second = at(document, one), at(document, other)
    at(document, one[:-1])[one[-1]], at(document, other[:-1])[other[-1]] = second, first

    assert not accepted(document) or same_meaning(document)


@RUNS
@given(st.integers(0, len(BYTES) - 1), st.integers(0, 7))
def test_a_bit_turned_in_the_file(place: int, bit: int) -> None:
    data = bytearray(BYTES)
    data[place] ^= 1 << bit
    try:
        document = json.loads(bytes(data))
    except ValueError:
        document = None

    assert not accepted_bytes(bytes(data)) or (document is not None and same_meaning(document))


@RUNS
@given(st.integers(0, len(BYTES) - 1), st.integers(1, 40), st.binary(max_size=10))
def test_a_piece_of_the_file_exchanged(place: int, length: int, piece: bytes) -> None:
    data = BYTES[:place] + piece + BYTES[place + length :]
    try:
        document = json.loads(data)
    except ValueError:
        document = None

    assert not accepted_bytes(data) or (document is not None and same_meaning(document))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner)))
def test_a_document_of_any_shape_gets_an_answer_or_one_clear_error(anything: Any) -> None:
    document = {**BADGE, "credentialSubject": anything, "issuer": anything, "type": ["VerifiableCredential"]}

    assert not accepted(document)
