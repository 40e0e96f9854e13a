"""A row of a school's list becomes an entry, or the first thing that is wrong with it: pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schemas.errors import N_, BadInput
from schemas.identity import BadNumber, normalise
from schemas.spreadsheets.lists import Columns, Fault, places_of, said_in
from service.identity.rolls.errors import (
    AgeUnlikely,
    ColumnMissing,
    DayWrong,
    FormulaInList,
    GradeWrong,
    NameMissing,
    NameWrong,
)

FAMILY, GIVEN, PATRONYMIC, FULL = "family", "given", "patronymic", "full"
BORN, GRADE, NUMBER, LEFT = "born", "grade", "number", "left"
HEADINGS = {
    FAMILY: N_("Фамилия"),
    GIVEN: N_("Имя"),
    PATRONYMIC: N_("Отчество"),
    FULL: N_("ФИО"),
    BORN: N_("Дата рождения"),
    GRADE: N_("Класс"),
    NUMBER: N_("Сетевой номер"),
    LEFT: N_("Последний день в школе"),
}
_ALSO = {
    FAMILY: ("family name", "surname", "last name"),
    GIVEN: ("given name", "first name"),
    PATRONYMIC: ("patronymic", "middle name"),
    FULL: ("ученик", "фамилия имя отчество", "фамилия имя", "full name", "name"),
    BORN: ("день рождения", "д р", "date of birth", "born"),
    GRADE: ("класс обучения", "grade", "class"),
    NUMBER: ("номер", "network number"),
    LEFT: ("выбыл", "дата выбытия", "последний день", "last day"),
}
SAMPLE = (FAMILY, GIVEN, PATRONYMIC, BORN, GRADE, NUMBER, LEFT)
LONGEST_NAME = 128
YOUNGEST, OLDEST = 4, 30
_NAME = re.compile(r"[^\W\d_]+(?:[-'’. ]+[^\W\d_]+)*\.?")
_GRADE = re.compile(r"(1[01]|[1-9])\s*[-–—]?\s*[«\"]?([^\W\d_]?)[»\"]?")
_DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One learner as a list has them; `number` is empty where the list does not know it, `left` is their last day."""

    row: int
    family_name: str
    given_name: str
    patronymic: str
    born: date
    grade: str
    number: str = ""
    left: date | None = None

    @property
    def name(self) -> str:
        """Фамилия, имя, отчество."""
        return f"{self.family_name} {self.given_name} {self.patronymic}".strip()


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The place of each field that the headings name. Raises `ColumnMissing`."""
    found = places_of(headings, HEADINGS, _ALSO)
    missing = [field for field in (BORN, GRADE) if field not in found]
    if FULL not in found:
        missing = [*(field for field in (FAMILY, GIVEN) if field not in found), *missing]
    if missing:
        raise ColumnMissing(column=HEADINGS[missing[0]])
    return found


def entry_of(row: int, cells: Sequence[str], columns: Columns, day: date) -> Entry | Fault:
    """What a row says of a learner as of `day`, or the first thing wrong with it."""
    try:
        return _entry(row, said_in(cells, columns), day)
    except BadInput as error:
        return Fault.of(row, error)


def grade_of(text: str) -> str:
    """A class as the roll writes it: `10А`. Raises `GradeWrong`."""
    found = _GRADE.fullmatch(text.strip())
    if found is None:
        raise GradeWrong(pointer=f"/{GRADE}")
    return found[1] + found[2].upper()


def day_of(text: str, field: str) -> date:
    """A day as people write it. Raises `DayWrong`."""
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise DayWrong(pointer=f"/{field}")


def _entry(row: int, said: Mapping[str, str], day: date) -> Entry:
    for field, text in said.items():
        if text.startswith("="):
            raise FormulaInList(pointer=f"/{field}")
    family, given, patronymic = _names(said)
    return Entry(
        row=row,
        family_name=family,
        given_name=given,
        patronymic=patronymic,
        born=_born(said.get(BORN, ""), day),
        grade=grade_of(said.get(GRADE, "")),
        number=_number(said.get(NUMBER, "")),
        left=day_of(said[LEFT], LEFT) if LEFT in said else None,
    )


def _names(said: Mapping[str, str]) -> tuple[str, str, str]:
    """Family name, given name, patronymic, in columns of their own or together in one."""
    together = said.get(FULL, "").split(maxsplit=2)
    parts = together or [said.get(field, "") for field in (FAMILY, GIVEN, PATRONYMIC)]
    family, given, patronymic = (" ".join(part.split()) for part in (*parts, "", "", "")[:3])
    if not family or not given:
        raise NameMissing(pointer=f"/{FULL if together else FAMILY}")
    for field, name in ((FAMILY, family), (GIVEN, given), (PATRONYMIC, patronymic)):
        if name and (len(name) > LONGEST_NAME or _NAME.fullmatch(name) is None):
            raise NameWrong(pointer=f"/{FULL if together else field}", limit=LONGEST_NAME)
    return family, given, patronymic


def _born(text: str, day: date) -> date:
    born = day_of(text, BORN)
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if not YOUNGEST <= age <= OLDEST:
        raise AgeUnlikely(pointer=f"/{BORN}", age=age)
    return born


def _number(text: str) -> str:
    if not text:
        return ""
    try:
        return normalise(text)
    except BadNumber as error:
        raise BadNumber(pointer=f"/{NUMBER}") from error
