"""RDFC-1.0 against the W3C suite, and the promise that every graph ends soon."""

import itertools
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.canonical import canonicalize
from schemas.canonical.limits import SINGLE
from schemas.canonical.nquads import Quad, line, read_nquads
from schemas.canonical.rdfc import UnknownDigest, canonical_dataset
from schemas.refusals import PoisonGraph, Refused

from .badges import badge, presentation

CPU_SECONDS = 0.25
pytestmark = pytest.mark.usefixtures("own_heap")


@pytest.mark.vectors
def test_the_whole_w3c_manifest(vectors: Path, subtests: pytest.Subtests) -> None:
    folder = vectors / "rdf-canon"
    entries = json.loads((folder / "manifest.jsonld").read_text("utf-8"))["entries"]
    assert len(entries) == 86
    for entry in entries:
        with subtests.test(entry["id"], name=entry["name"]):
            run(entry, folder)


def run(entry: dict[str, Any], folder: Path) -> None:
    quads = read_nquads((folder / entry["action"]).read_text("utf-8"))
    digest = entry.get("hashAlgorithm", "SHA256").lower()
    if entry["type"] == "rdfc:RDFC10NegativeEvalTest":
        with pytest.raises(PoisonGraph):
            canonical_dataset(quads, digest=digest, work=SINGLE.work)
        return
    found = canonical_dataset(quads, digest=digest, work=SINGLE.work)
    expected = (folder / entry["result"]).read_bytes()
    if entry["type"] == "rdfc:RDFC10MapTest":
        labels = {name.removeprefix("_:"): label.removeprefix("_:") for name, label in found.labels.items()}
        assert labels == json.loads(expected)
    else:
        assert found.text == expected


def graph(edges: Iterable[tuple[int, int]], predicate: str = "<urn:p>") -> set[Quad]:
    return {(f"_:n{start}", predicate, f"_:n{end}", "") for start, end in edges}


def ring(size: int) -> list[tuple[int, int]]:
    return [(place, (place + 1) % size) for place in range(size)]


