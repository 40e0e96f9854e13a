"""The award form: from what was typed to an order, and from what is wrong to the field it belongs to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request

from issuer.catalogue import achievement_of
from issuer.compose import outcome_code, required_level, statement_key
from issuer.module import STATEMENT_TYPE
from issuer.orders import overall, rubrics
from issuer.tables import AchievementVersion
from schemas.achievement import ResultDescription
from schemas.award import AwardOrder
from schemas.errors import ZachetkaError

GENERAL = "achievement"  # the field under which stands what belongs to no other one
_DIRECT = {"learner_number": "number", "result": "result", "event": "event", "allowed": "allowed"}
_WRITTEN = {
    "/credentialSubject/narrative": "narrative",
    "/evidence/0/narrative": "evidence",
    "/evidence/0/id": "evidence_url",
}
_RESULT = "/credentialSubject/result/"


async def typed(request: Request) -> Mapping[str, str]:
    """The text fields of a form as they were typed."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Typed = Annotated[Mapping[str, str], Depends(typed)]


@dataclass(frozen=True, slots=True)
class Rubric:
    """One level to choose: the form field and the outcome it is about."""

    field: str
    code: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One further fact to fill in."""

    field: str
    key: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AwardForm:
    """The form for one published achievement with what was typed into it."""

    version: AchievementVersion
    typed: Mapping[str, str]

    @property
    def scale(self) -> ResultDescription | None:
        """The scale of the overall result; None where there is nothing to type, the badge says "passed"."""
        found = overall(achievement_of(self.version))
        return None if found is None or found.kind == "Status" else found

    @property
    def rubrics(self) -> list[Rubric]:
        """The assessed outcomes, each with the level typed or the module's own."""
        return [
            Rubric(name := f"level_{number}", outcome_code(found), found.name, self._level(name, found))
            for number, found in enumerate(rubrics(achievement_of(self.version)))
        ]

    @property
    def statements(self) -> list[Statement]:
        """The further facts."""
        described = achievement_of(self.version).result_descriptions
        keys = {statement_key(found): found.name for found in described if found.kind == STATEMENT_TYPE}
        return [Statement(name := f"statement_{key}", key, keys[key], self.value(name)) for key in keys]

    def value(self, name: str) -> str:
        """What was typed into a field."""
        return self.typed.get(name, "")

    def _level(self, name: str, rubric: ResultDescription) -> str:
        return self.value(name) or str(required_level(rubric))

    def order(self, now: datetime) -> AwardOrder:
        """The order that the form stands for."""
        return AwardOrder(
            organisation=self.version.organisation,
            achievement=self.version.code,
            learner_number=self.value("number"),
            event=self.value("event"),
            awarded_at=now,
            result=self.value("result") if self.scale else None,
            levels={rubric.code: _whole(rubric.value) for rubric in self.rubrics},
            statements={fact.key: fact.value for fact in self.statements},
            narrative=self.value("narrative"),
            evidence=self.value("evidence"),
            evidence_url=self.value("evidence_url"),
            allowed=self.value("allowed") == "yes",
        )

    def errors(
        self, faults: Iterable[ZachetkaError], document: Mapping[str, Any] | None, translate: Callable[[str], str]
    ) -> dict[str, str]:
        """The first sentence for every field that something is wrong with."""
        found: dict[str, str] = {}
        for fault in faults:
            sentence = fault.told(translate)
            found.setdefault(self._field(fault.pointer, document or {}), sentence)
        return found

    def _field(self, pointer: str, document: Mapping[str, Any]) -> str:
        head, _, rest = pointer.removeprefix("/").partition("/")
        if head in _DIRECT:
            return _DIRECT[head]
        if head == "levels":
            return next((rubric.field for rubric in self.rubrics if rubric.code == rest), GENERAL)
        if head == "statements":
            return f"statement_{rest}"
        if pointer.startswith(_RESULT):
            return _result_field(document, int(pointer.removeprefix(_RESULT).partition("/")[0]))
        return _WRITTEN.get(pointer, GENERAL)


def filled(version: AchievementVersion, order: AwardOrder) -> Mapping[str, str]:
    """What would have to be typed into the form to get `order`; the occasion stays empty."""
    form = AwardForm(version, {})
    return {
        "result": order.result or "",
        "narrative": order.narrative,
        "evidence": order.evidence,
        "evidence_url": order.evidence_url,
        **({"allowed": "yes"} if order.allowed else {}),
        **{rubric.field: str(order.levels.get(rubric.code, rubric.value)) for rubric in form.rubrics},
        **{fact.field: order.statements.get(fact.key, "") for fact in form.statements},
    }


def _result_field(document: Mapping[str, Any], index: int) -> str:
    description = str(document["credentialSubject"]["result"][index]["resultDescription"])
    key = description.rpartition("#statement-")[2]
    return "result" if key == description else f"statement_{key}"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0  # noqa: PLR2004 - a level has one digit
