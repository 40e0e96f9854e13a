"""Active contexts as tables (JSON-LD 1.1 API §4.1), each compiled once from the contexts of a closed set.

A `Scope` is the active context at some place of a document; entering an object, its types or its own `@context` leads to another
one, and every way that was gone before is remembered. Compiling takes a tenth of a millisecond, so a document may not ask for many
scopes (`limits.KINDS`), and when documents of all sorts have asked for very many, the tables begin anew.
"""

from collections import Counter
from dataclasses import replace
from typing import Final
from weakref import WeakKeyDictionary

from schemas.canonical.contexts import check_list
from schemas.canonical.definitions import Local, NotCovered, Term, Terms, define
from schemas.canonical.iris import checked_type
from schemas.canonical.limits import TYPES
from schemas.canonical.shape import CLASSES
from schemas.canonical.terms import TYPE, iri_term
from schemas.loader import Contexts
from schemas.refusals import NotJsonLd, Redefinition, Refused, UndefinedType

_MOST_SCOPES: Final = 1_000  # of one closed set; honest documents need some hundred
_MOST_WAYS: Final = 200  # lists of types that one scope remembers

Typed = tuple["Scope", list[str]]  # the scope inside a node of some types, and the statements that name them


class Room:
    """How many scopes have been compiled from one closed set since its tables began."""

    __slots__ = ("made",)

    def __init__(self) -> None:
        self.made = 0


class Scope:
    """The terms that hold at one place. `previous` is where a type-scoped context ends (§4.1.2, `@propagate` false)."""

    __slots__ = ("_entered", "_inside", "_own", "_typed", "fields", "prefixes", "previous", "room", "terms", "texts")

    def __init__(self, terms: Terms, room: Room, previous: "Scope | None" = None) -> None:
        room.made += 1
        self.terms = terms
        self.room = room
        self.fields = _fields(terms)
        self.texts = {name: (term.head, term.suffix) for name, term in self.fields.items() if term.plain}
        self.prefixes = {name: term.iri for name, term in terms.items() if term.is_prefix}
        self.previous = previous
        self._entered: dict[Local, Scope] = {}
        self._own: dict[tuple[str, ...], Scope] = {}
        self._inside: dict[tuple[str, ...], Scope] = {(): self}
        self._typed: dict[object, Typed] = {}

    def enter(self, scoped: Local) -> "Scope":
        """The scope inside a property that has a context of its own."""
        found = self._entered.get(scoped)
        if found is None:
            terms, previous = _processed(self.terms, self.previous, scoped.raw, override=True)
            found = self._entered[scoped] = Scope(terms, self.room, previous)
        return found

    def own(self, value: object, contexts: Contexts) -> "Scope":
        """The scope inside an object with this `@context`. Raises what `contexts.check_list` raises."""
        urls = tuple(value) if isinstance(value, list) else (value,)
        try:
            return self._own[urls]
        except (KeyError, TypeError):  # never seen, or not made of strings
            check_list(value, "/@context", contexts)
        if not all(isinstance(url, str) for url in urls):
            raise NotCovered  # a context that stands inline, for suites alone
        local = [contexts.document(url)["@context"] for url in urls]
        terms, previous = _processed(self.terms, self.previous, local)
        return self._own.setdefault(urls, Scope(terms, self.room, previous))

    def typed(self, types: object) -> Typed:
        """The scope inside a node of these types (a string or strings), and ` <rdf:type> <…>` for each."""
        key = tuple(types) if isinstance(types, list) else types
        try:
            return self._typed[key]
        except (KeyError, TypeError):
            found = self._type(types)
        names = types if isinstance(types, list) else [types]
        if len(self._typed) < _MOST_WAYS and all(name in self.terms for name in names):
            self._typed[key] = found
        return found

    def _type(self, types: object) -> Typed:
        names = types if isinstance(types, list) else [types]
        if not 0 < len(names) <= TYPES:
            raise NotCovered
        tails: dict[str, None] = {}
        for index, name in enumerate(names):
            iri = self._type_iri(name, f"/{index}" if names is types else "")
            tails[f" {TYPE} {iri_term(iri)}"] = None
        known = {name: self.terms[name] for name in map(str, names) if name in self.terms}
        scoped = sorted(name for name, term in known.items() if term.scoped is not None)
        return self._in_types(tuple(scoped)), list(tails)

    def _in_types(self, scoped: tuple[str, ...]) -> "Scope":
        """The scope inside types that have contexts of their own, one after the other (API §5.1.2 (11))."""
        found = self._inside.get(scoped)
        if found is None:
            terms = self.terms
            for local in [self.terms[name].scoped for name in scoped]:
                if local is not None:
                    terms, _ = _processed(terms, None, local.raw, propagate=False)
            found = self._inside[scoped] = Scope(terms, self.room, self.previous or self)
        return found

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
    if found is None or found.room.made > _MOST_SCOPES:
        found = _ROOTS[contexts] = Scope({}, Room())
    return found


def _fields(terms: Terms) -> dict[str, Term]:
    """The terms that may name a field. Where two have one IRI, what they state may be the same statement."""
    names = Counter(term.iri for term in terms.values())
    return {
        name: replace(term, is_shared=True) if names[term.iri] > 1 else term
        for name, term in terms.items()
        if name not in CLASSES
    }


def _processed(
    terms: Terms, previous: Scope | None, local: object, *, propagate: bool = True, override: bool = False
) -> tuple[Terms, Scope | None]:
    """Context Processing (API §4.1.2) of one context or several; a null one leaves nothing, the previous one neither."""
    for item in local if isinstance(local, list) else [local]:
        if isinstance(item, dict):
            terms = define(terms, item, override=override)
        elif isinstance(item, list):
            terms, previous = _processed(terms, previous, item)
        elif item is None and not override and any(term.protected for term in terms.values()):
            raise Redefinition(pointer="/@context")
        elif item is not None or not propagate:
            raise NotCovered
        else:
            terms, previous = {}, None
    return terms, previous


_ROOTS: Final[WeakKeyDictionary[Contexts, Scope]] = WeakKeyDictionary()
