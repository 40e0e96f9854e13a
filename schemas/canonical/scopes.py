"""Active contexts as tables (JSON-LD 1.1 API §4.1), each compiled once from the contexts of a closed set.

A `Scope` is the active context at some place of a document; entering an object, its types or its own `@context` leads to another
one, and every way that was gone before is remembered. What it remembers is bounded by the contexts, never by the documents.
"""

from collections import Counter
from dataclasses import replace
from typing import Final
from weakref import WeakKeyDictionary

from schemas.canonical.contexts import check_list
from schemas.canonical.definitions import Local, NotCovered, Term, Terms, define
from schemas.canonical.iris import checked_type
from schemas.canonical.shape import CLASSES
from schemas.canonical.terms import TYPE, iri_term
from schemas.loader import Contexts
from schemas.refusals import NotJsonLd, Redefinition, Refused, UndefinedType

_MOST_WAYS: Final = 2_000  # remembered per scope; a document may combine types in more ways than any honest one does
_MOST_TYPES: Final = 4

Typed = tuple["Scope", list[str]]  # the scope inside a node of some types, and the statements that name them


class Scope:
    """The terms that hold at one place. `previous` is where a type-scoped context ends (§4.1.2, `@propagate` false)."""

    __slots__ = ("_entered", "_own", "_typed", "fields", "prefixes", "previous", "terms", "texts")

    def __init__(self, terms: Terms, previous: "Scope | None" = None) -> None:
        self.terms = terms
        self.fields = _fields(terms)
        self.texts = {name: (term.head, term.suffix) for name, term in self.fields.items() if term.plain}
        self.prefixes = {name: term.iri for name, term in terms.items() if term.is_prefix}
        self.previous = previous
        self._entered: dict[Local, Scope] = {}
        self._own: dict[tuple[str, ...], Scope] = {}
        self._typed: dict[object, Typed] = {}

    def enter(self, scoped: Local) -> "Scope":
        """The scope inside a property that has a context of its own."""
        found = self._entered.get(scoped)
        if found is None:
            found = self._entered[scoped] = _process(self, scoped.raw, override=True)
        return found

    def own(self, value: object, contexts: Contexts) -> "Scope":
        """The scope inside an object with this `@context`. Raises what `contexts.check_list` raises."""
        urls = tuple(value) if isinstance(value, list) else (value,)
        try:
            return self._own[urls]
        except (KeyError, TypeError):  # never seen, or not made of strings
            check_list(value, "/@context", contexts)
        local = [contexts.document(url)["@context"] for url in urls]
        return self._own.setdefault(urls, _process(self, local))

    def typed(self, types: object) -> Typed:
        """The scope inside a node of these types (a string or strings), and ` <rdf:type> <…>` for each."""
        key = tuple(types) if isinstance(types, list) else types
        try:
            return self._typed[key]
        except (KeyError, TypeError):
            found = self._type(types)
        names = types if isinstance(types, list) else [types]
        if len(names) <= _MOST_TYPES and len(self._typed) < _MOST_WAYS and all(name in self.terms for name in names):
            self._typed[key] = found
        return found

    def _type(self, types: object) -> Typed:
        names = types if isinstance(types, list) else [types]
        if not names:
            raise NotCovered
        tails: dict[str, None] = {}
        for index, name in enumerate(names):
            iri = self._type_iri(name, f"/{index}" if names is types else "")
            tails[f" {TYPE} {iri_term(iri)}"] = None
        scope = self
        for name in sorted(set(names)):  # API §5.1.2 (11)
            term = self.terms.get(name)
            if term is not None and term.scoped is not None:
                scope = _process(scope, term.scoped.raw, propagate=False)
        return scope, list(tails)

    def _type_iri(self, name: object, place: str) -> str:
        if not isinstance(name, str):
            raise NotJsonLd(pointer=place, reason="invalid type value")
        iri = self.word(name)
        if iri.startswith("@"):
            raise UndefinedType(pointer=place, term=name[:80])
        try:
            return checked_type(iri)
        except Refused as error:
            error.pointer = place
            raise

    def word(self, name: str) -> str:
        """A term's IRI, or an IRI (IRI Expansion with the vocabulary, API §5.2.2)."""
        term = self.terms.get(name)
        return term.iri if term is not None else self.expanded(name)

    def expanded(self, iri: str) -> str:
        """An IRI whose prefix is written out; without a base no relative one means anything."""
        prefix, colon, rest = iri.partition(":")
        if colon and prefix in self.prefixes and not rest.startswith("//"):
            return self.prefixes[prefix] + rest
        return iri


def root_scope(contexts: Contexts) -> Scope:
    """The scope outside of every context of a closed set, where no term means anything."""
    found = _ROOTS.get(contexts)
    return found if found is not None else _ROOTS.setdefault(contexts, Scope({}))


def _fields(terms: Terms) -> dict[str, Term]:
    """The terms that may name a field. Where two have one IRI, what they state may be the same statement."""
    names = Counter(term.iri for term in terms.values())
    return {
        name: replace(term, is_shared=True) if names[term.iri] > 1 else term
        for name, term in terms.items()
        if name not in CLASSES
    }


def _process(scope: Scope, local: object, *, propagate: bool = True, override: bool = False) -> Scope:
    """Context Processing (API §4.1.2) of one context or several."""
    terms = scope.terms
    for item in local if isinstance(local, list) else [local]:
        if isinstance(item, dict):
            terms = define(terms, item, override=override)
        elif isinstance(item, list):
            terms = _process(Scope(terms), item).terms
        elif item is None and not override and any(term.protected for term in terms.values()):
            raise Redefinition(pointer="/@context")
        elif item is not None or not propagate:
            raise NotCovered
        else:
            terms, scope = {}, _NOWHERE
    return Scope(terms, scope.previous if propagate else scope.previous or scope)


_NOWHERE: Final = Scope({})
_ROOTS: Final[WeakKeyDictionary[Contexts, Scope]] = WeakKeyDictionary()
