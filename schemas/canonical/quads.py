"""From an expanded node to RDF statements (JSON-LD 1.1 API §8), where whatever the algorithm would skip is a refusal."""

from typing import Any

from schemas.canonical.expand import Expanded, undefined_term
from schemas.canonical.iris import JSON_SCHEMA, checked_iri, checked_type
from schemas.canonical.jcs import jcs
from schemas.canonical.limits import Limits
from schemas.canonical.located import place_of
from schemas.canonical.nquads import Quad
from schemas.canonical.terms import FIRST, NIL, RDF, REST, TYPE, iri_term, literal_term, native_term, tagged_term
from schemas.refusals import NodeDropped, NotJsonLd, TooComplex


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
        subject = iri_term(checked_iri(node["@id"])) if "@id" in node else self._blank()
        for kind in node.get("@type", ()):
            self._add(subject, TYPE, iri_term(checked_type(kind)), graph)
        for name, values in node.items():
            if name in {"@id", "@type"}:
                continue
            if name.startswith("@"):
                raise NotJsonLd(reason=name)
            predicate = iri_term(checked_iri(name))
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
        for item, cell, rest in zip(items, cells, [*cells[1:], NIL], strict=True):
            self._add(cell, FIRST, self._object(item, graph, name), graph)
            self._add(cell, REST, rest, graph)
        return cells[0] if cells else NIL

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


def _literal(value: dict[str, Any], name: str) -> str:
    content, datatype = value["@value"], value.get("@type", "")
    if datatype == "@json":
        if name != JSON_SCHEMA:
            raise NotJsonLd(pointer=place_of(content), reason="@json")
        return literal_term(jcs(content).decode(), datatype=RDF + "JSON")
    if "@direction" in value or "@language" in value:
        return tagged_term(value)
    if datatype:
        checked_iri(datatype)
    if isinstance(content, str):
        return literal_term(content, datatype=datatype)
    return native_term(content, datatype)
