"""Rows of a curriculum become components, or what is wrong with them: pure.

One row is one planned outcome. What is said of the component may stand in its first row alone, as merged cells leave it. A
component with a fault in one of its rows is left out as a whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from schemas.errors import N_, BadInput
from schemas.spreadsheets.lists import Columns, Fault, places_of, said_in
from schemas.spreadsheets.table import heading_key
from verifier.credit.curricula import cells
from verifier.credit.curricula.cells import Said
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.errors import (
    ColumnMissing,
    HeadDiffers,
    HoursUnclear,
    OutcomeCodeMissing,
    OutcomeTextMissing,
    OutcomeTwice,
    RequiredMissing,
    RowWaits,
    SectionsTooLong,
    TitleMissing,
)
from verifier.credit.curricula.versions import Content
from verifier.credit.matching import OutcomeKind, Part, Plan, Planned
from verifier.credit.tables import Area

GRADE, TITLE, CODE, AREA, HOURS = "grade", "title", "code", "area", "hours"
SECTION, SECTION_TITLE, SECTION_HOURS = "section", "section_title", "section_hours"
OUTCOME, TEXT, KIND, LEVEL, REQUIRED, ASSESSABLE, URL = (
    "outcome",
    "text",
    "kind",
    "level",
    "required",
    "assessable",
    "url",
)
HEADINGS: Final[Mapping[str, str]] = {
    GRADE: N_("Класс"),
    TITLE: N_("Предмет, курс или модуль"),
    CODE: N_("Код предмета"),
    AREA: N_("Вид части плана"),
    HOURS: N_("Часов"),
    SECTION: N_("Номер раздела"),
    SECTION_TITLE: N_("Название раздела"),
    SECTION_HOURS: N_("Часов в разделе"),
    OUTCOME: N_("Код результата"),
    TEXT: N_("Планируемый результат"),
    KIND: N_("Вид результата"),
    LEVEL: N_("Уровень"),
    REQUIRED: N_("Обязательный"),
    ASSESSABLE: N_("Можно оценить в школе"),
    URL: N_("Адрес результата"),
}
_ALSO: Final[Mapping[str, Sequence[str]]] = {
    GRADE: ("классы", "курс", "grade", "class"),
    TITLE: ("предмет", "курс или модуль", "учебный предмет", "модуль", "компонент", "component", "subject"),
    CODE: ("код", "код компонента", "код части плана", "component code"),
    AREA: ("часть", "часть плана", "часть учебного плана", "область", "part", "area"),
    HOURS: ("часы", "объем", "объем часов", "количество часов", "hours"),
    SECTION: ("раздел", "номер модуля", "section"),
    SECTION_TITLE: ("тема", "section title"),
    SECTION_HOURS: ("часы раздела", "section hours"),
    OUTCOME: ("код планируемого результата", "outcome code", "outcome"),
    TEXT: ("результат", "формулировка", "текст результата", "outcome text"),
    KIND: ("вид", "тип результата", "kind"),
    LEVEL: ("level",),
    REQUIRED: ("обязательный результат", "обязательность", "required"),
    ASSESSABLE: ("оценивается в школе", "assessable"),
    URL: ("адрес", "ссылка", "url"),
}
_NEEDED: Final = (GRADE, TITLE, HOURS, OUTCOME, LEVEL)
_OF_HEAD: Final = frozenset({GRADE, TITLE, CODE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A component as a file has it, in these rows; `code` is "" where the file gives none."""

    rows: tuple[int, ...]
    code: str
    grade: str
    area: Area
    content: Content

    @property
    def name(self) -> tuple[str, str]:
        """Which component is meant where there is no code."""
        return self.grade, heading_key(self.content.title)


