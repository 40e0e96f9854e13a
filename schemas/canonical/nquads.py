"""N-Quads: terms as text, and reading a dataset (RDF 1.1 N-Quads; canonical form of RDF-CANON §5).

Terms are held as in `schemas.canonical.terms`. The default graph is the empty string.
"""

import re
from typing import Final

from schemas.canonical.terms import literal_term
from schemas.refusals import NotNQuads

Quad = tuple[str, str, str, str]  # subject, predicate, object, graph

_LABEL: Final = r"_:(?:[^\W_]|[0-9_:])(?:[\w.:·‿⁀-]*[\w:·‿⁀-])?"
_IRI: Final = r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
_LITERAL: Final = (
    r'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*"'
    rf"(?:\^\^{_IRI}|@[A-Za-z]+(?:-[A-Za-z0-9]+)*)?"
)
_LINE: Final = re.compile(
    rf"[ \t]*({_IRI}|{_LABEL})[ \t]*({_IRI})[ \t]*({_IRI}|{_LABEL}|{_LITERAL})[ \t]*({_IRI}|{_LABEL})?[ \t]*\.[ \t]*(?:#.*)?"
)
_BLANK_LINE: Final = re.compile(r"[ \t]*(?:#.*)?")
_LITERAL_PARTS: Final = re.compile(r'"(?P<text>.*)"(?P<rest>(?:@|\^\^).*)?', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SINGLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def is_blank(term: str) -> bool:
    """Whether a term is a nameless node."""
    return term.startswith("_:")


def line(quad: Quad) -> str:
    """One statement with its line end."""
    subject, predicate, value, graph = quad
    return f"{subject} {predicate} {value} {graph} .\n" if graph else f"{subject} {predicate} {value} .\n"


def read_nquads(text: str) -> set[Quad]:
    """The dataset that `text` states. Raises `NotNQuads` naming the line."""
    quads: set[Quad] = set()
    for number, row in enumerate(re.split(r"[\r\n]+", text), start=1):
        match = _LINE.fullmatch(row)
        if match is not None:
            subject, predicate, value, graph = match.groups()
            quads.add((_term(subject), _term(predicate), _term(value), _term(graph or "")))
        elif _BLANK_LINE.fullmatch(row) is None:
            raise NotNQuads(line=number)
    return quads


def _term(text: str) -> str:
    if text.startswith("<"):
        return _unescape(text)
    match = _LITERAL_PARTS.fullmatch(text)
    if match is None:
        return text
    rest = match["rest"] or ""
    if rest.startswith("@"):
        return literal_term(_unescape(match["text"]), language=rest[1:])
    return literal_term(_unescape(match["text"]), datatype=_unescape(rest)[3:-1])


def _unescape(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    short, long, single = match.groups()
    if single is not None:
        return _SINGLE.get(single, single)
    return chr(int(short or long, 16))
