"""Which column of a list holds what: the fields that an achievement has, guessed from headings and remembered, or chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from issuer.batches.errors import ColumnTwice, ColumnUnknown, NumberColumnMissing
from issuer.compose import outcome_code, statement_key
from issuer.module import STATEMENT_TYPE
from issuer.orders import overall, rubrics
from schemas.achievement import Achievement
from schemas.errors import N_
from schemas.spreadsheets.table import heading_key

NUMBER, EVENT, RESULT, NARRATIVE, LEVEL, STATEMENT = "number", "event", "result", "narrative", "level:", "statement:"
EVIDENCE, EVIDENCE_URL = "evidence", "evidence_url"
NAMES = {
    NUMBER: N_("Сетевой номер ученика"),
    EVENT: N_("Основание"),
    RESULT: N_("Итоговый результат"),
    NARRATIVE: N_("О работе ученика"),
    EVIDENCE: N_("Чем подтверждается"),
    EVIDENCE_URL: N_("Где лежит работа"),
}
_ALSO = {
    NUMBER: ("сетевой номер", "номер ученика", "номер обучающегося", "network number", "learner number", "learner"),
    EVENT: ("ведомость", "протокол", "event", "occasion"),
    RESULT: ("результат", "итог", "балл", "баллы", "оценка", "отметка", "result", "score", "mark"),
    NARRATIVE: ("комментарий", "характеристика", "о работе", "narrative", "comment"),
    EVIDENCE: ("работа", "подтверждение", "свидетельство", "evidence", "work"),
    EVIDENCE_URL: ("ссылка", "адрес работы", "ссылка на работу", "link", "url"),
}

_NAME_HEADINGS = {
    **dict.fromkeys(("фио", "ф и о", "фамилия", "фамилия имя отчество", "фамилия имя", "ученик", "обучающийся"), True),
    **dict.fromkeys(("учащийся", "name", "surname", "family name", "last name", "full name"), True),
    **dict.fromkeys(("имя", "отчество", "имя отчество", "given name", "first name", "patronymic"), False),
}

Columns = Mapping[str, int]
"""The place of a column by the field that it holds."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column may hold; `name` is a message id where it is ours, else the achievement's own words."""

    key: str
    name: str
    also: tuple[str, ...] = ()


def fields_of(achievement: Achievement) -> list[Field]:
    """What a list of awards of this achievement may hold, the number first."""
    scale = overall(achievement)
    found = [Field(NUMBER, NAMES[NUMBER], _ALSO[NUMBER]), Field(EVENT, NAMES[EVENT], _ALSO[EVENT])]
    if scale is not None and scale.kind != "Status":
        found.append(Field(RESULT, NAMES[RESULT], (*_ALSO[RESULT], scale.name)))
    for rubric in rubrics(achievement):
        code = outcome_code(rubric)
        found.append(Field(LEVEL + code, f"{code} · {rubric.name}", (code,)))
    found += [
        Field(STATEMENT + statement_key(description), description.name, (statement_key(description),))
        for description in achievement.result_descriptions
        if description.kind == STATEMENT_TYPE
    ]
    return [*found, *(Field(key, NAMES[key], _ALSO[key]) for key in (NARRATIVE, EVIDENCE, EVIDENCE_URL))]


def name_places(headings: Sequence[str], columns: Columns) -> dict[int, bool]:
    """The columns that are not used and hold learners' names, each with whether the family name comes first in it."""
    used = set(columns.values())
    found = {place: _NAME_HEADINGS.get(heading_key(heading)) for place, heading in enumerate(headings)}
    return {place: family for place, family in found.items() if family is not None and place not in used}


def guess(headings: Sequence[str], fields: Iterable[Field], remembered: Mapping[str, str]) -> dict[str, int]:
    """The likely place of each field. What somebody chose for such a heading before comes first; no column is taken twice."""
    known = {field.key: field for field in fields}
    found: dict[str, int] = {}
    keys = [heading_key(heading) for heading in headings]
    for place, key in enumerate(keys):
        chosen = remembered.get(key)
        if chosen in known and chosen not in found:
            found[chosen] = place
    for field in known.values():
        names = {heading_key(name) for name in (field.name, *field.also)}
        free = [place for place, key in enumerate(keys) if key in names and place not in found.values()]
        if field.key not in found and free:
            found[field.key] = free[0]
    return found


def choose(chosen: Sequence[str], fields: Iterable[Field]) -> dict[str, int]:
    """The columns as somebody chose them: for each place a field's key, "" for a column that is not used.

    Raises `ColumnUnknown`, `ColumnTwice`, `NumberColumnMissing`; pointers name the place (`/3`).
    """
    known = {field.key for field in fields}
    found: dict[str, int] = {}
    for place, key in enumerate(chosen):
        if key and key not in known:
            raise ColumnUnknown(pointer=f"/{place}")
        if key in found:
            raise ColumnTwice(pointer=f"/{place}")
        if key:
            found[key] = place
    require_number(found)
    return found


def require_number(columns: Columns) -> None:
    """Raise `NumberColumnMissing` where no column holds the learners' numbers."""
    if NUMBER not in columns:
        raise NumberColumnMissing
