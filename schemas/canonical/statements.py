"""From a document to its statements in one walk, by compiled tables (JSON-LD 1.1 API §5.1.2 and §8, for what safe mode allows).

The walk is sure of what it accepts: whatever is not plainly right ends in a refusal with its place or in `NotCovered`, and the
caller then asks the slow and exact checks of `schemas.canonical.shape` and `schemas.canonical.contexts` first.
"""

import math
from typing import Any, Final

from schemas.canonical.contexts import is_credential
from schemas.canonical.dataset import DEFAULT, Block, Dataset, Node
from schemas.canonical.definitions import ALIAS, Kind, NotCovered, Term
from schemas.canonical.iris import JSON_SCHEMA, checked_iri, is_absolute
from schemas.canonical.jcs import jcs
from schemas.canonical.limits import Limits
from schemas.canonical.scopes import Scope, Typed, root_scope
from schemas.canonical.shape import check_value_object
from schemas.canonical.terms import FIRST, NIL, RDF, REST, literal_term, native_term, quoted, tagged_term
from schemas.loader import Contexts
from schemas.reading import SAFE_INTEGER, check_values, pointer_to
from schemas.refusals import NodeDropped, NotJsonLd, Refused, TooComplex, UndefinedTerm

_FIRST, _REST = f" {FIRST} ", f" {REST} "
_OVERHEAD: Final = 32  # more than the characters of an object that leave no trace in its statements: `id`, `@context`
_ARRAY_AND_VALUE: Final = 2  # levels that an object at the deepest place still needs


def statements(document: dict[str, Any], contexts: Contexts, limits: Limits) -> Dataset:
    """Every statement of `document`, which counts as one credential under `limits`.

    Raises `Refused` or `NotCovered`; neither is an answer before the shape and the contexts of the document have been checked.
    """
    walk = _Walk(contexts, limits)
    if not document.keys() - {"id", "@context"}:
        raise NodeDropped(what="@context")
    if "@context" not in document:
        raise NotCovered
    walk.node(document, root_scope(contexts), DEFAULT, 0)
    walk.check_limits()
    return walk.dataset


