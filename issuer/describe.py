"""The Open Badges 3.0 achievement that follows from a module, and the way back to the module (docs/decisions/0004)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from issuer.module import (
    FORM_WORDS,
    LEVEL_NAMES,
    LICENCE_WORDS,
    NOT_CREDITABLE,
    RESULT_TYPES,
    STATEMENT_TYPE,
    ModuleSpec,
    OutcomeRef,
    Scale,
    ScaleKind,
    Source,
    Statement,
)
from schemas.achievement import Achievement, Alignment, ResultDescription
from schemas.outcomes import HOURS, RUBRIC

HOURS_NAME = "Объём, академических часов"
FORM_TAG, LEVEL_TAG, LICENCE_TAG = "форма: ", "уровень: ", "лицензия: "
DRAWN, PAINTED = "svg", "png"  # endings of an image's address
_STATEMENT = "#statement-"
_RESULT_NAMES = {
    ScaleKind.POINTS: "Итог, баллов",
    ScaleKind.PERCENT: "Итог, процентов",
    ScaleKind.MARK: "Отметка",
    ScaleKind.RUBRIC: "Итоговый уровень",
    ScaleKind.PASS: "Итог: зачтено",
    ScaleKind.PARTICIPATION: "Итог: участие",
}


def achievement_document(
    spec: ModuleSpec,
    *,
    id: str,  # noqa: A002 - as in the document
    version: int,
    picture: str = DRAWN,
) -> dict[str, Any]:
    """The achievement of `spec` under its public address `id`, without `@context` (OB 3.0 App. B, Achievement).

    `picture` is the ending of its image's address: drawings are `svg`, pictures of the organisation's own `png`.
    """
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
        "image": {"id": f"{id}.{picture}", "type": "Image"},
        "tag": _tags(spec),
        "resultDescription": _descriptions(spec, id),
    }
    if spec.credits is not None:
        document["creditsAvailable"] = int(spec.credits) if spec.credits.is_integer() else spec.credits
    if spec.outcomes:
        document["alignment"] = [_alignment(outcome) for outcome in spec.outcomes]
    return document


def source_document(source: Source) -> dict[str, Any]:
    """The assessor as a Profile for `credentialSubject.source`."""
    return {"id": source.id, "type": ["Profile"], "name": source.name}


def _tags(spec: ModuleSpec) -> list[str]:
    level = [] if spec.level is None else [f"{LEVEL_TAG}{spec.level}"]
    tags = [f"{FORM_TAG}{FORM_WORDS[spec.form]}", *level]
    if spec.licence is not None:
        tags.append(f"{LICENCE_TAG}{LICENCE_WORDS[spec.licence]}")
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
        *([] if spec.scale is None else [_overall(spec.scale, f"{base}#result-1")]),
        *([] if spec.hours is None else [_hours(spec.hours, f"{base}#result-2")]),
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


def _hours(hours: int, id: str) -> dict[str, Any]:  # noqa: A002 - as in the document
    return {**_description(id, HOURS_NAME, HOURS), "requiredValue": str(hours)}


def _rubric(outcome: OutcomeRef, level: int | None, id: str) -> dict[str, Any]:  # noqa: A002 - as in the document
    levels = [_level(f"{id}-level-{n}", n, outcome.seen[n - 1]) for n in (1, 2, 3)]
    return {
        **_description(id, outcome.name, RUBRIC),
        "alignment": [_alignment(outcome)],
        "requiredLevel": f"{id}-level-{outcome.level or level}",
        "rubricCriterionLevel": levels,
    }


def _level(id: str, number: int, seen: str) -> dict[str, Any]:  # noqa: A002 - as in the document
    level = {"id": id, "type": [RUBRIC], "level": str(number), "name": LEVEL_NAMES[number - 1]}
    return {**level, "description": seen} if seen else level


def spec_of(
    document: Mapping[str, Any],
    organisation: str,
    source: Mapping[str, Any] | None = None,
    *,
    term_months: int | None = None,
    responsible: str | None = None,
) -> ModuleSpec:
    """The module of which `achievement_document` made `document`; what is not in the document is given beside it."""
    achievement = Achievement(dict(document))
    described = achievement.result_descriptions
    tagged = _tag(achievement, LEVEL_TAG)
    level = int(tagged) if tagged else None
    return ModuleSpec(
        organisation=organisation,
        code=str(document["humanCode"]),
        name=achievement.name,
        description=achievement.description,
        criteria=achievement.criteria,
        hours=next((int(found.required_value or "0") for found in described if found.kind == HOURS), None),
        form=next(form for form, word in FORM_WORDS.items() if word == _tag(achievement, FORM_TAG)),
        level=level,
        scale=next((_scale_of(found) for found in described if found.id.endswith("#result-1")), None),
        outcomes=tuple(_outcome_of(outcome, described, level) for outcome in achievement.alignments),
        kind=achievement.kind,
        creditable=NOT_CREDITABLE not in achievement.tags,
        source=None if source is None else Source(id=source["id"], name=source["name"]),
        statements=tuple(
            Statement(found.id.rpartition(_STATEMENT)[2], found.name)
            for found in described
            if found.kind == STATEMENT_TYPE
        ),
        credits=float(document["creditsAvailable"]) if "creditsAvailable" in document else None,
        licence=next((key for key, word in LICENCE_WORDS.items() if word == _tag(achievement, LICENCE_TAG)), None),
        term_months=term_months,
        responsible=responsible,
    )


def _tag(achievement: Achievement, name: str) -> str:
    return next((tag.removeprefix(name) for tag in achievement.tags if tag.startswith(name)), "")


def _scale_of(overall: ResultDescription) -> Scale:
    kind = next(kind for kind in ScaleKind if (_RESULT_NAMES[kind], RESULT_TYPES[kind]) == (overall.name, overall.kind))
    if overall.required_value is None:
        return Scale(kind=kind)
    minimum, maximum, required = (
        int(text or 0) for text in (overall.value_min, overall.value_max, overall.required_value)
    )
    return Scale(kind=kind, minimum=minimum, maximum=maximum, required=required)


def _outcome_of(outcome: Alignment, described: list[ResultDescription], module_level: int | None) -> OutcomeRef:
    rubric = next(
        (found for found in described if found.kind == RUBRIC and found.alignments[0].code == outcome.code), None
    )
    ref = OutcomeRef(
        code=outcome.code, name=outcome.name, url=outcome.url, framework=outcome.framework, assessed=rubric is not None
    )
    if rubric is None:
        return ref
    required = rubric.level(rubric.required_level)
    level = module_level if required is None or required.level is None else required.level
    start, base, advanced = (step.description for step in rubric.levels)
    return replace(ref, level=None if level == module_level else level, seen=(start, base, advanced))
