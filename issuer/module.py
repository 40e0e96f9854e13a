"""A module as its organisation describes it, and the Open Badges 3.0 achievement that follows from it (docs/decisions/0004)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from issuer.errors import BadModule
from schemas.errors import N_
from schemas.outcomes import HOURS, RUBRIC

LEVEL_NAMES = ("стартовый", "базовый", "продвинутый")
NOT_CREDITABLE = "не для зачёта результатов"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,47}")
_KEY = re.compile(r"[a-z][a-z0-9-]{0,31}")
_LONGEST_NAME = 200


class Form(StrEnum):
    """Form of activity (DOMAIN §1.5, row 107)."""

    SUPPLEMENTARY = "supplementary"
    NETWORK = "network"
    FIELD = "field"
    DISTANCE = "distance"
    BLENDED = "blended"
    SHORT = "short"
    TRIAL = "trial"
    SOCIAL = "social"
    RECOGNITION = "recognition"


FORM_WORDS = {
    Form.SUPPLEMENTARY: "дополнительное образование",
    Form.NETWORK: "сетевая",
    Form.FIELD: "полевая",
    Form.DISTANCE: "дистанционная",
    Form.BLENDED: "смешанная",
    Form.SHORT: "краткий курс",
    Form.TRIAL: "профессиональная проба",
    Form.SOCIAL: "социальная практика",
    Form.RECOGNITION: "зачёт результатов",
}


class ScaleKind(StrEnum):
    """Kinds of overall result."""

    POINTS = "points"
    PERCENT = "percent"
    MARK = "mark"
    RUBRIC = "rubric"
    PASS = "pass"  # noqa: S105 - a kind of scale
    PARTICIPATION = "participation"


RESULT_TYPES = {
    ScaleKind.POINTS: "RawScore",
    ScaleKind.PERCENT: "Percent",
    ScaleKind.MARK: "LetterGrade",
    ScaleKind.RUBRIC: "RubricScore",
    ScaleKind.PASS: "Status",
    ScaleKind.PARTICIPATION: "Status",
}
_RESULT_NAMES = {
    ScaleKind.POINTS: "Итог, баллов",
    ScaleKind.PERCENT: "Итог, процентов",
    ScaleKind.MARK: "Отметка",
    ScaleKind.RUBRIC: "Итоговый уровень",
    ScaleKind.PASS: "Итог: зачтено",
    ScaleKind.PARTICIPATION: "Итог: участие",
}
HOURS_NAME = "Объём, академических часов"
STATEMENT_TYPE = "ext:Statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The overall result's scale; `required` is the pass mark. Pass and participation have no numbers."""

    kind: ScaleKind
    minimum: int | None = None
    maximum: int | None = None
    required: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRef:
    """A planned outcome in a framework; `assessed` outcomes get a rubric of three levels, others are only listed."""

    code: str
    name: str
    url: str
    framework: str
    assessed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who assessed on behalf of the issuer (OB 3.0 `source`)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A further fact that every award of this achievement states: `key` as in `AwardOrder.statements`, `name` for people."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleSpec:
    """What an organisation says about a module.

    `code` names it inside the organisation, `hours` are academic hours, `level` is 1-3.
    """

    organisation: str
    code: str
    name: str
    description: str
    criteria: str
    hours: int
    form: Form
    level: int
    scale: Scale
    outcomes: tuple[OutcomeRef, ...] = ()
    kind: str = "MicroCredential"
    creditable: bool = True
    source: Source | None = None
    statements: tuple[Statement, ...] = ()


def is_code(text: str) -> bool:
    """Whether a text can be the code of a module."""
    return _CODE.fullmatch(text) is not None


def check_module(spec: ModuleSpec) -> None:
    """Raise `BadModule` for the first particular that breaks a rule; the pointer names it."""
    for field, reason, broken in _faults(spec):
        if broken:
            raise BadModule(pointer=f"/{field}", field=reason)


