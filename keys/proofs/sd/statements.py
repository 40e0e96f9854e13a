"""A document as statements under labels that tell nothing, and which of them a selection makes (VC-DI-ECDSA §3.4).

Every object without an `id` is given one for a moment, so that it keeps its name when other parts are left out; in the statements
these names become the labels of RDFC-1.0, and those become HMACs under a key that only issuer and holder know: the labels of
what is shown say neither how much is hidden nor where.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from hashlib import sha256
from typing import Any

from keys.errors.proofs import SelectionUnsupported, SelectionWrong
from keys.multikey import multibase_encode_url
from keys.proofs.sd.selection import select
from schemas.canonical import Labelling, label, label_quads
from schemas.canonical.nquads import Quad, line, read_nquads
from schemas.canonical.shape import walk
from schemas.loader import Contexts


class Statements:
    """The statements of `document` (without proofs) under the HMAC labels of `key`. Raises what canonicalising raises.

    `SelectionUnsupported` for a document with lists in order or carried graphs: their parts have no names of their own.
    """

    def __init__(self, document: Mapping[str, Any], key: bytes, contexts: Contexts) -> None:
        whole = label(document, contexts=contexts)  # first of all: bounds depth, size and work
        self._document, self._contexts = document, contexts
        self._prefix = _unused(document)
        self._named = _with_names(document, self._prefix)
        found = self._labelled(self._named)
        if found.text != whole.text:
            raise SelectionUnsupported
        self._labels = {name: "_:" + hidden(key, called.removeprefix("_:")) for name, called in found.labels.items()}
        self.lines: Sequence[str] = self._lines(self._named)

    def made_by(self, pointers: Sequence[str]) -> frozenset[int]:
        """The places in `lines` of what `pointers` choose; raises `SelectionWrong` for what cannot be shown without the rest."""
        if not pointers:
            return frozenset()
        self.part(pointers)  # the given names can be pointed to in the named document alone
        lines = self._lines(select(self._named, pointers))
        if any(one not in self._places for one in lines):
            raise SelectionWrong(pointer=pointers[0], field=pointers[0][:80])
        return frozenset(self._places[one] for one in lines)

    def part(self, pointers: Sequence[str]) -> dict[str, Any]:
        """The document that shows what `pointers` choose."""
        return select(self._document, pointers)

    def labels_of(self, pointers: Sequence[str]) -> dict[str, str]:
        """What RDFC-1.0 calls the nameless objects of a selection (`c14n0`), and their labels here (`u…`)."""
        called = self._labelled(select(self._named, pointers)).labels
        return {
            canonical.removeprefix("_:"): self._labels[name].removeprefix("_:") for name, canonical in called.items()
        }

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one: place for place, one in enumerate(self.lines)}

    def _labelled(self, named: Mapping[str, Any]) -> Labelling:
        return label_quads(self._quads(named))

    def _lines(self, named: Mapping[str, Any]) -> list[str]:
        return relabelled(self._quads(named), self._labels)

    def _quads(self, named: Mapping[str, Any]) -> list[Quad]:
        """The statements of a named document, in which the given names are labels of nameless nodes."""
        quads = read_nquads(label(named, contexts=self._contexts).text.decode())
        if any(term.startswith("_:") for quad in quads for term in quad):
            raise SelectionUnsupported
        return [(self._free(s), p, self._free(o), g) for s, p, o, g in quads]

    def _free(self, term: str) -> str:
        """A term, or the label of the nameless node that had been given this name."""
        start = f"<{self._prefix}"
        return f"_:b{term[len(start) : -1]}" if term.startswith(start) else term


def hidden(key: bytes, canonical: str) -> str:
    """The label that takes the place of a canonical one, without its `_:` (§3.4.4)."""
    return multibase_encode_url(hmac.digest(key, canonical.encode(), sha256))


def relabelled(quads: Iterable[Quad], labels: Mapping[str, str]) -> list[str]:
    """The lines of statements under other labels, in their order (§3.4.2)."""
    return sorted(line((labels.get(s, s), p, labels.get(o, o), labels.get(g, g))) for s, p, o, g in quads)


def _unused(document: Mapping[str, Any]) -> str:
    """The beginning of names that nothing in the document has."""
    taken = [value for _, value in walk(document) if isinstance(value, str) and value.startswith("urn:bnid:")]
    number = 0
    while any(value.startswith(f"urn:bnid:{number}:") for value in taken):
        number += 1
    return f"urn:bnid:{number}:"


def _with_names(document: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """A copy in which every object has an `id`; texts with their language are no objects."""
    named = deepcopy(dict(document))
    for count, (_, value) in enumerate(walk(named)):
        if isinstance(value, dict) and "id" not in value and "@value" not in value:
            value["id"] = f"{prefix}{count}"
    return named
