"""One document before all judges: the quick path, the general path, pyoxigraph and jsonld.js must agree."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, Self
from unittest import mock

from schemas.canonical import canonicalize
from schemas.canonical.general import general_quads, label_general
from schemas.canonical.nquads import read_nquads
from schemas.canonical.rdfc import canonical_dataset
from schemas.loader import BUNDLED
from schemas.refusals import Refused
from tests.differential.documents import Document, document
from tests.differential.mutations import SINGLE, mutate
from tests.differential.oracles import FAULTS, NODE, PYOXIGRAPH, Silent, Worker, disguised

ORACLES: Final = ("general", "pyoxigraph", "node")
PATIENCE: Final = 10.0
_SHARE_OF_SHA384: Final = 0.1
_ORDERS: Final = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one of our paths says: the canonical form, or the code and place of its refusal, or what it should never raise."""

    text: str = ""
    code: str = ""
    pointer: str = ""

    def __str__(self) -> str:
        return f"refused {self.code} at {self.pointer!r}" if self.code else f"{len(self.text)} characters"


@dataclass(slots=True)
class Tally:
    """What was found so far; tallies add up."""

    counts: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __iadd__(self, other: Self) -> Self:
        self.counts += other.counts
        self.disagreements += other.disagreements
        self.notes += other.notes
        return self


@dataclass(frozen=True, slots=True)
class Case:
    """A document by its index: "7" is the eighth document of a seed, "m7" the eighth mutated one."""

    index: str
    kind: str
    names: tuple[str, ...]
    document: Document
    digest: str

    @classmethod
    def of(cls, seed: str, index: str) -> Self:
        """The case with this index; nothing but seed and index decides what it is."""
        chance = Random(f"{seed}/{index}")  # noqa: S311 - test data, no secret
        kind, found = document(chance)
        names = mutate(chance, found) if index.startswith("m") else ()
        return cls(index, kind, names, found, "sha384" if chance.random() < _SHARE_OF_SHA384 else "sha256")

    @property
    def single(self) -> bool:
        """Whether there is at most one fault, so that both paths must name the same."""
        return not self.names or (len(self.names) == 1 and self.names[0] in SINGLE)