POISON = {
    **{f"ring of {size}": ring(size) for size in (3, 17, 64, 256)},
    **{f"clique of {size}": list(itertools.permutations(range(size), 2)) for size in (4, 7, 8, 9, 20, 40, 70)},
    **{f"chain of {size}": [(place, place + 1) for place in range(size)] for size in (10, 100, 200, 255)},
    **{f"star of {size}": [(0, place) for place in range(1, size)] for size in (10, 255)},
    **{
        f"two stars of {size}": [
            *((0, place) for place in range(2, size)),
            *((1, size + place) for place in range(2, size)),
        ]
        for size in (4, 9, 12, 120)
    },
    "complete bipartite": [(left, 100 + right) for left in range(60) for right in range(60)],
    "grid": [*((place, place + 1) for place in range(255)), *((place, place + 16) for place in range(240))],
    "many rings": [(10 * part + start, 10 * part + end) for part in range(25) for start, end in ring(10)],
    "binary tree": [(place // 2, place) for place in range(2, 256)],
    "hypercube": [(place, place ^ 1 << bit) for place in range(256) for bit in range(8)],
    "petersen": [*ring(5), *((place, place + 5) for place in range(5)), *((5 + a, 5 + (a + 2) % 5) for a in range(5))],
}


@pytest.mark.parametrize("name", POISON)
def test_v4_every_shape_ends_soon(name: str) -> None:
    start = time.process_time()
    try:
        found = canonical_dataset(graph(POISON[name]), work=SINGLE.work)
    except PoisonGraph:
        found = None
    assert time.process_time() - start < CPU_SECONDS
    assert found is None or len(found.labels) == len({node for edge in POISON[name] for node in edge})


@given(
    st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_labels_do_not_depend_on_names_or_order(edges: set[tuple[int, int]], chance: random.Random) -> None:
    start = time.process_time()
    names = list(range(13))
    chance.shuffle(names)
    renamed = [(names[first], names[second]) for first, second in edges]
    try:
        one = canonical_dataset(graph(edges), work=SINGLE.work)
        two = canonical_dataset(sorted(graph(renamed)), work=SINGLE.work)
    except PoisonGraph:
        assert time.process_time() - start < 2 * CPU_SECONDS
        return
    assert one.text == two.text
    assert read_nquads(one.text.decode()) == {
        (one.labels[subject], predicate, one.labels[value], graph_name)
        for subject, predicate, value, graph_name in graph(edges)
    }


def nested(depth: int, width: int) -> dict[str, Any]:
    """A Profile with `width` equal nameless parents, each with the same again."""
    profile: dict[str, Any] = {"type": ["Profile"]}
    for _ in range(depth):
        profile = {"type": ["Profile"], "parentOrg": [dict(profile) for _ in range(width)]}
    return profile


@pytest.mark.parametrize(("depth", "width"), [(12, 1), (2, 9), (2, 12), (3, 5), (4, 3), (7, 2), (1, 200)])
def test_v4_a_poisoned_badge_ends_soon(depth: int, width: int) -> None:
    document = badge()
    document["credentialSubject"]["source"] = nested(depth, width)
    canonicalize(badge())
    start = time.process_time()
    try:
        canonicalize(document)
    except Refused as error:
        assert error.code in {"poison-graph", "too-complex"}  # noqa: PT017 - either way it must end
    assert time.process_time() - start < CPU_SECONDS


@pytest.mark.parametrize("values", [[str(number) for number in range(200)], ["5"] * 12, ["5"] * 240])
def test_lists_end_soon(values: list[str]) -> None:
    document = badge()
    document["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"] = values
    start = time.process_time()
    try:
        canonicalize(document)
    except PoisonGraph:
        assert len(values) > 200
    assert time.process_time() - start < CPU_SECONDS


def test_what_is_over_a_limit_is_refused() -> None:
    document = badge()
    document["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"] = ["5"] * 257
    with pytest.raises(Refused) as caught:
        canonicalize(document)
    assert (caught.value.code, caught.value.params["what"]) == ("too-complex", "blank nodes")
    document = badge()
    document["credentialSubject"]["achievement"]["tag"] = list(map(str, range(5_001)))
    with pytest.raises(Refused) as caught:
        canonicalize(document)
    assert (caught.value.code, caught.value.params["what"]) == ("too-complex", "quads")
    document["credentialSubject"]["achievement"]["tag"] = ["x" * 300_000]
    with pytest.raises(Refused, match="большой"):
        canonicalize(document)
    document["credentialSubject"]["achievement"]["alignment"] = [{"type": ["Alignment"]}] * 2_001
    del document["credentialSubject"]["achievement"]["tag"]
    with pytest.raises(Refused) as caught:
        canonicalize(document)
    assert (caught.value.code, caught.value.params["what"]) == ("too-complex", "objects")


def test_limits_hold_for_each_credential_of_a_presentation() -> None:
    many = presentation(*({**badge(), "id": f"urn:badge:{number}"} for number in range(40)))
    assert len(canonicalize(many)) > 40 * len(canonicalize(badge())) // 2
    many["verifiableCredential"][7]["description"] = "x" * 300_000
    with pytest.raises(Refused) as caught:
        canonicalize(many)
    assert caught.value.code == "too-large"
    with pytest.raises(Refused) as caught:
        canonicalize(presentation(*({"id": f"urn:{number}"} for number in range(2_001))))
    assert (caught.value.code, caught.value.params["what"]) == ("too-complex", "credentials")


def test_the_limit_of_a_whole_presentation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schemas.canonical.shape.MAX_CHARACTERS", 300_000)
    assert canonicalize(presentation(badge()))
    with pytest.raises(Refused) as caught:
        canonicalize(presentation(*[badge()] * 90))
    assert (caught.value.code, caught.value.params) == ("too-large", {"limit": 300_000})


def test_sha_384_is_used_inside() -> None:
    quads = graph(ring(4)) | {("_:n0", "<urn:q>", '"x"', "")}
    assert (
        canonical_dataset(quads, work=SINGLE.work).text
        != canonical_dataset(quads, digest="sha384", work=SINGLE.work).text
    )
    with pytest.raises(UnknownDigest):
        canonical_dataset(quads, digest="md5", work=SINGLE.work)


def test_a_search_too_deep_for_the_stack_is_refused() -> None:
    with pytest.raises(PoisonGraph):
        canonical_dataset(graph([(place, place + 1) for place in range(5_000)]), work=10**9)


def test_named_graphs_count() -> None:
    quads = read_nquads('_:g <urn:in> _:h .\n<urn:s> <urn:p> "1" _:g .\n<urn:s> <urn:p> "2" _:h .')
    assert canonical_dataset(quads, work=SINGLE.work).text.decode() == "".join(
        sorted(
            map(
                line,
                read_nquads('<urn:s> <urn:p> "1" _:c14n0 .\n<urn:s> <urn:p> "2" _:c14n1 .\n_:c14n0 <urn:in> _:c14n1 .'),
            )
        )
    )
