"""What must hold before an order becomes a badge: pure, all faults at once, so that a form can show each beside its field."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from issuer.compose import outcome_code, statement_key
from issuer.errors.orders import (
    AddressIncomplete,
    BelowPass,
    ControlCharacter,
    EventMissing,
    EventTooLong,
    FutureAward,
    LevelNotKnown,
    ResultMissing,
    ResultNotNeeded,
    ResultNotOnScale,
    ResultNotWhole,
    StatementMissing,
    UnknownOutcome,
    UnknownStatement,
)
from issuer.module import STATEMENT_TYPE
from schemas.achievement import Achievement, ResultDescription
from schemas.award import AwardOrder
from schemas.errors import BadInput
from schemas.identity import BadNumber, normalise
from schemas.outcomes import HOURS, RUBRIC

EVENT_LIMIT = 200
CLOCK_SKEW = timedelta(minutes=5)
_WHOLE = frozenset({"LetterGrade", "RubricScore"})
_BESIDES = frozenset({HOURS, STATEMENT_TYPE, RUBRIC})
_WHOLE_ADDRESS = re.compile(r"[a-z][a-z\d+.-]*://\S+", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)


def tidy(order: AwardOrder) -> AwardOrder:
    """The order as it is kept: whole seconds, no spaces around, a decimal point, the number in its one written form.

    A number that cannot be read stays as it is; `faults` names it.
    """
    return replace(
        order,
        learner_number=_number(order.learner_number),
        event=" ".join(order.event.split()),
        awarded_at=order.awarded_at.replace(microsecond=0),
        result=_decimal(order.result),
        statements={key: text.strip() for key, text in order.statements.items()},
        narrative=order.narrative.strip(),
        evidence=order.evidence.strip(),
        evidence_url=order.evidence_url.strip(),
    )


def _number(text: str) -> str:
    try:
        return normalise(text)
    except BadNumber:
        return text


def _decimal(text: str | None) -> str | None:
    return None if text is None else text.strip().replace(",", ".") or None


def faults(achievement: Achievement, order: AwardOrder, now: datetime) -> tuple[BadInput, ...]:
    """Every rule that a tidied order breaks; pointers name its members (`/result`, `/levels/ИНФ.1`)."""
    return (
        *_number_faults(order),
        *_event_faults(order),
        *_result_faults(overall(achievement), order.result),
        *_level_faults(achievement, order),
        *_statement_faults(achievement, order),
        *_address_faults(order),
        *([FutureAward(pointer="/awarded_at")] if order.awarded_at > now + CLOCK_SKEW else ()),
    )


def overall(achievement: Achievement) -> ResultDescription | None:
    """The description of the overall result."""
    found = (description for description in achievement.result_descriptions if description.kind not in _BESIDES)
    return next(found, None)


def rubrics(achievement: Achievement) -> list[ResultDescription]:
    """The descriptions of the assessed outcomes."""
    return [description for description in achievement.result_descriptions if description.kind == RUBRIC]


def _number_faults(order: AwardOrder) -> Iterator[BadInput]:
    try:
        normalise(order.learner_number)
    except BadNumber as error:
        error.pointer = "/learner_number"
        yield error


def _event_faults(order: AwardOrder) -> Iterator[BadInput]:
    if not order.event:
        yield EventMissing(pointer="/event")
    if not order.event.isprintable():
        yield ControlCharacter(pointer="/event")
    if len(order.event) > EVENT_LIMIT:
        yield EventTooLong(pointer="/event", limit=EVENT_LIMIT)


def _result_faults(scale: ResultDescription | None, result: str | None) -> Iterator[BadInput]:
    if scale is None or scale.kind == "Status":
        if result is not None:
            yield ResultNotNeeded(pointer="/result")
        return
    if result is None:
        yield ResultMissing(pointer="/result")
        return
    yield from _value_faults(scale, result)


def _value_faults(scale: ResultDescription, result: str) -> Iterator[BadInput]:
    limits = {"minimum": scale.value_min, "maximum": scale.value_max}
    if not _NUMBER.fullmatch(result) or not Decimal(scale.value_min or 0) <= Decimal(result) <= Decimal(
        scale.value_max or 0
    ):
        yield ResultNotOnScale(pointer="/result", **limits)
    elif scale.kind in _WHOLE and "." in result:
        yield ResultNotWhole(pointer="/result", **limits)
    elif Decimal(result) < Decimal(scale.required_value or 0):
        yield BelowPass(pointer="/result", value=result, required=scale.required_value)


def _level_faults(achievement: Achievement, order: AwardOrder) -> Iterator[BadInput]:
    known = {outcome_code(rubric) for rubric in rubrics(achievement)}
    for code, level in order.levels.items():
        if code not in known:
            yield UnknownOutcome(pointer=f"/levels/{code}", outcome=code)
        elif level not in {1, 2, 3}:
            yield LevelNotKnown(pointer=f"/levels/{code}")


def _statement_faults(achievement: Achievement, order: AwardOrder) -> Iterator[BadInput]:
    statements = [found for found in achievement.result_descriptions if found.kind == STATEMENT_TYPE]
    known = {statement_key(description): description.name for description in statements}
    for key in order.statements.keys() - known.keys():
        yield UnknownStatement(pointer=f"/statements/{key}", key=key)
    for key, name in known.items():
        if not order.statements.get(key):
            yield StatementMissing(pointer=f"/statements/{key}", name=name)


def _address_faults(order: AwardOrder) -> Iterator[BadInput]:
    """Whether anybody may read what lies there is for `issuer.lint` to say."""
    if order.evidence_url and not _WHOLE_ADDRESS.fullmatch(order.evidence_url):
        yield AddressIncomplete(pointer="/evidence/0/id")
