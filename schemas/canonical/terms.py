"""RDF terms as text (RDF 1.1 N-Quads in the canonical form of RDF-CANON §5).

A term is held as its canonical N-Quads text, so that equal terms are equal strings: `<iri>`, `"text"`, `"text"@en`,
`"text"^^<datatype>`, `_:label`.
"""

from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, Final, SupportsFloat

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE, FIRST, REST, NIL = (f"<{RDF}{name}>" for name in ("type", "first", "rest", "nil"))

_ESCAPES: Final = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    8: "\\b",
    9: "\\t",
    10: "\\n",
    12: "\\f",
    13: "\\r",
    34: '\\"',
    92: "\\\\",
}
_DELETE, _FFFE, _FFFF = "\x7f", "\ufffe", "\uffff"
_I18N: Final = "https://www.w3.org/ns/i18n#"
_INTEGER_END: Final = 10**21


def iri_term(iri: str) -> str:
    """An IRI that was checked before."""
    return f"<{iri}>"


def quoted(text: str) -> str:
    """A text between quotation marks, escaped as the canonical form says.

    That is what JSON escapes, in another spelling, and U+007F, U+FFFE and U+FFFF, which are no characters of XML 1.1; where JSON's
    quick encoder adds nothing and none of these is there, there is nothing to escape.
    """
    plain = encode_basestring(text)
    if len(plain) == len(text) + 2 and _DELETE not in text and _FFFE not in text and _FFFF not in text:
        return plain
    return f'"{text.translate(_ESCAPES)}"'


def literal_term(text: str, *, datatype: str = "", language: str = "") -> str:
    """A literal in canonical form; xsd:string is not written."""
    if language:
        return f"{quoted(text)}@{language}"
    return quoted(text) + datatype_suffix(datatype)


def datatype_suffix(datatype: str) -> str:
    """What follows the text of a literal of that type."""
    return f"^^<{datatype}>" if datatype and datatype != XSD + "string" else ""


def tagged_term(value: Mapping[str, Any]) -> str:
    """A value object: a text with its language, or with its direction as a type (JSON-LD 1.1 API, `i18n-datatype`)."""
    language = value.get("@language", "").lower()  # as JSON-LD processors do, so that one language has one name
    if "@direction" in value:
        return literal_term(value["@value"], datatype=f"{_I18N}{language}_{value['@direction']}")
    return literal_term(value["@value"], language=language)


def native_term(content: SupportsFloat, datatype: str) -> str:
    """A JSON boolean or number as a literal. Not annotated `float`: compiled code would make one of whatever is given."""
    if isinstance(content, bool):
        return literal_term("true" if content else "false", datatype=datatype or XSD + "boolean")
    number = float(content)
    whole = content if isinstance(content, int) else int(number) if number.is_integer() else None
    if whole is None or abs(whole) >= _INTEGER_END or datatype == XSD + "double":
        return literal_term(_double(number), datatype=datatype or XSD + "double")
    return literal_term(str(whole), datatype=datatype or XSD + "integer")


def _double(number: float) -> str:
    """The canonical lexical form of xsd:double with at most 15 digits after the point (JSON-LD 1.1 API §8.6)."""
    mantissa, exponent = f"{number:.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}"
