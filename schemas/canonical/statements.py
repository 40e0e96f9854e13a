"""From a document to its statements in one walk, by compiled tables (JSON-LD 1.1 API §5.1.2 and §8, for what safe mode allows).

The walk is sure of what it accepts: whatever is not plainly right ends in a refusal with its place or in `NotCovered`, and the
caller then asks the slow and exact checks of `schemas.canonical.shape` and `schemas.canonical.contexts` first.
"""

import math
from typing import Any, Final

from schemas.canonical.contexts import is_credential
from schemas.canonical.dataset import DEFAULT, Block, Dataset, Node
from schemas.canonical.definitions import ALIAS, RAW, Kind, NotCovered, Term
from schemas.canonical.iris import JSON_SCHEMA, checked_iri, is_absolute
from schemas.canonical.jcs import jcs
from schemas.canonical.limits import Limits
from schemas.canonical.scopes import Scope, root_scope
from schemas.canonical.shape import check_value_object
from schemas.canonical.terms import FIRST, NIL, RDF, REST, literal_term, native_term, quoted, tagged_term
from schemas.loader import Contexts
from schemas.reading import SAFE_INTEGER, check_values, pointer_to
from schemas.refusals import NodeDropped, NotJsonLd, Refused, TooComplex, UndefinedTerm

_FIRST, _REST = f" {FIRST} ", f" {REST} "
_OVERHEAD: Final = 32  # more than the characters of an object that leave no trace in its statements: `id`, `@context`
_ARRAY_VALUE_AND_TEXT: Final = 3  # levels below an object: an array in it, a text with its language there, the text


def statements(document: dict[str, Any], contexts: Contexts, limits: Limits) -> Dataset:
    """Every statement of `document`, which counts as one credential under `limits`.

    Characters and statements are counted when the text is there (`rdfc.label_dataset`). Raises `Refused` or `NotCovered`; neither
    is an answer before the shape and the contexts of the document have been checked.
    """
    walk = _Walk(contexts, limits)
    if not document.keys() - {"id", "@context"}:
        raise NodeDropped(what="@context")
    if "@context" not in document:
        raise NotCovered
    return walk.whole(document)


