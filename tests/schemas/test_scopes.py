"""The compiled tables: every scope that a bundled context can lead to, and what they refuse to hold."""

import json
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from schemas.canonical.contexts import BASE, OLD_BASE
from schemas.canonical.definitions import Local, NotCovered, define
from schemas.canonical.scopes import Room, Scope, root_scope
from schemas.loader import BUNDLED, Contexts
from schemas.refusals import ContextOrder, Redefinition

MANIFEST = Path(__file__).parents[2] / "schemas" / "contexts" / "manifest.json"
URLS = list(
    dict.fromkeys(row["name"] for row in sorted(json.loads(MANIFEST.read_text("utf-8")), key=lambda row: row["rank"]))
)
OLDER = {  # they give words of the data model 2.0 another meaning, so they can only follow the one of 1.1
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    "https://w3id.org/security/data-integrity/v1",
}


def lists() -> list[list[str]]:
    """Every `@context` in the published order."""
    others = [url for url in URLS if url not in {BASE, OLD_BASE}]
    chosen = [[*some] for size in range(len(others) + 1) for some in combinations(others, size)]
    ordered = [urls for urls in chosen if len({BUNDLED.rank(url) for url in urls}) == len(urls)]
    return [[base, *urls] for base in (BASE, OLD_BASE) for urls in ordered]


def inside(scope: Scope, name: str) -> Scope:
    return scope.typed(name)[0]


def around(scope: Scope) -> list[Scope]:
    """The scopes that one step leads to: into a property, into a node of one type, out of that and into a property of it."""
    found = entered(scope, scope)
    for name, term in scope.terms.items():
        if not term.iri.startswith("@"):
            with suppress(Redefinition):  # a type inside of another that would give a protected word a second meaning
                typed = inside(scope, name)
                found += [typed, *entered(scope, typed)]
    return found


def entered(scope: Scope, known: Scope) -> list[Scope]:
    """What the properties that are known in one scope lead to from another one."""
    return [scope.enter(term.scoped) for term in known.terms.values() if term.scoped is not None]


@pytest.mark.parametrize("urls", lists(), ids=lambda urls: "+".join("/".join(url.split("/")[-2:]) for url in urls))
def test_every_scope_of_the_bundled_contexts_is_covered(urls: list[str]) -> None:
    if urls[0] == BASE and OLDER & set(urls):
        with pytest.raises(Redefinition):
            root_scope(BUNDLED).own(urls, BUNDLED)
        return
    start = root_scope(BUNDLED).own(urls, BUNDLED)
    found = [start, *around(start)]
    assert len(found) > 15
    for scope in found:
        assert scope.prefixes.keys().isdisjoint({"urn", "did", "http", "https"}), "`shapes` takes these for whole IRIs"


def test_what_was_found_once_is_the_same_object() -> None:
    scope = root_scope(BUNDLED).own([BASE], BUNDLED)
    assert root_scope(BUNDLED).own([BASE], BUNDLED) is scope
    assert scope.typed(["DataIntegrityProof"])[0] is scope.typed(["DataIntegrityProof"])[0]
    term = scope.typed("VerifiablePresentation")[0].terms["verifiableCredential"]
    assert term.scoped is not None
    assert scope.enter(term.scoped) is scope.enter(term.scoped)
    assert scope.enter(term.scoped).terms == {}


def test_a_list_in_the_wrong_order_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ContextOrder):
            root_scope(BUNDLED).own([BASE, BASE], BUNDLED)


@pytest.mark.parametrize(
    "local",
    [
        {"@vocab": "urn:x#"},
        {"@base": "urn:x"},
        {"@language": "ru"},
        {"t": None},
        {"t": {"@reverse": "urn:a-long-name"}},
        {"t": {"@id": "urn:a-long-name", "@container": "@language"}},
        {"t": {"@id": "urn:a-long-name", "@container": ["@graph", "@list"]}},
        {"t": {"@id": "urn:a-long-name", "@nest": "n"}},
        {"t": {"@type": "@id"}},
        {"t": "relative"},
        {"a:b": "urn:a-long-name"},
        {"a name longer than its IRI": "urn:x"},
        {"t": "u:x", "u": "t:x"},
        {"ID": "@id"},
        {"t": "@graph"},
    ],
)
def test_what_no_published_context_needs_is_not_covered(local: dict[str, Any]) -> None:
    with pytest.raises(NotCovered):
        define({}, local, override=False)


def test_a_protected_term_keeps_its_meaning() -> None:
    protected = define({}, {"@protected": True, "t": "urn:one-meaning"}, override=False)
    assert define(protected, {"t": "urn:one-meaning"}, override=False)["t"].protected
    with pytest.raises(Redefinition):
        define(protected, {"t": "urn:another-meaning"}, override=False)
    assert define(protected, {"t": "urn:another-meaning"}, override=True)["t"].iri == "urn:another-meaning"
    inner = Scope(protected, Room()).enter(Local(None))
    assert inner.terms == {}


def test_words_with_prefixes_are_written_out() -> None:
    scope = Scope(define({}, {"ex": "https://example.org/vocabulary#", "word": "ex:word"}, override=False), Room())
    assert scope.word("word") == scope.expanded("ex:word") == "https://example.org/vocabulary#word"
    assert scope.expanded("ex://host") == "ex://host"
    assert scope.expanded("urn:x") == "urn:x"


def test_documents_cannot_make_the_tables_grow_without_end() -> None:
    scope = Scope(define({}, {f"T{number}": f"urn:type:{number}" for number in range(60)}, override=False), Room())
    for first in range(60):
        for second in range(60):
            assert scope.typed([f"T{first}", f"T{second}"])[0] is scope, "types without a context lead nowhere"
    assert len(scope._typed) <= 200  # noqa: SLF001 - the bound is what the test is about
    root = root_scope(BUNDLED)
    root.room.made += 1_000_000
    assert root_scope(BUNDLED) is not root
    assert root_scope(BUNDLED).room.made < 1_000


def test_contexts_of_a_suite_have_tables_of_their_own() -> None:
    others = Contexts({})
    assert root_scope(others) is not root_scope(BUNDLED)