@dataclass(slots=True)
class _Gathered:
    """One component while its rows are read."""

    row: int
    said: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    outcomes: dict[str, tuple[int, Planned]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The place of each field that the headings name. Raises `ColumnMissing`."""
    found = places_of(headings, HEADINGS, _ALSO)
    for needed in _NEEDED:
        if needed not in found:
            raise ColumnMissing(column=HEADINGS[needed])
    return found


def components_of(
    rows: Iterable[Sequence[Any]], columns: Columns, known: Mapping[str, Entry]
) -> tuple[list[Wanted], list[Fault]]:
    """The components that rows `[number, cell, …]` describe, and what is wrong with the others.

    `known` are the outcomes of the school's directories by code: what a row does not say of an outcome is taken from there.
    """
    found: list[Wanted] = []
    faults: list[Fault] = []
    for gathered in _gather(rows, columns, known):
        try:
            wanted = _finish(gathered) if not gathered.faults else None
        except BadInput as error:
            gathered.faults.append(Fault.of(gathered.row, error))
            wanted = None
        if wanted is not None:
            found.append(wanted)
        faults += _told(gathered)
    return found, sorted(faults, key=lambda fault: fault.row)


def outcome_of(said: Said, part: str | None, known: Mapping[str, Entry]) -> Planned:
    """One planned outcome, from a row or a form; `known` fills what is not said. Raises `BadInput`."""
    code = cells.text_of(said, OUTCOME, cells.CODE_MOST)
    if not code:
        raise OutcomeCodeMissing(pointer=f"/{OUTCOME}")
    entry = known.get(code)
    name = cells.text_of(said, TEXT, cells.TEXT_MOST) or (entry.name if entry else "")
    if not name:
        raise OutcomeTextMissing(pointer=f"/{TEXT}")
    return Planned(
        code=code,
        name=name,
        url=cells.address_of(said, URL) or (entry.url if entry else ""),
        kind=cells.kind_of(said, KIND) if KIND in said else entry.kind if entry else OutcomeKind.SUBJECT,
        level=cells.level_of(said, LEVEL),
        required=cells.answer_of(said, REQUIRED),
        part=part,
        assessable=cells.answer_of(said, ASSESSABLE),
    )


def _gather(rows: Iterable[Sequence[Any]], columns: Columns, known: Mapping[str, Entry]) -> list[_Gathered]:
    all_of: dict[tuple[str, ...], _Gathered] = {}
    current: _Gathered | None = None
    for number, *texts in rows:
        said = said_in(texts, columns)
        if current is None or _OF_HEAD & said.keys():
            current = _component(number, said, current, all_of)
        current.rows.append(number)
        try:
            cells.no_formulas(said)
            _add(current, number, said, known)
        except BadInput as error:
            current.faults.append(Fault.of(number, error))
    return list(all_of.values())


def _component(row: int, said: Said, current: _Gathered | None, all_of: dict[tuple[str, ...], _Gathered]) -> _Gathered:
    """The component that a row is about: the one above, another that stood before, or a new one."""
    named = {name: " ".join(said.get(name, "").split()) for name in _OF_HEAD}
    if current is not None and all(not text or text == current.said.get(name, "") for name, text in named.items()):
        return current
    key = (named[CODE],) if named[CODE] else (named[GRADE], heading_key(named[TITLE]))
    return all_of.setdefault(key, _Gathered(row, {name: text for name, text in named.items() if text}))


def _add(gathered: _Gathered, row: int, said: Said, known: Mapping[str, Entry]) -> None:
    """Take what a row says into its component. Raises `BadInput`."""
    _check_head(said)
    for name in (GRADE, TITLE, CODE, AREA, HOURS):
        text = " ".join(said.get(name, "").split())
        if text and gathered.said.setdefault(name, text) != text:
            raise HeadDiffers(pointer=f"/{name}", row=gathered.row)
    part = _section(gathered, said)
    outcome = outcome_of(said, part, known)
    if outcome.code in gathered.outcomes:
        raise OutcomeTwice(pointer=f"/{OUTCOME}", row=gathered.outcomes[outcome.code][0])
    gathered.outcomes[outcome.code] = (row, outcome)


def _check_head(said: Said) -> None:
    """What a row says of its component is right in itself. Raises `BadInput`."""
    if GRADE in said:
        cells.grade_of(said, GRADE)
    if AREA in said:
        cells.area_of(said, AREA)
    if HOURS in said:
        cells.hours_of(said, HOURS)


def _section(gathered: _Gathered, said: Said) -> str | None:
    code = cells.text_of(said, SECTION, cells.CODE_MOST)
    if not code:
        return None
    there = gathered.parts.get(code)
    title = cells.text_of(said, SECTION_TITLE, cells.TITLE_MOST) or (there.title if there else "")
    if there is not None and SECTION_HOURS not in said:
        return code
    part = Part(code, title or code, cells.hours_of(said, SECTION_HOURS))
    if gathered.parts.setdefault(code, part) != part:
        raise HeadDiffers(pointer=f"/{SECTION_HOURS}", row=gathered.row)
    return code


def _finish(gathered: _Gathered) -> Wanted:
    """The whole component. Raises `BadInput`."""
    said = gathered.said
    title = cells.text_of(said, TITLE, cells.TITLE_MOST)
    if not title:
        raise TitleMissing(pointer=f"/{TITLE}")
    if HOURS not in said:
        raise HoursUnclear(pointer=f"/{HOURS}", limit=cells.HOURS_MOST)
    outcomes = tuple(outcome for _, outcome in gathered.outcomes.values())
    plan = Plan(hours=cells.hours_of(said, HOURS), outcomes=outcomes, parts=tuple(gathered.parts.values()))
    if not any(outcome.required for outcome in outcomes):
        raise RequiredMissing(pointer=f"/{REQUIRED}")
    if sum(part.hours for part in plan.parts) > plan.hours:
        raise SectionsTooLong(pointer=f"/{SECTION_HOURS}")
    return Wanted(
        rows=tuple(gathered.rows),
        code=cells.text_of(said, CODE, cells.CODE_MOST),
        grade=cells.grade_of(said, GRADE),
        area=cells.area_of(said, AREA) if AREA in said else Area.CORE,
        content=Content(title, plan),
    )


def _told(gathered: _Gathered) -> Iterator[Fault]:
    """The faults of a component's rows; its other rows wait for them."""
    if gathered.faults:
        wrong = {fault.row for fault in gathered.faults}
        yield from gathered.faults
        yield from (Fault.of(row, RowWaits()) for row in gathered.rows if row not in wrong)