def _faults(spec: ModuleSpec) -> tuple[tuple[str, str, bool], ...]:
    codes = [outcome.code for outcome in spec.outcomes]
    keys = [statement.key for statement in spec.statements]
    return (
        ("code", N_("код — латинские буквы, цифры и дефис"), not is_code(spec.code)),
        ("name", N_("название — до 200 знаков"), not 0 < len(spec.name.strip()) <= _LONGEST_NAME),
        ("description", N_("нужно описание"), not spec.description.strip()),
        ("criteria", N_("нужны условия получения"), not spec.criteria.strip()),
        ("hours", N_("объём — целое число часов больше нуля"), spec.hours < 1),
        ("level", N_("уровень — 1, 2 или 3"), spec.level not in {1, 2, 3}),
        ("scale", N_("шкала: наименьшее ≤ проходное ≤ наибольшее"), not _is_ordered(spec.scale)),
        ("outcomes", N_("коды результатов не должны повторяться"), len(set(codes)) < len(codes)),
        ("statements", N_("ключи полей — разные короткие латинские слова"), not _are_keys(keys)),
    )


def _is_ordered(scale: Scale) -> bool:
    numbers = (scale.minimum, scale.required, scale.maximum)
    if RESULT_TYPES[scale.kind] == "Status":
        return numbers == (None, None, None)
    given = [number for number in numbers if number is not None]
    return len(given) == len(numbers) and given == sorted(given)


def _are_keys(keys: list[str]) -> bool:
    return len(set(keys)) == len(keys) and all(map(_KEY.fullmatch, keys))


def achievement_document(spec: ModuleSpec, *, id: str, version: int) -> dict[str, Any]:  # noqa: A002 - as in the document
    """The achievement of `spec` under its public address `id`, without `@context` (OB 3.0 App. B, Achievement)."""
    document: dict[str, Any] = {
        "id": id,
        "type": ["Achievement"],
        "achievementType": spec.kind,
        "name": spec.name,
        "description": spec.description,
        "criteria": {"narrative": spec.criteria},
        "humanCode": spec.code,
        "version": str(version),
        "inLanguage": "ru",
        "tag": _tags(spec),
        "resultDescription": _descriptions(spec, id),
    }
    if spec.outcomes:
        document["alignment"] = [_alignment(outcome) for outcome in spec.outcomes]
    return document


def source_document(source: Source) -> dict[str, Any]:
    """The assessor as a Profile for `credentialSubject.source`."""
    return {"id": source.id, "type": ["Profile"], "name": source.name}


def _tags(spec: ModuleSpec) -> list[str]:
    tags = [f"форма: {FORM_WORDS[spec.form]}", f"уровень: {spec.level}"]
    return tags if spec.creditable else [*tags, NOT_CREDITABLE]


def _alignment(outcome: OutcomeRef) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetCode": outcome.code,
        "targetName": outcome.name,
        "targetUrl": outcome.url,
        "targetFramework": outcome.framework,
    }


def _descriptions(spec: ModuleSpec, base: str) -> list[dict[str, Any]]:
    assessed = [outcome for outcome in spec.outcomes if outcome.assessed]
    return [
        _overall(spec.scale, f"{base}#result-1"),
        {**_description(f"{base}#result-2", HOURS_NAME, HOURS), "requiredValue": str(spec.hours)},
        *(_rubric(outcome, spec.level, f"{base}#result-{n}") for n, outcome in enumerate(assessed, start=3)),
        *(_description(f"{base}#statement-{fact.key}", fact.name, STATEMENT_TYPE) for fact in spec.statements),
    ]


def _description(id: str, name: str, kind: str) -> dict[str, Any]:  # noqa: A002 - as in the document
    return {"id": id, "type": ["ResultDescription"], "name": name, "resultType": kind}


def _overall(scale: Scale, id: str) -> dict[str, Any]:  # noqa: A002 - as in the document
    document = _description(id, _RESULT_NAMES[scale.kind], RESULT_TYPES[scale.kind])
    if scale.required is None:
        return document
    limits = {"valueMin": str(scale.minimum), "valueMax": str(scale.maximum), "requiredValue": str(scale.required)}
    return {**document, **limits}


def _rubric(outcome: OutcomeRef, level: int, id: str) -> dict[str, Any]:  # noqa: A002 - as in the document
    levels = [
        {"id": f"{id}-level-{n}", "type": [RUBRIC], "level": str(n), "name": name}
        for n, name in enumerate(LEVEL_NAMES, start=1)
    ]
    return {
        **_description(id, outcome.name, RUBRIC),
        "alignment": [_alignment(outcome)],
        "requiredLevel": f"{id}-level-{level}",
        "rubricCriterionLevel": levels,
    }
