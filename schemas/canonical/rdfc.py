"""RDFC-1.0 (RDF-CANON §4) with a work budget, so that every poison graph ends in a refusal (§7.1).

The numbers in comments are the steps of the specification.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from schemas.canonical.dataset import Dataset
from schemas.canonical.definitions import NotCovered
from schemas.canonical.limits import Limits
from schemas.canonical.nquads import Quad, is_blank, line
from schemas.errors import N_, ZachetkaError
from schemas.refusals import PoisonGraph, TooComplex

Issuer = dict[str, str]  # identifiers issued so far, in order

_DIGESTS: Final[Mapping[str, Callable[[bytes], "hashlib._Hash"]]] = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


class UnknownDigest(ZachetkaError):
    """RDFC-1.0 is used with SHA-256 or SHA-384 only. Params: `digest`."""

    code = "unknown-digest"
    sentence = N_("Способ «{digest}» для подписи не применяется.")


@dataclass(frozen=True, slots=True)
class Labelling:
    """A canonical dataset: the N-Quads document, and the label of each nameless node (`_:b0` → `_:c14n0`)."""

    text: bytes
    labels: Mapping[str, str]

    @property
    def lines(self) -> tuple[str, ...]:
        """The statements in order, each with its line end."""
        return tuple(f"{line}\n" for line in self.text.decode().split("\n")[:-1])


def canonical_dataset(quads: Iterable[Quad], *, digest: str = "sha256", work: int) -> Labelling:
    """Label and order `quads`, spending at most `work` steps; raises `PoisonGraph` beyond."""
    known = list(dict.fromkeys(quads))
    try:
        labels = _Labeller(known, hexdigest(digest), work).labels()
    except RecursionError:
        raise PoisonGraph from None
    lines = sorted(line(_relabelled(quad, labels)) for quad in known)
    return Labelling("".join(lines).encode(), labels)


def label_dataset(dataset: Dataset, *, digest: str = "sha256", limits: Limits) -> Labelling:
    """The same as `canonical_dataset` over its statements; quick where no two first-degree hashes are equal.

    Then labels are issued in the order of the hashes (§4.4.3 step 4) and step 5 has nothing to do. Raises `TooComplex` for too
    many statements, `NotCovered` where the document may have too many characters.
    """
    if dataset.size > limits.quads:
        raise TooComplex(what="quads", limit=limits.quads)
    hashes = list(map(hexdigest(digest), dataset.first_degree_texts()))
    if len(set(hashes)) < len(hashes):
        found = canonical_dataset(dataset.quads(), digest=digest, work=limits.work)
    else:
        labels = [""] * len(hashes)
        for place, node in enumerate(sorted(range(len(hashes)), key=hashes.__getitem__)):
            labels[node] = f"_:c14n{place}"
        names = {f"_:b{node}": label for node, label in enumerate(labels)}
        found = Labelling(dataset.text(labels).encode(), names)
    if len(found.text) + dataset.dropped > limits.characters:
        raise NotCovered
    return found


def hexdigest(digest: str) -> Callable[[str], str]:
    """The hash function inside RDFC-1.0, "sha256" or "sha384"; `UnknownDigest` for any other."""
    if digest not in _DIGESTS:
        raise UnknownDigest(digest=digest[:20])
    algorithm = _DIGESTS[digest]
    return lambda text: algorithm(text.encode()).hexdigest()


def _relabelled(quad: Quad, labels: Mapping[str, str]) -> Quad:
    subject, predicate, value, graph = quad
    return labels.get(subject, subject), predicate, labels.get(value, value), labels.get(graph, graph)


class _Labeller:
    """The canonicalization state (§4.3) of one dataset."""

    def __init__(self, quads: list[Quad], hash_text: Callable[[str], str], work: int) -> None:
        self._hash = hash_text
        self._work = work
        self._canonical: Issuer = {}
        self._quads_of: dict[str, list[Quad]] = {}
        for quad in quads:  # 4.4.3 (2)
            for node in {term for term in (quad[0], quad[2], quad[3]) if is_blank(term)}:
                self._quads_of.setdefault(node, []).append(quad)
        self._first_degree = {node: self._hash_first_degree(node) for node in self._quads_of}

    def labels(self) -> Issuer:
        """The canonical label of every nameless node (§4.4.3)."""
        by_hash: dict[str, list[str]] = {}
        for node, digest in self._first_degree.items():  # (3)
            by_hash.setdefault(digest, []).append(node)
        for digest in sorted(by_hash):  # (4)
            if len(by_hash[digest]) == 1:
                self._issue(by_hash[digest][0])
        for digest in sorted(by_hash):  # (5)
            self._label_alike(by_hash[digest])
        return self._canonical

    def _label_alike(self, nodes: list[str]) -> None:
        """Label nodes whose first-degree hashes are equal (§4.4.3 step 5)."""
        paths = [self._hash_n_degree(node, {node: "_:b0"}) for node in nodes if node not in self._canonical]
        for _, issued in sorted(paths, key=lambda path: path[0]):
            for node in issued:
                self._issue(node)

    def _issue(self, node: str) -> None:
        if node not in self._canonical:
            self._canonical[node] = f"_:c14n{len(self._canonical)}"

    def _spend(self, steps: int) -> None:
        self._work -= steps
        if self._work < 0:
            raise PoisonGraph

    def _hash_first_degree(self, node: str) -> str:
        """Hash First Degree Quads (§4.6)."""

        def seen(term: str) -> str:
            return ("_:a" if term == node else "_:z") if is_blank(term) else term

        quads = self._quads_of[node]
        return self._hash("".join(sorted(line((seen(s), p, seen(o), seen(g))) for s, p, o, g in quads)))

    def _hash_related(self, related: str, quad: Quad, issuer: Issuer, position: str) -> str:
        """Hash Related Blank Node (§4.7)."""
        predicate = "" if position == "g" else quad[1]
        name = self._canonical.get(related) or issuer.get(related) or self._first_degree[related]
        return self._hash(f"{position}{predicate}{name}")

    def _related(self, node: str, issuer: Issuer) -> dict[str, list[str]]:
        """The nameless neighbours of `node` by their related hash (§4.8.3 steps 1-3)."""
        related: dict[str, list[str]] = {}
        for quad in self._quads_of[node]:
            for position, term in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if is_blank(term) and term != node:
                    related.setdefault(self._hash_related(term, quad, issuer, position), []).append(term)
        return related

    def _hash_n_degree(self, node: str, issuer: Issuer) -> tuple[str, Issuer]:
        """Hash N-Degree Quads (§4.8)."""
        self._spend(1 + len(self._quads_of[node]))
        related = self._related(node, issuer)
        data = ""
        for digest in sorted(related):  # (5)
            path, issuer = self._shortest_path(related[digest], issuer)
            data += digest + path
        return self._hash(data), issuer

    def _shortest_path(self, nodes: list[str], issuer: Issuer) -> tuple[str, Issuer]:
        """The least path over all orders of `nodes` and the identifiers it issues (5.4)."""
        chosen, chosen_issuer = "", issuer
        for order in _orders(nodes):
            self._spend(1 + len(order) + len(issuer) // 8)
            attempt = self._path(order, dict(issuer), chosen)
            if attempt is not None and (not chosen or attempt[0] < chosen):
                chosen, chosen_issuer = attempt
        return chosen, chosen_issuer

    def _path(self, order: tuple[str, ...], issuer: Issuer, chosen: str) -> tuple[str, Issuer] | None:
        """One order's path, or None as soon as it cannot be the least any more (5.4.4, 5.4.5)."""
        path, recursion = "", []
        for node in order:
            if node in self._canonical:
                path += self._canonical[node]
            else:
                if node not in issuer:
                    recursion.append(node)
                path += _temporary(issuer, node)
            if _beaten(path, chosen):
                return None
        for node in recursion:
            digest, result = self._hash_n_degree(node, issuer)
            path += f"{_temporary(issuer, node)}<{digest}>"
            issuer = result
            if _beaten(path, chosen):
                return None
        return path, issuer


def _orders(nodes: list[str]) -> Iterator[tuple[str, ...]]:
    """Every different order of `nodes`, where one may stand several times: equal orders have equal paths.

    A node is mentioned once per statement, so the graph of a carried credential stands here as often as it has statements.
    """
    rank = {node: place for place, node in enumerate(dict.fromkeys(nodes))}
    order = sorted(nodes, key=rank.__getitem__)
    while True:
        yield tuple(order)
        turn = next((i for i in range(len(order) - 2, -1, -1) if rank[order[i]] < rank[order[i + 1]]), None)
        if turn is None:
            return
        other = next(i for i in range(len(order) - 1, turn, -1) if rank[order[turn]] < rank[order[i]])
        order[turn], order[other] = order[other], order[turn]
        order[turn + 1 :] = reversed(order[turn + 1 :])


def _temporary(issuer: Issuer, node: str) -> str:
    return issuer.setdefault(node, f"_:b{len(issuer)}")


def _beaten(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen
