"""Our own rules, asked before a key is touched: each one pure function with its citation, all of them listed here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from issuer.lint import form, privacy, results
from issuer.lint.faults import LintFault
from issuer.lint.matter import Matter, Member
from schemas.errors import BadInput

Rule = Callable[[Matter], Iterator[LintFault]]

ACHIEVEMENT_RULES: tuple[Rule, ...] = (
    form.nothing_empty,
    form.plain_characters,
    privacy.person_fields,
    privacy.birth_date,
    privacy.snils,
    privacy.phone,
    privacy.email,
)
CREDENTIAL_RULES: tuple[Rule, ...] = (
    form.contexts,
    form.both_editions,
    form.types,
    form.random_ids,
    form.issuer,
    form.status,
    form.dates,
    form.addresses,
    results.described,
    results.outcomes_answered,
    results.passed,
    results.hours,
    privacy.identity,
    privacy.learner_name,
    privacy.roll_names,
    privacy.evidence_address,
    *ACHIEVEMENT_RULES,
)
_ABOUT_THE_REST = frozenset(
    {
        form.contexts,
        form.both_editions,
        form.types,
        form.issuer,
        form.dates,
        privacy.person_fields,
    }
)
VARYING_RULES: tuple[Rule, ...] = tuple(rule for rule in CREDENTIAL_RULES if rule not in _ABOUT_THE_REST)
"""The rules that texts of the award itself can break; the others look at names of members, at dates or at the issuer."""


def lint(
    document: Mapping[str, Any],
    names: Sequence[str] = (),
    roll: frozenset[str] = frozenset(),
) -> tuple[LintFault, ...]:
    """Every rule that an unsigned credential breaks; `names` are the parts of its learner's name where they are known.

    `roll` are the stems (`privacy.stems_of`) of the family names on the same list.
    """
    return _apply(CREDENTIAL_RULES, Matter(document, tuple(names), roll))


def lint_varying(
    document: Mapping[str, Any], members: Sequence[Member], names: Sequence[str], roll: frozenset[str]
) -> tuple[LintFault, ...]:
    """What `lint` answers, of a badge that differs in nothing but these `members` from one that breaks no rule.

    Of that badge no name, no date and nothing of the issuer may be among them, and no other text of the award may hold one of
    `names` (`issuer.batches.lean` sees to both).
    """
    return _apply(VARYING_RULES, Matter(document, tuple(names), roll, tuple(members)))


def lint_achievement(document: Mapping[str, Any]) -> tuple[LintFault, ...]:
    """Every rule that an achievement breaks."""
    return _apply(ACHIEVEMENT_RULES, Matter(document))


def lint_endorsement(document: Mapping[str, Any]) -> tuple[LintFault, ...]:
    """Every rule that what somebody says of an achievement breaks."""
    return _apply(ACHIEVEMENT_RULES, Matter(document))


def demand(faults: Iterable[BadInput]) -> None:
    """Raise the first fault, if there is one."""
    for fault in faults:
        raise fault


def _apply(rules: Iterable[Rule], matter: Matter) -> tuple[LintFault, ...]:
    return tuple(fault for rule in rules for fault in rule(matter))
