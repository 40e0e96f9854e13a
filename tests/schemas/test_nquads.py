import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.canonical.nquads import line, read_nquads
from schemas.canonical.terms import literal_term
from schemas.refusals import NotNQuads

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_a_literal_is_read_as_it_was_written(text: str) -> None:
    quad = ("<urn:s>", "<urn:p>", literal_term(text), "")
    assert read_nquads(line(quad)) == {quad}


@given(TEXT, st.sampled_from(["en", "ru-RU"]))
def test_language_and_datatype_survive(text: str, language: str) -> None:
    for term in (literal_term(text, language=language), literal_term(text, datatype="urn:type")):
        quad = ("_:a", "<urn:p>", term, "<urn:g>")
        assert read_nquads(line(quad)) == {quad}


def test_v6_control_characters_are_escaped_as_the_canonical_form_says() -> None:
    text = "".join(map(chr, [*range(0x20), 0x7F, 0x80, 0xFFFD, 0xFFFE, 0xFFFF])) + '"\\'
    assert literal_term(text) == (
        '"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000B\\f\\r\\u000E\\u000F'
        "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001A\\u001B\\u001C\\u001D\\u001E\\u001F"
        '\\u007F\x80\ufffd\\uFFFE\\uFFFF\\"\\\\"'
    )


def test_xsd_string_is_not_written() -> None:
    assert literal_term("x", datatype="http://www.w3.org/2001/XMLSchema#string") == '"x"'


def test_reads_escapes_comments_and_empty_lines() -> None:
    text = '# one\n\n <urn:\\u0061> <urn:p> "\\t\\u0451\\U0001F600\\\'" . # two\r\n_:x.y <urn:p> _:z <urn:g>.'
    assert read_nquads(text) == {
        ("<urn:a>", "<urn:p>", '"\\tё😀\'"', ""),
        ("_:x.y", "<urn:p>", "_:z", "<urn:g>"),
    }


@pytest.mark.parametrize(
    "row",
    [
        "x",
        "<urn:a> <urn:p> .",
        '<urn:a> "p" <urn:o> .',
        "<urn:a> <urn:p> <u o> .",
        '<urn:a> <urn:p> "a\\x" .',
        "<a> <p> <o>",
    ],
)
def test_refuses_with_the_line(row: str) -> None:
    with pytest.raises(NotNQuads) as caught:
        read_nquads(f"<urn:a> <urn:p> <urn:o> .\n{row}")
    assert caught.value.params == {"line": 2}
