import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.reading import SAFE_INTEGER, pointer_to, read_json
from schemas.refusals import DocumentTooLarge, DuplicateKey, NotJson, NumberRefused, Refused, TextRefused, TooDeep

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-SAFE_INTEGER, SAFE_INTEGER)
    | st.floats(-(2.0**53) + 1, 2.0**53 - 1)
    | st.text()
)
DOCUMENTS = st.dictionaries(
    st.text(),
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)),
    max_size=6,
)


@given(DOCUMENTS, st.booleans())
def test_reads_what_the_standard_reader_reads(document: dict[str, object], ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    text = json.dumps(document, ensure_ascii=ascii_only)
    assert read_json(text) == json.loads(text)
    assert read_json(text.encode()) == json.loads(text)


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:0123456789.eE+-nulltrue\\ud8 ', max_size=60))
def test_reads_or_refuses_and_never_differs_from_the_standard_reader(data: bytes | str) -> None:
    try:
        read = read_json(data)
    except Refused:
        return
    assert read == json.loads(data)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", NotJson),
        (b"[1]", NotJson),
        (b'"text"', NotJson),
        (b'{"a": 1', NotJson),
        (b'{"a": 1}{}', NotJson),
        (b"{'a': 1}", NotJson),
        (b'{"a": 1,}', NotJson),
        (b'\xef\xbb\xbf{"a": 1}', NotJson),
        ('{"a": "ё"}'.encode("utf-16"), NotJson),
        ('{"a": "ё"}'.encode("cp1251"), NotJson),
        (b'{"a": "\x01"}', NotJson),
        ('{"a": "\ud800"}', NotJson),
        (b'{"a": 1, "a": 1}', DuplicateKey),
        (b'{"o": {"a": 1, "\\u0061": 2}}', DuplicateKey),
        (b'{"a": NaN}', NumberRefused),
        (b'{"a": -Infinity}', NumberRefused),
        (b'{"a": 1e400}', NumberRefused),
        (b'{"a": 9007199254740992}', NumberRefused),
        (b'{"a": ' + b"9" * 100_000 + b"}", NumberRefused),
        (b'{"a": "\\ud800"}', TextRefused),
        (b'{"\\udc00": 1}', TextRefused),
        (b'{"a":' * 33 + b"1" + b"}" * 33, TooDeep),
        (b'{"a":' + b"[" * 100_000, TooDeep),
        (b'{"a": "' + b"x" * 262_144 + b'"}', DocumentTooLarge),
    ],
)
def test_refuses(data: bytes | str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as caught:
        read_json(data)
    assert type(caught.value) is refusal


def test_says_where() -> None:
    with pytest.raises(TextRefused) as caught:
        read_json(b'{"a/b": [{"c~": "\\ud800"}]}')
    assert caught.value.pointer == "/a~1b/0/c~0"


def test_accepts_the_greatest_nesting_and_numbers() -> None:
    assert read_json(b'{"a":' * 32 + b"1" + b"}" * 32)
    assert read_json(b'{"a": 9007199254740991, "b": -0.0, "c": 1e308}') == {"a": SAFE_INTEGER, "b": 0.0, "c": 1e308}


def test_the_limit_counts_bytes() -> None:
    assert read_json('{"a":"ё"}', limit=10)
    with pytest.raises(DocumentTooLarge):
        read_json('{"a":"ёё"}', limit=11)


def test_surrogate_pairs_are_one_character() -> None:
    assert read_json(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


def test_pointer_escapes() -> None:
    assert pointer_to("/a", "b/~c") == "/a/b~1~0c"


def test_nothing_infinite_gets_through() -> None:
    document = read_json(b'{"a": 1.7976931348623157e308}')
    assert math.isfinite(document["a"])
