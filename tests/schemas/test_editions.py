"""The Open Badges 3.0.3 context was changed in place in June 2026: one address, two editions (STANDARDS O-a)."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from schemas.canonical import canonicalize
from schemas.loader import BUNDLED, EARLIER, newer_terms
from schemas.refusals import UndefinedTerm

from .badges import OB, badge

NEWER = {"endorsementJwt", "jti"}


def test_the_editions_differ_by_two_words_alone() -> None:
    today = copy.deepcopy(BUNDLED.document(OB)["@context"])
    assert newer_terms(OB) == NEWER
    for word in NEWER:
        del today[word]
    assert today == EARLIER.document(OB)["@context"]


def test_the_other_contexts_have_one_edition() -> None:
    others = ("https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/data-integrity/v2")
    assert all(newer_terms(url) == frozenset() for url in others)


def test_what_was_signed_under_the_earlier_edition_is_the_same_today() -> None:
    assert canonicalize(badge(), contexts=EARLIER) == canonicalize(badge())


@pytest.mark.vectors
@pytest.mark.parametrize("name", ["complete", "simple", "endorsement-valid"])
def test_so_are_the_badges_of_others(vectors: Path, name: str) -> None:
    document = json.loads((vectors / f"openbadges-3.0/{name}.json").read_text("utf-8"))
    del document["proof"]
    assert canonicalize(document, contexts=EARLIER) == canonicalize(document)


@pytest.mark.parametrize("word", sorted(NEWER))
def test_a_newer_word_is_read_today_and_was_none_before(word: str) -> None:
    document: dict[str, Any] = badge() | {word: ["e30.e30.c2ln"] if word == "endorsementJwt" else "urn:x:y"}
    assert word.encode() in canonicalize(document)
    with pytest.raises(UndefinedTerm):
        canonicalize(document, contexts=EARLIER)