class Examiner:
    """Puts cases before the judges and keeps the tally."""

    def __init__(self, seed: str, oracles: tuple[str, ...] = ORACLES) -> None:
        self.tally = Tally()
        self._seed = seed
        self._general = "general" in oracles
        self._stack = ExitStack()
        self._oxigraph = self._stack.enter_context(Worker(PYOXIGRAPH, PATIENCE)) if "pyoxigraph" in oracles else None
        self._node = self._stack.enter_context(Worker(NODE, PATIENCE)) if "node" in oracles else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def examine(self, index: str) -> None:
        """Judge the case with this index."""
        case = Case.of(self._seed, index)
        asked = self._node is not None and self._ask_node(case)
        ours = self._quick(case)
        self._count("accepted" if not ours.code else "refused", _kind(case))
        self._count("code", ours.code or "none")
        if self._general:
            self._hold_general(case, ours)
        if asked and self._node is not None:
            with self._patience(case, "node"):
                self._hold_node(case, ours, self._node)
        if self._oxigraph is not None and not ours.code:
            with self._patience(case, "pyoxigraph"):
                self._hold_oxigraph(case, ours, self._oxigraph)

    def _count(self, *names: str) -> None:
        self.tally.counts[": ".join(names)] += 1

    def _differ(self, case: Case, judge: str, what: str) -> None:
        self._count("DISAGREEMENTS", judge)
        self.tally.disagreements.append(
            f"{case.index} ({_kind(case)}; {', '.join(case.names) or 'unchanged'}) {judge}: {what}"
        )

    @contextmanager
    def _patience(self, case: Case, judge: str) -> Iterator[None]:
        """Neither of the two knows a limit of its own: no answer is none, and told."""
        try:
            yield
        except Silent:
            self._count(judge, "no answer in time")
            self.tally.notes.append(f"{case.index}: {judge} gave no answer in time")

    def _quick(self, case: Case) -> Verdict:
        with mock.patch("schemas.canonical.general_quads", wraps=general_quads) as general:
            found = _verdict(lambda: canonicalize(case.document, case.digest))
        if general.called:
            self._count("left to the general path", _kind(case))
        if found.code.startswith("raised"):
            self._differ(case, "quick path", found.code)
        return found

    def _hold_general(self, case: Case, ours: Verdict) -> None:
        found = _verdict(lambda: label_general(case.document, case.digest, contexts=BUNDLED).text)
        if found == ours:
            self._count("general", "the same")
        elif not found.code or not ours.code or found.code.startswith("raised"):
            self._differ(case, "general", f"quick {ours}, general {found}")
        elif found.code == ours.code:
            self._count("general", "the same code at another place")
            self.tally.notes.append(f"{case.index}: quick {ours}, general {found}")
        elif case.single:
            self._differ(case, "general", f"quick {ours}, general {found}")
        else:
            self._count("general", "another code of several faults")
            self.tally.notes.append(f"{case.index}: quick {ours}, general {found}")

    def _hold_oxigraph(self, case: Case, ours: Verdict, worker: Worker) -> None:
        text = disguised(ours.text, Random(case.index))  # noqa: S311 - test data, no secret
        found = worker.ask(text=text, digest=case.digest)
        if found.get("text") == ours.text:
            self._count("pyoxigraph", "the same")
        elif _in_graphs(ours.text) and _isomorphic(found.get("text", ""), ours.text, case.digest):
            self._explain_oxigraph(case, text, found)
        else:
            self._differ(case, "pyoxigraph", found.get("error", "another dataset"))

    def _explain_oxigraph(self, case: Case, text: str, found: dict[str, Any]) -> None:
        """Other labels of the same dataset are its known fault if rdf-canonize with that fault gives the same labels."""
        fixes = [*FAULTS, "related-once"]
        if self._node is None:
            self._count("pyoxigraph", "known fault, as it seems", "related-once")
        elif self._node.ask(text=text, digest=case.digest, fixes=fixes).get("text") == found["text"]:
            self._count("pyoxigraph", "known fault", "related-once")
        else:
            self._differ(case, "pyoxigraph", "other labels")

    def _ask_node(self, case: Case) -> bool:
        try:
            json.dumps(case.document, allow_nan=False)
        except ValueError:
            return False
        assert self._node is not None
        self._node.send(document=case.document, digest=case.digest, fixes=[])
        return True

    def _hold_node(self, case: Case, ours: Verdict, worker: Worker) -> None:
        found = worker.receive()
        if ours.code:
            self._count("node", "refuses too" if "error" in found else f"accepts what we refuse: {ours.code}")
        elif found.get("text") == ours.text:
            self._count("node", "the same")
        else:
            self._explain(case, ours, found, worker)

    def _explain(self, case: Case, ours: Verdict, found: dict[str, Any], worker: Worker) -> None:
        """A difference is due to known faults only if jsonld.js, with them put right, gives the same bytes as we."""
        better = worker.ask(document=case.document, digest=case.digest, fixes=FAULTS)
        if better.get("text") != ours.text:
            if _contradicts_itself(ours.text, case.digest, worker):
                self._count("node", "known fault", "order-dependent")
            else:
                self._differ(case, "node", found.get("error", "other bytes"))
            return
        self._count("node", "the same but for known faults")
        for name in better["faults"]:
            self._count("node", "known fault", name)


def _contradicts_itself(text: str, digest: str, worker: Worker) -> bool:
    """Whether rdf-canonize labels one dataset in several ways, each time in another order, and never gives another dataset.

    That happens to graphs whose nodes are alike; the canonical form may not depend on the order (RDF-CANON §4.2).
    """
    asked = [disguised(text, Random(number)) for number in range(_ORDERS)]  # noqa: S311 - test data, no secret
    found = {worker.ask(text=one, digest=digest, fixes=FAULTS).get("text", "") for one in asked}
    return len(found) > 1 and all(_isomorphic(one, text, digest) for one in found)


def _in_graphs(text: str) -> bool:
    return re.search(r" _:c14n[0-9]+ \.$", text, re.MULTILINE) is not None


def _isomorphic(one: str, canonical: str, digest: str) -> bool:
    return canonical_dataset(read_nquads(one), digest=digest, work=10**7).text.decode() == canonical


def _verdict(judge: Any) -> Verdict:
    try:
        return Verdict(text=judge().decode())
    except Refused as error:
        return Verdict(code=error.code, pointer=error.pointer)
    except Exception as error:  # noqa: BLE001 - whatever leaves but a refusal is a finding
        return Verdict(code=f"raised {type(error).__name__}: {str(error)[:80]!r}")


def _kind(case: Case) -> str:
    return f"mutated {case.kind}" if case.names else case.kind
