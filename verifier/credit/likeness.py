"""Which planned outcome a foreign wording sounds like: by the words they share, in whatever form. Pure; offline.

A likeness is a hint for a person and never a finding: what only sounds alike counts once somebody has recognised it in writing
(`plans.accept_outcome`). Words are compared by their stems (Snowball's Russian stemmer); of two longer stems a common beginning
counts in part, because Russian makes «исследовать» and «исследовательский» of one root. Where only the meaning is the same, nothing
is found.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import snowballstemmer

MOST: Final = 3
"""How many suggestions a person is shown."""
LEAST: Final = 0.3
"""The likeness from which on something is suggested at all; found on one half of tests/verifier/credit/pairs."""

_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ROOT: Final = 4  # letters; shorter common beginnings mean nothing
_KIN: Final = 2 / 3  # of the shorter stem must be common
_WEAK: Final = 0.2
_HERE: Final = files("verifier.credit") / "words"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a wording is like an outcome, from 0 to 1, and by which of the outcome's words."""

    code: str
    score: float
    words: tuple[str, ...]


def suggest(wording: str, outcomes: Iterable[tuple[str, str]]) -> list[Likeness]:
    """The outcomes (code and name) that `wording` sounds like, the likest first, at most `MOST`; empty where nothing does."""
    given = _stems(wording)
    found = [_likeness(code, name, given) for code, name in outcomes]
    likely = [one for one in found if one.score >= LEAST]
    return sorted(likely, key=lambda one: (-one.score, one.code))[:MOST]


def _likeness(code: str, name: str, given: Collection[str]) -> Likeness:
    words = _words(name)
    weights = [_weight(_stem(word)) for word in words]
    alike = [max((_kinship(_stem(word), one) for one in given), default=0.0) for word in words]
    whole = sum(weights)
    score = sum(weight * kin for weight, kin in zip(weights, alike, strict=True)) / whole if whole else 0.0
    return Likeness(code, score, tuple(word for word, kin in zip(words, alike, strict=True) if kin))


def _kinship(one: str, other: str) -> float:
    """1 for the same stem, less for a common beginning, 0 for strangers."""
    if one == other:
        return 1.0
    common = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if common < _ROOT or common < _KIN * min(len(one), len(other)):
        return 0.0
    return common / max(len(one), len(other))


def _weight(stem: str) -> float:
    return _WEAK if stem in _general() else 1.0


def _words(text: str) -> Sequence[str]:
    """The words that may mean something, in small letters, each once."""
    found = (word for word in _WORD.findall(text.lower().replace("ё", "е")))
    return list(dict.fromkeys(word for word in found if word not in _stop()))


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _words(text)))


@lru_cache(maxsize=1)
def _stop() -> frozenset[str]:
    """Words that mean nothing by themselves."""
    return frozenset(_listed("stop.txt"))


@lru_cache(maxsize=1)
def _general() -> frozenset[str]:
    """The stems of what an outcome of any subject may begin with or be about: they alone make nothing alike."""
    return frozenset(map(_stem, _listed("general.txt")))


def _listed(name: str) -> list[str]:
    return (_HERE / name).read_text("utf-8").replace("ё", "е").split()


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem


_STEMMER: Final = snowballstemmer.stemmer("russian")
