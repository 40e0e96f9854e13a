"""The form of a new edition: how it is first filled in, and what it says when it comes back, with every fault beside its field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeVar

from schemas.errors import N_, BadInput
from verifier.credit.errors import BlankTooLong, FieldMissing
from verifier.credit.filled import Filled, Value
from verifier.credit.policies.editions import Edition, LocalAct
from verifier.credit.policies.errors import (
    ActAhead,
    GradesMissing,
    LastDayPassed,
    NumberOutside,
    PolicyBackdated,
    ScaleTwice,
    ScaleUnclear,
    StepsUnclear,
    YearKept,
    YearsUnclear,
)
from verifier.credit.policies.settings import EVERY, NUMBERS, Change, Kind, Setting, changes
from verifier.credit.policy import Conversion, SchoolPolicy

ACT: Mapping[str, str] = {
    "act_title": N_("Как называется локальный акт"),
    "act_number": N_("Номер"),
    "act_day": N_("Дата"),
    "valid_from": N_("Действует с"),
}
SCALE: Mapping[str, str] = {
    "minimum": N_("Наименьшее значение"),
    "maximum": N_("Наибольшее значение"),
    "5": N_("«5» ставится от"),
    "4": N_("«4» ставится от"),
    "3": N_("«3» ставится от"),
}
MARKS = ("5", "4", "3")
LABELS: Mapping[str, str] = {**ACT, **{one.name: one.label for one in EVERY}, "scale": N_("Шкалы")}
LONGEST_TITLE, LONGEST_NUMBER, LONGEST_GRADE = 300, 64, 32
MOST_SCALES, LARGEST = 10, 1000
FIRST_YEAR, LAST_YEAR = 2000, 2100
_NEXT = timedelta(days=1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An edition that somebody wants to adopt."""

    policy: SchoolPolicy
    act: LocalAct
    valid_from: date


class Unclear(Exception):
    """What is wrong, by field."""

    def __init__(self, faults: Mapping[str, BadInput]) -> None:
        self.faults = faults
        super().__init__(", ".join(faults))


def proposed(last: Edition, years: frozenset[int], today: date) -> dict[str, str]:
    """The form as it is first shown: what the last edition says, from tomorrow on; the act has yet to be named."""
    said = {one.name: _written(one, getattr(last.policy, one.name)) for one in EVERY if one.kind is not Kind.SCALES}
    return {
        **said,
        "act_title": last.act.title,
        "valid_from": (today + _NEXT).isoformat(),
        "calendar_years": ", ".join(map(str, sorted(years))),
        **dict(_scales(last.policy.conversions)),
    }


def read(typed: Mapping[str, Value], years: frozenset[int], today: date, *, signed: bool = True) -> Wanted:
    """What was filled in. Raises `Unclear` with every fault at once; `years` are those entered before.

    Unless the act is `signed` it need not be named.
    """
    return _Reading(typed, years, today, signed=signed).wanted()


def differing(typed: Mapping[str, Value]) -> list[Change]:
    """What the form says otherwise than the network proposes, as far as it can be read."""
    reading = _Reading(typed, frozenset(), date.min, signed=False)
    return changes(SchoolPolicy(), replace(SchoolPolicy(), **reading.right()))


def field_of(one: Setting, name: str) -> bool:
    """Whether a field of the form, by its name, belongs to a setting; a table of scales has many."""
    return name.startswith("scale-") if one.kind is Kind.SCALES else name == one.name


def rows_of(typed: Mapping[str, Value]) -> int:
    """How many scales the form shows: those that stand in it, and an empty one while there is room."""
    return min(MOST_SCALES, max(_numbers(typed), default=-1) + 2)


