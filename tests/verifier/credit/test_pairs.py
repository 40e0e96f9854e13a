"""The labelled set: badges and planned outcomes with the answers of people, written before the matcher (pairs/*.toml)."""

import re
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from verifier.credit import matching
from verifier.credit.likeness import LEAST, MOST, suggest
from verifier.credit.matching import Candidate, Finding, Plan, Planned

HERE = Path(__file__).parent
TEXTS: dict[str, list[tuple[str, str]]] = tomllib.loads((HERE / "pairs/texts.toml").read_text("utf-8"))
CODED: dict[str, Any] = tomllib.loads((HERE / "pairs/coded.toml").read_text("utf-8"))
MUNICIPALITY = Path(__file__).parents[3] / "service/demo/municipality.toml"
OUTCOMES = [(row["code"], row["text"]) for row in tomllib.loads(MUNICIPALITY.read_text("utf-8"))["outcomes"]]
NAMES = dict(OUTCOMES)
PAIRS = [(code, text) for kind in TEXTS.values() for code, text in kind]
HELD_OUT = [(code, text) for kind in TEXTS.values() for code, text in kind[1::2]]
WORDS = Path(__file__).parents[3] / "verifier/credit/words"
STEMMER = snowballstemmer.stemmer("russian")
OWN, FOREIGN = "https://cpo.sever.example/outcomes/", "https://elsewhere.example/outcomes/"


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.lower().replace("ё", "е")))


@cache
def listed(name: str) -> set[str]:
    return words_of((WORDS / name).read_text("utf-8"))


def stems(words: set[str]) -> set[str]:
    return {str(STEMMER.stemWord(word)) for word in words}


def shares_a_word(wording: str, name: str) -> bool:
    """Whether both have a word of substance in common, in whatever form."""
    one, other = (stems(words_of(text) - listed("stop.txt")) for text in (wording, name))
    return bool((one & other) - stems(listed("general.txt")))


def kin(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(code, text) for code, text in pairs if code and shares_a_word(text, NAMES[code])]


def strangers(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(code, text) for code, text in pairs if code and not shares_a_word(text, NAMES[code])]


def share_found(pairs: list[tuple[str, str]]) -> float:
    return sum(code in {one.code for one in suggest(text, OUTCOMES)} for code, text in pairs) / len(pairs)


def share_silent(pairs: list[tuple[str, str]]) -> float:
    unlike = [text for code, text in pairs if not code]
    return sum(not suggest(text, OUTCOMES) for text in unlike) / len(unlike)


def test_the_set_is_as_large_and_as_hard_as_it_must_be() -> None:
    coded = sum(len(rows) for rows in CODED["pairs"].values())
    meant = [pair for pair in PAIRS if pair[0]]
    assert len(PAIRS) + coded >= 200
    assert len(meant) >= 80
    assert len(PAIRS) - len(meant) >= 60
    assert 2 * len(strangers(PAIRS)) >= len(meant)
    assert 2 * len(HELD_OUT) >= len(PAIRS)
    assert {code for code, _ in meant} == set(NAMES)


@pytest.mark.parametrize("pairs", [PAIRS, HELD_OUT], ids=["all", "held out"])
def test_wordings_that_share_a_word_are_found_among_the_first_three(pairs: list[tuple[str, str]]) -> None:
    assert share_found(kin(pairs)) >= 0.9


@pytest.mark.parametrize("pairs", [PAIRS, HELD_OUT], ids=["all", "held out"])
def test_where_nothing_fits_nothing_is_said(pairs: list[tuple[str, str]]) -> None:
    assert share_silent(pairs) >= 0.9


def test_the_page_states_the_figures_as_they_are() -> None:
    page = (Path(__file__).parents[3] / "docs/decisions/0017-likeness-of-words.md").read_text("utf-8")
    for pairs in (PAIRS, HELD_OUT):
        figures = share_found(kin(pairs)), share_found(strangers(pairs)), share_silent(pairs)
        assert " | ".join(f"{figure:.0%}" for figure in figures) in page


def candidate(said: str) -> Candidate:
    """`code:level` with the marks that coded.toml explains."""
    passed, rest = not said.startswith("!"), said.removeprefix("!")
    code, _, level = rest.lstrip("~→").partition(":")
    url = OWN if rest[0] not in "~→" else FOREIGN
    named = code if rest[0] != "→" else f"X-{code}"
    return Candidate(
        evidence="e", source="Модуль", code=named, url=url + code, level=int(level) if level else None, passed=passed
    )


@pytest.mark.parametrize("kind", CODED["pairs"])
def test_coded_and_recognised_outcomes_are_matched_without_a_fault(kind: str) -> None:
    for component, badge, right in CODED["pairs"][kind]:
        outcomes = tuple(
            Planned(code=code, name=NAMES[code], url=OWN + code, level=level)
            for code, level in CODED["components"][component].items()
        )
        said = badge.split()
        walks = {
            FOREIGN + one.lstrip("!→").partition(":")[0]: {one.lstrip("!→").partition(":")[0]}
            for one in said
            if "→" in one
        }
        found = matching.compare(Plan(hours=34, outcomes=outcomes), list(map(candidate, said)), crosswalk=walks)
        assert [row.finding for row in found.rows] == list(map(Finding, right.split())), (component, badge)


@given(st.text(max_size=200))
def test_a_likeness_is_a_share_and_there_are_few(wording: str) -> None:
    found = suggest(wording, OUTCOMES)
    assert len(found) <= MOST
    assert all(LEAST <= one.score <= 1 and one.words for one in found)
    assert found == suggest(wording, list(reversed(OUTCOMES)))


@pytest.mark.parametrize(("code", "name"), OUTCOMES)
def test_every_outcome_is_likest_to_itself(code: str, name: str) -> None:
    first = suggest(name.upper(), OUTCOMES)[0]
    assert (first.code, first.score) == (code, 1.0)


def test_fifty_outcomes_and_twenty_badges_are_compared_at_once() -> None:
    outcomes = tuple(Planned(code=f"Р.{n}", name=f"Результат {n}", url=f"{OWN}{n}", level=2) for n in range(50))
    said = [
        Candidate(evidence=f"e{badge}", source="Модуль", code=f"Р.{n}", url=f"{OWN}{n}", level=1 + (badge + n) % 3)
        for badge in range(20)
        for n in range(50)
    ]
    begun = time.process_time()
    found = matching.compare(Plan(hours=68, outcomes=outcomes), said)
    assert time.process_time() - begun < 0.05
    assert found.complete
