"""The form of a module's outcomes: which are assessed, at which level, and by what each level is recognised."""

from collections.abc import Mapping
from dataclasses import replace

from issuer.errors.catalogue import OutcomeNotPublished
from issuer.frameworks import Found
from issuer.module import ModuleSpec, OutcomeRef

LONGEST_SEEN = 400
_LEVELS = ("1", "2", "3")


def rewritten(spec: ModuleSpec, typed: Mapping[str, str]) -> ModuleSpec:
    """The module with its outcomes as they were typed; those marked for removal are gone."""
    kept = [
        _outcome(outcome, place, typed, spec.level)
        for place, outcome in enumerate(spec.outcomes)
        if typed.get(f"remove_{place}") != "yes"
    ]
    return replace(spec, outcomes=tuple(kept))


def with_outcome(spec: ModuleSpec, found: Found | None) -> ModuleSpec:
    """The module with one outcome more, assessed at the module's level. Raises `OutcomeNotPublished`."""
    if found is None:
        raise OutcomeNotPublished(pointer="/outcome")
    item = found.item
    if any(outcome.url == item.url for outcome in spec.outcomes):
        return spec
    fresh = OutcomeRef(code=item.code, name=item.text, url=item.url, framework=found.framework, assessed=True)
    return replace(spec, outcomes=(*spec.outcomes, fresh))


def _outcome(outcome: OutcomeRef, place: int, typed: Mapping[str, str], module_level: int | None) -> OutcomeRef:
    assessed = typed.get(f"assessed_{place}") == "yes"
    chosen = typed.get(f"level_{place}", "")
    level = int(chosen) if chosen in _LEVELS and int(chosen) != module_level else None
    first, second, third = (typed.get(f"seen_{place}_{n}", "").strip()[:LONGEST_SEEN] for n in _LEVELS)
    return replace(
        outcome,
        assessed=assessed,
        level=level if assessed else None,
        seen=(first, second, third) if assessed else ("", "", ""),
    )
