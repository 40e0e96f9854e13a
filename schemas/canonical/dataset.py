"""The statements of a document, kept together by what they are about, as the compiled path writes them down.

A nameless node is a number. In a tree of JSON each of them is mentioned by exactly one statement, which is its `origin`; that is
why first-degree hashes (RDF-CANON §4.6) and the canonical lines can be made block by block, without looking at all statements.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from schemas.canonical.nquads import Quad

Node = str | int  # an IRI in angle brackets, or the number of a nameless node
Origin = tuple[Node, str, int]  # subject, ` <predicate> `, graph
DEFAULT: Final = -1  # the graph of what belongs to no named graph

_END: Final = " .\n"


class Block:
    """All statements about one subject in one graph: each tail is ` <predicate> object`, a link ends in a nameless node."""

    __slots__ = ("graph", "links", "subject", "tails")

    def __init__(self, subject: Node, graph: int) -> None:
        self.subject = subject
        self.graph = graph
        self.tails: list[str] = []
        self.links: list[tuple[str, int]] = []


@dataclass(slots=True)
class Dataset:
    """`origins` holds the statement that leads to each nameless node, None for the outermost one.

    `own` holds the block about each nameless node, None for those that only name a graph. `dropped` is at least as many characters
    as the document has that left no trace in the statements.
    """

    blocks: list[Block] = field(default_factory=list)
    origins: list[Origin | None] = field(default_factory=list)
    own: list[Block | None] = field(default_factory=list)
    has_graphs: bool = False
    dropped: int = 0

    @property
    def size(self) -> int:
        """How many statements there are."""
        return sum([len(block.tails) + len(block.links) for block in self.blocks])

    def quads(self) -> Iterator[Quad]:
        """Every statement by itself; a nameless node n is called `_:bn`."""
        for block in self.blocks:
            subject, graph = _name(block.subject), "" if block.graph == DEFAULT else _name(block.graph)
            tails = [*block.tails, *(head + _name(node) for head, node in block.links)]
            for tail in tails:
                _, predicate, value = tail.split(" ", 2)
                yield subject, predicate, value, graph

    def first_degree_texts(self) -> list[str]:
        """What is hashed of every nameless node (§4.6): the statements that mention it, sorted, as §4.6 writes them."""
        graphs: dict[int, list[Block]] = {}
        if self.has_graphs:
            for block in self.blocks:
                graphs.setdefault(block.graph, []).append(block)
        return [
            _of_graph(graphs[node], origin) if block is None else _of_subject(block, origin)
            for node, (block, origin) in enumerate(zip(self.own, self.origins, strict=True))
        ]

    def text(self, labels: list[str]) -> str:
        """The canonical document, once every nameless node has its label."""
        named = [(_called(block.subject, labels), block) for block in self.blocks if block.tails or block.links]
        named.sort(key=itemgetter(0))
        text = "".join([_lines(subject, block, labels) for subject, block in named])
        if not self.has_graphs:
            return text
        return "".join(sorted(f"{line}\n" for line in text.split("\n")[:-1]))  # one subject may stand in several blocks


def _lines(subject: str, block: Block, labels: list[str]) -> str:
    """The statements of a block in their order; all begin with `subject`, all end alike."""
    tails = block.tails + [head + labels[node] for head, node in block.links] if block.links else block.tails
    end = _END if block.graph == DEFAULT else f" {labels[block.graph]}{_END}"
    return f"{subject}{f'{end}{subject}'.join(sorted(tails))}{end}"


def _called(node: Node, labels: list[str]) -> str:
    return node if isinstance(node, str) else labels[node]


def _of_subject(block: Block, origin: Origin | None) -> str:
    """The statements that mention the subject of a block, as §4.6 writes and orders them.

    `<` sorts before `_:a`, and `_:a` before `_:z`: the origin stands first or last.
    """
    end = _END if block.graph == DEFAULT else f" _:z{_END}"
    tails = block.tails + [f"{head}_:z" for head, _ in block.links] if block.links else block.tails
    own = f"_:a{f'{end}_:a'.join(sorted(tails))}{end}"
    if origin is None:
        return own
    subject, head, _ = origin
    return f"{own}_:z{head}_:a{end}" if isinstance(subject, int) else f"{subject}{head}_:a{end}{own}"


def _of_graph(blocks: list[Block], origin: Origin | None) -> str:
    """The statements that mention the name of a graph: all that are in it, and the one that leads to it."""
    lines = []
    for block in blocks:
        tails = block.tails + [f"{head}_:z" for head, _ in block.links]
        lines += [f"{_seen(block.subject)}{tail} _:a{_END}" for tail in tails]
    if origin is not None:
        subject, head, graph = origin
        lines.append(f"{_seen(subject)}{head}_:a{'' if graph == DEFAULT else ' _:z'}{_END}")
    return "".join(sorted(lines))


def _seen(node: Node) -> str:
    return node if isinstance(node, str) else "_:z"


def _name(node: Node) -> str:
    return node if isinstance(node, str) else f"_:b{node}"
