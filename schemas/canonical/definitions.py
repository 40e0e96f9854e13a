"""Term definitions (JSON-LD 1.1 API §4.2) in the form that published credential contexts use; anything else is `NotCovered`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final

from schemas.canonical.iris import is_absolute
from schemas.canonical.terms import datatype_suffix
from schemas.refusals import Redefinition

_MEMBERS: Final = frozenset({"@id", "@type", "@container", "@context", "@protected"})
_KEYWORDS: Final = frozenset({"@protected", "@version"})
_CONTAINERS: Final = frozenset({"@set", "@list", "@graph"})
_ALIASED: Final = {"id": "@id", "type": "@type"}
_GENERIC_DELIMITERS: Final = tuple(":/?#[]@")


class NotCovered(Exception):
    """The compiled tables do not hold what this document or context needs."""


class Kind(Enum):
    """What a string under a term means."""

    TEXT = "a literal"
    IRI = "a document-relative IRI"
    WORD = "a term, or an IRI"
    RAW = "JSON, signed as it is"
    ALIAS = "a keyword"


ALIAS: Final = Kind.ALIAS  # looked up once, not at every field
RAW: Final = Kind.RAW


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """A scoped context as it stands in its document; two are the same only where they are the same object."""

    raw: Any


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A term definition, with what a statement under it begins and ends with.

    `datatype` is "" or an IRI, `scoped` the context inside. `is_shared` says that another term of the scope has the same IRI,
    `plain` that a string needs no more than `head` and `suffix`.
    """

    name: str
    iri: str
    kind: Kind
    datatype: str = ""
    is_list: bool = False
    is_graph: bool = False
    scoped: Local | None = None
    is_prefix: bool = False
    protected: bool = False
    is_shared: bool = False
    head: str = field(init=False)
    suffix: str = field(init=False)
    plain: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "head", f" <{self.iri}> ")
        object.__setattr__(self, "suffix", datatype_suffix(self.datatype))
        simple = not (self.is_list or self.is_graph or self.is_shared or self.scoped)
        object.__setattr__(self, "plain", simple and self.kind is Kind.TEXT)

    def same(self, other: "Term") -> bool:
        """Whether both say the same, protection apart (§4.2.2 step 27)."""
        scoped = [term.scoped and (term.scoped.raw,) for term in (self, other)]
        return scoped[0] == scoped[1] and all(
            getattr(self, name) == getattr(other, name)
            for name in ("iri", "kind", "datatype", "is_list", "is_graph", "is_prefix")
        )


Terms = Mapping[str, Term]


def define(active: Terms, local: Mapping[str, Any], *, override: bool) -> dict[str, Term]:
    """The terms of `active` after `local` (one context object). Raises `Redefinition`, `NotCovered`."""
    maker = _Definer(active, local, override=override)
    for name in local:
        if not name.startswith("@"):
            maker.create(name)
    return maker.terms


class _Definer:
    def __init__(self, active: Terms, local: Mapping[str, Any], *, override: bool) -> None:
        if not {name for name in local if name.startswith("@")} <= _KEYWORDS:
            raise NotCovered
        self.terms = dict(active)
        self._local = local
        self._override = override
        self._protect = bool(local.get("@protected"))
        self._begun: dict[str, bool] = {}

    def create(self, name: str) -> None:
        """Create Term Definition (§4.2.2)."""
        if name in self._begun:
            if not self._begun[name]:
                raise NotCovered
            return
        self._begun[name] = False
        made = self._made(name, self._local[name])
        held = self.terms.get(name)
        if held is not None and held.protected and not self._override:
            if not made.same(held):
                raise Redefinition(pointer="/@context")
            made = held
        self.terms[name] = made
        self._begun[name] = True

    def _made(self, name: str, value: object) -> Term:
        if isinstance(value, str):
            iri = self._iri(value)
            return self._checked(self._term(name, iri, is_prefix=iri.endswith(_GENERIC_DELIMITERS)))
        if not isinstance(value, dict) or not value.keys() <= _MEMBERS or not isinstance(value.get("@id"), str):
            raise NotCovered
        made = self._term(name, self._iri(value["@id"]), kind=value.get("@type", ""))
        containers = _several(value.get("@container", []))
        if not containers <= _CONTAINERS or {"@list", "@graph"} <= containers:
            raise NotCovered
        made = replace(
            made,
            is_list="@list" in containers,
            is_graph="@graph" in containers,
            scoped=Local(value["@context"]) if "@context" in value else None,
            protected=bool(value.get("@protected", self._protect)),
        )
        return self._checked(made)

    def _term(self, name: str, iri: str, *, kind: str = "", is_prefix: bool = False) -> Term:
        if iri.startswith("@"):
            if _ALIASED.get(name) != iri or kind:
                raise NotCovered
            return Term(name, iri, Kind.ALIAS, protected=self._protect)
        known = {"": Kind.TEXT, "@none": Kind.TEXT, "@id": Kind.IRI, "@vocab": Kind.WORD, "@json": Kind.RAW}
        if kind in known:
            return Term(name, iri, known[kind], is_prefix=is_prefix, protected=self._protect)
        return Term(name, iri, Kind.TEXT, self._iri(kind), is_prefix=is_prefix, protected=self._protect)

    @staticmethod
    def _checked(term: Term) -> Term:
        """A statement is longer than the name it comes from, so that counting statements counts the document."""
        if term.kind is not Kind.ALIAS and (
            not is_absolute(term.iri) or len(term.iri) <= len(term.name) or ":" in term.name
        ):
            raise NotCovered
        return term

    def _iri(self, value: str) -> str:
        """IRI Expansion with the vocabulary, while contexts are processed (§5.2.2)."""
        if value.startswith("@"):
            return value
        if value in self._local:
            self.create(value)
        if value in self.terms:
            return self.terms[value].iri
        prefix, colon, rest = value.partition(":")
        if not colon or prefix == "_" or rest.startswith("//"):
            return value
        if prefix in self._local:
            self.create(prefix)
        found = self.terms.get(prefix)
        return found.iri + rest if found is not None and found.is_prefix else value


def _several(value: object) -> set[Any]:
    return set(value) if isinstance(value, list) else {value}
