"""CBOR in one form only, as proof values are written in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import cbor
from keys.errors.written import BadCbor


@pytest.mark.parametrize(
    "data",
    [
        "",
        "8200",  # cut off
        "0001",  # something after the value
        "1800",  # 0 in two bytes
        "9f01ff",  # a stream
        "5f4100ff",
        "a200010002",  # a key twice
        "c000",  # tags: a date, a bignum, a pattern, shared values, a set, the mark of CBOR itself
        "c24101",
        "d82341aa",
        "d81c80",
        "d9010280",
        "d9d9f700",
        "d840" + "4100",  # a typed array
        "8181818181818100",  # deep
    ],
)
def test_cbor_is_read_in_one_form_only(data: str) -> None:
    with pytest.raises(BadCbor):
        cbor.decode(bytes.fromhex(data))


@given(
    st.recursive(
        st.integers(0, 2**32) | st.binary(max_size=70) | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 99), inner, max_size=3),
        max_leaves=4,
    )
)
def test_what_is_written_is_read_back(value: object) -> None:
    try:
        assert cbor.decode(cbor.encode(value)) == value
    except BadCbor:
        assert json.dumps(value, default=str).count("[") + json.dumps(value, default=str).count("{") > 3


@given(st.binary(max_size=60))
def test_whatever_is_read_is_the_one_spelling_of_its_value(data: bytes) -> None:
    try:
        value = cbor.decode(data)
    except BadCbor:
        return
    assert cbor.encode(value) == data
