"""Badges of one achievement are looked over leanly, and the answers are those of every rule over every badge."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuer.batches.lean import LeanLint
from issuer.lint import lint
from issuer.lint.privacy import stems_of
from schemas.errors import BadInput
from tests.issuer.test_compose import badge
from tests.issuer.test_lint import BAD
from tests.issuer.world import NAMES, order

ROLL = stems_of(["Кузнецова", "Ветров"])
WORDS = st.sampled_from(
    [
        "",
        "Защита на отлично.",
        "Так сказала Кузнецова.",
        "ветров много",
        "Алина молодец",
        "Родилась в мае",
        "30.07.2012",
        "от 30.07.2012",
        "№ 112-233-445 95",
        "+7 (921) 123-45-67",
        "alina@example.org",
        "звонок\x07",
        "половина \ud83d",
    ]
)
TEXT = st.one_of(WORDS, st.text(max_size=12))
NAMED = st.sampled_from([(), NAMES, ("Исследовательская",), ("Северный", "Имя"), ("Кузнецова", "Анна")])
ADDRESS = st.sampled_from(["", "https://lk.example/1", "https://yadi.sk/d/1", "http://lk.example"])
ORDERS = st.fixed_dictionaries(
    {
        "narrative": TEXT,
        "evidence": TEXT,
        "evidence_url": ADDRESS,
        "result": st.sampled_from(["60", "100", "59", "x"]),
        "levels": st.sampled_from([{}, {"ИП.1": 1}, {"ИП.1": 3}]),
    }
)
CHANGES = st.one_of(st.none(), st.sampled_from([change for _, change in BAD]))


def told(found: Iterable[BadInput]) -> list[tuple[str, str]]:
    return [(fault.code, fault.pointer) for fault in found]


def leanly(rules: LeanLint, document: dict[str, Any], names: tuple[str, ...]) -> list[tuple[str, str]] | str:
    try:
        return told(rules.lint(document, names))
    except BadInput as refused:
        return refused.code


@settings(deadline=None)
@given(st.lists(st.tuples(ORDERS, NAMED, CHANGES), min_size=1, max_size=6))
def test_every_badge_of_a_list_gets_the_answer_that_it_gets_alone(
    rows: list[tuple[dict[str, Any], tuple[str, ...], Callable[[dict[str, Any]], None] | None]],
) -> None:
    rules = LeanLint(ROLL)
    assert leanly(rules, badge(), ()) == []
    for changes, names, change in rows:
        document = deepcopy(badge(made=order(**changes)))
        if change is not None and _has_place(change, document):
            change(document)
        found, by_rules = leanly(rules, document, names), told(lint(document, names, ROLL))
        if leanly(LeanLint(ROLL), document, names) == by_rules:
            assert found == by_rules
        else:  # the schema refuses it; where it is not asked, the rules refuse it
            assert found == by_rules != [] or isinstance(found, str)


def _has_place(change: Callable[[dict[str, Any]], None], document: dict[str, Any]) -> bool:
    try:
        change(deepcopy(document))
    except (KeyError, IndexError):
        return False
    return True


@pytest.mark.parametrize("change", [change for _, change in BAD])
def test_a_bad_badge_after_a_good_one_is_found_as_it_is_found_alone(change: Callable[[dict[str, Any]], None]) -> None:
    document = deepcopy(badge())
    change(document)
    rules = LeanLint()
    assert rules.lint(badge(), ()) == ()
    found = leanly(rules, document, NAMES)
    assert found in (told(lint(document, NAMES)), "schema")


def test_a_name_in_what_all_badges_say_is_found_for_the_learner_who_has_it() -> None:
    rules = LeanLint()
    document = badge()
    word = max(document["name"].split(), key=len)
    assert rules.lint(document, ("Петрова",)) == ()
    assert told(rules.lint(badge(), (word,))) == [("lint-name", "/name")]
    assert rules.lint(badge(), ("Петрова",)) == ()


def test_a_badge_that_breaks_a_rule_is_no_measure_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def unexpected(*_: object) -> None:
        raise AssertionError("looked at leanly")

    monkeypatch.setattr("issuer.batches.lean.lint_varying", unexpected)
    rules, document = LeanLint(), deepcopy(badge())
    document["issuer"]["url"] = "https://kol.sever.example"
    for _ in range(2):
        assert told(rules.lint(document, ())) == [("lint-issuer", "/issuer/url")]