class _Reading:
    """Reads field after field and collects what is wrong."""

    def __init__(self, typed: Mapping[str, Value], years: frozenset[int], today: date, *, signed: bool) -> None:
        self._typed, self._years, self._today, self._signed = typed, years, today, signed
        self._form = Filled(typed, LABELS)
        self._faults: dict[str, BadInput] = {}

    def right(self) -> dict[str, Any]:
        """The settings that are filled in as they may be."""
        said = {one.name: self._setting(one, self._today) for one in EVERY}
        wrong = {one.name for one in EVERY if any(field_of(one, name) for name in self._faults)}
        return {name: value for name, value in said.items() if name not in wrong}

    def wanted(self) -> Wanted:
        act = self._act()
        valid_from = self._take(self._valid_from, self._today)
        said = {one.name: self._setting(one, valid_from) for one in EVERY}
        if self._faults:
            raise Unclear(self._faults)
        return Wanted(policy=SchoolPolicy(**said), act=act, valid_from=valid_from)

    def _take(self, read: Callable[[], T], instead: T) -> T:
        try:
            return read()
        except BadInput as error:
            self._faults.setdefault(error.pointer.removeprefix("/"), error)
            return instead

    def _act(self) -> LocalAct:
        return LocalAct(
            title=self._take(lambda: self._short("act_title", LONGEST_TITLE), ""),
            number=self._take(lambda: self._short("act_number", LONGEST_NUMBER), ""),
            day=self._take(self._act_day, None),
        )

    def _short(self, name: str, most: int) -> str:
        text = self._form.needed(name) if self._signed else self._form.text(name)
        if len(text) > most:
            raise BlankTooLong(pointer=f"/{name}", most=most)
        return text

    def _day(self, name: str) -> date:
        day = self._form.day(name)
        if day is None:
            raise FieldMissing(pointer=f"/{name}", label=LABELS[name])
        return day

    def _act_day(self) -> date | None:
        day = self._day("act_day") if self._signed else self._form.day("act_day")
        if day is not None and day > self._today:
            raise ActAhead(pointer="/act_day")
        return day

    def _valid_from(self) -> date:
        day = self._day("valid_from")
        if day <= self._today:
            raise PolicyBackdated(pointer="/valid_from")
        return day

    def _setting(self, one: Setting, valid_from: date) -> Any:
        readers: Mapping[Kind, Callable[[], Any]] = {
            Kind.YES: lambda: self._form.yes(one.name),
            Kind.DAY: lambda: self._last_day(one.name, valid_from),
            Kind.CLASSES: self._grades,
            Kind.YEARS: self._entered,
            Kind.SCALES: self._conversions,
        }
        return self._take(readers.get(one.kind, lambda: self._number(one)), None)

    def _number(self, one: Setting) -> int:
        text = self._form.text(one.name)
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(one.most)) else -1
        if not one.least <= number <= one.most:
            raise NumberOutside(pointer=f"/{one.name}", label=one.label, least=one.least, most=one.most)
        return number

    def _last_day(self, name: str, valid_from: date) -> date | None:
        day = self._form.day(name)
        if day is not None and day < valid_from:
            raise LastDayPassed(pointer=f"/{name}")
        return day

    def _grades(self) -> tuple[str, ...]:
        grades = tuple(dict.fromkeys(_parted(self._form.text("final_grades"))))
        if any(len(grade) > LONGEST_GRADE for grade in grades):
            raise BlankTooLong(pointer="/final_grades", most=LONGEST_GRADE)
        if not grades and self._form.text("last_application_day"):
            raise GradesMissing(pointer="/final_grades")
        return grades

    def _entered(self) -> tuple[int, ...]:
        texts = list(_parted(self._form.text("calendar_years")))
        if not all(text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR for text in texts):
            raise YearsUnclear(pointer="/calendar_years")
        years = {int(text) for text in texts}
        for gone in sorted(self._years - years):
            raise YearKept(pointer="/calendar_years", year=gone)
        return tuple(sorted(years))

    def _conversions(self) -> tuple[Conversion, ...]:
        found: list[Conversion] = []
        for number in sorted(_numbers(self._typed))[:MOST_SCALES]:
            one = self._take(lambda number=number: self._conversion(number), None)  # type: ignore[misc]
            if one is None:
                continue
            if (one.minimum, one.maximum) in {(other.minimum, other.maximum) for other in found}:
                self._faults.setdefault(f"scale-{number}-minimum", ScaleTwice(pointer=f"/scale-{number}-minimum"))
            found.append(one)
        return tuple(found)

    def _conversion(self, number: int) -> Conversion | None:
        """One scale, None where all its fields are empty."""
        base = f"scale-{number}-"
        texts = {part: self._form.text(f"{base}{part}") for part in SCALE}
        if not any(texts.values()):
            return None
        least, most = _whole(texts["minimum"]), _whole(texts["maximum"])
        if least is None or most is None or least >= most:
            raise ScaleUnclear(pointer=f"/{base}minimum")
        steps = [(_whole(texts[mark]), mark) for mark in MARKS if texts[mark]]
        lowest = [value for value, _ in steps if value is not None and least <= value <= most]
        if not steps or len(lowest) < len(steps) or any(above <= below for above, below in pairwise(lowest)):
            raise StepsUnclear(pointer=f"/{base}5", least=least, most=most)
        return Conversion(least, most, tuple(zip(lowest, (mark for _, mark in steps), strict=True)))


def _written(one: Setting, value: Any) -> str:
    """A value as its field holds it."""
    if one.kind is Kind.YES:
        return "yes" if value else ""
    if one.kind in NUMBERS:
        return str(value)
    if one.kind is Kind.DAY:
        return value.isoformat() if value else ""
    return ", ".join(map(str, value))


def _scales(conversions: Sequence[Conversion]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(conversions):
        lowest = {mark: str(value) for value, mark in one.steps}
        said = {"minimum": str(one.minimum), "maximum": str(one.maximum), **lowest}
        yield from ((f"scale-{number}-{part}", said.get(part, "")) for part in SCALE)


def _numbers(typed: Mapping[str, Value]) -> set[int]:
    """The numbers of the scales that hold something."""
    parted = (name.split("-") for name, value in typed.items() if name.startswith("scale-") and value)
    numbers = {part[1] for part in parted if len(part) == len(("scale", "0", "5")) and part[2] in SCALE}
    return {int(number) for number in numbers if number in {str(n) for n in range(MOST_SCALES)}}


def _parted(text: str) -> Iterator[str]:
    return (part for part in (one.strip() for one in text.replace(";", ",").split(",")) if part)


def _whole(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    return int(text) if plain and int(text) <= LARGEST else None
