"""From an expanded node to RDF statements (JSON-LD 1.1 API §8), where whatever the algorithm would skip is a refusal."""

import re
from typing import Any, Final

from schemas.canonical.expand import Expanded, place_of, undefined_term
from schemas.canonical.jcs import jcs
from schemas.canonical.limits import Limits
from schemas.canonical.nquads import RDF, XSD, Quad, iri_term, literal_term
from schemas.refusals import MalformedIri, NodeDropped, NotJsonLd, RelativeIri, TooComplex, UndefinedType

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_JSON_ALLOWED: Final = "https://www.w3.org/2018/credentials#jsonSchema"
_I18N: Final = "https://www.w3.org/ns/i18n#"
_TYPE, _FIRST, _REST, _NIL = (iri_term(RDF + name) for name in ("type", "first", "rest", "nil"))
_INTEGER_END: Final = 1e21


def to_quads(expanded: Expanded, limits: Limits) -> set[Quad]:
    """Every statement of a document, in the default graph and in the graphs of its proofs and credentials.

    An undefined type is told before the fields that are undefined because of it.
    """
    builder = _Builder(limits)
    builder.add_node(expanded.node, "")
    if expanded.dropped:
        raise undefined_term(expanded.dropped[0])
    return builder.quads


class _Builder:
    def __init__(self, limits: Limits) -> None:
        self.quads: set[Quad] = set()
        self._limits = limits
        self._blank_nodes = 0

    def add_node(self, node: dict[str, Any], graph: str) -> str:
        subject = _subject(node["@id"]) if "@id" in node else self._blank()
        for kind in node.get("@type", ()):
            self._add(subject, _TYPE, _type(kind), graph)
        for name, values in node.items():
            if name in {"@id", "@type"}:
                continue
            if name.startswith("@"):
                raise NotJsonLd(reason=name)
            predicate = iri_term(_checked(name))
            for value in values:
                self._add(subject, predicate, self._object(value, graph, name), graph)
        return subject

    def _object(self, value: dict[str, Any], graph: str, name: str) -> str:
        if "@value" in value:
            return _literal(value, name)
        if "@list" in value:
            return self._list(value["@list"], graph, name)
        if "@graph" in value:
            return self._graph(value)
        return self.add_node(value, graph)

    def _list(self, items: list[dict[str, Any]], graph: str, name: str) -> str:
        cells = [self._blank() for _ in items]
        for item, cell, rest in zip(items, cells, [*cells[1:], _NIL], strict=True):
            self._add(cell, _FIRST, self._object(item, graph, name), graph)
            self._add(cell, _REST, rest, graph)
        return cells[0] if cells else _NIL

    def _graph(self, value: dict[str, Any]) -> str:
        if value.keys() != {"@graph"}:
            raise NotJsonLd(reason="@graph")
        label = self._blank()
        if not value["@graph"]:
            raise NodeDropped(what="@graph")
        for node in value["@graph"]:
            if not node.keys() - {"@id"} or "@value" in node or "@list" in node:
                raise NodeDropped(pointer=place_of(node.get("@id")), what="@graph")
            self.add_node(node, label)
        return label

    def _blank(self) -> str:
        self._blank_nodes += 1
        if self._blank_nodes > self._limits.blank_nodes:
            raise TooComplex(what="blank nodes", limit=self._limits.blank_nodes)
        return f"_:b{self._blank_nodes - 1}"

    def _add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.quads.add((subject, predicate, value, graph))
        if len(self.quads) > self._limits.quads:
            raise TooComplex(what="quads", limit=self._limits.quads)


def _checked(iri: object) -> str:
    if not isinstance(iri, str):  # pyld has no value for what looks like a keyword
        raise MalformedIri(iri="@")
    if iri.startswith("_:"):
        raise MalformedIri(pointer=place_of(iri), iri=iri[:200])
    if not _SCHEME.match(iri):
        raise RelativeIri(pointer=place_of(iri), iri=iri[:200])
    if not _IRI.fullmatch(iri):
        raise MalformedIri(pointer=place_of(iri), iri=iri[:200])
    return iri


def _subject(iri: object) -> str:
    return iri_term(_checked(iri))


def _type(kind: object) -> str:
    if not isinstance(kind, str) or not _SCHEME.match(kind):
        raise UndefinedType(pointer=place_of(kind), term=str(kind)[:80])
    return iri_term(_checked(kind))


def _literal(value: dict[str, Any], name: str) -> str:
    content, datatype = value["@value"], value.get("@type", "")
    if datatype == "@json":
        if name != _JSON_ALLOWED:
            raise NotJsonLd(pointer=place_of(content), reason="@json")
        return literal_term(jcs(content).decode(), datatype=RDF + "JSON")
    if "@direction" in value:
        return literal_term(content, datatype=f"{_I18N}{value.get('@language', '')}_{value['@direction']}")
    if datatype:
        _checked(datatype)
    if isinstance(content, str):
        return literal_term(content, datatype=datatype, language=value.get("@language", ""))
    return _native(content, datatype)


def _native(content: float, datatype: str) -> str:
    """A JSON boolean or number as a literal."""
    if isinstance(content, bool):
        return literal_term("true" if content else "false", datatype=datatype or XSD + "boolean")
    whole = isinstance(content, int) or content.is_integer()
    if not whole or abs(content) >= _INTEGER_END or datatype == XSD + "double":
        return literal_term(_double(float(content)), datatype=datatype or XSD + "double")
    return literal_term(str(int(content)), datatype=datatype or XSD + "integer")


def _double(number: float) -> str:
    """The canonical lexical form of xsd:double with at most 15 digits after the point (JSON-LD 1.1 API §8.6)."""
    mantissa, exponent = f"{number:.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}"
