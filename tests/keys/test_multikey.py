import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.errors.written import BadMultibase, BadMultikey
from keys.multikey import (
    ED25519,
    base58_decode,
    base58_encode,
    decode,
    encode,
    multibase_decode,
    multibase_encode,
    multibase_encode_url,
)

# draft-msporny-base58-03 §5
BASE58 = [
    (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
    (b"The quick brown fox jumps over the lazy dog.", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"),
    (bytes.fromhex("0000287fb4cd"), "11233QC4"),
    (b"", ""),
    (b"\0", "1"),
]


@pytest.mark.parametrize(("data", "text"), BASE58)
def test_base58_of_the_specification(data: bytes, text: str) -> None:
    assert base58_encode(data) == text
    assert base58_decode(text) == data


@given(st.binary(max_size=80))
def test_every_spelling_is_read_back(data: bytes) -> None:
    assert multibase_decode(multibase_encode(data)) == data
    assert multibase_decode(multibase_encode_url(data)) == data


@given(st.text(max_size=80))
def test_a_text_is_the_one_spelling_of_its_value_or_refused(text: str) -> None:
    for write, mark in ((multibase_encode, "z"), (multibase_encode_url, "u")):
        try:
            data = multibase_decode(mark + text)
        except BadMultibase:
            continue
        assert write(data) == mark + text


@pytest.mark.parametrize("text", ["", "f00", "z0", "zl", "z O", "uAA==", "uA", "uAB", "u+/", "z" + "1" * 2000, "M" * 9])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(BadMultibase):
        multibase_decode(text)


def test_a_multikey_of_the_w3c_is_read() -> None:
    key = decode("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
    assert (key.kind, len(key.data)) == (ED25519, 32)
    assert encode(key) == "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        multibase_encode(b"\xed\x01" + bytes(31)),
        multibase_encode(b"\xed\x01" + bytes(33)),
        multibase_encode(b"\x80\x24" + bytes(33)),  # no point of P-256
        multibase_encode(b"\x12\x00" + bytes(33)),  # P-256 as it was written before
        multibase_encode(b"\x82\x24" + bytes(67)),  # P-521
        multibase_encode(b"\x80\x26" + bytes(32)),  # a private Ed25519 key
        "none",
    ],
)
def test_what_is_no_multikey_of_ours_is_refused(text: str) -> None:
    with pytest.raises(BadMultikey):
        decode(text)