class _Walk:
    def __init__(self, contexts: Contexts, limits: Limits) -> None:
        self.dataset = Dataset()
        self._contexts = contexts
        self._limits = limits
        self._objects = 0
        self._raw_characters = 0
        self._named: dict[tuple[str, int], Block] = {}

    def check_limits(self) -> None:
        """What can be counted at the end: never less than the shape counts."""
        blocks = self.dataset.blocks
        if sum([len(block.tails) + len(block.links) for block in blocks]) > self._limits.quads:
            raise TooComplex(what="quads", limit=self._limits.quads)
        characters = sum([sum(map(len, block.tails)) for block in blocks])
        characters += sum([len(head) for block in blocks for head, _ in block.links])
        if characters + _OVERHEAD * self._objects + self._raw_characters > self._limits.characters:
            raise NotCovered

    def node(self, node: dict[str, Any], scope: Scope, graph: int, depth: int) -> Node:
        """Write down an object and return its name; `scope` is the one inside the property that leads to it."""
        self._objects += 1
        if self._objects > self._limits.objects or depth > self._limits.depth - _ARRAY_AND_VALUE:
            raise NotCovered
        if "@context" in node:
            if depth and not is_credential(node):
                raise NotCovered
            scope = scope.own(node["@context"], self._contexts)
        types: list[str] = []
        if "type" in node and "type" in scope.terms:
            scope, types = _typed(scope, node["type"])
        block = self._block(node, scope, graph)
        repeated = bool(block.tails or block.links)
        block.tails += types
        self._members(node, scope, block, depth)
        if repeated:
            block.tails[:] = dict.fromkeys(block.tails)
        return block.subject

    def _block(self, node: dict[str, Any], scope: Scope, graph: int) -> Block:
        """Where the statements of an object go: objects of one name share a block."""
        if "id" not in node or "id" not in scope.terms:
            number = self._blank()
            block = self.dataset.own[number] = Block(number, graph)
        else:
            name = _subject(scope, node["id"])
            found = self._named.get((name, graph))
            if found is not None:
                return found
            block = self._named[name, graph] = Block(name, graph)
        self.dataset.blocks.append(block)
        return block

    def _members(self, node: dict[str, Any], scope: Scope, block: Block, depth: int) -> None:
        fields, add = scope.fields, block.tails.append
        name = ""
        try:
            for name, value in node.items():
                term = fields.get(name)
                if term is None:
                    if name != "@context":
                        raise UndefinedTerm(term=name[:80])
                elif type(value) is str and term.plain:
                    add(f"{term.head}{quoted(value)}{term.suffix}")
                elif type(value) is str and term.refers:
                    add(term.head + _named_iri(scope, value))
                elif term.kind is not ALIAS:
                    self._property(term, value, scope, block, depth + 1)
        except Refused as error:
            error.pointer = pointer_to("", name) + error.pointer
            raise

    def _property(self, term: Term, value: object, scope: Scope, block: Block, depth: int) -> None:
        if term.kind is Kind.RAW:
            block.tails.append(term.head + self._raw(term, value, depth))
        elif term.is_list:
            self._list(term, value, scope, block, depth)
        elif type(value) is list:
            self._array(term, value, scope, block, depth)
        else:
            self._value(term.head, term, value, scope, block, depth)
        if term.is_shared:
            block.tails[:] = dict.fromkeys(block.tails)

    def _array(self, term: Term, values: list[Any], scope: Scope, block: Block, depth: int) -> None:
        if not values:
            raise NotCovered
        before = len(block.tails)
        for index, value in enumerate(values):
            try:
                self._value(term.head, term, value, scope, block, depth + 1)
            except Refused as error:
                error.pointer = f"/{index}{error.pointer}"
                raise
        if len(block.tails) - before > 1:  # the same twice is one statement
            block.tails[before:] = dict.fromkeys(block.tails[before:])

    def _value(self, head: str, term: Term, value: object, scope: Scope, block: Block, depth: int) -> None:
        """Write down one statement."""
        if term.is_graph:
            self._link(block, head, self._graph(term, value, scope, depth))
            return
        found = self._object(term, value, scope, block.graph, depth)
        if isinstance(found, str):
            block.tails.append(head + found)
        else:
            self._link(block, head, found)

    def _link(self, block: Block, head: str, node: int) -> None:
        block.links.append((head, node))
        self.dataset.origins[node] = (block.subject, head, block.graph)

    def _object(self, term: Term, value: object, scope: Scope, graph: int, depth: int) -> Node:
        """What a statement says of its subject: a literal or an IRI as text, or the number of a nameless node."""
        if type(value) is dict:
            return self._inside(term, value, scope, graph, depth)
        if term.scoped is not None:  # §5.1.2 (4)
            scope = scope.enter(term.scoped)
            term = scope.fields.get(term.name, Term(term.name, term.iri, Kind.TEXT))
        if type(value) is str:
            return _string(term, value, scope)
        if type(value) is bool or (type(value) is int and abs(value) <= SAFE_INTEGER):
            return native_term(value, term.datatype)
        if type(value) is float and math.isfinite(value):
            return native_term(value, term.datatype)
        raise NotCovered

    def _inside(self, term: Term, value: dict[str, Any], scope: Scope, graph: int, depth: int) -> Node:
        """An object as a value: a text with its language, or a node."""
        if "@value" in value:
            self._objects += 1
            check_value_object(value, "")
            return tagged_term(value)
        if scope.previous is not None and not (len(value) == 1 and "id" in value):  # §5.1.2 (7)
            scope = scope.previous
        if term.scoped is not None:  # §5.1.2 (8)
            scope = scope.enter(term.scoped)
        if not value:
            raise NotCovered
        return self.node(value, scope, graph, depth)

    def _graph(self, term: Term, value: object, scope: Scope, depth: int) -> int:
        """The name of a graph that holds one object (§5.1.2 (13.13), a graph container)."""
        if type(value) is not dict or not value.keys() - {"id"} or "@value" in value:
            raise NodeDropped(what="@graph")
        label = self._blank()
        self.dataset.has_graphs = True
        self._inside(term, value, scope, label, depth)
        return label

    def _list(self, term: Term, value: object, scope: Scope, block: Block, depth: int) -> None:
        """A list, cell by cell (§8.3.3)."""
        items = value if type(value) is list else [value]
        if not items:
            raise NotCovered
        head = term.head
        for index, item in enumerate(items):
            block, head = self._cell(block, head), _REST
            try:
                self._value(_FIRST, term, item, scope, block, depth + 1)
            except Refused as error:
                error.pointer = (f"/{index}" if items is value else "") + error.pointer
                raise
        block.tails.append(f"{_REST}{NIL}")

    def _cell(self, block: Block, head: str) -> Block:
        """The next cell, linked to the one before or to the subject of the list."""
        number = self._blank()
        cell = self.dataset.own[number] = Block(number, block.graph)
        self.dataset.blocks.append(cell)
        self._link(block, head, number)
        return cell

    def _raw(self, term: Term, value: object, depth: int) -> str:
        """JSON that is signed as it is; allowed for schemas alone, because other readers know no other place for it."""
        if term.iri != JSON_SCHEMA:
            raise NotJsonLd(reason="@json")
        check_values(value, max_depth=self._limits.depth - depth)
        self._raw_characters += len(str(value))
        return literal_term(jcs(value).decode(), datatype=RDF + "JSON")

    def _blank(self) -> int:
        number = len(self.dataset.own)
        if number >= self._limits.blank_nodes:
            raise TooComplex(what="blank nodes", limit=self._limits.blank_nodes)
        self.dataset.own.append(None)
        self.dataset.origins.append(None)
        return number


def _string(term: Term, value: str, scope: Scope) -> str:
    """A string, as its term says (Value Expansion, §5.3.2)."""
    if term.kind is Kind.TEXT:
        return quoted(value) + term.suffix
    if term.kind is Kind.WORD:
        return f"<{checked_iri(scope.word(value))}>"
    return _named_iri(scope, value)


def _named_iri(scope: Scope, value: object) -> str:
    """The IRI of an object or a reference, in angle brackets."""
    if type(value) is not str:
        raise NotJsonLd(reason="invalid @id value")
    iri = scope.expanded(value) if scope.prefixes else value
    return f"<{iri}>" if is_absolute(iri) else f"<{checked_iri(iri)}>"


def _subject(scope: Scope, value: object) -> str:
    try:
        return _named_iri(scope, value)
    except Refused as error:
        error.pointer = "/id"
        raise


def _typed(scope: Scope, types: object) -> Typed:
    try:
        return scope.typed(types)
    except Refused as error:
        error.pointer = f"/type{error.pointer}"
        raise
