"""How a list and a roll are shown: classes in their order, faults in words, the rows to be corrected as a file."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from keys.deps import Learner
from schemas.errors import N_
from schemas.spreadsheets.lists import WHY, to_correct
from service.identity.rolls.planning import Kind, Plan
from service.identity.rolls.rows import HEADINGS, SAMPLE
from service.identity.tables import RollList

Translate = Callable[[str], str]

KINDS: dict[Kind, str] = {
    Kind.JOINS: N_("новый ученик"),
    Kind.RETURNS: N_("возвращается"),
    Kind.MOVES: N_("другой класс"),
    Kind.STAYS: N_("без изменений"),
    Kind.LEAVES: N_("выбывает"),
}
_GRADE = re.compile(r"(\d*)(.*)")


def grade_order(grade: str) -> tuple[int, str]:
    """Where a class stands among others: 9Б before 10А."""
    found = _GRADE.fullmatch(grade)
    number, letter = found.groups() if found is not None else ("", grade)
    return int(number or 0), letter


def classes(learners: Iterable[Learner]) -> list[tuple[str, int]]:
    """The classes of a school with how many there are in each."""
    counted = Counter(one.grade for one in learners)
    return sorted(counted.items(), key=lambda pair: grade_order(pair[0]))


def found_by(learners: Iterable[Learner], query: str) -> Iterator[Learner]:
    """Those whose name or number has every word of the query."""
    words = _plain(query).split()
    for one in learners:
        told = _plain(f"{one.name} {one.number}")
        if all(word in told or word.replace("-", "") in told for word in words):
            yield one


def faulty_rows(kept: RollList, plan: Plan, translate: Translate) -> Iterator[Sequence[str]]:
    """The headings, then every faulty row as it was with a cell more that says what is wrong."""
    wrong = {fault.row: fault.told(HEADINGS, translate) for fault in plan.faults}
    return to_correct(kept.headings, kept.rows, wrong, translate(WHY))


def sample() -> Iterator[Sequence[str]]:
    """A list to fill in: its headings, and one invented learner."""
    yield [HEADINGS[field] for field in SAMPLE]
    yield ["Иванова", "Мария", "Петровна", "31.08.2015", "5А", "", ""]


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")
