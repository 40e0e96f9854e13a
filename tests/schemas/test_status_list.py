import base64
import gzip
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.canonical import canonicalize
from schemas.refusals import Refused, Unreadable
from schemas.status_list import (
    LENGTH,
    ListTooShort,
    MalformedList,
    RangeError,
    StatusList,
    decode,
    encode,
    status_list_credential,
)


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


@given(st.sets(st.integers(0, LENGTH - 1), max_size=50))
def test_what_is_set_is_found_and_nothing_else(indexes: set[int]) -> None:
    bits = decode(encode(indexes))
    assert bits.length == LENGTH
    assert all(bits.get(index) for index in indexes)
    assert sum(byte.bit_count() for byte in bits.bits) == len(indexes)


def test_index_0_is_the_left_most_bit() -> None:
    bits = decode(encode([0, 9, LENGTH - 1])).bits
    assert (bits[0], bits[1], bits[-1]) == (0x80, 0x40, 0x01)


@given(st.integers(1, 8), st.data())
def test_a_status_of_several_bits_is_read_as_it_was_written(size: int, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.integers(0, LENGTH // size - 1), st.integers(0, 2**size - 1), max_size=20))
    set_bits = [
        index * size + place
        for index, value in values.items()
        for place in range(size)
        if value >> (size - 1 - place) & 1
    ]
    bits = decode(encode(set_bits))
    assert {index: bits.value(index, size) for index in values} == values
    with pytest.raises(RangeError):
        bits.value(LENGTH // size, size)
    with pytest.raises(RangeError):
        bits.value(-1, size)


def test_entries_of_several_bits_need_a_longer_list() -> None:
    decode(encode([])).require(1)
    decode(encode([], LENGTH * 2)).require(2)
    with pytest.raises(ListTooShort):
        decode(encode([], LENGTH * 2)).require(3)


def test_the_same_bits_give_the_same_text() -> None:
    assert encode([5, 3]) == encode([3, 5, 5])
    assert "=" not in encode(range(0, LENGTH, 7))


def test_longer_lists() -> None:
    assert decode(encode([LENGTH], LENGTH * 2)).get(LENGTH)


@pytest.mark.parametrize("length", [0, 8, LENGTH - 8, LENGTH + 1])
def test_short_or_odd_lists_are_not_made(length: int) -> None:
    with pytest.raises(ListTooShort):
        encode([], length)


@pytest.mark.parametrize("index", [-1, LENGTH])
def test_outside_of_the_list(index: int) -> None:
    with pytest.raises(RangeError):
        encode([index])
    with pytest.raises(RangeError):
        decode(encode([])).get(index)


RIGHT = gzip.compress(bytes(LENGTH // 8), mtime=0)
CASES: dict[str, tuple[str, type[Refused]]] = {
    "empty": ("", MalformedList),
    "no multibase": (packed(RIGHT)[1:], MalformedList),
    "base58": ("z" + packed(RIGHT)[1:], MalformedList),
    "padding": (packed(RIGHT) + "=", MalformedList),
    "not base64url": ("u" + "+/" * 20, MalformedList),
    "odd length": ("uA", MalformedList),
    "cyrillic": ("uФФФФ", MalformedList),
    "no gzip": (packed(bytes(LENGTH // 8)), MalformedList),
    "cut off": (packed(RIGHT[:-9]), MalformedList),
    "wrong checksum": (packed(RIGHT[:-8] + bytes(8)), MalformedList),
    "trailing bytes": (packed(RIGHT + b"x"), MalformedList),
    "two streams": (packed(RIGHT + RIGHT), MalformedList),
    "short": (packed(gzip.compress(bytes(LENGTH // 8 - 1))), ListTooShort),
    "nothing": (packed(gzip.compress(b"")), ListTooShort),
}


@pytest.mark.parametrize("case", CASES)
def test_broken_lists_are_refused(case: str) -> None:
    text, refusal = CASES[case]
    with pytest.raises(refusal):
        decode(text)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed(gzip.compress(bytes(64 * 1_048_576), 9))
    start = time.process_time()
    with pytest.raises(MalformedList):
        decode(bomb)
    assert time.process_time() - start < 0.25


@given(st.binary(max_size=60), st.booleans())
def test_any_text_is_read_or_refused(data: bytes, through_gzip: bool) -> None:  # noqa: FBT001 - drawn
    with pytest.raises(Refused):
        decode(packed(gzip.compress(data) if through_gzip else data))


def document(**changes: Any) -> dict[str, Any]:
    made = status_list_credential(
        url="https://ugu.sever.example/status/1",
        issuer="did:web:ugu.sever.example",
        purpose="revocation",
        encoded=encode([7]),
        valid_from=datetime(2026, 11, 20, tzinfo=UTC),
        valid_until=datetime(2026, 11, 21, tzinfo=UTC),
    )
    return {**made, **changes}


def test_the_credential_of_a_list_is_read_again() -> None:
    found = StatusList(document())
    assert (found.url, found.issuer_id) == ("https://ugu.sever.example/status/1", "did:web:ugu.sever.example")
    assert found.purposes == ["revocation"]
    assert (found.valid_from, found.valid_until) == (
        datetime(2026, 11, 20, tzinfo=UTC),
        datetime(2026, 11, 21, tzinfo=UTC),
    )
    assert found.bits().get(7)
    assert canonicalize(document())


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"credentialSubject": {"type": "Other"}},
        {"credentialSubject": []},
        {"credentialSubject": "urn:x"},
    ],
)
def test_something_else_is_no_status_list(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        StatusList(document(**change))


def test_missing_parts_are_refused_where_they_are_asked_for() -> None:
    bare = StatusList(document(issuer={}, credentialSubject={"type": "BitstringStatusList"}))
    assert bare.purposes == []
    with pytest.raises(Unreadable):
        _ = bare.issuer_id
    with pytest.raises(Unreadable):
        bare.bits()