class _Walk:
    def __init__(self, contexts: Contexts, limits: Limits) -> None:
        self.dataset = Dataset()
        self._contexts = contexts
        self._limits = limits
        self._objects = 0
        self._raw_characters = 0
        self._shared: list[Block] = []
        self._named: dict[tuple[str, int], Block] = {}
        self._root = root_scope(contexts)
        self._room = self._root.room.made + limits.scopes

    def whole(self, document: dict[str, Any]) -> Dataset:
        """The statements of the outermost object."""
        self.node(document, self._root, DEFAULT, 0)
        for block in self._shared:  # only now: an object may stand inside of another one of its name
            self._once(block, 0)
        self.dataset.dropped += _OVERHEAD * self._objects + self._raw_characters
        return self.dataset

    def node(self, node: dict[str, Any], scope: Scope, graph: int, depth: int) -> Node:
        """Write down an object and return its name; `scope` is the one inside the property that leads to it."""
        self._objects += 1
        if self._objects > self._limits.objects or depth > self._limits.depth - _ARRAY_VALUE_AND_TEXT:
            raise NotCovered
        if "@context" in node:
            if depth and not is_credential(node):
                raise NotCovered
            scope = scope.own(node["@context"], self._contexts)
        place = "type"
        try:
            scope, types = scope.typed(node[place]) if place in node and place in scope.terms else (scope, [])
            if scope.room.made > self._room:
                raise NotCovered
            place = "id"
            block = self._block(node, scope, graph)
        except Refused as error:
            error.pointer = f"/{place}{error.pointer}"
            raise
        block.tails += types
        self._members(node, scope, block, depth + 1)
        return block.subject

    def _members(self, node: dict[str, Any], scope: Scope, block: Block, depth: int) -> None:
        add, texts, fields, name = block.tails.append, scope.texts, scope.fields, ""
        try:
            for name, value in node.items():
                text = texts.get(name)
                if text is not None and type(value) is str:
                    add(f"{text[0]}{quoted(value)}{text[1]}")
                elif name in fields:
                    self._property(fields[name], value, scope, block, depth)
                elif name != "@context":
                    raise UndefinedTerm(term=name[:80])
        except Refused as error:
            error.pointer = pointer_to("", name) + error.pointer
            raise

    def _block(self, node: dict[str, Any], scope: Scope, graph: int) -> Block:
        """Where the statements of an object go: objects of one name share a block."""
        if "id" not in node or "id" not in scope.terms:
            number = self._blank()
            block = self.dataset.own[number] = Block(number, graph)
        else:
            name = _named_iri(scope, node["id"])
            found = self._named.get((name, graph))
            if found is not None:
                self._shared.append(found)
                return found
            block = self._named[name, graph] = Block(name, graph)
        self.dataset.blocks.append(block)
        return block

    def _property(self, term: Term, value: object, scope: Scope, block: Block, depth: int) -> None:
        if term.kind is ALIAS:
            return
        if term.kind is RAW:
            block.tails.append(term.head + self._raw(term, value, depth))
        elif term.is_list:
            self._list(term, value, scope, block, depth)
        elif type(value) is list:
            self._array(term, value, scope, block, depth)
        else:
            self._value(term.head, term, value, scope, block, depth)
        if term.is_shared:
            self._once(block, 0)

    def _array(self, term: Term, values: list[Any], scope: Scope, block: Block, depth: int) -> None:
        if not values:
            raise NotCovered
        before, head, place = len(block.tails), term.head, 0
        try:
            for value in values:
                self._value(head, term, value, scope, block, depth + 1)
                place += 1
        except Refused as error:
            error.pointer = f"/{place}{error.pointer}"
            raise
        if len(block.tails) - before > 1:
            self._once(block, before)

    def _once(self, block: Block, start: int) -> None:
        """The same stated twice is one statement; what is dropped still counts as text of the document."""
        tails = block.tails[start:]
        kept = dict.fromkeys(tails)
        if len(kept) < len(tails):
            self.dataset.dropped += sum(map(len, tails)) - sum(map(len, kept))
            block.tails[start:] = kept

    def _value(self, head: str, term: Term, value: object, scope: Scope, block: Block, depth: int) -> None:
        """Write down one statement: about a node, or about a graph, or with a literal or an IRI."""
        found: Node
        if type(value) is dict and "@value" not in value and not term.is_graph:
            found = self.node(value, _inside(term, value, scope), block.graph, depth)
        elif term.is_graph:
            found = self._graph(term, value, scope, depth)
        else:
            found = self._scalar(term, value, scope)
        if type(found) is str:
            block.tails.append(head + found)
        else:
            self._link(block, head, found)  # type: ignore[arg-type]  # a node that is no string is a number

    def _link(self, block: Block, head: str, node: int) -> None:
        block.links.append((head, node))
        self.dataset.origins[node] = (block.subject, head, block.graph)

    def _scalar(self, term: Term, value: object, scope: Scope) -> str:
        """A literal or an IRI as text."""
        if type(value) is dict:
            self._objects += 1
            check_value_object(value, "")
            return tagged_term(value)
        if term.scoped is not None:  # §5.1.2 (4)
            scope = scope.enter(term.scoped)
            term = scope.fields.get(term.name, Term(term.name, term.iri, Kind.TEXT))
        if type(value) is str:
            return _string(term, value, scope)
        if type(value) is bool:  # by itself: where both may come, compiled code makes a number of `true`
            return native_term(value, term.datatype)
        if type(value) is int and abs(value) <= SAFE_INTEGER:
            return native_term(value, term.datatype)
        if type(value) is float and math.isfinite(value):
            return native_term(value, term.datatype)
        raise NotCovered

    def _graph(self, term: Term, value: object, scope: Scope, depth: int) -> int:
        """The name of a graph that holds one object (§5.1.2 (13.13), a graph container)."""
        if type(value) is not dict or not value.keys() - {"id"} or "@value" in value:
            raise NodeDropped(what="@graph")
        label = self._blank()
        self.dataset.has_graphs = True
        self.node(value, _inside(term, value, scope), label, depth)
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


def _inside(term: Term, value: dict[str, Any], scope: Scope) -> Scope:
    """The scope for an object under `term`: out of the types around it, into the property."""
    if scope.previous is not None and not (len(value) == 1 and "id" in value):  # §5.1.2 (7)
        scope = scope.previous
    if term.scoped is not None:  # §5.1.2 (8)
        scope = scope.enter(term.scoped)
    if not value:
        raise NotCovered
    return scope


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
