"""Compiled shapes: many documents in which only some strings differ, each canonicalised by substitution.

A shape is compiled from one document and the places that vary, its slots. A sentinel is put into every slot and the ordinary walk
gives the statements; the canonical text of any other document of the shape is then the same text with other terms and labels.
That is sound only under conditions, and each is checked, here or at every rendering; where one fails, `NotCovered` leaves, and
the document goes the ordinary way:

- C1 every sentinel reaches the statements, as a whole literal or as a whole IRI that is no word of a context;
- C2 no slot is a key, a type, a context or raw JSON, so that the shape is the same whatever stands in it;
- C3 no two statements about one subject share a predicate where one of them has a slot, so that neither their number nor their
  order can change;
- R1 everything outside of the slots is the same, type by type; a slot's value is a string, and an IRI where the slot is one;
- R2 no two subjects become the same;
- R3 all nameless nodes have different first-degree hashes (RDF-CANON §4.6): then labels follow the order of the hashes;
- R4 the whole stays far below the limits of one credential.
"""

import copy
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any, Final

from schemas.canonical.dataset import Block, Dataset
from schemas.canonical.definitions import NotCovered
from schemas.canonical.limits import SINGLE
from schemas.canonical.outlines import Outline, Path, put
from schemas.canonical.patterns import Pattern, Patterns, Sections, gap, is_marked, sentinel
from schemas.canonical.statements import statements
from schemas.canonical.terms import quoted
from schemas.loader import BUNDLED
from schemas.refusals import Refused

# None of these schemes is a prefix in a bundled context, so that such an IRI is never a short one.
_IRI: Final = re.compile(r"(?:urn|did|https?):[^\x00-\x20<>\"{}|^`\\\x7f]*")
_FORM: Final = re.compile('(["<])' + sentinel(0)[:-1] + "([0-9]+)")
_MARGIN: Final = 2  # times the bytes of the canonical text: more than what of the JSON leaves no trace there


class Shape:
    """The compiled form of `document`, whose strings at `slots` may change. `NotCovered` where that would not be sound."""

    def __init__(self, document: Mapping[str, Any], slots: Sequence[Path]) -> None:
        if is_marked(json.dumps(document, ensure_ascii=False)):  # it could be taken for one of our gaps
            raise NotCovered
        self._outline = Outline(document, slots)
        marked = copy.deepcopy(dict(document))
        for number, slot in enumerate(slots):
            put(marked, slot, sentinel(number))
        try:
            dataset = statements(marked, BUNDLED, SINGLE)
        except Refused as error:
            raise NotCovered from error
        if dataset.has_graphs:
            raise NotCovered
        self._json = Pattern(json.dumps(marked, ensure_ascii=False, separators=(",", ":")))
        self._hashes = _Hashes(dataset.first_degree_texts())
        blocks = _Blocks(dataset, len(slots))
        self._forms = _forms("".join(blocks.lines), len(slots))
        self._subjects = [subject.encode() for subject in blocks.subjects]
        self._ranked = blocks.ranked
        self._lines = Sections(blocks.lines)

    def values(self, document: Mapping[str, Any]) -> list[str]:
        """What stands in the slots of `document`; `NotCovered` where it is of another shape."""
        return self._outline.values(document)

    def json(self, values: list[str]) -> bytes:
        """The document with these values as compact JSON, its members in the order of the document that the shape is made of."""
        return self._json.fill([_encoded(encode_basestring(value)) for value in values])

    def canonical(self, values: list[str]) -> bytes:
        """What `canonicalize` answers for the document with these values; `NotCovered` where substitution is not sound."""
        terms = list(map(_term, self._forms, values))
        labels = self._hashes.labels(terms)
        terms += labels
        terms += self._subjects
        for members in self._ranked:
            terms += sorted([labels[node] for node in members])
        text = self._lines.fill(terms)  # R2
        if len(text) * _MARGIN > SINGLE.characters:  # R4
            raise NotCovered
        return text


class _Hashes:
    """The first-degree hashes of all nameless nodes, made ahead where no slot is near."""

    def __init__(self, texts: list[str]) -> None:
        self._made = [b"" if is_marked(text) else sha256(text.encode()).digest() for text in texts]
        self._open = [node for node, made in enumerate(self._made) if not made]
        self._labels = [b"_:c14n%d" % place for place in range(len(texts))]
        self._texts = Patterns([texts[node] for node in self._open])

    def labels(self, terms: list[bytes]) -> list[bytes]:
        """The label of each node with these terms in the slots."""
        hashes = self._made.copy()
        if len(hashes) > 1:
            for node, text in zip(self._open, self._texts.fill(terms), strict=True):
                hashes[node] = sha256(text).digest()
        if len(set(hashes)) < len(hashes):  # R3
            raise NotCovered
        labels = [b""] * len(hashes)
        nodes = sorted(range(len(hashes)), key=hashes.__getitem__)
        for node, label in zip(nodes, self._labels, strict=True):
            labels[node] = label
        return labels


class _Blocks:
    """The statements about each subject as a text that begins with a gap.

    The gaps are numbered: slots, then the label of each nameless node, then the subjects that stay the same, then those labels that
    stand in one place of the canonical order by turns (`ranked`: nodes under one predicate of one subject, whose labels are filled
    in sorted).
    """

    def __init__(self, dataset: Dataset, slots: int) -> None:
        self._first_label = slots
        self._first_subject = slots + len(dataset.own)
        told = [block for block in dataset.blocks if block.tails or block.links]
        self.subjects = [
            block.subject for block in told if isinstance(block.subject, str) and not is_marked(block.subject)
        ]
        self._next_rank = self._first_subject + len(self.subjects)
        self.ranked: list[list[int]] = []
        self.lines = list(map(self._text, told))

    def _text(self, block: Block) -> str:
        tails = sorted([*block.tails, *self._linked(block)])
        _check_predicates(tails)
        head = subject = block.subject if isinstance(block.subject, str) else gap(self._first_label + block.subject)
        if subject in self.subjects:
            head = gap(self._first_subject + self.subjects.index(subject))
        return head + subject.join(f"{tail} .\n" for tail in tails)

    def _linked(self, block: Block) -> list[str]:
        heads: dict[str, list[int]] = {}
        for head, node in block.links:
            heads.setdefault(head, []).append(node)
        tails = []
        for head, nodes in heads.items():
            if len(nodes) == 1:
                tails.append(head + gap(self._first_label + nodes[0]))
            else:
                self.ranked.append(nodes)
                tails += [head + gap(self._next_rank + place) for place in range(len(nodes))]
                self._next_rank += len(nodes)
        return tails


def _check_predicates(tails: list[str]) -> None:
    """C3; the label of a nameless node is no slot."""
    predicates = Counter(tail.split(" ", 2)[1] for tail in tails)
    if any(predicates[tail.split(" ", 2)[1]] > 1 and _FORM.search(tail) for tail in tails):
        raise NotCovered


def _forms(text: str, slots: int) -> list[str]:
    """What each slot is, `"` a literal or `<` an IRI (C1)."""
    found = set(_FORM.findall(text))
    forms = {int(number): form for form, number in found}
    if len(found) != slots or forms.keys() != set(range(slots)):
        raise NotCovered
    return [forms[number] for number in range(slots)]


def _term(form: str, value: str) -> bytes:
    if form == '"':
        return _encoded(quoted(value))
    if not _IRI.fullmatch(value):
        raise NotCovered
    return _encoded(f"<{value}>")


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCovered from None
