"""What a list would change in a school's roll: pure.

A learner is found by number, else by name and day of birth among those whom the school has ever had.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas.errors import BadInput
from schemas.spreadsheets.lists import Fault
from service.identity.rolls.errors import (
    DayTooEarly,
    EnrolledElsewhere,
    LearnerTwice,
    Namesakes,
    NotOnTheRoll,
    NumberOfAnother,
    NumberUnknown,
)
from service.identity.rolls.rows import NUMBER, Entry


class Kind(StrEnum):
    """What happens to one learner."""

    JOINS = "joins"  # unknown to the network until now
    RETURNS = "returns"  # known, on nobody's roll now
    MOVES = "moves"  # another class
    STAYS = "stays"
    LEAVES = "leaves"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A learner whom the network knows, with their newest place; `present` while that place has not ended."""

    id: str
    number: str
    family_name: str
    given_name: str
    patronymic: str
    born: date
    school: str
    grade: str
    since: date
    present: bool

    @property
    def name(self) -> str:
        """Фамилия, имя, отчество."""
        return f"{self.family_name} {self.given_name} {self.patronymic}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a row, or its absence, does to one learner; `learner` is None for whoever is new. `last_day` only of who leaves."""

    kind: Kind
    entry: Entry | None = None
    learner: Known | None = None
    last_day: date | None = None

    @property
    def corrected(self) -> bool:
        """Whether name or day of birth change: only where the number says who is meant."""
        entry, known = self.entry, self.learner
        return bool(entry and known and entry.number) and _said(entry) != _said(known)

    @property
    def name(self) -> str:
        """The learner's name as it will stand."""
        told = self.entry or self.learner
        return told.name if told is not None else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a list would do, in the order of its rows, and what is wrong with the rows that it cannot do."""

    changes: Sequence[Change]
    faults: Sequence[Fault]

    @property
    def counts(self) -> Counter[str]:
        """How many join, return, move, stay, leave; and how many are corrected besides."""
        found = Counter(str(change.kind) for change in self.changes)
        found["corrected"] = sum(change.corrected for change in self.changes)
        return found

    @property
    def digest(self) -> str:
        """What was shown, in one value: held against the plan of the moment when it is confirmed (THREATS I15)."""
        told = [
            [change.kind, *_told(change), change.last_day and change.last_day.isoformat()] for change in self.changes
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan(
    read: Iterable[Entry | Fault],
    own: Sequence[Known],
    numbered: Mapping[str, Known],
    *,
    school: str,
    day: date,
    whole: bool,
) -> Plan:
    """Hold a list against the roll.

    `own` are all whom the school has ever had, `numbered` whoever has a number that the list names, anywhere in the network.
    With `whole` those of the school who are not in the list leave on the day before.
    """
    faults: list[Fault] = []
    changes: dict[str, Change] = {}
    rows: dict[str, int] = {}
    finder = _Finder(school, own, numbered)
    for each in read:
        found = each if isinstance(each, Fault) else _change(each, finder, day)
        if isinstance(found, Change) and (earlier := rows.get(_key(found))) is not None:
            found = Fault(_row(found), "", LearnerTwice(row=earlier))
        if isinstance(found, Fault):
            faults.append(found)
            continue
        rows[_key(found)] = _row(found)
        changes[_key(found)] = found
    leaving = _absent(own, changes, school, day) if whole else ()
    return Plan((*changes.values(), *leaving), faults)


class _Finder:
    """Who is meant by an entry."""

    def __init__(self, school: str, own: Sequence[Known], numbered: Mapping[str, Known]) -> None:
        self._school = school
        self._own = {known.id for known in own}
        self._numbered = numbered
        self._named: dict[tuple[object, ...], list[Known]] = {}
        for known in own:
            self._named.setdefault(_facts(known), []).append(known)

    def find(self, entry: Entry) -> Known | None:
        """The learner, None for somebody new. Raises `BadInput`."""
        known = self._by_number(entry) if entry.number else self._by_name(entry)
        if known is not None and known.present and known.school != self._school:
            raise EnrolledElsewhere
        return known

    def _by_number(self, entry: Entry) -> Known:
        known = self._numbered.get(entry.number)
        if known is None:
            raise NumberUnknown(pointer=f"/{NUMBER}")
        if known.id not in self._own and _facts(known) != _facts(entry):
            raise NumberOfAnother(pointer=f"/{NUMBER}")
        return known

    def _by_name(self, entry: Entry) -> Known | None:
        found = self._named.get(_facts(entry), [])
        if len(found) > 1:
            raise Namesakes
        return found[0] if found else None


def _change(entry: Entry, finder: _Finder, day: date) -> Change | Fault:
    try:
        known = finder.find(entry)
        if known is not None and known.present and known.since > day:
            raise DayTooEarly(since=known.since.strftime("%d.%m.%Y"))
        return _leaving(entry, known) if entry.left is not None else _staying(entry, known)
    except BadInput as error:
        return Fault.of(entry.row, error)


def _staying(entry: Entry, known: Known | None) -> Change:
    if known is None:
        return Change(kind=Kind.JOINS, entry=entry)
    if not known.present:
        return Change(kind=Kind.RETURNS, entry=entry, learner=known)
    kind = Kind.STAYS if known.grade == entry.grade else Kind.MOVES
    return Change(kind=kind, entry=entry, learner=known)


def _leaving(entry: Entry, known: Known | None) -> Change:
    if known is None or not known.present:
        raise NotOnTheRoll
    if entry.left is not None and entry.left < known.since:
        raise DayTooEarly(since=known.since.strftime("%d.%m.%Y"))
    return Change(kind=Kind.LEAVES, entry=entry, learner=known, last_day=entry.left)


def _absent(own: Iterable[Known], seen: Mapping[str, Change], school: str, day: date) -> Iterator[Change]:
    """Those of the school whom a whole list does not name; whoever comes later than its day is not meant."""
    last_day = date.fromordinal(day.toordinal() - 1)
    for known in own:
        if known.present and known.school == school and known.id not in seen and known.since <= last_day:
            yield Change(kind=Kind.LEAVES, learner=known, last_day=last_day)


def _key(change: Change) -> str:
    """Who must not stand in a list twice."""
    return change.learner.id if change.learner is not None else repr(_facts(change.entry)) if change.entry else ""


def _row(change: Change) -> int:
    return change.entry.row if change.entry is not None else 0


def _told(change: Change) -> tuple[object, ...]:
    entry, known = change.entry, change.learner
    return (
        known.id if known else "",
        [known.grade, known.since.isoformat(), known.name] if known else [],
        [entry.row, entry.name, entry.born.isoformat(), entry.grade, entry.number] if entry else [],
    )


def _said(one: Entry | Known | None) -> tuple[object, ...]:
    return () if one is None else (one.family_name, one.given_name, one.patronymic, one.born)


def _facts(one: Entry | Known) -> tuple[object, ...]:
    """Name and day of birth as they are compared: case and «ё» make no difference."""
    names = (one.family_name, one.given_name, one.patronymic)
    return (*(name.casefold().replace("ё", "е") for name in names), one.born)
